"""Updates pushed to the bot's webhook: of one chat in order, again until taken, and what is answered is carried out."""

import asyncio
from collections import deque
from collections.abc import Callable

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.bot_api import Json
from bot.fake_telegram.mail import Mail

_MOST_CONNECTIONS = 40
_PAUSE = 0.5
_LONGEST_PAUSE = 8.0
_PATIENCE = ClientTimeout(total=60)

CarryOut = Callable[[str, Json], None]


class Push:
    """The deliveries to one webhook, until it is taken away."""

    def __init__(self, mail: Mail, webhook: Json, carry_out: CarryOut) -> None:
        self._mail = mail
        self._url = str(webhook["url"])
        self._headers = {"Content-Type": "application/json"}
        if webhook.get("secret_token"):
            self._headers["X-Telegram-Bot-Api-Secret-Token"] = str(webhook["secret_token"])
        self._free = asyncio.Semaphore(int(webhook.get("max_connections") or _MOST_CONNECTIONS))
        self._carry_out = carry_out
        self._http = ClientSession(timeout=_PATIENCE)
        self._waiting: dict[int, deque[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.last_error = ""

    def add(self, update: Json) -> None:
        """Deliver an update after those of its chat that wait already."""
        chat = chat_of(update)
        if chat in self._waiting:
            self._waiting[chat].append(update)
            return
        self._waiting[chat] = deque([update])
        task = asyncio.create_task(self._deliver(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until the bot has taken everything."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Stop; what was not taken still waits in the mail."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._http.close()

    async def _deliver(self, chat: int) -> None:
        queue, pause = self._waiting[chat], _PAUSE
        while queue:
            async with self._free:
                is_taken = await self._post(queue[0])
            if is_taken:
                self._mail.pending.remove(queue.popleft())
                pause = _PAUSE
            else:
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
        del self._waiting[chat]

    async def _post(self, update: Json) -> bool:
        """Whether the bot took it; a method in its answer is carried out, and nobody hears what came of it."""
        faults = self._mail.faults
        try:
            for _ in range(1 + faults.rolls(faults.duplicated)):
                async with self._http.post(self._url, json=update, headers=self._headers) as response:
                    if response.status // 100 != 2:
                        self.last_error = f"Wrong response from the webhook: {response.status} {response.reason}"
                        return False
                    answer = await response.json() if response.content_type == "application/json" else None
                    if isinstance(answer, dict) and "method" in answer:
                        self._carry_out(str(answer.pop("method")), answer)
        except (ClientError, OSError, ValueError, TimeoutError) as error:
            self.last_error = f"Connection failed: {type(error).__name__}"
            return False
        return True


def chat_of(update: Json) -> int:
    """The chat an update belongs to, by which Telegram orders deliveries; else the person."""
    for kind, body in update.items():
        if kind != "update_id" and isinstance(body, dict):
            chat = body.get("chat") or (body.get("message") or {}).get("chat") or body.get("from") or {}
            return int(chat.get("id", 0))
    return 0

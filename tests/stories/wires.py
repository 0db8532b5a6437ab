"""The bot over real HTTP in the same process: a fake Telegram between person and bot, by polling or by webhook."""

import asyncio
from contextlib import AsyncExitStack

from aiogram import Bot, Dispatcher
from aiogram.client.telegram import TelegramAPIServer

from bot.app import Library
from bot.bot_api import Json
from bot.fake_telegram import FakeTelegram
from bot.memory import Memory
from bot.simulator import Line
from bot.telegram.commands import set_commands
from bot.telegram.hands import Hands
from bot.telegram.lane import Lane
from bot.telegram.pace import Pace
from bot.telegram.polling import poll
from bot.telegram.session import open_session
from bot.web.door import Doors
from bot.web.hook import Hook, Webhook
from bot.web.listening import listen, listen_lean
from bot.web.webhook import receive

SECRET = "a-secret-of-the-tests"


class OverHttp:
    """Begins with the first update, and carries each until the bot has said that it is answered."""

    def __init__(self, dispatcher: Dispatcher, library: Library, memory: Memory, *, by_webhook: bool) -> None:
        self.telegram = FakeTelegram()
        self.line: Line = self.telegram.line
        self.bot = Bot(self.telegram.token, open_session("http://127.0.0.1:1", None))
        self.hands = Hands(Lane(dispatcher, self.bot).answer, self.bot, Pace(lambda: library.screens, memory))
        self._library = library
        self._by_webhook = by_webhook
        self._open = AsyncExitStack()
        self._task: asyncio.Task[None] | None = None

    async def carry(self, update: Json) -> None:
        if self._task is None:
            await self._begin()
        if not self.telegram.put(update):
            return
        async with asyncio.timeout(20):
            if self.telegram.push:
                await self.telegram.push.settled()
            else:
                await self.telegram.mail.until_confirmed(update["update_id"])

    async def close(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self.bot.session.close()
        await self._open.aclose()

    async def _begin(self) -> None:
        address = await self._open.enter_async_context(listen(self.telegram.app, "127.0.0.1", 0))
        self.bot.session.api = TelegramAPIServer.from_base(address.rstrip("/"))
        await set_commands(self.bot, self._library.languages)
        known = len(self.telegram.called("getMyCommands"))
        if self._by_webhook:
            webhook = Webhook("", SECRET)
            doors = Doors(Hook(self.hands, self.bot, webhook))
            at = await self._open.enter_async_context(listen_lean(doors, "127.0.0.1", 0))
            self._task = asyncio.create_task(
                receive(self.hands, self.bot, self._library.languages, Webhook(at, SECRET))
            )
        else:
            self._task = asyncio.create_task(poll(self.hands, self.bot, self._library.languages))
        await self.telegram.until("getMyCommands", 2 * known)
        await self.telegram.until("setWebhook" if self._by_webhook else "getUpdates", 1)
        self.line.requests.clear()

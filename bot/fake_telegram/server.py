"""The server: /bot<token>/<method> over HTTP, on the rules and in the World of the simulator."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.bot_api import BotApiError, Json
from bot.fake_telegram.faults import Faults
from bot.fake_telegram.mail import Mail
from bot.fake_telegram.parameters import read_parameters
from bot.fake_telegram.push import Push
from bot.simulator import BOT_ID, Line, World
from bot.simulator.line import refused
from bot.simulator.methods import METHODS
from bot.web.listening import listen

TOKEN = f"{BOT_ID}:fake-token-for-this-machine-alone-0"
_LARGEST_BODY = 50 * 1024 * 1024
_PATH = re.compile(r"(?:/([\w.-]+))?/bot(\d+:[\w-]+)/(?:test/)?(\w+)")  # what is put before tells bots apart
_NAMES = {name.lower(): name for name in METHODS}


class FakeTelegram:
    """Telegram for one bot. `line` holds what the bot called and lets a call fail; `mail` what waits for it."""

    def __init__(self, world: World | None = None, faults: Faults | None = None, token: str = TOKEN) -> None:
        self.world = world or World()
        self.faults = faults or Faults()
        self.token = token
        self.line = Line(self.world)
        self.mail = Mail(self.faults)
        self.address = ""
        self.push: Push | None = None
        self.dropped: Counter[str] = Counter()  # calls that were carried out and never answered
        self._called = asyncio.Condition()

    @property
    def app(self) -> web.Application:
        """The application that answers the bot."""
        app = web.Application(client_max_size=_LARGEST_BODY)
        app.router.add_route("*", "/bot{path:.*}", self._answer)
        app.router.add_route("*", "/{by}/bot{path:.*}", self._answer)
        app.on_shutdown.append(self._stop)
        return app

    def put(self, update: Json) -> bool:
        """Something happened: it waits for the poller, or is pushed to the webhook; False where the bot wants none."""
        if not self.mail.put(update):
            return False
        if self.push:
            self.push.add(self.mail.pending[-1])
        return True

    def called(self, method: str) -> list[Json]:
        """The parameters of every call of a method."""
        return [one.params for one in self.line.requests if one.method == method]

    async def until(self, method: str, times: int) -> list[Json]:
        """Wait until a method was called this often; a test that would wait for ever fails instead."""
        async with asyncio.timeout(60), self._called:
            await self._called.wait_for(lambda: len(self.called(method)) >= times)
        return self.called(method)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        found = _PATH.fullmatch(request.path)
        name = _NAMES.get(found[3].lower()) if found else None
        if found is None or name is None:
            return _response(refused(BotApiError(404, "Not Found")))
        if found[2] != self.token:
            return _response(refused(BotApiError(401, "Unauthorized")))
        try:
            params = await read_parameters(request, self.world)
        except BotApiError as refusal:
            return _response(refused(refusal))
        async with self._called:
            self.line.note(name, params, found[1] or "")
            self._called.notify_all()
        answer = await self._done(name, params)
        if answer is None:
            if request.transport:
                request.transport.abort()
            return web.Response()
        return _response(answer)

    async def _done(self, name: str, params: Json) -> tuple[int, str] | None:
        """The answer to a call, with everything that may go wrong; None breaks the connection."""
        fault, status = self.line.take_fault(name)
        if isinstance(fault, str):
            return status, fault
        if fault is not None:
            return refused(fault) if isinstance(fault, BotApiError) else None
        if self.faults.rolls(self.faults.slow):
            await asyncio.sleep(self.faults.slow_seconds)
        if self.faults.rolls(self.faults.refused):
            return None
        if refusal := self.faults.before(self.world, name, params):
            return refused(refusal)
        answer = await self._carried_out(name, params)
        if answer[0] == 200 and (refusal := self.faults.after(name)):
            return refused(refusal)
        if not self.faults.rolls(self.faults.dropped):
            return answer
        self.dropped[name] += 1
        return None

    async def _carried_out(self, name: str, params: Json) -> tuple[int, str]:
        if name == "getUpdates":
            try:
                return 200, _ok(await self.mail.fetch(params))
            except BotApiError as refusal:
                return refused(refusal)
        answer = self.line.answer(name, params)
        if name in ("setWebhook", "deleteWebhook") and answer[0] == 200:
            await self._redirect(params)
        return answer

    async def _redirect(self, params: Json) -> None:
        """Updates take another way from now on; those that wait go along, unless they are to be dropped."""
        while self.push:  # while one is closed, another instance may set its own
            old, self.push = self.push, None
            await old.close()
        if params.get("drop_pending_updates"):
            self.mail.pending.clear()
        self.mail.is_pushed = bool(params.get("url"))
        self.mail.allow(params.get("allowed_updates"))
        self.mail.wake()
        if self.mail.is_pushed:
            self.push = Push(self.mail, params, self._answered_by_webhook)
            for update in [*self.mail.pending]:
                self.push.add(update)

    def _answered_by_webhook(self, name: str, params: Json) -> None:
        known = _NAMES.get(name.lower())
        if known:
            self.line.note(known, params)
            self.line.answer(known, params)

    async def _stop(self, _: web.Application) -> None:
        """Let pollers go and end deliveries, so that the server can close."""
        self.mail.is_pushed = True
        self.mail.wake()
        if self.push:
            await self.push.close()


@asynccontextmanager
async def fake_telegram(
    world: World | None = None, faults: Faults | None = None, port: int = 0, host: str = "127.0.0.1"
) -> AsyncGenerator[FakeTelegram]:
    """Listen on this machine while the block runs; port 0 takes a free one."""
    telegram = FakeTelegram(world, faults)
    async with listen(telegram.app, host, port) as address:
        telegram.address = address.rstrip("/")
        yield telegram


def _ok(result: object) -> str:
    return json.dumps({"ok": True, "result": result})


def _response(answer: tuple[int, str]) -> web.Response:
    status, body = answer
    return web.Response(status=status, text=body, content_type="application/json")

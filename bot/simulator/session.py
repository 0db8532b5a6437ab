"""aiogram's session over a World instead of a network; refusals go through aiogram's own check."""

import json
from collections import deque
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from bot.bot_api import BotApiError, Json
from bot.simulator.methods import METHODS
from bot.simulator.world import BOT_ID, World

TOKEN = f"{BOT_ID}:no-token-because-nothing-leaves-this-process"

Fault = BotApiError | Exception | str | Callable[..., Exception]


class UnknownMethodError(NotImplementedError):
    """The bot called a method that the simulator has not learned."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The simulator does not know the method {name}; add it in bot/simulator/methods/.")


@dataclass(frozen=True)
class Request:
    """One call of the bot: the method's name and its parameters as plain JSON."""

    method: str
    params: Json


def simulated_bot(world: World, default: DefaultBotProperties | None = None) -> Bot:
    """A real aiogram Bot that lives in a World."""
    return Bot(TOKEN, session=SimulatedSession(world), default=default)


class SimulatedSession(BaseSession):
    """Answers the bot's calls from a World, keeps them in `requests`, and fails when a test asks it to."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.requests: list[Request] = []
        self._faults: deque[tuple[str | None, Fault, int]] = deque()

    def fail_next(self, fault: Fault, *, on: str | None = None, times: int = 1, status: int = 200) -> None:
        """Let the next call (or the next of method `on`) fail, `times` times.

        A BotApiError is what Telegram would answer; a text is a body of rubbish under `status`; an
        exception is raised as it is; an aiogram class (TelegramNetworkError) is raised for the method called.
        """
        self._faults.extend([(on, fault, status)] * times)

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's signature
    ) -> TelegramType:
        """Do what Telegram would do."""
        del timeout
        name = method.__api_method__
        params = await self._params(bot, method)
        self.requests.append(Request(name, params))
        status, body = self._respond(method, name, params)
        response = self.check_response(bot=bot, method=method, status_code=status, content=body)
        return response.result  # type: ignore[return-value]  # check_response raised where there is no result

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109  # aiogram's signature
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """The bot opens no files."""
        raise NotImplementedError("The simulator gives no files to the bot.")
        yield b""

    def _respond(self, method: TelegramMethod[Any], name: str, params: Json) -> tuple[int, str]:
        fault, status = self._next_fault(name)
        if isinstance(fault, str):
            return status, fault
        if fault is not None and not isinstance(fault, BotApiError):
            raise fault if isinstance(fault, Exception) else fault(method=method, message="simulated")
        if name not in METHODS:
            raise UnknownMethodError(name)
        try:
            if fault is not None:
                raise fault
            return 200, json.dumps({"ok": True, "result": METHODS[name](self.world, params)})
        except BotApiError as refusal:
            body: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
            if refusal.retry_after:
                body["parameters"] = {"retry_after": refusal.retry_after}
            return refusal.code, json.dumps(body)

    def _next_fault(self, name: str) -> tuple[Fault | None, int]:
        for place, (on, fault, status) in enumerate(self._faults):
            if on in (None, name):
                del self._faults[place]
                return fault, status
        return None, 200

    async def _params(self, bot: Bot, method: TelegramMethod[Any]) -> Json:
        files: dict[str, Any] = {}
        params: Json = {}
        for name, value in method:
            prepared = self.prepare_value(value, bot=bot, files=files, _dumps_json=False)
            if prepared is not None:
                params[name] = prepared
        kept = {f"attach://{key}": await self._keep(bot, file) for key, file in files.items()}
        plain: Json = json.loads(json.dumps({name: _with_files(value, kept) for name, value in params.items()}))
        return plain

    async def _keep(self, bot: Bot, file: InputFile) -> str:
        content = b"".join([chunk async for chunk in file.read(bot)])
        return self.world.keep_file(file.filename or "file", content).id


def _with_files(value: Any, kept: dict[str, str]) -> Any:
    """The value with the ids of the uploaded files in place of their marks."""
    if isinstance(value, dict):
        return {name: _with_files(one, kept) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_files(one, kept) for one in value]
    return kept.get(value, value) if isinstance(value, str) else value

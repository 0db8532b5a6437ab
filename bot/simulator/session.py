"""aiogram's session over a World instead of a network; refusals go through aiogram's own check."""

import json
from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from bot.bot_api import BotApiError, Json
from bot.simulator.line import Line, refused, with_files
from bot.simulator.world import BOT_ID, World

TOKEN = f"{BOT_ID}:no-token-because-nothing-leaves-this-process"


def simulated_bot(world: World, default: DefaultBotProperties | None = None) -> Bot:
    """A real aiogram Bot that lives in a World."""
    return Bot(TOKEN, session=SimulatedSession(world), default=default)


class SimulatedSession(BaseSession):
    """Answers the bot's calls by a Line."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.line = Line(world)

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
        self.line.note(name, params)
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
        fault, status = self.line.take_fault(name)
        if fault is None:
            return self.line.answer(name, params)
        if isinstance(fault, BotApiError):
            return refused(fault)
        if isinstance(fault, str):
            return status, fault
        raise fault if isinstance(fault, Exception) else fault(method=method, message="simulated")

    async def _params(self, bot: Bot, method: TelegramMethod[Any]) -> Json:
        files: dict[str, Any] = {}
        params: Json = {}
        for name, value in method:
            prepared = self.prepare_value(value, bot=bot, files=files, _dumps_json=False)
            if prepared is not None:
                params[name] = prepared
        kept = {f"attach://{key}": await self._keep(bot, file) for key, file in files.items()}
        plain: Json = json.loads(json.dumps({name: with_files(value, kept) for name, value in params.items()}))
        return plain

    async def _keep(self, bot: Bot, file: InputFile) -> str:
        content = b"".join([chunk async for chunk in file.read(bot)])
        return self.line.world.keep_file(file.filename or "file", content).id

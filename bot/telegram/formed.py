"""aiogram's own session, for the calls that go as a form or through a proxy; imported with the first of them.

It brings aiohttp, some 10 MiB and a tenth of a second that a bot which sends words and takes presses never needs.
"""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from bot.tls import authorities_unread, trusted, trusting_nobody

with authorities_unread():
    from aiogram.client.session import aiohttp as aiograms
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiohttp import BaseConnector, ClientSession

from aiogram import Bot
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

if TYPE_CHECKING:
    from bot.telegram.lean import LeanSession

# aiogram makes a context for each session; ours is put in its place where one is needed, in create_session
aiograms.ssl = SimpleNamespace(create_default_context=trusting_nobody)  # type: ignore[assignment, attr-defined]


class FormSession(AiohttpSession):
    """Calls for another session, which reads what they bring; its guard is asked before each of them."""

    def __init__(self, whose: "LeanSession", **given: Any) -> None:
        super().__init__(**given)
        self._whose = whose
        if whose.guard:
            self._connector_type = type(
                "Guarded", (_Guarded, self._connector_type), {"guard": staticmethod(whose.guard)}
            )

    async def create_session(self) -> ClientSession:
        """aiohttp's client, through a proxy too, with the one context of this process."""
        if self.api.base.startswith("https:"):
            self._connector_init["ssl"] = trusted()
        return await super().create_session()

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """As the session reads what came over its own wire."""
        return self._whose.check_response(bot, method, status_code, content)


class _Guarded(BaseConnector):
    """Asks once a connection is there, since a freeze while many calls wait for theirs would let all of them go on."""

    guard: Any

    async def connect(self, *given: Any, **named: Any) -> Any:
        connection = await super().connect(*given, **named)
        try:
            await self.guard()
        except BaseException:
            connection.release()
            raise
        return connection

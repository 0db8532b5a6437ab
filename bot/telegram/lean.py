"""The shorter way of a call to Telegram: its parameters as one JSON object, and of its answer only what is looked at.

aiogram sends every call as a form over aiohttp and builds the whole answer. A form takes five times as long to make,
and Telegram's answer to a message of ours repeats that message with its keyboard. Calls that carry a file or go through
a proxy, and whatever cannot be written or read in the short way, go the way of aiogram itself; refusals are always read
by aiogram, so that every exception stays its own. LEAN=no takes aiogram's way for all.
"""

import asyncio
import importlib
import json
from collections.abc import AsyncGenerator
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.base import BaseSession
from aiogram.client.session.middlewares.base import NextRequestMiddlewareType
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile, Message, TelegramObject

from bot.telegram.wire import Guard, Wire

if TYPE_CHECKING:
    from bot.telegram.formed import FormSession

_AS_IT_IS = frozenset((str, int, float, bool))
_LOOKED_AT = ("message_id", "date", "chat", "text")  # of a message of ours
_SHORT = (SendMessage, EditMessageText, AnswerCallbackQuery)


class CannotWrite(Exception):  # what happened, not a name for a thing
    """This call is not written as JSON."""


class LeanSession(BaseSession):
    """A shorter way for calls without files; the others go through a session of aiogram's own."""

    is_lean = True
    guard: Guard | None = None  # what has to be asked right before each call

    def __init__(self, proxy: str | None = None, limit: int = 100, **given: Any) -> None:
        super().__init__(**given)
        self.proxy, self._limit = proxy, limit
        self._formed: FormSession | None = None
        self.wire: Wire | None = None
        self._paths: dict[tuple[str, str], str] = {}
        self._wrapped: tuple[int, NextRequestMiddlewareType[Any]] | None = None

    async def __call__(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's signature
    ) -> TelegramType:
        """aiogram wraps its middlewares around every call anew; here they are, until there are more."""
        if timeout is not None:
            return await super().__call__(bot, method, timeout)
        if self._wrapped is None or self._wrapped[0] != len(self.middleware):
            self._wrapped = len(self.middleware), self.middleware.wrap_middlewares(self.make_request)
        return cast("TelegramType", await self._wrapped[1](bot, method))

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's signature
    ) -> TelegramType:
        """Call, and give back what Telegram says; of an edited message only that it is."""
        body = written(bot, method) if self.is_quick else None
        if body is None:
            return await (await self.formed()).make_request(bot, method, timeout)
        try:
            path, wire = self.way(bot.token, method.__api_method__)
            answer = await wire.post(path, body, self.timeout if timeout is None else timeout)
        except OSError as error:
            return self.understood(bot, method, error)
        return self.understood(bot, method, answer)

    @property
    def is_quick(self) -> bool:
        """Whether calls without files go over the wire."""
        return self.is_lean and not self.proxy

    def understood(
        self, bot: Bot, method: TelegramMethod[TelegramType], answer: tuple[int, bytes] | OSError
    ) -> TelegramType:
        """The result, from what the wire brought; raises what aiogram would."""
        if isinstance(answer, OSError):
            why = "Request timeout error" if isinstance(answer, TimeoutError) else type(answer).__name__
            raise TelegramNetworkError(method=method, message=why) from answer
        status, content = answer
        short = self.short(bot, method, status, content)
        if short is not None:
            return cast("TelegramType", short)
        whole = content.decode("utf-8", "replace")
        return cast("TelegramType", self.check_response(bot, method, status, whole).result)

    async def formed(self) -> "FormSession":
        """aiogram's own session; to import it takes a moment in which others are answered."""
        if self._formed is None:
            module = await asyncio.to_thread(importlib.import_module, "bot.telegram.formed")
            self._formed = self._formed or module.FormSession(
                self, api=self.api, proxy=self.proxy, limit=self._limit, timeout=self.timeout
            )
        return self._formed

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109  # aiogram's signature
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """A file of Telegram's, as aiogram's own session brings it."""
        formed = await self.formed()
        async for piece in formed.stream_content(url, headers, timeout, chunk_size, raise_for_status):
            yield piece

    async def close(self) -> None:
        """The connections of both ways."""
        if self.wire is not None:
            self.wire.close()
        if self._formed is not None:
            await self._formed.close()

    def short(self, bot: Bot, method: TelegramMethod[Any], status: int, content: bytes) -> Any:
        """The result, where the short way of reading is enough; None where it must be read whole."""
        return _short(bot, method, status, content)

    def way(self, token: str, name: str) -> tuple[str, Wire]:
        """Where a call goes, and over which wire."""
        path = self._paths.get((token, name))
        if path is None or self.wire is None:
            url = self.api.api_url(token=token, method=name)
            path = self._paths[token, name] = urlsplit(url).path
            self.wire = self.wire or Wire(url, self.guard)
        return path, self.wire


def written(bot: Bot, method: TelegramMethod[Any]) -> bytes | None:
    """The parameters as JSON; None where there is a file among them, or anything JSON does not know."""
    try:
        given = _fields(method, bot)
        kept = {name: value for name, value in given.items() if value != ""}
        return json.dumps(kept, ensure_ascii=False).encode()
    except (CannotWrite, TypeError, ValueError):
        return None


def plain(value: Any, bot: Bot) -> Any:
    """A value as JSON knows it; what aiogram writes in a way of its own is left to it."""
    if value is None or type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Default):
        return plain(bot.default[value.name], bot)
    if isinstance(value, TelegramObject):
        return _fields(value, bot)
    if isinstance(value, list | tuple):
        return [plain(inner, bot) for inner in value]
    if isinstance(value, dict):
        return {name: known for name, inner in value.items() if (known := plain(inner, bot)) is not None}
    if isinstance(value, InputFile):
        raise CannotWrite
    return bot.session.prepare_value(value, bot=bot, files={}, _dumps_json=False)


def _fields(given: TelegramMethod[Any] | TelegramObject, bot: Bot) -> dict[str, Any]:
    """What is set; a call has dozens of parameters and a keyboard a hundred fields, most of them None."""
    found = {}
    for name, value in (vars(given) | (given.model_extra or {})).items():
        if value is None:
            continue
        known = value if type(value) in _AS_IT_IS else plain(value, bot)
        if known is not None:
            found[name] = known
    return found


def _short(bot: Bot, method: TelegramMethod[Any], status: int, content: bytes) -> Any:
    """The result of the calls that answer people, where all is well; None where it must be read whole."""
    if status != HTTPStatus.OK or not isinstance(method, _SHORT):
        return None
    try:
        answer = json.loads(content)
        result = answer["result"]
        if answer["ok"] is not True:
            return None
        if not isinstance(method, SendMessage):
            return True if result else None
        return Message.model_validate({name: result.get(name) for name in _LOOKED_AT}, context={"bot": bot})
    except (ValueError, KeyError, TypeError, AttributeError):
        return None

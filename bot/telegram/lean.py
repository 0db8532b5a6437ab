"""The shorter way of a call to Telegram: its parameters as one JSON object, and of its answer only what is looked at.

aiogram sends every call as a form and builds the whole answer. A form takes five times as long to make, and Telegram's
answer to a message of ours repeats that message with its keyboard. Calls that carry a file, and whatever cannot be
written or read in the short way, go the way of aiogram itself; refusals are always read by aiogram, so that every
exception stays its own. LEAN=no takes aiogram's way for all.
"""

import json
from http import HTTPStatus
from typing import Any, cast

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile, Message, TelegramObject
from aiohttp import ClientError

_HEADERS = {"Content-Type": "application/json"}
_AS_IT_IS = frozenset((str, int, float, bool))
_LOOKED_AT = ("message_id", "date", "chat", "from", "text")  # of a message of ours


_SHORT = (SendMessage, EditMessageText, AnswerCallbackQuery)


class CannotWrite(Exception):  # what happened, not a name for a thing
    """This call is not written as JSON."""


class LeanSession(AiohttpSession):
    """aiogram's session with a shorter way for calls without files."""

    is_lean = True

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's signature
    ) -> TelegramType:
        """Call, and give back what Telegram says; of an edited message only that it is."""
        body = written(bot, method) if self.is_lean else None
        if body is None:
            return cast("TelegramType", await super().make_request(bot, method, timeout))
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        patience: Any = self.timeout if timeout is None else timeout
        try:
            async with session.post(url, data=body, headers=_HEADERS, timeout=patience) as answer:
                status, content = answer.status, await answer.text()
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except ClientError as error:
            raise TelegramNetworkError(method=method, message=f"{type(error).__name__}: {error}") from error
        short = _short(bot, method, status, content)
        if short is not None:
            return cast("TelegramType", short)
        return cast("TelegramType", self.check_response(bot, method, status, content).result)


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


def _short(bot: Bot, method: TelegramMethod[Any], status: int, content: str) -> Any:
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
        return Message.model_validate(
            {name: result[name] for name in _LOOKED_AT if name in result}, context={"bot": bot}
        )
    except (ValueError, KeyError, TypeError):
        return None

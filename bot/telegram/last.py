"""What is left to say when all else is done: that a press was heard, or what an inline query found.

Nobody needs to know what comes of it, so a webhook's response takes it along; else it is called.
"""

import json
from dataclasses import dataclass

from aiogram import Bot
from aiogram.methods import AnswerCallbackQuery, AnswerInlineQuery, TelegramMethod

from bot.telegram.lean import written
from bot.telegram.session import TolerantSession

_NAME = AnswerCallbackQuery.__api_method__


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Stops the clock of the button that was pressed, with a word where there is one.

    One goes with every press, so its JSON is written here; aiogram's method would cost a fifth of the press.
    """

    query: str
    word: str = ""

    @property
    def body(self) -> bytes:
        """The parameters as JSON."""
        given = {"callback_query_id": self.query}
        return json.dumps(given | {"text": self.word} if self.word else given).encode()

    async def whole(self) -> AnswerCallbackQuery:
        """As aiogram knows it."""
        return AnswerCallbackQuery(callback_query_id=self.query, text=self.word or None)


Last = Acknowledgement | TelegramMethod[object]
LAST = (Acknowledgement, TelegramMethod)


async def call(bot: Bot, last: Last) -> None:
    """Over the session's own wire, where it has one."""
    if not isinstance(last, Acknowledgement):
        await bot(last)
        return
    session = bot.session
    if isinstance(session, TolerantSession) and session.is_quick:
        await session.quick(bot, _NAME, 0, last.body, last.whole)
    else:
        await bot(await last.whole())


def along(bot: Bot, last: Last) -> bytes:
    """What a webhook's response says of it; nothing where it is to be called."""
    if isinstance(last, Acknowledgement):
        return b'{"method":"%b",%b' % (_NAME.encode(), last.body[1:])
    body = written(bot, last) if isinstance(last, AnswerInlineQuery) else None
    return b'{"method":"%b",%b' % (last.__api_method__.encode(), body[1:]) if body else b""

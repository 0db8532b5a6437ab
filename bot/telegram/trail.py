"""Notes every message that comes to stand in a person's chat, so that /hide can take it away again."""

from functools import partial
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import CallbackQuery, ForceReply, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove, TelegramObject

from bot.memory import Kind, Trails
from bot.telegram.session import TolerantSession


def follow(session: BaseSession, trails: Trails) -> None:
    """From now on, what is sent over this session is noted too; said twice it is done once."""
    if any(isinstance(one, Trail) for one in session.middleware):
        return
    session.middleware(Trail(trails))
    if isinstance(session, TolerantSession):
        session.trail = partial(trails.saw, kind=Kind.TEXT)  # for what goes past all middlewares


class Trail(BaseRequestMiddleware):
    """Sees what Telegram answers to each call of the bot, and notes the messages among it."""

    def __init__(self, trails: Trails) -> None:
        self._trails = trails

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Any:
        """An edited message is known already, so it costs one look and no room."""
        result: Any = await make_request(bot, method)
        for sent in result if isinstance(result, list) else (result,):
            if isinstance(sent, Message) and sent.chat.id > 0:
                markup = getattr(method, "reply_markup", None)
                is_fixed = isinstance(markup, ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply)
                _note(sent, Kind.FIXED if is_fixed else _own(sent), self._trails)
        return result


def note(event: TelegramObject, trails: Trails) -> None:
    """Note what a person sent, or the message whose button was pressed: it may be older than this process."""
    if isinstance(event, Message) and event.chat.id > 0:
        _note(event, Kind.PERSON, trails)
    elif isinstance(event, CallbackQuery) and isinstance(event.message, Message) and event.message.chat.id > 0:
        _note(event.message, _own(event.message), trails)


def _note(message: Message, kind: Kind, trails: Trails) -> None:
    trails.saw(message.chat.id, message.message_id, int(message.date.timestamp()), kind)


def _own(message: Message) -> Kind:
    return Kind.TEXT if message.text is not None else Kind.CAPTION

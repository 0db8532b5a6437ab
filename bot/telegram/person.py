"""Middleware: the language of whoever wrote or pressed, before any handler runs; nothing of them is written down."""

from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakSet

from aiogram import BaseMiddleware
from aiogram.client.session.base import BaseSession
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import CallbackQuery, Message, TelegramObject, Update
from aiogram.types.update import UpdateTypeLookupError

from bot.locales import Languages
from bot.memory import Memory
from bot.screens import Screens
from bot.telegram.arrival import chat_of, client_of
from bot.telegram.show import Pressed
from bot.telegram.trail import follow, note


class Person(BaseMiddleware):
    """Hands on `screens` (as they are at this moment), `language` (chosen in this chat, else the client's) and `chat`;
    of a button also what was `pressed`.

    An update of a kind this aiogram does not know ends here: aiogram would warn with the whole update in the log.
    """

    def __init__(self, memory: Memory, screens: Callable[[], Screens]) -> None:
        self._memory = memory
        self._screens = screens
        self._followed: WeakSet[BaseSession] = WeakSet()

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Look at the update once, then let it on."""
        assert isinstance(event, Update)
        try:
            inner = event.event
        except UpdateTypeLookupError:
            return UNHANDLED
        data["screens"] = screens = self._screens()
        data["chat"] = chat = chat_of(inner)
        data["language"] = language_of(chat, client_of(inner), self._memory, screens.languages)
        if isinstance(inner, CallbackQuery):
            data["pressed"] = _pressed(inner, chat)
        if data["bot"].session not in self._followed:
            self._followed.add(data["bot"].session)
            follow(data["bot"].session, self._memory.trails)
        note(inner, self._memory.trails)
        return await handler(event, data)


def language_of(chat: int, client: str | None, memory: Memory, languages: Languages) -> str:
    """The language chosen in this chat not long ago, else the client's, else Russian."""
    chosen = memory.language(chat)
    return chosen if chosen and chosen in languages else languages.for_client(client).code


def _pressed(query: CallbackQuery, chat: int) -> Pressed:
    """Only a text can be edited into another; instead of anything else a new message is sent."""
    message = query.message
    is_text = isinstance(message, Message) and message.text is not None
    return Pressed(query.id, query.data or "", chat, message.message_id if message and is_text else 0)

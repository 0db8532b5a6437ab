"""Middleware: the language of whoever wrote or pressed, before any handler runs; nothing of them is written down."""

from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakSet

from aiogram import BaseMiddleware, Bot
from aiogram.client.session.base import BaseSession
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import CallbackQuery, ChosenInlineResult, InlineQuery, Message, TelegramObject, Update
from aiogram.types.update import UpdateTypeLookupError

from bot.locales import Languages
from bot.memory import Memory
from bot.screens import Screens
from bot.telegram.trail import Trail, note


class Person(BaseMiddleware):
    """Hands on `screens` (as they are at this moment), `language` (chosen in this chat, else the client's) and `chat`.

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
        data["chat"] = chat_of(inner)
        data["language"] = language_of(inner, self._memory, screens.languages)
        self._follow(data["bot"])
        note(inner, self._memory.trails)
        return await handler(event, data)

    def _follow(self, bot: Bot) -> None:
        """From the first update on, what this bot sends is noted too."""
        if bot.session not in self._followed:
            self._followed.add(bot.session)
            bot.session.middleware(Trail(self._memory.trails))


def chat_of(event: TelegramObject) -> int:
    """The chat a message or press belongs to; the person's own for inline queries."""
    if isinstance(event, Message):
        return event.chat.id
    if isinstance(event, CallbackQuery):
        return event.message.chat.id if event.message else event.from_user.id
    return event.from_user.id if isinstance(event, InlineQuery | ChosenInlineResult) else 0


def language_of(event: TelegramObject, memory: Memory, languages: Languages) -> str:
    """The language chosen in this chat not long ago, else the client's, else Russian."""
    chosen = memory.language(chat_of(event))
    if chosen and chosen in languages:
        return chosen
    person = event.from_user if isinstance(event, Message | CallbackQuery | InlineQuery | ChosenInlineResult) else None
    return languages.for_client(person.language_code if person else None).code

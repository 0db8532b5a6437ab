"""Arrival: an update as Telegram brought it, and what is looked at before it is answered.

Nearly every update is plain words in a private chat, or a press of a button there. Of those the few things that count
are taken from the JSON; aiogram's own Update, which costs fifty times as much, is made only where somebody asks for it.
Whatever is not exactly of one of these two shapes is read by aiogram at once.
"""

import logging
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.types import CallbackQuery, ChosenInlineResult, InlineQuery, Message, TelegramObject, Update
from pydantic import ValidationError

log = logging.getLogger(__name__)

Json = dict[str, Any]

SEEN = frozenset(
    ("message", "edited_message", "callback_query")
)  # what stands in a chat, where an answer can stand too
_WORDS = frozenset(("message_id", "from", "chat", "date", "text", "entities", "link_preview_options"))
_PRESS = frozenset(("id", "from", "message", "chat_instance", "data"))


@dataclass(eq=False, slots=True)
class Arrival:
    """`said` is the text or caption of a message, `data` a button's; `place` is a location in it.

    `query` is the id of a press. With `is_short` it is plain words or a press in a private chat, of the message
    `message` that was `sent` then.
    """

    bot: Bot
    number: int
    chat: int
    kind: str = "unknown"
    client: str | None = None  # the language code of the phone
    said: str | None = None
    data: str | None = None
    is_place: bool = False
    is_short: bool = False
    message: int = 0
    sent: int = 0
    query: str = ""
    raw: Json | None = None
    read: Update | None = None

    @property
    def update(self) -> Update:
        """As aiogram knows it."""
        if self.read is None:
            self.read = read(self.raw or {}, self.bot) or Update(update_id=self.number)
        return self.read


def arrived(raw: Json, bot: Bot) -> Arrival:
    """What came; `raw` holds the number at least. One that nobody can read stands alone, and nothing is in it."""
    return _words(raw, bot) or _press(raw, bot) or of(read(raw, bot) or Update(update_id=raw["update_id"]), bot)


def of(update: Update, bot: Bot) -> Arrival:
    """The same of an update that aiogram has read."""
    number = update.update_id
    try:
        event, kind = update.event, update.event_type
    except LookupError:
        return Arrival(bot, number, -number, read=update)
    found = Arrival(bot, number, chat_of(event) or -number, kind, client_of(event), read=update)
    if isinstance(event, Message) and kind in ("message", "edited_message"):
        found.said, found.is_place = event.text or event.caption or "", event.location is not None
    elif isinstance(event, CallbackQuery):
        found.data, found.query = event.data, event.id
    return found


def read(raw: Json, bot: Bot) -> Update | None:
    """One update; None where nobody can read it. Nobody looks at the keyboard that a pressed button stood in."""
    pressed = raw.get("callback_query")
    if isinstance(pressed, dict) and isinstance(message := pressed.get("message"), dict):
        message.pop("reply_markup", None)
    try:
        return Update.model_validate(raw, context={"bot": bot})
    except ValidationError:
        log.warning("Telegram sent an update that cannot be read; it was skipped")
        return None


def chat_of(event: TelegramObject) -> int:
    """The chat a message or press belongs to; the person's own for inline queries."""
    if isinstance(event, Message):
        return event.chat.id
    if isinstance(event, CallbackQuery):
        return event.message.chat.id if event.message else event.from_user.id
    return event.from_user.id if isinstance(event, InlineQuery | ChosenInlineResult) else 0


def client_of(event: TelegramObject) -> str | None:
    """The language code of the phone it came from."""
    person = event.from_user if isinstance(event, Message | CallbackQuery | InlineQuery | ChosenInlineResult) else None
    return person.language_code if person else None


def _words(raw: Json, bot: Bot) -> Arrival | None:
    try:
        message = raw["message"]
        if len(raw) != 2 or not _WORDS.issuperset(message):
            return None
        text, client = message["text"], _client(message)
        chat, number, sent = _place(message)
    except (LookupError, TypeError, AttributeError):
        return None
    if type(text) is not str:
        return None
    return Arrival(
        bot, raw["update_id"], chat, "message", client, text, is_short=True, message=number, sent=sent, raw=raw
    )


def _press(raw: Json, bot: Bot) -> Arrival | None:
    try:
        query = raw["callback_query"]
        if len(raw) != 2 or not _PRESS.issuperset(query):
            return None
        message, data, name, client = query["message"], query["data"], query["id"], _client(query)
        chat, number, sent = _place(message)
        is_text = type(message["text"]) is type(data) is type(name) is str
    except (LookupError, TypeError, AttributeError):
        return None
    if not is_text:
        return None
    return Arrival(
        bot, raw["update_id"], chat, "callback_query", client, data=data, is_short=True, message=number, sent=sent,
        query=name, raw=raw,
    )  # fmt: skip


def _place(message: Json) -> tuple[int, int, int]:
    """The private chat of a message, its number and date; raises TypeError where it stands elsewhere, or nowhere."""
    chat = message["chat"]
    found = chat["id"], message["message_id"], message["date"]
    if chat["type"] != "private" or not all(type(one) is int and one > 0 for one in found):
        raise TypeError
    return found


def _client(event: Json) -> str | None:
    """The language of the phone it came from; raises TypeError where that is none."""
    client: str | None = event["from"].get("language_code")
    if client is not None and type(client) is not str:
        raise TypeError
    return client

"""What a browser sees of two persons' phones, as plain JSON: all of it, or what is new since a revision."""

import asyncio
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field

from aiogram import Bot, Dispatcher

from bot.bot_api import Json
from bot.simulator import Chat, Message, World
from bot.simulator.methods.profiling import commands_for, description_for

MOST_VISITS = 50
_PEOPLE = (("Aibek", "ru"), ("Dilnoza", "uz"))


@dataclass
class Phone:
    """One person's phone; what is done on it happens one after the other, as with fingers."""

    chat: Chat
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass
class Visit:
    """One browser: two phones, and an event for each open tab."""

    id: str
    phones: list[Phone]
    tabs: set[asyncio.Event] = field(default_factory=set)


class Visits:
    """The browsers that opened the page; kept in the process only, and the oldest gives way."""

    def __init__(self, dispatcher: Dispatcher, world: World, bot: Bot) -> None:
        self._dispatcher = dispatcher
        self._bot = bot
        self._world = world
        self._visits: OrderedDict[str, Visit] = OrderedDict()
        self.epoch = secrets.token_urlsafe(8)
        world.watch(self._wake)

    def find(self, visit_id: str | None) -> Visit | None:
        """The visit a cookie names."""
        visit = self._visits.get(visit_id or "")
        if visit:
            self._visits.move_to_end(visit.id)
        return visit

    def begin(self) -> Visit:
        """A new browser with two fresh phones."""
        visit = Visit(secrets.token_urlsafe(32), [self._phone(*person) for person in _PEOPLE])
        self._visits[visit.id] = visit
        idle = [one for one in self._visits.values() if not one.tabs and one is not visit]
        if len(self._visits) > MOST_VISITS and idle:
            self._end(idle[0])
        return visit

    def start_over(self, visit: Visit, number: int) -> None:
        """A fresh phone in place of one: another person, as far as the bot can know."""
        old = visit.phones[number].chat
        visit.phones[number] = self._phone(old.person.name, old.person.language_code)
        self._world.forget(old.person)
        self._ring(visit)

    def news(self, visit: Visit, since: int | None) -> Json:
        """What changed on both phones since a revision; all there is, since None."""
        return {
            "epoch": self.epoch,
            "revision": self._world.revision,
            "bot": self._world.bot["first_name"],
            "phones": [phone_news(phone.chat, since) for phone in visit.phones],
        }

    def _phone(self, name: str, language_code: str | None) -> Phone:
        return Phone(Chat(self._dispatcher, bot=self._bot, name=name, language_code=language_code))

    def _end(self, visit: Visit) -> None:
        del self._visits[visit.id]
        for phone in visit.phones:
            self._world.forget(phone.chat.person)

    def _wake(self, room: int) -> None:
        for visit in self._visits.values():
            if any(phone.chat.room.id == room for phone in visit.phones):
                self._ring(visit)

    def _ring(self, visit: Visit) -> None:
        for tab in visit.tabs:
            tab.set()


def phone_news(chat: Chat, since: int | None) -> Json:
    """One phone. Old toasts are not shown again when a page is loaded anew."""
    room, world = chat.room, chat.world
    keyboard = room.keyboard or {}
    changed = [message for message in room.messages.values() if message.revision > (since or 0)]
    toasts = [toast for toast in room.toasts if since is not None and toast.revision > since]
    return {
        "id": str(chat.person.id),
        "name": chat.person.name,
        "language": chat.person.language_code,
        "is_started": room.is_started,
        "is_blocked": room.is_blocked,
        "greeting": description_for(world, chat.person.language_code),
        "commands": commands_for(world, chat.person.language_code),
        "keyboard": [[button["text"] for button in row] for row in keyboard.get("keyboard", [])],
        "is_keyboard_small": bool(keyboard.get("resize_keyboard")),
        "is_keyboard_fixed": bool(keyboard.get("is_persistent")),
        "placeholder": keyboard.get("input_field_placeholder") or "",
        "typing_seconds": max(0.0, room.typing_until - world.now()),
        "messages": [_message(message) for message in changed if not message.is_deleted],
        "gone": [message.id for message in changed if message.is_deleted],
        "toasts": [{"text": toast.text, "is_alert": toast.is_alert} for toast in toasts],
    }


def has_file(visit: Visit, file_id: str) -> bool:
    """Whether the bot sent this file to one of these two phones."""
    messages = (message for phone in visit.phones for message in phone.chat.messages)
    return any(_file_id(message) == file_id for message in messages)


def _message(message: Message) -> Json:
    return {
        "id": message.id,
        "is_mine": not message.is_from_bot,
        "kind": message.kind,
        "text": message.text,
        "entities": [_entity(entity) for entity in message.links],
        "media": _media(message),
        "rows": [[_button(button.label, button.kind, button.value) for button in row] for row in message.rows],
        "date": message.date,
        "is_edited": message.edited is not None,
        "reply_to": message.reply_to,
    }


def _button(label: str, kind: str, value: str) -> Json:
    """A page learns what to copy or open; what a press carries stays here."""
    return {"label": label, "kind": kind} | ({} if kind == "callback_data" else {"value": value})


def _entity(entity: Json) -> Json:
    return {name: entity[name] for name in ("type", "offset", "length", "url", "language") if name in entity}


def _media(message: Message) -> Json:
    content = message.content.get(message.kind)
    if message.kind == "location" and content:
        return {"latitude": content["latitude"], "longitude": content["longitude"]}
    if message.kind == "contact" and content:
        return {"name": content["first_name"], "phone": content["phone_number"]}
    name = content.get("file_name") if isinstance(content, dict) else None
    return {"file": _file_id(message) if message.is_from_bot else None, "name": name}


def _file_id(message: Message) -> str | None:
    content = message.content.get(message.kind)
    described = content[-1] if isinstance(content, list) and content else content
    return str(described["file_id"]) if isinstance(described, dict) and "file_id" in described else None

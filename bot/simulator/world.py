"""What Telegram itself would hold: chats, persons, messages, open questions, and the bot's profile."""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count

from bot.bot_api import ANSWER_SECONDS, Json, bad_request, forbidden, migrated
from bot.simulator.message import Message
from bot.simulator.room import File, Person, Query, Room, Toast

BOT_ID = 7_000_000_001
TYPING_SECONDS = 5
REMEMBER_SECONDS = 3600
_random = random.SystemRandom()


class World:
    """All chats of one bot. The clock is an argument; `pass_time` moves it for tests."""

    def __init__(
        self, clock: Callable[[], float] = time.time, name: str = "Safar", username: str = "safar_bot"
    ) -> None:
        self._clock = clock
        self._shift = 0.0
        self._message_ids = count(1)
        self._update_ids = count(1)
        self._watchers: list[Callable[[int], None]] = []
        self.bot: Json = {"id": BOT_ID, "is_bot": True, "first_name": name, "username": username}
        self.rooms: dict[int, Room] = {}
        self.persons: dict[int, Person] = {}
        self.queries: dict[str, Query] = {}
        self.files: dict[str, File] = {}
        self.profile: dict[tuple[str, ...], object] = {}
        self.revision = 0
        self.most_messages = 0  # in one chat, before the oldest are forgotten; 0 forgets none

    def now(self) -> float:
        """The time in this world."""
        return self._clock() + self._shift

    def pass_time(self, *, seconds: float = 0, hours: float = 0, days: float = 0) -> None:
        """Let time go by: for messages too old to delete and presses too old to answer."""
        self._shift += seconds + 3600 * hours + 86400 * days

    def new_person(self, name: str = "Aibek", language_code: str | None = "ru") -> Person:
        """Somebody with a random id, whose private chat with the bot is open but silent."""
        person = Person(self._new_id(), name, language_code)
        self.persons[person.id] = person
        self.rooms[person.id] = Room(person.id, "private", name)
        return person

    def switch_language(self, person: Person, language_code: str | None) -> Person:
        """The same person with another language of the client."""
        switched = self.persons[person.id] = replace(person, language_code=language_code)
        self.note(self.rooms[person.id])
        return switched

    def forget(self, person: Person) -> None:
        """Drop a person and the private chat: a phone that is thrown away."""
        self.persons.pop(person.id, None)
        self.rooms.pop(person.id, None)

    def new_room(self, kind: str, title: str) -> Room:
        """A group, supergroup or channel."""
        room = Room(-1_000_000_000_000 - self._new_id(), kind, title, is_started=True)
        self.rooms[room.id] = room
        return room

    def migrate(self, group: Room) -> Room:
        """A group becomes a supergroup: the same people, another id."""
        room = self.new_room("supergroup", group.title)
        group.migrated_to = room.id
        return room

    def room(self, chat_id: object) -> Room:
        """A chat by its id, as methods name it; refuses an unknown one."""
        try:
            return self.rooms[int(str(chat_id))]
        except (KeyError, ValueError):
            raise bad_request("chat not found") from None

    def writable(self, chat_id: object) -> Room:
        """A chat the bot may write to now."""
        room = self.room(chat_id)
        if room.migrated_to:
            raise migrated(room.migrated_to)
        if room.is_blocked:
            raise forbidden("bot was blocked by the user")
        if not room.is_started:
            raise forbidden("bot can't initiate conversation with a user")
        return room

    def message(self, room: Room, message_id: object, what: str) -> Message:
        """A message that still stands; `what` names it in the refusal (`message to edit` ...)."""
        found = room.messages.get(int(str(message_id or 0)))
        if found is None or found.is_deleted:
            raise bad_request(f"{what} not found")
        return found

    def post(self, room: Room, message: Message) -> Message:
        """Put a new message into a chat; gives it its id, date and place in order."""
        placed = replace(
            message, id=next(self._message_ids), chat=room.id, date=int(self.now()), revision=self.touch(room)
        )
        room.messages[placed.id] = placed
        if self.most_messages and len(room.messages) > self.most_messages:
            del room.messages[next(iter(room.messages))]
        if placed.is_from_bot:
            room.typing_until = 0
            self._take_keyboard(room, placed)
        self._tell(room)
        return placed

    def change(self, room: Room, message: Message) -> Message:
        """Put a message over its older state."""
        changed = replace(message, revision=self.touch(room))
        room.messages[message.id] = changed
        self._tell(room)
        return changed

    def toast(self, room: Room, text: str, *, is_alert: bool) -> None:
        """Show the answer to a press."""
        room.toasts.append(Toast(text, is_alert, self.touch(room)))
        self._tell(room)

    def act(self, room: Room, action: str) -> None:
        """Show “typing…” for a moment."""
        room.actions.append(action)
        room.typing_until = self.now() + TYPING_SECONDS
        self.note(room)

    def ask(self, room: Room) -> Query:
        """A new question to the bot, with an id of its own; those nobody waits for any more are dropped."""
        old = [query.id for query in self.queries.values() if self.now() - query.asked > REMEMBER_SECONDS]
        for query_id in old:
            del self.queries[query_id]
        query = Query(str(_random.randrange(10**17, 10**18)), room.id, self.now())
        self.queries[query.id] = query
        return query

    def waiting_since(self, query_id: object) -> float | None:
        """How many seconds a question waits; None where there is none, or it is answered."""
        query = self.queries.get(str(query_id))
        return None if query is None or query.answer is not None else self.now() - query.asked

    def is_waiting(self, query: Query) -> bool:
        """Whether somebody still looks at the little clock of this press."""
        return query.answer is None and self.now() - query.asked <= ANSWER_SECONDS

    def keep_file(self, name: str, content: bytes) -> File:
        """Remember an upload under a random id."""
        file = File(f"file{self._new_id()}", name, content)
        self.files[file.id] = file
        return file

    def next_update_id(self) -> int:
        """Updates are numbered as they come."""
        return next(self._update_ids)

    def next_revision(self) -> int:
        """The place of the next thing that happens."""
        self.revision += 1
        return self.revision

    def touch(self, room: Room) -> int:
        """Note that something changed in a chat."""
        room.revision = self.next_revision()
        return room.revision

    def note(self, room: Room) -> None:
        """Something changed in a chat: order it, and tell whoever watches."""
        self.touch(room)
        self._tell(room)

    def watch(self, watcher: Callable[[int], None]) -> Callable[[], None]:
        """Call `watcher` with the id of every chat that changes, until the returned function is called."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def message_json(self, message: Message) -> Json:
        """A message as Telegram sends it to the bot."""
        room = self.rooms[message.chat]
        body: Json = {
            "message_id": message.id,
            "date": message.date,
            "chat": room.to_json(),
            **message.content,
        }
        if room.type != "channel":
            body["from"] = self.bot if message.is_from_bot else self.persons[message.sender].to_json()
        words, marks = ("text", "entities") if message.kind == "text" else ("caption", "caption_entities")
        if message.text:
            body[words] = message.text
            links = [dict(link) for link in message.links]
            body |= {marks: links} if links else {}
        if message.inline_keyboard:
            body["reply_markup"] = message.inline_keyboard
        if message.edited:
            body["edit_date"] = message.edited
        original = room.messages.get(message.reply_to or 0)
        if original and not original.is_deleted:
            body["reply_to_message"] = self.message_json(replace(original, reply_to=None))
        return body

    def _take_keyboard(self, room: Room, message: Message) -> None:
        markup = message.markup or {}
        if markup.get("force_reply"):
            room.replying_to = message.id
        if "keyboard" in markup:
            room.keyboard_of, room.is_keyboard_folded = message.id, False
        elif "remove_keyboard" in markup:
            room.keyboard_of = None

    def _tell(self, room: Room) -> None:
        for watcher in list(self._watchers):
            watcher(room.id)

    def _new_id(self) -> int:
        return _random.randrange(10**8, 10**10)

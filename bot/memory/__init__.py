"""Memory: what is remembered for minutes, in the process and never on disk."""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import date

from bot.memory.heard import Heard
from bot.memory.trail import Kind, Seen, Trails

__all__ = ["LANGUAGE_SECONDS", "Kind", "Memory", "Seen", "Trails"]

LANGUAGE_SECONDS = 12 * 3600
CLEARED_SECONDS = 7 * 86400
AWAITED_SECONDS = 600
SUBJECT_SECONDS = 600
_MOST_PEOPLE = 100_000
_DAYS = 2


class Memory:
    """A chat's language, messages and what it may type next, and whom today's counts have seen; bounded."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, now: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.trails = Trails(now)
        self.heard = Heard()
        self._cleared: OrderedDict[int, float] = OrderedDict()
        self.files: dict[str, str] = {}  # ids Telegram gave to our own pictures and recordings
        self._languages: OrderedDict[int, tuple[str, float]] = OrderedDict()
        self._awaited: OrderedDict[int, tuple[str, float]] = OrderedDict()
        self._subjects: OrderedDict[int, tuple[str, float]] = OrderedDict()
        self._seen: OrderedDict[date, tuple[bytes, set[bytes]]] = OrderedDict()  # the day in use, and the one before

    def language(self, chat: int) -> str | None:
        """The language somebody chose not long ago."""
        found = self._languages.get(chat)
        if found is None or found[1] < self._clock():
            self._languages.pop(chat, None)
            return None
        return found[0]

    def remember_language(self, chat: int, language: str) -> None:
        """Keep a chosen language for half a day; the oldest goes when there are too many."""
        self._languages[chat] = language, self._clock() + LANGUAGE_SECONDS
        self._languages.move_to_end(chat)
        if len(self._languages) > _MOST_PEOPLE:
            self._languages.popitem(last=False)

    def clear(self, chat: int) -> None:
        """The chat was cleared: its messages are forgotten, and what is said next gets a neutral greeting."""
        self.trails.drop(chat)
        self._subjects.pop(chat, None)
        self._awaited.pop(chat, None)
        self._cleared[chat] = self._clock() + CLEARED_SECONDS
        self._cleared.move_to_end(chat)
        if len(self._cleared) > _MOST_PEOPLE:
            self._cleared.popitem(last=False)

    def is_cleared(self, chat: int) -> bool:
        """Whether nothing was said since the chat was cleared."""
        until = self._cleared.get(chat)
        return until is not None and until >= self._clock()

    def greeted(self, chat: int) -> None:
        """Something was said after the chat was cleared."""
        self._cleared.pop(chat, None)

    def awaited(self, chat: int) -> str:
        """The button whose next answer this chat may type instead; nothing after some minutes."""
        found = self._awaited.get(chat)
        if found is None or found[1] < self._clock():
            self._awaited.pop(chat, None)
            return ""
        return found[0]

    def wait_for(self, chat: int, data: str) -> None:
        """Wait for the answer to this button for some minutes; for nothing where it is empty."""
        self._awaited.pop(chat, None)
        if data:
            self._awaited[chat] = data, self._clock() + AWAITED_SECONDS
        if len(self._awaited) > _MOST_PEOPLE:
            self._awaited.popitem(last=False)

    def subject(self, chat: int) -> str:
        """The topic this chat has just read, for a short question that names none; nothing after some minutes."""
        found = self._subjects.get(chat)
        if found is None or found[1] < self._clock():
            self._subjects.pop(chat, None)
            return ""
        return found[0]

    def read(self, chat: int, topic: str) -> None:
        """This chat has just read a topic; where that is empty, what was read before is dropped."""
        self._subjects.pop(chat, None)
        if topic:
            self._subjects[chat] = topic, self._clock() + SUBJECT_SECONDS
        if len(self._subjects) > _MOST_PEOPLE:
            self._subjects.popitem(last=False)

    def forget(self, chat: int) -> None:
        """Drop what is remembered of a chat."""
        self._subjects.pop(chat, None)
        self._awaited.pop(chat, None)
        self.trails.forget(chat)
        self._cleared.pop(chat, None)
        self._languages.pop(chat, None)

    def is_new_today(self, chat: int, topic: str, today: date) -> bool:
        """Whether this chat has not yet been counted for this topic today.

        Only keyed hashes are held, under a random key that is thrown away with the day. The day before stays until
        the next one begins, so that a clock that jumps over midnight and back counts nobody twice. When there are
        too many to remember, nobody more is new: too few is the safe side.
        """
        if today not in self._seen:
            self._seen[today] = secrets.token_bytes(32), set()
        self._seen.move_to_end(today)
        if len(self._seen) > _DAYS:
            self._seen.popitem(last=False)
        key, seen = self._seen[today]
        mark = hashlib.blake2b(f"{chat} {topic}".encode(), key=key, digest_size=12).digest()
        if mark in seen or len(seen) >= 10 * _MOST_PEOPLE:
            return False
        seen.add(mark)
        return True

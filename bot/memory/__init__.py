"""Memory: what is remembered for minutes, in the process and never on disk."""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from sys import intern

from bot.memory.heard import Heard
from bot.memory.lately import Lately
from bot.memory.marks import Marks
from bot.memory.trail import Kind, Seen, Trails

__all__ = ["LANGUAGE_SECONDS", "Kind", "Memory", "Seen", "Trails"]

LANGUAGE_SECONDS = 12 * 3600
CLEARED_SECONDS = 7 * 86400
AWAITED_SECONDS = 600
SUBJECT_SECONDS = 600
_MARKS = 5 << 15  # words of 64 bits for whom a day has seen: 1.25 MiB, good for a million of one chat and one topic
_DAYS = 2

# Seats for chats (bot/memory/seats.py). Telegram lets a bot answer 30 messages a second, so 18,000 in ten minutes.
# Whoever has to make room loses what they see of it: a language that was chosen is then the phone's again, a short
# question that names no topic is asked back, and a typed day is taken for a question.
_MOST_LANGUAGES = 49_152  # 1.1 MiB
_MOST_SUBJECTS = 24_576  # 0.6 MiB
_MOST_AWAITED = 8_192  # 1 MiB with the words themselves, which few share
_MOST_CLEARED = 16_384  # 0.4 MiB


class Memory:
    """A chat's language, messages and what it may type next, and whom today's counts have seen.

    All of it together is at most 11 MiB, and as fast when it is full.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, now: Callable[[], float] = time.time) -> None:
        self.trails = Trails(now)
        self.heard = Heard()
        self.files: dict[str, str] = {}  # ids Telegram gave to our own pictures and recordings
        self._cleared = Lately(CLEARED_SECONDS, _MOST_CLEARED, clock)
        self._languages = Lately(LANGUAGE_SECONDS, _MOST_LANGUAGES, clock)
        self._awaited = Lately(AWAITED_SECONDS, _MOST_AWAITED, clock)
        self._subjects = Lately(SUBJECT_SECONDS, _MOST_SUBJECTS, clock)
        self._seen: OrderedDict[date, tuple[bytes, Marks]] = OrderedDict()  # the day in use, and the one before

    def language(self, chat: int) -> str | None:
        """The language somebody chose not long ago."""
        return self._languages.of(chat) or None

    def remember_language(self, chat: int, language: str) -> None:
        """Keep a chosen language for half a day; the oldest goes when there are too many."""
        self._languages.keep(chat, intern(language))

    def clear(self, chat: int) -> None:
        """The chat was cleared: its messages are forgotten, and what is said next gets a neutral greeting."""
        self.trails.drop(chat)
        self._subjects.drop(chat)
        self._awaited.drop(chat)
        self._cleared.keep(chat, "cleared")

    def is_cleared(self, chat: int) -> bool:
        """Whether nothing was said since the chat was cleared."""
        return bool(self._cleared.of(chat))

    def greeted(self, chat: int) -> None:
        """Something was said after the chat was cleared."""
        self._cleared.drop(chat)

    def awaited(self, chat: int) -> str:
        """The button whose next answer this chat may type instead; nothing after some minutes."""
        return self._awaited.of(chat)

    def wait_for(self, chat: int, data: str) -> None:
        """Wait for the answer to this button for some minutes; for nothing where it is empty."""
        self._awaited.keep(chat, data)

    def subject(self, chat: int) -> str:
        """The topic this chat has just read, for a short question that names none; nothing after some minutes."""
        return self._subjects.of(chat)

    def read(self, chat: int, topic: str) -> None:
        """This chat has just read a topic; where that is empty, what was read before is dropped."""
        self._subjects.keep(chat, intern(topic))

    def forget(self, chat: int) -> None:
        """Drop what is remembered of a chat."""
        for kept in (self._subjects, self._awaited, self._cleared, self._languages):
            kept.drop(chat)
        self.trails.forget(chat)

    def is_new_today(self, chat: int, topic: str, today: date) -> bool:
        """Whether this chat has not yet been counted for this topic today.

        Only keyed hashes are held, under a random key that is thrown away with the day. The day before stays until
        the next one begins, so that a clock that jumps over midnight and back counts nobody twice. When there are
        far too many to remember, hardly anybody more is new: too few is the safe side.
        """
        if today not in self._seen:
            self._seen[today] = secrets.token_bytes(32), Marks(_MARKS)
        self._seen.move_to_end(today)
        if len(self._seen) > _DAYS:
            self._seen.popitem(last=False)
        key, seen = self._seen[today]
        mark = int.from_bytes(hashlib.blake2b(f"{chat} {topic}".encode(), key=key, digest_size=8).digest(), "big")
        return seen.add(mark)

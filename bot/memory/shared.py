"""What several instances share of a chat for minutes: taken along from Redis before an answer, put back after it.

In between it lies in the process, as ever, so that whoever answers needs no network. Keys are hashes under a secret
that Redis never sees, every key expires, and only what changed is written, so that nothing lives longer than it should.
"""

import hashlib
from collections.abc import Sequence
from datetime import date

from bot.memory import AWAITED_SECONDS, CLEARED_SECONDS, LANGUAGE_SECONDS, SUBJECT_SECONDS, Memory
from bot.memory.trail import KEPT_SECONDS

DAY_SECONDS = 26 * 3600
KINDS = {
    "language": LANGUAGE_SECONDS,
    "awaited": AWAITED_SECONDS,
    "subject": SUBJECT_SECONDS,
    "cleared": CLEARED_SECONDS,
    "trail": KEPT_SECONDS,
}
Change = tuple[str, int, bytes]  # a key, its seconds, its value; empty takes the key away


class SharedMemory(Memory):
    """A Memory whose chats come and go; `secret` is what keys are made with."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._key = hashlib.blake2b(f"shared memory {secret}".encode(), digest_size=32).digest()
        self._brought: dict[int, dict[str, bytes]] = {}
        self._marks: dict[int, set[bytes]] = {}
        self._fresh: dict[int, set[bytes]] = {}

    def name(self, kind: str, of: object) -> str:
        """A key that nobody finds a person by."""
        return f"safar:{hashlib.blake2b(f'{kind} {of}'.encode(), key=self._key, digest_size=16).hexdigest()}"

    def names(self, chat: int, today: date) -> list[str]:
        """The keys of a chat: one for each of KINDS, and the set of what it was counted for today."""
        return [*(self.name(kind, chat) for kind in KINDS), self.name(f"day {today}", chat)]

    def bring(self, chat: int, values: Sequence[bytes | None], marks: Sequence[bytes]) -> None:
        """Take a chat as the others left it."""
        found = {kind: value or b"" for kind, value in zip(KINDS, values, strict=True)}
        self._brought[chat], self._marks[chat], self._fresh[chat] = found, set(marks), set()
        self.remember_language(chat, found["language"].decode())
        self._cleared.keep(chat, found["cleared"].decode())
        self.wait_for(chat, found["awaited"].decode())
        self.read(chat, found["subject"].decode())
        self.trails.unpack(chat, found["trail"])

    def changes(self, chat: int, today: date) -> tuple[list[Change], list[bytes]]:
        """What the answer changed of a chat, and for what it is newly counted; and let go of both."""
        before, fresh = self._brought.pop(chat, {}), self._fresh.pop(chat, set())
        self._marks.pop(chat, None)
        now = {
            "language": (self.language(chat) or "").encode(),
            "awaited": self.awaited(chat).encode(),
            "subject": self.subject(chat).encode(),
            "cleared": b"1" if self.is_cleared(chat) else b"",
            "trail": self.trails.packed(chat),
        }
        changed = [
            (self.name(kind, chat), seconds, now[kind])
            for kind, seconds in KINDS.items()
            if now[kind] != before.get(kind, b"")
        ]
        return changed, sorted(fresh)

    def is_new_today(self, chat: int, topic: str, today: date) -> bool:
        """As in one process, and not counted by another instance either."""
        is_new = super().is_new_today(chat, topic, today)
        marks = self._marks.get(chat)
        if marks is None:
            return is_new
        mark = hashlib.blake2b(f"mark {today} {chat} {topic}".encode(), key=self._key, digest_size=8).digest()
        if mark in marks:
            return False
        marks.add(mark)
        self._fresh[chat].add(mark)
        return is_new

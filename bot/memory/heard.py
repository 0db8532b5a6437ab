"""Which words several chats used today; in the process alone, and nothing of it can be read back."""

import hashlib
import secrets
from array import array
from datetime import date

from bot.memory.marks import Marks
from bot.memory.seats import NONE, Seats

ENOUGH = 5  # chats that must use a word on one day before it is written down
_MOST_WORDS = 16_384
_MOST_CHATS = 200  # of one word; more say nothing new
_MARKS = 1 << 16  # words of 64 bits: half a MiB, for a hundred thousand of one chat and one word


class Heard:
    """Holds hashes of words and chats under a random key that is thrown away with the day; 0.8 MiB and never more."""

    def __init__(self) -> None:
        self._day: date | None = None

    def add(self, chat: int, word: str, today: date) -> int:
        """How many chats to add to the count of a word: none until enough have used it, then those, then each new one.

        Where there are too many words to hold, the one that was not heard for longest begins anew: too few is the safe
        side.
        """
        if today != self._day:
            self._begin(today)
        seat = self._seat(self._hash(f"word {word}") >> 1)
        chats = self._chats[seat]
        if chats >= _MOST_CHATS or not self._marks.add(self._hash(f"chat {chat} {word}")):
            return 0
        self._chats[seat] = chats = chats + 1
        return 0 if chats < ENOUGH else ENOUGH if chats == ENOUGH else 1

    def _begin(self, today: date) -> None:
        self._day, self._key, self._count = today, secrets.token_bytes(32), 0
        self._words = Seats(_MOST_WORDS)
        self._chats = array("B", bytes(self._words.most))
        self._marks = Marks(_MARKS)

    def _seat(self, word: int) -> int:
        seat = self._words.find(word)
        if seat == NONE:
            seat = self._words.take(word)
            self._chats[seat] = 0
        self._count += 1
        self._words.until[seat] = self._count  # who was heard last leaves last
        return seat

    def _hash(self, words: str) -> int:
        found = hashlib.blake2b(words.encode("utf-8", "replace"), key=self._key, digest_size=8)
        return int.from_bytes(found.digest(), "big")

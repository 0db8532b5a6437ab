"""Which words several chats used today; in the process alone, and nothing of it can be read back."""

import hashlib
import secrets
from datetime import date

ENOUGH = 5  # chats that must use a word on one day before it is written down
_MOST_WORDS = 20_000
_MOST_CHATS = 200  # of one word; more say nothing new


class Heard:
    """Holds hashes of words and chats under a random key that is thrown away with the day."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._key = b""
        self._chats: dict[bytes, set[bytes]] = {}

    def add(self, chat: int, word: str, today: date) -> int:
        """How many chats to add to the count of a word: none until enough have used it, then those, then each new one.

        When there are too many words to hold, new ones are not heard any more that day: too few is the safe side.
        """
        if today != self._day:
            self._day, self._key, self._chats = today, secrets.token_bytes(32), {}
        name, mark = self._hash(f"word {word}"), self._hash(f"chat {chat} {word}")
        chats = self._chats.get(name)
        if chats is None:
            if len(self._chats) >= _MOST_WORDS:
                return 0
            chats = self._chats[name] = set()
        if mark in chats or len(chats) >= _MOST_CHATS:
            return 0
        chats.add(mark)
        return 0 if len(chats) < ENOUGH else ENOUGH if len(chats) == ENOUGH else 1

    def _hash(self, words: str) -> bytes:
        return hashlib.blake2b(words.encode("utf-8", "replace"), key=self._key, digest_size=10).digest()

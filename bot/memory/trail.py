"""Trails: which messages stand in a chat, so that they can be taken away again.

Numbers and times alone, packed into eight bytes each, in the process and never on disk. A person's message is of use
for the two days in which Telegram deletes it, one of the bot's own for the week in which it may still be reworded.
"""

import time
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

KEPT_SECONDS = 7 * 86400
MOST_CHATS = 100_000
MOST_MESSAGES = 300  # of one chat
MOST_OF_ALL = 3_000_000  # of all chats together: 24 MB
_MARK = 0  # no message has this number: what came before it was forgotten
_BEGINNING = 1_600_000_000  # times are counted from here, so that they fit


class Kind(IntEnum):
    """Whose message it is, and what can be changed of it later."""

    PERSON = 0
    TEXT = 1
    CAPTION = 2
    FIXED = 3  # it brought a keyboard, and Telegram lets nobody edit such a message


@dataclass(frozen=True)
class Seen:
    """A message that stands, or stood, in a chat."""

    id: int
    sent: int
    kind: Kind


class Trails:
    """The messages of each chat in order; the oldest go when there are too many, and all go with time."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self._begun = now()
        self._chats: OrderedDict[int, array[int]] = OrderedDict()
        self._count = 0

    def saw(self, chat: int, message: int, sent: int, kind: Kind) -> None:
        """Note a message; one that is known already changes nothing, nor does a number no message can have."""
        if not _MARK <= message < 1 << 31:
            return
        trail = self._chats.get(chat)
        if trail is None:
            trail = self._chats[chat] = array("Q")
        packed = message << 32 | min(max(sent - _BEGINNING, 0), 0x3FFFFFFF) << 2 | kind
        place = len(trail)
        if trail and packed <= trail[-1]:
            place = bisect_left(trail, message << 32)
            if place < len(trail) and trail[place] >> 32 == message:
                return
        trail.insert(place, packed)
        self._count += 1
        self._chats.move_to_end(chat)
        if len(trail) > MOST_MESSAGES:
            self._count -= len(trail) - MOST_MESSAGES * 3 // 4
            del trail[: -MOST_MESSAGES * 3 // 4]
        self._let_go()

    def of(self, chat: int) -> list[Seen]:
        """What is known of a chat and not yet too old, the newest first."""
        oldest = self.now() - KEPT_SECONDS
        known = [_unpacked(packed) for packed in reversed(self._chats.get(chat, ()))]
        return [one for one in known if one.sent >= oldest and one.id != _MARK]

    def since(self, chat: int) -> float:
        """From when on the messages of a chat are known: the start of the process, or the day they were forgotten."""
        trail = self._chats.get(chat)
        first = _unpacked(trail[0]) if trail else None
        return max(self._begun, first.sent) if first and first.id == _MARK else self._begun

    def forget(self, chat: int) -> None:
        """Forget the messages of a chat that still stand there, and know that there were some."""
        self.drop(chat)
        self.saw(chat, _MARK, int(self.now()), Kind.FIXED)

    def drop(self, chat: int) -> None:
        """The messages of a chat are gone."""
        self._count -= len(self._chats.pop(chat, ()))

    def packed(self, chat: int) -> bytes:
        """The messages of a chat, eight bytes each, for another instance."""
        return self._chats.get(chat, array("Q")).tobytes()

    def unpack(self, chat: int, packed: bytes) -> None:
        """The messages of a chat as another instance knew them, in place of what was known here."""
        self.drop(chat)
        if packed:
            self._chats[chat] = array("Q", packed)
            self._count += len(self._chats[chat])
            self._let_go()

    def _let_go(self) -> None:
        """Drop the chat that was silent longest: where there is no room, and where all of it is too old."""
        chat, trail = next(iter(self._chats.items()))
        is_full = len(self._chats) > MOST_CHATS or self._count > MOST_OF_ALL
        if is_full or _sent(trail[-1]) < self.now() - KEPT_SECONDS:
            self.drop(chat)


def _sent(packed: int) -> int:
    return (packed >> 2 & 0x3FFFFFFF) + _BEGINNING


def _unpacked(packed: int) -> Seen:
    return Seen(packed >> 32, _sent(packed), Kind(packed & 3))

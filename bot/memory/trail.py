"""Trails: which messages stand in a chat, so that they can be taken away again.

Numbers and times alone, packed into eight bytes each, in the process and never on disk. A person's message is of use
for the two days in which Telegram deletes it, one of the bot's own for the week in which it may still be reworded.
"""

import time
from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from sys import byteorder

from bot.memory.seats import NONE, ROW, Seats

KEPT_SECONDS = 7 * 86400
MOST_CHATS = 32_768  # seats; with what each costs beside its messages 2.1 MiB
MOST_MESSAGES = 300  # of one chat
MOST_OF_ALL = 196_608  # of all chats together: 1.5 MiB
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
    """The messages of each chat in order; the oldest go when there are too many, and all go with time.

    Where some had to go, it is known until when: nobody is told that a chat is clear in which messages may stand.
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self._begun = now()
        self._seats = Seats(MOST_CHATS, KEPT_SECONDS)
        self._trails: list[bytes] = []
        self._lost = array("d")  # of each row, when the last of the messages was sent that had to make room
        self._count = 0
        self._row = 0

    def saw(self, chat: int, message: int, sent: int, kind: Kind) -> None:
        """Note a message; one that is known already changes nothing, nor does a number no message can have."""
        if not _MARK <= message < 1 << 31:
            return
        now, seats = self.now(), self._seats
        if now > seats.due:
            for gone in seats.emptied(now):
                self._empty(gone)
        seat = seats.find(chat)
        if seat == NONE:
            seat = self._take(chat)
        trail = self._trails[seat]
        packed = message << 32 | min(max(sent - _BEGINNING, 0), 0x3FFFFFFF) << 2 | kind
        last = int.from_bytes(trail[-8:], byteorder) >> 32 if trail else NONE
        if message > last:
            longer = trail + packed.to_bytes(8, byteorder)
        elif message == last:
            return
        else:
            longer = _with(trail, packed)
        if longer is not trail:
            self._put(seat, longer, sent if 0 < sent < now else now)

    def of(self, chat: int) -> list[Seen]:
        """What is known of a chat and not yet too old, the newest first."""
        oldest = self.now() - KEPT_SECONDS
        known = [_unpacked(packed) for packed in reversed(array("Q", self.packed(chat)))]
        return [one for one in known if one.sent >= oldest and one.id != _MARK]

    def since(self, chat: int) -> float:
        """From when on the messages of a chat are known: the start of the process, or when some were let go."""
        first = _unpacked(int.from_bytes(self.packed(chat)[:8], byteorder))
        forgotten = first.sent if first.id == _MARK and self.packed(chat) else 0.0
        return max(self._begun, forgotten, self._lost[self._seats.row(chat)] if self._lost else 0.0)

    def forget(self, chat: int) -> None:
        """Forget the messages of a chat that still stand there, and know that there were some."""
        self.drop(chat)
        self.saw(chat, _MARK, int(self.now()), Kind.FIXED)

    def drop(self, chat: int) -> None:
        """The messages of a chat are gone."""
        seat = self._seats.find(chat)
        if seat != NONE:
            self._seats.leave(seat)
            self._empty(seat)

    def packed(self, chat: int) -> bytes:
        """The messages of a chat, eight bytes each, for another instance."""
        seat = self._seats.find(chat)
        return self._trails[seat] if seat != NONE else b""

    def unpack(self, chat: int, packed: bytes) -> None:
        """The messages of a chat as another instance knew them, in place of what was known here."""
        self.drop(chat)
        if packed:
            self._put(self._take(chat), packed, _sent(int.from_bytes(packed[-8:], byteorder)))

    def _take(self, chat: int) -> int:
        """A seat for a chat that has none."""
        seat = self._seats.take(chat)
        if not self._trails:
            self._trails, self._lost = [b""] * self._seats.most, array("d", bytes(8 * self._seats.rows))
        self._lose(seat)
        self._seats.until[seat] = 0.0
        return seat

    def _put(self, seat: int, trail: bytes, sent: float) -> None:
        """Let these be the messages of a seat, but no more than there is room for."""
        if len(trail) > 8 * MOST_MESSAGES:
            known = array("Q", trail)
            kept = known[-MOST_MESSAGES * 3 // 4 :]
            trail = (array("Q", [_MARK << 32 | known[-len(kept) - 1] & 0xFFFFFFFF]) + kept).tobytes()
        self._count += (len(trail) - len(self._trails[seat])) // 8
        self._trails[seat] = trail
        self._seats.until[seat] = max(self._seats.until[seat], sent + KEPT_SECONDS)
        for _ in range(self._seats.rows if self._count > MOST_OF_ALL else 0):
            self._make_room(seat)
            if self._count <= MOST_OF_ALL:
                return

    def _make_room(self, own: int) -> None:
        """Whoever was silent longest in a row goes, row by row."""
        self._row = (self._row + 1) % self._seats.rows
        row = range(self._row * ROW, self._row * ROW + ROW)
        taken = [seat for seat in row if self._trails[seat] and seat != own]
        if taken:
            seat = min(taken, key=self._seats.until.__getitem__)
            self._lose(seat)
            self._seats.leave(seat)

    def _lose(self, seat: int) -> None:
        """What is known in a seat makes room for others."""
        if self._trails[seat]:
            sent = self._seats.until[seat] - KEPT_SECONDS
            self._lost[seat // ROW] = max(self._lost[seat // ROW], sent)
            self._empty(seat)

    def _empty(self, seat: int) -> None:
        self._count -= len(self._trails[seat]) // 8
        self._trails[seat] = b""


def _with(trail: bytes, packed: int) -> bytes:
    """One more message in its place, before the last one, unless it is there already."""
    known = array("Q", trail)
    place = bisect_left(known, packed >> 32 << 32)
    if known[place] >> 32 == packed >> 32:
        return trail
    known.insert(place, packed)
    return known.tobytes()


def _sent(packed: int) -> int:
    return (packed >> 2 & 0x3FFFFFFF) + _BEGINNING


def _unpacked(packed: int) -> Seen:
    return Seen(packed >> 32, _sent(packed), Kind(packed & 3))

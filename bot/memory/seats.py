"""Seats: a fixed number of them for keys that come and go, so that what is remembered costs the same however many come.

Rows of sixteen: a key has its row and may sit anywhere in it; where all are taken, whoever would leave first makes
room. A dictionary takes a hundred bytes a key, in objects all over the memory, and grows. Here a seat is sixteen bytes,
taken once, and what else is known of a key stands elsewhere, under the number of its seat.
"""

from array import array
from collections.abc import Sequence
from math import inf

ROW = 16
NONE = -1
_NOBODY = -(1 << 63)  # the key of a seat that is free
_LARGEST = (1 << 63) - 1


class Seats:
    """Whole numbers as keys; `until` says of each seat when its key leaves, in the caller's own time, and 0 is free.

    Rows fill unevenly: of half as many keys as there are seats one in two thousand leaves early, of as many one in ten.
    """

    def __init__(self, most: int, seconds: float = inf) -> None:
        self._rows = max(1, most // ROW - 1 | 1)  # an odd number spreads any keys
        self._each = seconds / self._rows
        self._keys = array("q")  # empty until the first key comes: a memory nobody uses costs nothing
        self.until = array("d")
        self._count = 0
        self._row = 0
        self.due = 0.0  # when the next row is to be looked at

    @property
    def most(self) -> int:
        """How many seats there are."""
        return self._rows * ROW

    @property
    def rows(self) -> int:
        """How many rows."""
        return self._rows

    def row(self, key: int) -> int:
        """The number of its row."""
        return key % self._rows

    def find(self, key: int) -> int:
        """Its seat, or NONE."""
        first = key % self._rows * ROW
        try:
            return self._keys.index(key, first, first + ROW)
        except ValueError:
            return NONE

    def take(self, key: int) -> int:
        """A seat for one that has none; `until` still says when the one before it would have left, and is to be set."""
        if not self._keys:
            self._keys.frombytes(array("q", [_NOBODY]).tobytes() * self.most)
            self.until.frombytes(bytes(8 * self.most))
        first = key % self._rows * ROW
        row = self.until[first : first + ROW]
        until = min(row)
        seat = first + row.index(until)
        if not until:
            self._count += 1
        self._keys[seat] = key if -_LARGEST <= key <= _LARGEST else _NOBODY  # no chat has such a number
        return seat

    def leave(self, seat: int) -> None:
        """It is free."""
        if self.until[seat]:
            self._count -= 1
        self._keys[seat], self.until[seat] = _NOBODY, 0.0

    def emptied(self, now: float) -> Sequence[int]:
        """The seats whose time is over, free now; within `seconds` every row is looked at, whoever asks or does not."""
        if now < self.due:
            return ()
        due = int((now - self.due) / self._each) + 1
        self.due += due * self._each
        found: list[int] = []
        for _ in range(min(due, self._rows) if self._count else 0):
            self._row = (self._row + 1) % self._rows
            first = self._row * ROW
            found += [seat for seat in range(first, first + ROW) if 0.0 < self.until[seat] < now]
        for seat in found:
            self.leave(seat)
        return found

    def __len__(self) -> int:
        return self._count

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
_LARGEST = (1 << 63) - 1
_NOBODY = array("q", [NONE]).tobytes()


class Seats:
    """Whole numbers as keys; `until` says of each seat when its key leaves, in the caller's own time, and 0 is free.

    About half as many as there are seats are surely held, and four fifths of as many as there are: rows fill unevenly.
    """

    def __init__(self, most: int, seconds: float = inf) -> None:
        self._rows = max(1, most // ROW - 1 | 1)  # an odd number spreads any keys
        self._a_second = self._rows / seconds
        self._keys = array("q")  # empty until the first key comes: a memory nobody uses costs nothing
        self.until = array("d")
        self._count = 0
        self._row = 0
        self._looked = 0.0

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
        return (key & _LARGEST) % self._rows

    def find(self, key: int) -> int:
        """Its seat, or NONE."""
        key &= _LARGEST
        first = key % self._rows * ROW
        try:
            return self._keys.index(key, first, first + ROW)
        except ValueError:
            return NONE

    def take(self, key: int) -> int:
        """A seat for one that has none; `until` still says when the one before it would have left, and is to be set."""
        if not self._keys:
            self._keys.frombytes(_NOBODY * self.most)
            self.until.frombytes(bytes(8 * self.most))
        key &= _LARGEST
        first = key % self._rows * ROW
        row = self.until[first : first + ROW]
        until = min(row)
        seat = first + row.index(until)
        if not until:
            self._count += 1
        self._keys[seat] = key
        return seat

    def leave(self, seat: int) -> None:
        """It is free."""
        if self.until[seat]:
            self._count -= 1
        self._keys[seat], self.until[seat] = NONE, 0.0

    def emptied(self, now: float) -> Sequence[int]:
        """The seats whose time is over, free now; within `seconds` every row is looked at, whoever asks or does not."""
        due = int((now - self._looked) * self._a_second)
        if due < 1:
            return ()
        self._looked += due / self._a_second
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

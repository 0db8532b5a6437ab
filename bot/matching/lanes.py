"""Rows of numbers that are only ever added up, kept as long integers: one addition adds all columns of two rows.

Python adds integers of a thousand bits in fifty nanoseconds, so a question needs no numpy, which would cost 16 MiB
and a tenth of a second of each start. A number is 16 bits wide where it is kept. The even and the odd ones are added
up apart, so that each has 32 bits to grow in, and weighed in two halves, with 64 bits for each.

Of some fifty thousand rows a few thousand are asked for all the time. These are kept as integers; the others may stay
in their file, where the system keeps them at hand as long as it has room.
"""

import mmap
from collections.abc import Iterable, Sequence
from struct import Struct

_NOUGHT = 1 << 29  # what a sum of nought is given as
_ONE = 1 << 20  # and how much more a sum of one: numbers of less than 30 bits are the quickest to sort
_SHIFT = 16  # bits that are cut off a sum when all is weighed
_KEPT_NOUGHT = 1 << 15  # what a number of nought is kept as
_AT_HAND = 4  # pieces of a file that are looked at before its pages are let go; the system brings 16 with each
_MOST_MET = 6000  # rows kept as integers, a quarter of a kilobyte each

Group = tuple[Sequence[int], float]  # rows, and what they weigh


def number(weighed: int) -> float:
    """A sum that was weighed, as a number."""
    return (weighed - _NOUGHT) / _ONE


class Shelved:
    """Bytes that stay in their file, which is mapped as long as they are there; it may be replaced, and not cut.

    Mapped and not read: a read lets other threads go first, and where one of them is busy each row would wait for it.
    """

    def __init__(self, file: int, start: int, size: int) -> None:
        self._map = mmap.mmap(file, 0, access=mmap.ACCESS_READ)
        self._start, self._size, self._left = start, size, _AT_HAND

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, asked: slice) -> bytes:
        """A piece of them, without a stride."""
        self._left -= 1
        if self._left < 0 and hasattr(mmap, "MADV_DONTNEED"):
            self._left = _AT_HAND
            self._map.madvise(
                mmap.MADV_DONTNEED
            )  # what was looked at goes back to the system, which keeps it if it can
        first, last, _ = asked.indices(self._size)
        return self._map[self._start + first : self._start + last]


class Lanes:
    """A table of so many columns, each number of it `scale` times as large as it was."""

    def __init__(self, columns: int, scale: float, rows: bytes | Shelved) -> None:
        self.columns, self.scale, self.rows = columns, scale, rows
        half = half_of(columns)
        self._size = 4 * half
        self._every_64 = sum(1 << 64 * at for at in range(half // 2))
        self._low_32 = self._every_64 * 0xFFFFFFFF
        self._even = self._every_64 * 0x0000FFFF_0000FFFF
        self._numbers = Struct(f"<{2 * half}I").unpack
        self._parts = (_ONE << _SHIFT) / scale
        self._met: dict[int, int] = {}

    def __reduce__(self) -> tuple[type["Lanes"], tuple[int, float, bytes]]:
        return Lanes, (self.columns, self.scale, self.rows[:])

    def __len__(self) -> int:
        return len(self.rows) // self._size

    def weigh(self, groups: Iterable[Group]) -> tuple[int, ...]:
        """The sum of the rows of every group, by what the group weighs; behind the columns some that mean nothing."""
        met, row, size, low, even_lanes = self._met, self._row, self._size, self._low_32, self._even
        first = second = third = fourth = zero = 0
        for rows, weight in groups:
            numbers = [met.get(at) or row(at) for at in rows]
            even = sum([number & even_lanes for number in numbers])
            odd = (sum(numbers) - even) >> 16
            parts = round(weight * self._parts)
            zero += parts * len(numbers)
            first += parts * (even & low)
            second += parts * (even >> 32 & low)
            third += parts * (odd & low)
            fourth += parts * (odd >> 32 & low)
        more = self._every_64 * ((_NOUGHT << _SHIFT) - zero * _KEPT_NOUGHT)
        even = (first + more) >> _SHIFT & low | ((second + more) >> _SHIFT & low) << 32
        odd = (third + more) >> _SHIFT & low | ((fourth + more) >> _SHIFT & low) << 32
        return self._numbers(even.to_bytes(size, "little") + odd.to_bytes(size, "little"))

    def _row(self, at: int) -> int:
        """One that was not asked for lately."""
        size = self._size
        number = int.from_bytes(self.rows[at * size : at * size + size], "little")
        if len(self._met) >= _MOST_MET:
            self._met.clear()
        self._met[at] = number
        return number


def half_of(columns: int) -> int:
    """The columns in a half; in a row the first of each half come first, then the second of each, and so on."""
    return 2 * -(-columns // 4)

"""Hashes that were met, eight bytes each, where a set of Python's takes ninety.

Open addressing in many small parts: each grows on its own, so that nobody waits for a million to be put in order anew.
"""

from array import array

_PARTS = 256
_FIRST = 8  # places of a part that holds nothing yet; always a power of two


class Marks:
    """A set of numbers below 2^64 that are spread evenly, as hashes are."""

    def __init__(self) -> None:
        self._parts = [array("Q", bytes(8 * _FIRST)) for _ in range(_PARTS)]
        self._counts = [0] * _PARTS
        self._count = 0

    def add(self, mark: int) -> bool:
        """Whether it is new."""
        mark = mark or 1  # a place that holds nought is free
        which = mark % _PARTS
        part = self._parts[which]
        place = _place(part, mark)
        if part[place]:
            return False
        part[place] = mark
        self._count += 1
        self._counts[which] += 1
        if self._counts[which] * 4 > len(part) * 3:
            self._parts[which] = _doubled(part)
        return True

    def __contains__(self, mark: int) -> bool:
        mark = mark or 1
        part = self._parts[mark % _PARTS]
        return part[_place(part, mark)] != 0

    def __len__(self) -> int:
        return self._count


def _place(part: "array[int]", mark: int) -> int:
    """Where it stands, or would."""
    last = len(part) - 1
    place = mark // _PARTS & last
    while part[place] and part[place] != mark:
        place = place + 1 & last
    return place


def _doubled(part: "array[int]") -> "array[int]":
    larger = array("Q", bytes(16 * len(part)))
    for mark in part:
        if mark:
            larger[_place(larger, mark)] = mark
    return larger

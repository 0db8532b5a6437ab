"""Hashes that were met, in a room that never grows: a Bloom filter.

A hash sets five bits of one word of 64. Of a hundred thousand hashes some four are taken for met though they were not,
of a million one in seventy, and when far too many come nearly all: too few are counted, which is the safe side.
"""

from array import array


class Marks:
    """A set of numbers below 2^64 that are spread evenly, as hashes are."""

    def __init__(self, words: int) -> None:
        self._words = array("Q", bytes(8 * words))

    def add(self, mark: int) -> bool:
        """Whether it is new."""
        place = (mark >> 30) % len(self._words)
        bits = 1 << (mark & 63) | 1 << (mark >> 6 & 63) | 1 << (mark >> 12 & 63)
        bits |= 1 << (mark >> 18 & 63) | 1 << (mark >> 24 & 63)
        found = self._words[place]
        if found & bits == bits:
            return False
        self._words[place] = found | bits
        return True

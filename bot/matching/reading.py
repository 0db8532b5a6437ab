"""A message read once for all: its words as they were typed, and folded.

Most words of a question stand in our own content; how each of those is folded was worked out when it was learned.
"""

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from bot.matching.fold import WORD, clean, fold_each, fold_words, is_mixed, is_spelled_out
from bot.matching.names import NOWHERE, Names


class Reading(NamedTuple):
    """The words of a message in small letters and folded, each with its place among our own (-1: it has none)."""

    typed: list[str]
    places: list[int]
    words: list[str]
    rows: list[int]


class Reader:
    """Knows the words of our own content: `typed` as people type them, `folded`, and what each of them folds to."""

    def __init__(self, typed: Names, folded: Names, rows: bytes, joined: str, ends: bytes) -> None:
        """The folded words are `joined` as well: an object for each would take five times the room."""
        self.typed, self.folded, self.rows = typed, folded, rows
        self._joined, self._ends = joined, array("I", ends)
        self._row = array("i", rows)
        self._row.append(NOWHERE)  # where a word is that stands nowhere

    @classmethod
    def of(cls, typed: Names, folded: Names, rows: bytes) -> "Reader":
        """With the folded words joined, and where each of them ends."""
        listed = [*folded]
        ends = array("I", accumulate(map(len, listed), initial=0))
        return cls(typed, folded, rows, "".join(listed), ends.tobytes())

    def __reduce__(self) -> tuple[type["Reader"], tuple[Names, Names, bytes, str, bytes]]:
        return Reader, (self.typed, self.folded, self.rows, self._joined, self._ends.tobytes())

    def read(self, text: str) -> Reading:
        """The words of a text; never raises, whatever it is."""
        whole = clean(text)
        small = whole.lower()
        typed, places = typed_words(small, self.typed)
        row = self._row
        rows = [row[place] for place in places]
        if NOWHERE not in rows and len(small) == len(whole):
            words = self._own(rows)
            if words and not is_spelled_out(words):
                return Reading(typed, places, words, rows)
        words = self._folded(text, whole, small, rows)
        return Reading(typed, places, words, self.folded.places(words))

    def _own(self, rows: Sequence[int]) -> list[str]:
        """The folded words of our own in these rows."""
        joined, ends = self._joined, self._ends
        return [joined[ends[row] : ends[row + 1]] for row in rows]

    def _folded(self, text: str, whole: str, small: str, rows: Sequence[int]) -> list[str]:
        """The folded words of a text of which some are not our own: these alone are folded, where that can be."""
        typed = WORD.findall(whole)
        if len(small) != len(whole) or len(typed) != len(rows):  # İ in small letters is two, and cuts its word
            return fold_words(text)
        rest = fold_each([word for word, row in zip(typed, rows, strict=True) if row < 0])
        if len(rest) != rows.count(NOWHERE):  # one of them folds to nothing
            return fold_words(text)
        waiting, known = iter(rest), iter(self._own([row for row in rows if row >= 0]))
        words = [next(known if row >= 0 else waiting) for row in rows]
        return fold_words(text) if is_spelled_out(words) else words


def typed_words(small: str, known: Names) -> tuple[list[str], list[int]]:
    """The words of a clean text in small letters, and their places among those that are known."""
    typed = WORD.findall(small)
    return typed, known.places(typed)


def reader(typed: Names, folded: Names) -> Reader:
    """Works out which folded word each typed one is, where it is folded alike by itself and in any text."""
    rows = array("i")
    for name in typed:
        words = fold_words(name)
        rows.append(folded.place(words[0]) if len(words) == 1 and not is_mixed(name) else NOWHERE)
    return Reader.of(typed, folded, rows.tobytes())

"""A message read once for all: its words as they were typed, and folded.

Most words of a question stand in our own content; how each of those is folded was worked out when it was learned.
"""

from collections.abc import Sequence
from sys import intern
from typing import NamedTuple

from bot.matching.fold import WORD, clean, fold_each, fold_words, is_mixed, is_spelled_out


class Reading(NamedTuple):
    """The words of a message in small letters, where each stands among our own (-1: nowhere), and all folded."""

    typed: list[str]
    places: list[int]
    words: list[str]


class Words:
    """The words of our own content as people type them, and each of them folded."""

    def __init__(self, names: Sequence[str], folded: Sequence[str]) -> None:
        self.names, self.folded = names, folded
        self._place = {name: place for place, name in enumerate(names)}

    def __reduce__(self) -> tuple[type["Words"], tuple[Sequence[str], Sequence[str]]]:
        return Words, (self.names, self.folded)

    def place(self, word: str) -> int:
        """Where a word in small letters stands; -1 where it is none of ours."""
        return self._place.get(word, -1)

    def read(self, text: str) -> Reading:
        """The words of a text; never raises, whatever it is."""
        whole = clean(text)
        small = whole.lower()
        typed = WORD.findall(small)
        place, folded = self._place.get, self.folded
        places = [place(word, -1) for word in typed]
        words = [folded[at] if at >= 0 else "" for at in places]
        if len(small) != len(whole):  # İ in small letters is two, and cuts its word
            return Reading(typed, places, fold_words(text))
        if "" in words:
            words = _filled(words, typed if small == whole else WORD.findall(whole))
        return Reading(typed, places, words if words and not is_spelled_out(words) else fold_words(text))


def _filled(words: list[str], typed: Sequence[str]) -> list[str]:
    """The folded words with those that were not known; nothing where one of them folds to nothing."""
    rest = fold_each([one for one, word in zip(typed, words, strict=True) if not word])
    if len(rest) != words.count(""):
        return []
    waiting = iter(rest)
    return [word or next(waiting) for word in words]


def own_words(names: Sequence[str]) -> Words:
    """Words that are folded beforehand, each where it is folded alike by itself and in any text."""
    folded = [fold_words(name) for name in names]
    single = [len(one) == 1 and not is_mixed(name) for name, one in zip(names, folded, strict=True)]
    return Words(names, [intern(one[0]) if is_one else "" for one, is_one in zip(folded, single, strict=True)])

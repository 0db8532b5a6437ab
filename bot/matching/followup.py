"""A short question that names no subject («а сколько стоит?»): which part of the last topic it asks about."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

from bot.content.topics import PARTS
from bot.matching.stems import Stems

AROUND = "around"  # the list of words that say nothing by themselves
_MOST = 9  # words; a longer question speaks for itself
_FIRST = ("deadlines", "others", "dont", "who", "cost", "steps")  # which part is meant where two are named alike


class Followups:
    """The words of content/followups.yaml, by the part they ask about."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self._stems = Stems({name: words for name, words in lists.items() if name in (*PARTS, AROUND)})

    def part(self, words: Sequence[str]) -> str:
        """The part that is asked about, if every word is listed and one names a part; else nothing."""
        if not 0 < len(words) <= _MOST:
            return ""
        met = self._stems.places(words)
        if reduce(or_, met.values(), 0).bit_count() < len(words):
            return ""
        named = [name for name in _FIRST if name in met]
        return max(named, key=lambda name: met[name].bit_count(), default="")

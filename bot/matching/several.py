"""Two questions in one message: where one ends and the next begins."""

import re
from collections.abc import Collection
from functools import cache

from bot.matching.fold import CUT
from bot.matching.seeds import seeds

_MOST = 4  # pieces looked at, so that a long story costs no more than a short one
_LEAST = 8  # letters of a piece that can be a question by itself
_MARK = re.compile(r"[?!.,;\n]")
_ENDS = "?!.,; \n"


def questions(text: str, typed: Collection[str]) -> list[str]:
    """The pieces of a message that may each be a question; none where there is only one. `typed` are its words."""
    if len(text) < 2 * _LEAST or not (_MARK.search(text.rstrip(_ENDS)) or not _first().isdisjoint(typed)):
        return []
    pieces = [piece for piece in _between().split(text[:CUT]) if len(piece) >= _LEAST]
    return pieces[:_MOST] if len(pieces) > 1 else []


@cache
def _first() -> frozenset[str]:
    """The words that what stands between two questions begins with."""
    return frozenset(words.split()[0] for words in seeds("doors.yaml")["between"])


@cache
def _between() -> re.Pattern[str]:
    words = seeds("doors.yaml")
    between, joined = ("|".join(map(re.escape, words[name])) for name in ("between", "joined"))
    return re.compile(rf"[?!.;\n]+\s*|,?\s+(?:{between})\s+|,\s+(?:{joined})\s+", re.IGNORECASE)

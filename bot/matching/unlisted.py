"""The words of a question that nothing is known about: what staff could list to understand the next one.

A word that could lead to a person is none of them: with a capital letter or a digit in it, beside a number, an address
or a link, or in a sentence that tells a name.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from bot.matching.fold import clean
from bot.matching.seeds import seeds

_WORD = re.compile(r"[^\W\d_]{3,25}")
_EDGES = '.,!?…:;()"«»“”'
_TELLING = re.compile(r"[\d@/\\_.]|www|http")


def unlisted(text: str, is_known: Callable[[str], bool]) -> Iterator[str]:
    """Each such word once, in small letters; `is_known` says whether a word is listed or stands in an example."""
    tokens = clean(text).split()
    bare = [token.strip(_EDGES) for token in tokens]
    if any(word.lower() in _list("names") for word in bare):
        return
    is_telling = [bool(_TELLING.search(word)) or word.lower() in _list("addresses") for word in bare]
    beside = [one or other for one, other in pairwise([False, *is_telling])]
    beside = [one or other for one, other in zip(beside, [*is_telling[1:], False], strict=True)]
    seen = set()
    for word, is_beside in zip(bare, beside, strict=True):
        if not is_beside and _WORD.fullmatch(word) and word == word.lower() and word not in seen and not is_known(word):
            seen.add(word)
            yield word


def _list(name: str) -> frozenset[str]:
    words: str = seeds("private.yaml")[name]
    return frozenset(words.split())

"""A folded text as numbers: pieces of its words, and what its words mean.

Pieces of four letters, whole words and beginnings of words carry the spelling; three and four letters together
were no better and twice as slow. Meanings, and pairs of meanings, carry what was learned in one language over to
the others: pairs alone are worth three points. Stop words stay: leaving them out cost three.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.matching.danger import UNSAID
from bot.matching.lexicon import Lexicon
from bot.matching.stems import Memo, Places

_Ints = NDArray[np.int32]
_Floats = NDArray[np.float32]
Vector = tuple[_Ints, _Floats]

_MEANING = 0.7  # what the meanings of a text weigh beside its pieces
_AT_ONCE = 500  # texts taken apart at once, to keep the memory small
_PAIR = 1.0  # what two meanings together weigh beside one alone


class Features:
    """Which pieces and meanings are known, and how rare each is."""

    def __init__(self, names: list[str], rarity: NDArray[np.float32], unknown: float) -> None:
        self.names, self.rarity, self.unknown = names, rarity, unknown
        self.place = {name: place for place, name in enumerate(names)}

    def is_known(self, word: str) -> bool:
        """Whether a folded word stands in a text to learn from."""
        return f"={word}" in self.place

    def known(self, word: str) -> tuple[list[int], list[str]]:
        """The places of a word's pieces, and the pieces that have none."""
        own, place = pieces(word), self.place
        return [place[piece] for piece in own if piece in place], [piece for piece in own if piece not in place]

    def meant(self, meanings: Places, words: int) -> Vector:
        """The places and values of what is meant in a text of so many words."""
        named = ((self.place.get(name), weight) for name, weight in _with_pairs(meanings))
        found = [(place, weight) for place, weight in named if place is not None]
        where = np.array([place for place, _ in found], np.int32)
        values = np.array([weight for _, weight in found], np.float32) * self.rarity[where]
        return where, values * np.float32(_share(meanings, words) / (math.sqrt(float(values @ values)) or 1.0))


def learn(
    texts: Sequence[Sequence[str]], lexicon: Lexicon, importance: Sequence[float]
) -> tuple[Features, list[Vector]]:
    """The features of the texts to learn from, and each text in them; all of them at once, to be quick.

    A piece met once, and that in a text of little weight, is left out: it costs memory and no right answer.
    """
    numbers: dict[str, int] = {}
    spelled, spelled_in, times = _spelled(texts, numbers)
    meant, meant_in, weights, shares = _meant(texts, lexicon, numbers)
    seen = np.bincount(spelled, minlength=len(numbers)) + np.bincount(meant, minlength=len(numbers))
    rarity = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
    values = times * rarity[spelled]
    values /= _lengths(values, spelled_in, len(texts))[spelled_in]
    more = weights * rarity[meant]
    more *= (shares / _lengths(more, meant_in, len(texts)))[meant_in]
    places, where = np.concatenate([spelled, meant]), np.concatenate([spelled_in, meant_in])
    is_kept = seen > 1
    is_kept[places[np.array(importance)[where] >= 1]] = True
    number = (np.cumsum(is_kept) - 1).astype(np.int32)
    order = np.argsort(where, kind="stable")
    order = order[is_kept[places[order]]]
    ends = np.cumsum(np.bincount(where[order], minlength=len(texts)))[:-1]
    places, numbered = number[places[order]], np.concatenate([values, more])[order]
    names = [name for name, kept in zip(numbers, is_kept.tolist(), strict=True) if kept]
    vectors = list(zip(np.split(places, ends), np.split(numbered, ends), strict=True))
    return Features(names, rarity[is_kept], math.log(1 + len(texts)) + 1), vectors


def _spelled(texts: Sequence[Sequence[str]], numbers: dict[str, int]) -> tuple[_Ints, _Ints, _Floats]:
    """Every different piece of every text: its number, the text's, and how much its times count."""
    taken: dict[str, list[int]] = {}
    parts = []
    for begin in range(0, len(texts), _AT_ONCE):
        flat: list[int] = []
        where: list[int] = []
        for at, words in enumerate(texts[begin : begin + _AT_ONCE], start=begin):
            for word in words:
                own = taken.get(word)
                if own is None:
                    own = taken[word] = [numbers.setdefault(piece, len(numbers)) for piece in pieces(word)]
                flat += own
            where += [at] * (len(flat) - len(where))
        keys, times = np.unique(np.array(where, np.int64) << 32 | np.array(flat, np.int64), return_counts=True)
        parts.append((
            (keys & 0xFFFFFFFF).astype(np.int32), (keys >> 32).astype(np.int32), (1 + np.log(times)).astype(np.float32)
        ))  # fmt: skip
    places, where_all, times_all = zip(*parts, strict=True)
    return np.concatenate(places), np.concatenate(where_all), np.concatenate(times_all)


def _meant(
    texts: Sequence[Sequence[str]], lexicon: Lexicon, numbers: dict[str, int]
) -> tuple[_Ints, _Ints, _Floats, _Floats]:
    """Every meaning and pair of every text: its number, the text's, its weight; and each text's share of them."""
    memo: Memo = {}
    places, where, weights, shares = [], [], [], []
    for at, words in enumerate(texts):
        found = lexicon.meanings(words, memo)
        shares.append(_share(found, len(words)))
        for name, weight in _with_pairs(found):
            places.append(numbers.setdefault(name, len(numbers)))
            where.append(at)
            weights.append(weight)
    numbered, texts_of = np.array(places, np.int32), np.array(where, np.int32)
    return numbered, texts_of, np.array(weights, np.float32), np.array(shares, np.float32)


def _lengths(values: _Floats, where: _Ints, texts: int) -> _Floats:
    """The length of each text's vector."""
    return np.sqrt(np.maximum(np.bincount(where, values * values, texts), 1e-12)).astype(np.float32)


def pieces(word: str) -> list[str]:
    """The pieces of a word: four letters of it, the whole, and its beginnings."""
    padded = f"_{word}_"
    found = [padded[at : at + 4] for at in range(len(word) - 1)]
    found.append(f"={word}")
    if len(word) > 3:
        found.append(f"<{word[:4]}")
    if len(word) > 4:
        found.append(f"<{word[:5]}")
    return found


def _with_pairs(meanings: Places) -> list[tuple[str, float]]:
    names = sorted(name for name in meanings if name not in UNSAID)
    pairs = [(f"+{one}+{other}", _PAIR) for at, one in enumerate(names) for other in names[at + 1 :]]
    return [(f"+{name}", 1.0) for name in names] + pairs


def _share(meanings: Places, words: int) -> float:
    """How much meanings weigh: less in a long text of which few words are understood."""
    hits = sum(len(places) for name, places in meanings.items() if name not in UNSAID)
    return _MEANING * min(1.0, hits / words) ** 0.5 if words else 0.0

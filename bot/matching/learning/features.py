"""The features of the texts to learn from: all of them at once, to be quick."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import meant, pieces, share
from bot.matching.lexicon import Lexicon
from bot.matching.stems import Places

_Ints = NDArray[np.int32]
_Floats = NDArray[np.float32]
Vector = tuple[_Ints, _Floats]

_AT_ONCE = 500  # texts taken apart at once, to keep the memory small


@dataclass(frozen=True)
class Features:
    """Which pieces and meanings are known, how rare each is, and how rare is one that is not known."""

    names: list[str]
    rarity: _Floats
    unknown: float


def learn(
    texts: Sequence[Sequence[str]], lexicon: Lexicon, importance: Sequence[float]
) -> tuple[Features, list[Vector]]:
    """The features of the texts, and each text in them.

    A piece met once, and that in a text of little weight, is left out: it costs memory and no right answer.
    """
    numbers: dict[str, int] = {}
    spelled, spelled_in, times = _spelled(texts, numbers)
    said, said_in, shares = _meant(texts, lexicon, numbers)
    seen = np.bincount(spelled, minlength=len(numbers)) + np.bincount(said, minlength=len(numbers))
    rarity = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
    values = times * rarity[spelled]
    values /= _lengths(values, spelled_in, len(texts))[spelled_in]
    more = rarity[said]
    more *= (shares / _lengths(more, said_in, len(texts)))[said_in]
    places, where = np.concatenate([spelled, said]), np.concatenate([spelled_in, said_in])
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


def _meant(texts: Sequence[Sequence[str]], lexicon: Lexicon, numbers: dict[str, int]) -> tuple[_Ints, _Ints, _Floats]:
    """Every meaning and pair of every text: its number and the text's; and each text's share of them."""
    nodes = cache(lexicon.nodes)
    places, where, shares = [], [], []
    for at, words in enumerate(texts):
        found = lexicon.meanings(words, [nodes(word) for word in words])
        shares.append(share(found, len(words)))
        for name in _with_pairs(found):
            places.append(numbers.setdefault(name, len(numbers)))
            where.append(at)
    return np.array(places, np.int32), np.array(where, np.int32), np.array(shares, np.float32)


def _with_pairs(meanings: Places) -> list[str]:
    names = meant(meanings)
    pairs = [f"+{one}+{other}" for at, one in enumerate(names) for other in names[at + 1 :]]
    return [f"+{name}" for name in names] + pairs


def _lengths(values: _Floats, where: _Ints, texts: int) -> _Floats:
    """The length of each text's vector."""
    return np.sqrt(np.maximum(np.bincount(where, values * values, texts), 1e-12)).astype(np.float32)

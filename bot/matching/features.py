"""A folded text as numbers: pieces of its words, and what its words mean.

Pieces of three and four letters, whole words and beginnings of words carry the spelling; meanings, and pairs of
meanings, carry it over from one language to another. Stop words stay: removing them cost three points.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.matching.lexicon import Lexicon

Vector = tuple[NDArray[np.int64], NDArray[np.float32]]

_MEANING = 0.6  # what the meanings of a text weigh beside its pieces
_PAIR = 0.6  # what two meanings together weigh beside one alone


class Features:
    """Which pieces and meanings are known, and how rare each is."""

    def __init__(self, names: list[str], rarity: NDArray[np.float32], unknown: float, lexicon: Lexicon) -> None:
        self.names, self.rarity, self.unknown = names, rarity, unknown
        self._lexicon = lexicon
        weight = rarity.tolist()
        self._known = {name: (place, weight[place]) for place, name in enumerate(names)}

    def vector(self, words: Sequence[str]) -> Vector:
        """The places and values of a text; pieces never seen lengthen it, so a strange text scores low."""
        return self._joined(words, Counter(piece for word in words for piece in pieces(word)))

    def vectors(self, texts: Sequence[Sequence[str]]) -> list[Vector]:
        """Many texts at once, taking each different word apart once."""
        taken = {word: pieces(word) for words in texts for word in words}
        return [self._joined(words, Counter(piece for word in words for piece in taken[word])) for words in texts]

    def _joined(self, words: Sequence[str], counted: Counter[str]) -> Vector:
        places, values, square = [], [], 0.0
        for piece, count in counted.items():
            times = 1.0 if count == 1 else 1.0 + math.log(count)
            known = self._known.get(piece)
            value = times * (self.unknown if known is None else known[1])
            square += value * value
            if known is not None:
                places.append(known[0])
                values.append(value)
        length = math.sqrt(square) or 1.0
        values = [value / length for value in values]
        self._add_meanings(words, places, values)
        return np.array(places, np.int64), np.array(values, np.float32)

    def _add_meanings(self, words: Sequence[str], places: list[int], values: list[float]) -> None:
        found = self._lexicon.meanings(words)
        if not found:
            return
        square, own = 0.0, []
        for name, weight in _with_pairs(found):
            known = self._known.get(name)
            if known is not None:
                own.append((known[0], weight * known[1]))
                square += own[-1][1] ** 2
        share = _MEANING * min(1.0, sum(found.values()) / len(words)) ** 0.5 / (math.sqrt(square) or 1.0)
        places += [place for place, _ in own]
        values += [value * share for _, value in own]


def learn(texts: Sequence[Sequence[str]], lexicon: Lexicon) -> Features:
    """The features of the texts to learn from."""
    taken = {word: set(pieces(word)) for words in texts for word in words}
    seen: Counter[str] = Counter()
    for words in texts:
        seen.update(set().union(*(taken[word] for word in words)))
        seen.update(name for name, _ in _with_pairs(lexicon.meanings(words)))
    rarity = [math.log((1 + len(texts)) / (1 + count)) + 1 for count in seen.values()]
    return Features(list(seen), np.array(rarity, np.float32), math.log(1 + len(texts)) + 1, lexicon)


def pieces(word: str) -> list[str]:
    """The pieces of a word: three and four letters of it, the whole, and its beginnings."""
    padded = f"_{word}_"
    size = len(padded)
    found = [padded[at : at + 3] for at in range(size - 2)] + [padded[at : at + 4] for at in range(size - 3)]
    found.append(f"={word}")
    if size > 5:
        found.append(f"<{word[:4]}")
    if size > 6:
        found.append(f"<{word[:5]}")
    return found


def _with_pairs(meanings: Iterable[str]) -> list[tuple[str, float]]:
    names = sorted(meanings)
    pairs = [(f"+{one}+{other}", _PAIR) for at, one in enumerate(names) for other in names[at + 1 :]]
    return [(f"+{name}", 1.0) for name in names] + pairs

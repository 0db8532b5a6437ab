"""A folded text as numbers: pieces of its words, and what its words mean.

Pieces of three letters, whole words and beginnings of words carry the spelling; which pieces hardly matters, so
they are few. Meanings, and pairs of meanings, carry what was learned in one language over to the others: pairs
alone are worth three points. Stop words stay: leaving them out cost three.
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.matching.lexicon import Lexicon
from bot.matching.stems import Memo

Vector = tuple[NDArray[np.int64], NDArray[np.float32]]

_MEANING = 0.6  # what the meanings of a text weigh beside its pieces
_PAIR = 0.8  # what two meanings together weigh beside one alone


class Features:
    """Which pieces and meanings are known, and how rare each is."""

    def __init__(self, names: list[str], rarity: NDArray[np.float32], unknown: float, lexicon: Lexicon) -> None:
        self.names, self.rarity, self.unknown = names, rarity, unknown
        self._lexicon = lexicon
        self._known = dict(zip(names, enumerate(rarity.tolist()), strict=True))

    def vector(self, words: Sequence[str]) -> Vector:
        """The places and values of a text; pieces never seen lengthen it, so a strange text scores low."""
        counted: dict[str, int] = {}
        for word in words:
            for piece in pieces(word):
                counted[piece] = counted.get(piece, 0) + 1
        places, values, square = [], [], 0.0
        for piece, count in counted.items():
            known = self._known.get(piece)
            value = (1.0 + math.log(count)) * (self.unknown if known is None else known[1])
            square += value * value
            if known is not None:
                places.append(known[0])
                values.append(value)
        length = math.sqrt(square) or 1.0
        own, share = self._meanings(words)
        places += [place for place, _ in own]
        numbers = [value / length for value in values] + [value * share for _, value in own]
        return np.array(places, np.int64), np.array(numbers, np.float32)

    def _meanings(self, words: Sequence[str]) -> tuple[list[tuple[int, float]], float]:
        found = self._lexicon.meanings(words)
        own = []
        for name, weight in _with_pairs(found):
            known = self._known.get(name)
            if known is not None:
                own.append((known[0], weight * known[1]))
        length = math.sqrt(sum(value * value for _, value in own)) or 1.0
        return own, _share(sum(found.values()), len(words)) / length


def learn(texts: Sequence[Sequence[str]], lexicon: Lexicon) -> tuple[Features, list[Vector]]:
    """The features of the texts to learn from, and each text in them; every different word is taken apart once."""
    numbers: dict[str, int] = {}
    taken = {
        word: np.array([numbers.setdefault(piece, len(numbers)) for piece in pieces(word)])
        for word in {word: None for words in texts for word in words}
    }
    counted = [np.unique(np.concatenate([taken[word] for word in words]), return_counts=True) for words in texts]
    memo: Memo = {}
    meant = [lexicon.meanings(words, memo) for words in texts]
    named = [
        [(numbers.setdefault(name, len(numbers)), weight) for name, weight in _with_pairs(found)] for found in meant
    ]
    every = np.concatenate([*(places for places, _ in counted), [place for own in named for place, _ in own]])
    seen = np.bincount(every.astype(np.int64), minlength=len(numbers))
    rarity = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
    vectors = []
    for words, (places, counts), own, found in zip(texts, counted, named, meant, strict=True):
        values = (1 + np.log(counts)) * rarity[places]
        values /= np.sqrt(values @ values)
        where = np.array([place for place, _ in own], np.int64)
        more = np.array([weight for _, weight in own]) * rarity[where]
        more *= _share(sum(found.values()), len(words)) / (math.sqrt(more @ more) or 1.0)
        vectors.append((np.concatenate([places, where]), np.concatenate([values, more]).astype(np.float32)))
    return Features(list(numbers), rarity, math.log(1 + len(texts)) + 1, lexicon), vectors


def pieces(word: str) -> list[str]:
    """The pieces of a word: three letters of it, the whole, and its beginnings."""
    padded = f"_{word}_"
    found = [padded[at : at + 3] for at in range(len(word))]
    found.append(f"={word}")
    if len(word) > 3:
        found.append(f"<{word[:4]}")
    if len(word) > 4:
        found.append(f"<{word[:5]}")
    return found


def _with_pairs(meanings: Iterable[str]) -> list[tuple[str, float]]:
    names = sorted(meanings)
    pairs = [(f"+{one}+{other}", _PAIR) for at, one in enumerate(names) for other in names[at + 1 :]]
    return [(f"+{name}", 1.0) for name in names] + pairs


def _share(hits: int, words: int) -> float:
    """How much meanings weigh: less in a long text of which few words are understood."""
    return _MEANING * min(1.0, hits / words) ** 0.5 if words else 0.0

"""The weights learned from examples: ridge regression and naive Bayes in one, and danger beside them.

Both are sums over the pieces of a text, so their sum is one table of weights and costs nothing more at a question.
On 3,000 questions by writers who saw no example, ridge alone was right in 76 of 100, naive Bayes in 79, the sum in 80;
softmax regression was no better than the sum, nearest examples added a point to ridge and nothing to the sum. Ridge is
solved one example at a time in the dual; solving the kernel gave the same answers for 255 MB.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Features, Vector
from bot.matching.features import learn as learn_features
from bot.matching.lexicon import Lexicon
from bot.matching.stems import Places

NONE = "~none"  # the class of small talk
DANGER = "~danger"  # the column that says a call for help

_STIFFNESS = 0.5  # how strongly weights are held down
_CALM = -0.5  # what the danger column should say of an ordinary question; -1/n flagged twice as many of them
_NAN = float("nan")
_PASSES = 3  # over all examples; two would do for the topics, but the column for danger lost by it
_BAYES = 0.05  # what naive Bayes weighs beside ridge
_BAYES_OF_DANGER = 0.1  # and in the column for danger, where it halves the ordinary questions that are flagged
_SMOOTHING = 0.01  # what naive Bayes grants a piece that a topic never had
_MOST_KEPT = 5000  # words, of some 600 bytes
_AT_ONCE = 8192  # rows of the table made at once, to keep the memory small


@dataclass(frozen=True)
class Example:
    """Folded words to learn from: their topic if they tell one, and whether they are a call for help if known."""

    words: tuple[str, ...]
    topic: str | None
    is_call: bool | None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class _Told:
    """What one word says: the places of its pieces, those not known, and the sums over the known ones."""

    places: list[int]
    missed: list[str]
    scores: NDArray[np.float32]
    square: float


class Model:
    """Scores of a text for each column; about 1 for what it is, about 0 for what it is not.

    A text's score is the sum of its words', so those of our own commonest words are summed up once and kept.
    """

    def __init__(self, columns: list[str], features: Features, weights: NDArray[np.float16]) -> None:
        self.columns, self.features, self.weights = columns, features, weights
        self._kept: dict[str, _Told] = {}

    def scores(self, words: Sequence[str], meanings: Places) -> tuple[NDArray[np.float32], float]:
        """One score for each column, and which share of the text is known; all nought where nothing is.

        A piece that comes again weighs less each time; what is not known lengthens the text.
        """
        told = [self._kept.get(word) or self._told(word) for word in words]
        total = np.zeros(len(self.columns), np.float32)
        places: list[int] = []
        missed: list[str] = []
        square = 0.0
        for one in told:
            total += one.scores
            square += one.square
            places += one.places
            missed += one.missed
        if len(set(places)) < len(places):
            where, times = _again(places)
            less, rarity = times - 1 - np.log(times), self.features.rarity[where]
            total -= (less * rarity) @ self.weights[where].astype(np.float32)
            square -= float((times - (1 + np.log(times)) ** 2) @ rarity**2)
        strange = float(len(missed))
        if len(set(missed)) < len(missed):
            _, times = _again(missed)
            strange -= float((times - (1 + np.log(times)) ** 2).sum())
        whole = square + strange * self.features.unknown**2
        total /= math.sqrt(whole) or 1.0
        if meanings:
            meant, values = self.features.meant(meanings, len(words))
            total += values @ self.weights[meant].astype(np.float32)
        return total, square / (whole or 1.0)

    def _told(self, word: str) -> _Told:
        """The sums of one word; kept where it stands in what we learned from, so that no reader's word is."""
        places, missed = self.features.known(word)
        values = self.features.rarity[places]
        told = _Told(places, missed, values @ self.weights[places].astype(np.float32), float(values @ values))
        if len(self._kept) < _MOST_KEPT and self.features.is_known(word):
            self._kept[word] = told
        return told


def _again(pieces: list[Any]) -> tuple[list[Any], NDArray[np.float32]]:
    """The pieces that come more than once, and how often."""
    found = {piece: times for piece, times in Counter(pieces).items() if times > 1}
    return list(found), np.array(list(found.values()), np.float32)


def train(examples: Sequence[Example], lexicon: Lexicon) -> Model:
    """A model of these examples; the same examples give the same model."""
    columns = [*sorted({example.topic for example in examples if example.topic}), DANGER]
    importance = [example.weight for example in examples]
    features, vectors = learn_features([example.words for example in examples], lexicon, importance)
    goals = np.array([_goals(example, columns) for example in examples], np.float32)
    weights = _solve(vectors, goals, importance, len(features.names))
    _add_bayes(weights, vectors, goals, importance)
    return Model(columns, features, weights.astype(np.float16))  # half the memory, and no answer changes


def _goals(example: Example, columns: list[str]) -> list[float]:
    """What each column should say of an example; not a number where it tells nothing."""
    others = -1.0 / len(columns)
    topics = [_NAN if example.topic is None else 1.0 if name == example.topic else others for name in columns[:-1]]
    return [*topics, _NAN if example.is_call is None else 1.0 if example.is_call else _CALM]


def _solve(
    vectors: Sequence[Vector], goals: NDArray[np.float32], importance: Sequence[float], size: int
) -> NDArray[np.float32]:
    """Dual coordinate steps over the examples, in an order that is the same every time."""
    weights = np.zeros((size, goals.shape[1]), np.float32)
    duals = np.zeros_like(goals)
    known = ~np.isnan(goals)
    goals = np.where(known, goals, 0).astype(np.float32)
    held = [_STIFFNESS / own for own in importance]
    steps = [1.0 / (float(values @ values) + own) for (_, values), own in zip(vectors, held, strict=True)]
    # A call for help tells one column alone, which is far cheaper than all.
    columns: list[slice | int] = [slice(None) if row[:-1].any() else -1 for row in known]
    masks = known.astype(np.float32)
    order = np.random.default_rng(1)
    for _ in range(_PASSES):
        for one in order.permutation(len(vectors)).tolist():
            (places, values), column = vectors[one], columns[one]
            now = weights[places, column]
            move = goals[one, column] - values @ now - held[one] * duals[one, column]
            move = move * masks[one, column] * np.float32(steps[one])
            duals[one, column] += move
            weights[places, column] = now + (values * move if column == -1 else values[:, None] * move)
    return weights


def _add_bayes(
    weights: NDArray[np.float32], vectors: Sequence[Vector], goals: NDArray[np.float32], importance: Sequence[float]
) -> None:
    """Add to each column how much likelier every piece is in its own examples than in all the others'."""
    topics = np.where(goals[:, :-1].max(axis=1) > 0, goals[:, :-1].argmax(axis=1), -1)
    _add(weights[:, :-1], _met(topics, goals.shape[1] - 1, vectors, importance, len(weights)), _BAYES)
    calls = np.select([goals[:, -1] > 0, goals[:, -1] < 0], [0, 1], -1)
    _add(weights[:, -1:], _met(calls, 2, vectors, importance, len(weights)), _BAYES_OF_DANGER)


def _met(
    classes: NDArray[np.integer], count: int, vectors: Sequence[Vector], importance: Sequence[float], size: int
) -> NDArray[np.float32]:
    """How much of every piece the examples of each class hold."""
    met = np.zeros((count, size), np.float32)
    for name in range(count):
        own = np.flatnonzero(classes == name).tolist()
        if own:
            places = np.concatenate([vectors[one][0] for one in own])
            values = np.concatenate([vectors[one][1] * np.float32(importance[one]) for one in own])
            met[name] = np.bincount(places, values, size)
    return met


def _add(weights: NDArray[np.float32], met: NDArray[np.float32], share: float) -> None:
    """Logarithms of how much likelier; of two classes and one column, those of the first."""
    totals, room = met.sum(axis=1), np.float32(_SMOOTHING * met.shape[1])
    base = np.log((totals.sum() - totals + room) / (totals + room))
    for begin in range(0, len(weights), _AT_ONCE):
        here = met[:, begin : begin + _AT_ONCE].T
        rest = here.sum(axis=1, keepdims=True) - here
        more = np.log((here + np.float32(_SMOOTHING)) / (np.maximum(rest, 0) + np.float32(_SMOOTHING))) + base
        if weights.shape[1] > 1:
            more -= more.mean(axis=1, keepdims=True)
        weights[begin : begin + _AT_ONCE] += np.float32(share) * more[:, : weights.shape[1]]

"""Scores of a text for each topic, and for danger: sums over its pieces, by weights that were learned from examples.

A text's score is the sum of its words', so the words of our own content are summed up once, when they are learned, and
are one row of the table each; a word that is new is taken to pieces. Nothing of a text is kept.
"""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from sys import intern

from bot.matching.features import meant, share, spelling
from bot.matching.lanes import Group, Lanes
from bot.matching.names import Names
from bot.matching.stems import Places

NONE = "~none"  # the class of small talk
DANGER = "~danger"  # the column that says a call for help


@dataclass(frozen=True, slots=True)
class Learned:
    """The rows of the table: first the words, each with all of its pieces, then pieces, then pairs of meanings.

    A row holds its weights times its rarity, and that of a word those of all its pieces; `squares` are of the rarity,
    and added up likewise, as bytes of floats. `unknown` is the square of what is not there.
    """

    columns: list[str]
    words: Names
    pieces: Names
    pairs: list[str]
    squares: bytes
    unknown: float
    table: Lanes


class Model:
    """About 1 for what a text is, about 0 for what it is not; `own` has the folded words it was learned from."""

    def __init__(self, learned: Learned) -> None:
        self.columns, self._table, self._unknown = learned.columns, learned.table, learned.unknown
        self._squares = array("f", learned.squares)
        self.own = learned.words
        self._pieces, self._after = learned.pieces, len(learned.words)
        self._pair: dict[str, dict[str, int]] = {}
        for row, name in enumerate(learned.pairs, start=self._after + len(self._pieces)):
            one, _, other = name[1:].partition("+")
            self._pair.setdefault(intern(one), {})[intern(other)] = row

    def __reduce__(self) -> tuple[type["Model"], tuple[Learned]]:
        return Model, (self._learned(),)

    def _learned(self) -> Learned:
        """What it is made of."""
        meant = [(f"+{one}{'+' * bool(two)}{two}", row) for one in self._pair for two, row in self._pair[one].items()]
        pairs = [name for name, _ in sorted(meant, key=itemgetter(1))]
        squares = self._squares.tobytes()
        return Learned(self.columns, self.own, self._pieces, pairs, squares, self._unknown, self._table)

    def scores(self, words: Sequence[str], own: Sequence[int], meanings: Places) -> tuple[Sequence[int], float]:
        """A score for each column, as `Lanes` give it, and which share of the text is known.

        `own` are the rows of the words, -1 for one that has none. What is not known lengthens the text. A piece that
        comes again counts again, though learning counts it less each time: to find those out took a tenth of a match
        and made no answer better.
        """
        rows, missed, after = [], 0, self._after
        for word, place in zip(words, own, strict=True):
            if place >= 0:
                rows.append(place)
            else:
                found = self._pieces.places(spelling(word))
                known = [after + place for place in found if place >= 0]
                rows += known
                missed += len(found) - len(known) + 1  # the word itself
        squares = self._squares
        square = sum([squares[row] for row in rows])
        whole = (square + self._unknown * missed) or 1.0
        groups: list[Group] = [(rows, 1 / math.sqrt(whole))]
        if meanings:
            groups.append(self._meant(meanings, len(words)))
        return self._table.weigh(groups), square / whole

    def _meant(self, meanings: Places, words: int) -> Group:
        """The rows of what is meant in a text of so many words, each with each other, and what they weigh."""
        names, squares = meant(meanings), self._squares
        rows: list[int] = []
        for at, one in enumerate(names):
            pairs = self._pair.get(one)
            if pairs:
                rows += [pairs[other] for other in ("", *names[at + 1 :]) if other in pairs]
        return rows, share(meanings, words) / (math.sqrt(sum([squares[row] for row in rows])) or 1.0)

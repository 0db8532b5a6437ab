"""From scores to an answer: how sure the bot is, what it offers, and when the emergency screen or line goes along.

Being sure and wrong is worse than offering three, and a missed call for help is worse than both. So an answer is
sure only when the best topic is well ahead of the next and of small talk; and a message is a call for help when
the learned column for danger, the listed signs and the lack of an ordinary topic together say so.
"""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from bot.matching.danger import CERTAIN, ENOUGH, weigh
from bot.matching.fold import fold_words
from bot.matching.lanes import number
from bot.matching.lexicon import Lexicon
from bot.matching.model import DANGER, NONE, Model
from bot.matching.reading import Reading
from bot.matching.stems import Nodes, Places

Answer = Literal["confident", "choices", "none"]

SURE = 0.50  # how clear the best topic must be for one answer
SOME = 0.35  # and how likely for choices
CALL = -0.90  # the danger above which the screen comes first
LINE = -1.80  # and the one-line form goes along
_LISTED = 0.1  # what the points of the list weigh beside the learned column
_ORDINARY = 0.2  # what an ordinary topic lowers it by
_IDLE = 0.2  # and small talk
_SHORT = 1.5  # what a single word lowers it by, two words half as much: they hold too little to tell by
_FAR = -1.2  # below, nothing speaks of danger
_KNOWN = 0.55  # the share of a text that must be known for the column to mean anything
_NONE_AT_ALL = -9.0  # the danger in small talk, and in words that nobody knows
_FEW = 5  # the best topics; nobody asks for those behind

# Topics asked from within danger; the others are ordinary and speak against it.
_DANGER_TOPICS = ("trafficking/", "help/violence", "help/emergency", "help/mental-crisis")
# Topics near to it: the line goes with them always.
_NEAR = (
    "help/", "trafficking/", "stay/police-", "stay/overstay", "rights/passport-taken", "rights/wages",
    "rights/injury", "rights/domestic-work", "rights/discrimination",
)  # fmt: skip
# Meanings of questions that are not ours to answer, and the topics that have them all the same.
_NOT_OURS = {
    "elsewhere": ("stay/russia-ban", "stay/how-long", "permits/transfer", "permits/employer", "permits/eaeu", "help/"),
    "forgery": ("trafficking/",),
}


class Verdict(NamedTuple):
    """What the scores say; `is_calm` where nothing speaks of danger, not even faintly."""

    topics: tuple[tuple[str, float], ...]
    answer: Answer
    is_call: bool
    line: bool
    is_calm: bool = False


class Signs(NamedTuple):
    """What a verdict rests on: `python -m bot ask --explain` shows it to an editor."""

    meanings: Places
    known: float  # the share of the text that stands in something learned
    ranked: Sequence[tuple[float, str]]
    small_talk: float
    clear: float  # how far the best topic is ahead
    listed: float  # the points of the list of danger
    learned: float  # the learned column of danger
    danger: float  # what both say together, less what an ordinary topic says


class Judge:
    """Reads the scores of one model."""

    def __init__(self, model: Model, lexicon: Lexicon) -> None:
        self._model, self._lexicon = model, lexicon
        self._met: list[Nodes | None] = [None] * (len(model.own) + 1)  # by rows; the last is of no word, for -1
        self._names = [name for name in model.columns if name not in (NONE, DANGER)]
        if self._names != model.columns[: len(self._names)]:
            raise ValueError("the columns of topics come first")
        places = range(len(self._names))
        ordinary = [at for at in places if not self._names[at].startswith(_DANGER_TOPICS)]
        self._ordinary = frozenset(ordinary or places)
        self._danger = model.columns.index(DANGER)
        self._none = model.columns.index(NONE) if NONE in model.columns else self._danger

    def __reduce__(self) -> tuple[type["Judge"], tuple[Model, Lexicon]]:
        return Judge, (self._model, self._lexicon)

    def judge(self, text: str, read: Reading, exact: Sequence[str] = ()) -> Verdict:
        """The verdict on a text that was read; `exact` are the topics that its words name exactly."""
        signs = self.signs(text, read)
        if not signs.ranked:
            return Verdict((), "none", signs.listed >= ENOUGH, True)
        ranked, answer = signs.ranked, _answer(signs)
        if exact:
            ranked = [*((math.inf, name) for name in exact), *(one for one in ranked if one[1] not in exact)]
            answer = "confident" if len(exact) == 1 else "choices"
        is_call = signs.danger > CALL
        is_near = any([ranked[0][1].startswith(_NEAR), *[name.startswith(_DANGER_TOPICS) for _, name in ranked[:2]]])
        line = is_call or signs.danger > LINE or signs.listed > 0 or answer != "confident" or is_near
        topics = tuple([
            (name, round(1.0 - math.exp(-score), 3) if score > 0 else 0.0) for score, name in ranked[:_FEW]
        ])  # fmt: skip
        return Verdict(topics, answer, is_call, line, signs.listed <= 0 and signs.danger <= _FAR)

    def signs(self, text: str, read: Reading) -> Signs:
        """Everything the verdict on a text rests on."""
        meanings, words = self._meanings(read), read.words
        listed = weigh(text, meanings, len(words))
        if not words or not self._names:
            return Signs(meanings, 0.0, (), 0.0, 0.0, listed, 0.0, listed)
        scores, known = self._model.scores(words, read.rows, meanings)
        small_talk = number(scores[self._none]) if self._none != self._danger else 0.0
        best = sorted(range(len(self._names)), key=scores.__getitem__, reverse=True)
        ranked = [(number(scores[at]), self._names[at]) for at in best[:_FEW]]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        clear = math.sqrt(known) * (ranked[0][0] - max(second, small_talk))
        learned = number(scores[self._danger])
        first = next(at for at in best if at in self._ordinary)
        ordinary = _ORDINARY * number(scores[first]) + _IDLE * max(0.0, small_talk)
        danger = learned + _LISTED * min(2.0, max(-1.0, listed)) - ordinary - _SHORT / len(words)
        if listed >= CERTAIN:
            danger = CERTAIN
        elif listed < ENOUGH / 2 and (known < _KNOWN or (small_talk > ranked[0][0] and learned < 0)):
            danger = _NONE_AT_ALL
        return Signs(meanings, known, ranked, small_talk, clear, listed, learned, danger)

    def is_calm(self, text: str, read: Reading) -> bool:
        """Whether no listed word speaks of danger: what the model alone makes of a few small words is worth little."""
        return weigh(text, self._meanings(read), len(read.words)) <= 0

    def _meanings(self, read: Reading) -> Places:
        """What its words mean; what one of our own leads to is looked up once."""
        met, words, rows = self._met, read.words, read.rows
        known = [met[row] for row in rows]
        led = [nodes for nodes in known if nodes is not None]
        if len(led) == len(known):
            return self._lexicon.meanings(words, led)
        led = [self._lexicon.nodes(word) if own is None else own for word, own in zip(words, known, strict=True)]
        for row, own in zip(rows, led, strict=True):
            if row >= 0:
                met[row] = own
        return self._lexicon.meanings(words, led)

    def is_known(self, word: str) -> bool:
        """Whether a word is listed, or stands in something the model learned from."""
        return all(self._lexicon.meanings([one]) or one in self._model.own for one in fold_words(word))


def _answer(signs: Signs) -> Answer:
    """Sure where the best topic is likely, ahead of the next and of small talk, and most of the text is known."""
    first, name = signs.ranked[0]
    is_ours = all(name.startswith(own) for meaning, own in _NOT_OURS.items() if meaning in signs.meanings)
    if signs.clear >= SURE and is_ours:
        return "confident"
    return "choices" if first >= max(SOME, signs.small_talk) else "none"

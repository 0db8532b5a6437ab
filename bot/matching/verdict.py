"""From scores to an answer: how sure the bot is, what it offers, and when the emergency screen or line goes along.

Being sure and wrong is worse than offering three, and a missed call for help is worse than both. So an answer is
sure only when the best topic is well ahead of the next and of small talk; and a message is a call for help when
the learned column for danger, the listed signs and the lack of an ordinary topic together say so.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.matching.danger import CERTAIN, ENOUGH, weigh
from bot.matching.lexicon import Lexicon
from bot.matching.model import DANGER, NONE, Model
from bot.matching.stems import Places

Answer = Literal["confident", "choices", "none"]

_SURE = 0.50  # how clear the best topic must be for one answer
_SOME = 0.35  # and how likely for choices
_CALL = -0.57  # the danger above which the screen comes first
_LINE = -1.50  # and the one-line form goes along
_LISTED = 0.1  # what the points of the list weigh beside the learned column
_ORDINARY = 0.2  # what an ordinary topic lowers it by
_KNOWN = 0.4  # the share of a text that must be known for the column to mean anything
_FEW = 5

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


@dataclass(frozen=True)
class Verdict:
    """What the scores say."""

    topics: tuple[tuple[str, float], ...]
    answer: Answer
    is_call: bool
    line: bool


class Judge:
    """Reads the scores of one model."""

    def __init__(self, model: Model, lexicon: Lexicon) -> None:
        self._model, self._lexicon = model, lexicon
        self._topics = [at for at, name in enumerate(model.columns) if name not in (NONE, DANGER)]
        self._ordinary = [at for at in self._topics if not model.columns[at].startswith(_DANGER_TOPICS)]
        self._danger = model.columns.index(DANGER)
        self._none = model.columns.index(NONE) if NONE in model.columns else self._danger

    def judge(self, text: str, words: Sequence[str], exact: Sequence[str] = ()) -> Verdict:
        """The verdict on a text and its folded words; `exact` are the topics that they name exactly."""
        meanings = self._lexicon.meanings(words)
        listed = weigh(text, meanings, len(words))
        if not words or not self._topics:
            return Verdict((), "none", listed >= ENOUGH, True)
        scores, known = self._model.scores(words, meanings)
        small_talk = scores[self._none] if self._none != self._danger else 0.0
        danger = self._danger_of(scores, known, listed, small_talk)
        ranked = sorted([(scores[at], self._model.columns[at]) for at in self._topics], reverse=True)
        answer = _answer(ranked, small_talk, known, meanings)
        if exact:
            ranked = [*((1.0, name) for name in exact), *(one for one in ranked if one[1] not in exact)]
            answer = "confident" if len(exact) == 1 else "choices"
        is_call = danger > _CALL
        is_near = ranked[0][1].startswith(_NEAR) or any(name.startswith(_DANGER_TOPICS) for _, name in ranked[:2])
        line = is_call or danger > _LINE or listed > 0 or answer != "confident" or is_near
        topics = tuple((name, round(min(1.0, max(0.0, score)), 3)) for score, name in ranked[:_FEW])
        return Verdict(topics, answer, is_call, line)

    def _danger_of(self, scores: list[float], known: float, listed: float, small_talk: float) -> float:
        if listed >= CERTAIN:
            return CERTAIN
        learned = scores[self._danger]
        likeliest = max([scores[at] for at in self._topics], default=0.0)
        if listed < ENOUGH / 2 and (known < _KNOWN or (small_talk > likeliest and learned < 0)):
            return -1.0
        ordinary = max([scores[at] for at in self._ordinary], default=0.0)
        return learned + _LISTED * min(2.0, max(-1.0, listed)) - _ORDINARY * ordinary


def _answer(ranked: Sequence[tuple[float, str]], small_talk: float, known: float, meanings: Places) -> Answer:
    """Sure where the best topic is likely, ahead of the next and of small talk, and most of the text is known."""
    if not ranked:
        return "none"
    first, second = ranked[0][0], ranked[1][0] if len(ranked) > 1 else 0.0
    clear = math.sqrt(known) * (first - max(second, small_talk))
    is_ours = all(ranked[0][1].startswith(own) for name, own in _NOT_OURS.items() if name in meanings)
    if clear >= _SURE and is_ours:
        return "confident"
    return "choices" if first >= max(_SOME, small_talk) else "none"

"""From scores to an answer: how sure the bot is, what it offers, and when the emergency line goes along."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bot.matching.model import DANGER, NONE, Model

_SURE = 0.30  # how clear the best topic must be for one answer
_SOME = 0.10  # and for offering choices
_CALL = 0.30  # the danger column, for the danger screen
_LINE = 0.10  # and for the one-line form
_FEW = 5

# Topics near to danger: the line goes with them always.
_NEAR_DANGER = ("help/", "trafficking/", "stay/police-", "rights/passport-taken", "rights/wages", "rights/injury", "rights/domestic-work", "rights/discrimination")


@dataclass(frozen=True)
class Verdict:
    """What the scores say."""

    topics: tuple[tuple[str, float], ...]
    answer: Literal["confident", "choices", "none"]
    is_call: bool
    line: bool


def verdict(model: Model, words: Sequence[str], exact: str | None) -> Verdict:
    """The answer for folded words; `exact` is the topic whose title or example question they are."""
    if not words or not model.columns[:-1]:
        return Verdict((), "none", False, False)
    scores = model.scores(words)
    danger = float(scores[model.columns.index(DANGER)])
    ranked = [
        (model.columns[at], float(scores[at])) for at in np.argsort(-scores, kind="stable").tolist() if model.columns[at] not in (DANGER, NONE)
    ]
    none = float(scores[model.columns.index(NONE)]) if NONE in model.columns else 0.0
    if exact:
        ranked = [(exact, 1.0), *[(id, score) for id, score in ranked if id != exact]]
    first = ranked[0][1]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    clear = min(first, 2 * (first - max(second, none)))
    answer: Literal["confident", "choices", "none"] = (
        "confident" if exact or clear >= _SURE else "choices" if first >= _SOME else "none"
    )
    topics = tuple((id, round(min(1.0, max(0.0, score)), 3)) for id, score in ranked[:_FEW])
    line = danger >= _LINE or answer != "confident" or topics[0][0].startswith(_NEAR_DANGER)
    return Verdict(topics, answer, danger >= _CALL, line)

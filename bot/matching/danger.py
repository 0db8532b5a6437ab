"""What puts the emergency screen first when all else is broken: plain rules over a list that ships with the code.

Only the standard library, yaml and folding are needed: no numpy, no weights, no content folder. Where there is a
model the points of this list are one of its signs; a bare cry, 112 or an editor's word need no second opinion.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from bot.matching.calls import likeness
from bot.matching.fold import fold_words
from bot.matching.stems import Places, Stems

ENOUGH = 1.0  # from here on a message is a call for help
CERTAIN = 10.0  # nothing lowers this

_ADDED, _ALWAYS, _CRY, _SOFT = "!added", "!always", "!cry", "!soft"


def is_call_for_help(text: str) -> bool:
    """Whether this person or another is in danger now, by the list and the sentences that ship with the code."""
    words = fold_words(text)
    return weigh(text, _stems().places(words), len(words)) >= ENOUGH or likeness(text) > 0


def weigh(text: str, met: Places, words: int) -> float:
    """How much in a message of so many words speaks of danger: below nought for an ordinary question."""
    cries = met.get(_CRY, 0)
    if "🆘" in text or _ADDED in met or (cries and (cries | met.get(_SOFT, 0)).bit_count() == words):
        return CERTAIN
    points = _points()
    return sum([points[name] for name in met if name in points])


def lists(added: Iterable[str] = ()) -> Mapping[str, Iterable[str]]:
    """Every list of danger by the name `weigh` knows it by, with the words that editors added."""
    table = _table()
    always = [entry for entries in table["always"].values() for entry in entries]
    signs = {f"!{name}": sign["words"] for name, sign in table["signs"].items()}
    cries = {_CRY: table["cries"].split(), _SOFT: table["soft"].split()}
    return {**signs, **cries, _ALWAYS: always, _ADDED: added}


UNSAID = (_CRY, _SOFT, _ADDED)  # lists that mean nothing inside a sentence


@cache
def _stems() -> Stems:
    return Stems(lists())


@cache
def _points() -> dict[str, float]:
    table = _table()
    points = {f"!{name}": float(sign["points"]) / float(table["enough"]) for name, sign in table["signs"].items()}
    return {_ALWAYS: ENOUGH, **points}


@cache
def _table() -> Any:
    file = resources.files("bot.matching") / "danger.yaml"
    return yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  # plain strings only

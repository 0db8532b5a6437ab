"""What puts the emergency screen first when all else is broken: plain rules over a list that ships with the code.

Only the standard library, yaml and folding are needed: no numpy, no weights, no content folder. The model adds
calls that no list foresaw; it never takes one away.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml

from bot.matching.fold import fold_words
from bot.matching.stems import Stems

ENOUGH = 1.0  # the danger from which a message is a call for help


def is_call_for_help(text: str) -> bool:
    """Whether a person here is, or someone else is, in danger now, by the list that ships with the code."""
    return danger(text, fold_words(text)) >= ENOUGH


def danger(text: str, words: Sequence[str], added: Stems | None = None) -> float:
    """How much speaks of danger: from ENOUGH on a call for help, from half of it on worth the one-line form."""
    if "🆘" in text or (added is not None and any(True for _ in added.hits(words))):
        return ENOUGH
    return _rules().danger(_joined(words))


def stems(entries: Iterable[str]) -> Stems:
    """Words that editors added, ready for `danger`."""
    return Stems({"added": entries})


class _Rules:
    """The shipped list, folded once."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._points = {name: float(sign["points"]) / float(table["enough"]) for name, sign in table["signs"].items()}
        always = [entry for entries in table["always"].values() for entry in entries]
        signs = {name: sign["words"] for name, sign in table["signs"].items()}
        self._stems = Stems({"CRY": table["cries"].split(), "SOFT": table["soft"].split(), "ALWAYS": always, **signs})

    def danger(self, words: Sequence[str]) -> float:
        met: dict[str, set[int]] = {}
        for name, place in self._stems.hits(words):
            met.setdefault(name, set()).add(place)
        cries = met.pop("CRY", set())
        soft = met.pop("SOFT", set())
        if cries and len(cries | soft) == len(words):
            return ENOUGH
        always = ENOUGH if met.pop("ALWAYS", None) else 0.0
        return always + sum(self._points[name] for name in met)


def _joined(words: Sequence[str]) -> Sequence[str]:
    """Letters typed one by one (S O S, п о м о г и т е) as the word they make."""
    if sum(len(word) == 1 for word in words) < 3:
        return words
    joined: list[str] = []
    run = ""
    for word in [*words, ""]:
        if len(word) == 1:
            run += word
            continue
        joined += fold_words(run) if len(run) > 2 else list(run)
        run = ""
        if word:
            joined.append(word)
    return joined


@cache
def _rules() -> _Rules:
    file = resources.files("bot.matching") / "danger.yaml"
    return _Rules(yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader))  # noqa: S506  # plain strings only

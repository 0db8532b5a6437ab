"""What puts the emergency screen first when all else is broken: plain rules over a list that ships with the code.

Only the standard library, yaml and folding are needed: no numpy, no weights, no content folder. The model adds
calls that no list foresaw; it never takes one away.
"""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import yaml

from bot.matching.fold import clean, fold_words
from bot.matching.stems import Stems


def is_call_for_help(text: str, more: Stems | None = None) -> bool:
    """Whether a person here is, or someone else is, in danger now; `more` are the words editors added."""
    rules = _rules()
    text = clean(text)
    words = _joined(fold_words(text))
    if "🆘" in text or rules.is_bare_cry(words) or rules.points(words) >= rules.enough:
        return True
    return more is not None and any(True for _ in more.hits(words))


def stems(entries: Iterable[str]) -> Stems:
    """Words that editors added, ready for is_call_for_help."""
    return Stems({"added": entries})


def points(text: str) -> float:
    """How much in a text speaks of danger; what is below `enough` still earns the one-line form."""
    return _rules().points(_joined(fold_words(text)))


class _Rules:
    """The shipped list, folded once."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.enough = float(table["enough"])
        self._cries = Stems({"cry": table["cries"].split()})
        self._soft = Stems({"soft": table["soft"].split()})
        self._always = Stems({"always": [entry for entries in table["always"].values() for entry in entries]})
        self._signs = Stems({name: sign["words"] for name, sign in table["signs"].items()})
        self._weights = {name: float(sign["points"]) for name, sign in table["signs"].items()}

    def is_bare_cry(self, words: list[str]) -> bool:
        cries = {place for _, place in self._cries.hits(words)}
        soft = {place for _, place in self._soft.hits(words)}
        return bool(cries) and len(cries | soft) == len(words)

    def points(self, words: list[str]) -> float:
        score = sum(self._weights[name] for name in {name for name, _ in self._signs.hits(words)})
        return score + self.enough * any(True for _ in self._always.hits(words))


def _joined(words: list[str]) -> list[str]:
    """Letters typed one by one (S O S, п о м о г и т е) as the word they make."""
    joined: list[str] = []
    run = ""
    for word in [*words, ""]:
        if len(word) == 1:
            run += word
            continue
        if run:
            joined += fold_words(run) if len(run) > 2 else list(run)
        run = ""
        if word:
            joined.append(word)
    return joined


@cache
def _rules() -> _Rules:
    file = resources.files("bot.matching") / "danger.yaml"
    return _Rules(yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader))  # noqa: S506  # plain strings only

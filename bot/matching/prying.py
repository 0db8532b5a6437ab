"""Whether somebody asks about other people: who wrote, who works there, where somebody hides.

A list of its own, below danger: a message that the list of danger knows is never taken for prying.
"""

from collections.abc import Sequence
from functools import cache
from importlib import resources

import yaml

from bot.matching.danger import ENOUGH, lists, weigh
from bot.matching.stems import Stems

_MOST_WORDS = 12  # a longer message tells a story, and is answered as one
_PRYING = "!prying"


def is_prying(text: str, words: Sequence[str]) -> bool:
    """Whether an answer to this text, of these folded words, could only be about somebody else."""
    if not 1 < len(words) <= _MOST_WORDS:
        return False
    return _PRYING in _stems().places(words) and weigh(text, _danger().places(words), len(words)) < ENOUGH


@cache
def _danger() -> Stems:
    return Stems(lists())


@cache
def _stems() -> Stems:
    file = resources.files("bot.matching") / "prying.yaml"
    table = yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  # plain strings only
    return Stems({_PRYING: [entry for entries in table.values() for entry in entries]})

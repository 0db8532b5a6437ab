"""What the sentences that ship with the code say of a message: naive Bayes over letters; no numpy, no content.

The model that learns from the content weighs the same sentences better; this one is there when that one is not.
"""

import math
from collections import Counter
from functools import cache
from importlib import resources

import yaml

from bot.matching.fold import fold_words

_SEEN = 2  # a feature that stands in fewer sentences says nothing
_SMOOTHING = 0.3


def likeness(text: str) -> float:
    """How much more a message is like a call for help than like a calm question: above nought it is more so."""
    weights = _weights()
    return sum(weights.get(feature, 0.0) for feature in _features(text))


@cache
def _weights() -> dict[str, float]:
    file = resources.files("bot.matching") / "calls.yaml"
    table = yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506  # plain strings only
    calls, calm = ([text for one in table.values() for text in one[kind]] for kind in ("call", "calm"))
    in_calls, in_calm = (Counter(feature for text in texts for feature in _features(text)) for texts in (calls, calm))

    def share(count: int, of: int) -> float:
        return math.log((count + _SMOOTHING) / (of + 2 * _SMOOTHING))

    return {
        feature: share(in_calls[feature], len(calls)) - share(in_calm[feature], len(calm))
        for feature in in_calls.keys() | in_calm.keys()
        if in_calls[feature] + in_calm[feature] >= _SEEN
    }


def _features(text: str) -> set[str]:
    """Words, their beginnings, and every four letters."""
    found = set()
    for word in fold_words(text):
        padded = f"_{word}_"
        found |= {f"={word}", *(f"{word[:size]}*" for size in (4, 5) if len(word) >= size)}
        found |= {padded[at : at + 4] for at in range(len(padded) - 3)}
    return found

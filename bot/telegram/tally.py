"""What the bot has done since it started, in numbers; nothing in it says who, what about, or exactly when.

What was asked is not here on purpose: a figure that is read every few seconds would tell when somebody called for help.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["answered", "failed", "gone", "turned away", "again", "lost"]
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass
class Times:
    """How long something took: how often up to each of SECONDS, and beyond; and the sum."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(SECONDS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        """Note one."""
        self.counts[bisect_left(SECONDS, seconds)] += 1
        self.total += seconds


@dataclass
class Tally:
    """Everything grows but `is_reached`: whether Telegram answered last."""

    updates: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    calls: dict[tuple[str, bool], Times] = field(default_factory=lambda: defaultdict(Times))
    answers: Times = field(default_factory=Times)
    is_reached: bool = False

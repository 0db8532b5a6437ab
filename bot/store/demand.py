"""What may be counted: topics by day, and hours and link sources apart from them; no field could hold a person."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.safety import is_safety

Door = Literal["menu", "question", "choice", "danger", "link", "inline"]
Outcome = Literal["shown", "confident", "choices", "none", "helped", "not_helped"]


@dataclass(frozen=True)
class Demand:
    """One cell of the table `demand`, without its day."""

    topic: str
    language: str
    script: str
    door: Door
    outcome: Outcome


def counted_on(topic: str, today: date) -> date:
    """The day a topic is counted under: for safety topics the Monday of the week."""
    return monday(today) if is_safety(topic) or topic in ("", "now") else today


def monday(today: date) -> date:
    """The first day of the week, under which stands what no day may be known of."""
    return today - timedelta(days=today.weekday())

"""What was counted, summed by week: what the floors above may make something of; still without a field for a person."""

from dataclasses import dataclass, field
from datetime import date

from bot.store.demand import Demand


@dataclass(frozen=True)
class DemandOfWeek:
    """A cell of `demand`, its days summed into their week."""

    week: date
    topic: str
    language: str
    script: str
    door: str
    outcome: str
    people: int
    taps: int


@dataclass(frozen=True)
class Counted:
    """The counters from a week on; `made_up` says by whom, where the whole history is."""

    demand: tuple[DemandOfWeek, ...] = ()
    hours: tuple[tuple[date, int, int], ...] = ()  # day, hour, taps; only of days that are still kept as days
    sources: tuple[tuple[date, str, int], ...] = ()  # week, source, taps
    regions: tuple[tuple[date, str, int], ...] = ()  # week, region, taps
    words: tuple[tuple[date, str, str, int], ...] = ()  # week, word, language, chats
    made_up: str = ""
    first: date | None = None  # the week of the oldest count


@dataclass(frozen=True)
class MadeUp:
    """Some made-up counts, by their day."""

    demand: list[tuple[date, Demand, int, int]] = field(default_factory=list)  # people, taps
    hours: list[tuple[date, int, int]] = field(default_factory=list)
    sources: list[tuple[date, str, int]] = field(default_factory=list)
    regions: list[tuple[date, str, int]] = field(default_factory=list)

"""How long a stay without a visa may last: days after an entry, and days in all within a rolling period.

The day of entry and the day of exit both count: no official example was found, and this is the safer count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.content.facts import Facts, Value

COUNTRIES = ("uz", "tj", "kg", "ru", "by", "am", "cn", "in", "ir", "other")
OLDEST = 3650  # days back that an entry may lie; older ones are typing mistakes
_TOGETHER = {"in": "_in_ir", "ir": "_in_ir"}


@dataclass(frozen=True)
class Trip:
    """An earlier stay, its first and last day included."""

    first: date
    last: date


@dataclass(frozen=True)
class Limits:
    """Days after an entry, days in all within a period, and the facts they were read from."""

    entry: int
    total: int
    period: int
    values: tuple[Value, ...]
    names: tuple[str, str, str]  # how a text names them


def limits(facts: Facts, country: str, today: date) -> Limits | None:
    """The limits for citizens of a country as the facts give them; None where they are not confirmed."""
    if country == "tj":
        names = ("visa_free_tj_total_days", "visa_free_tj_total_days", "visa_free_period_days")
    elif country in _TOGETHER:
        end = _TOGETHER[country]
        names = (f"visa_free_days{end}", f"visa_free_total_days{end}", "visa_free_period_days")
    else:
        names = (f"visa_free_days.{country}", "visa_free_total_days", "visa_free_period_days")
    values = [_value(facts, name, today) for name in names]
    if any(value is None for value in values):
        return None
    known = tuple(value for value in values if value)
    entry, total, period = (int(value.value) for value in known)
    return Limits(entry, total, period, known, names)


def last_day(entry: date, trips: Sequence[Trip], limits: Limits) -> date | None:
    """The last day that keeps both limits, or None where already the day of entry breaks one."""
    last, earlier = None, _days_of(trips, entry)
    for stayed in range(limits.entry):
        day = entry + timedelta(stayed)
        if stayed + 1 + sum(one > day.toordinal() - limits.period for one in earlier) > limits.total:
            break
        last = day
    return last


def _days_of(trips: Sequence[Trip], entry: date) -> set[int]:
    """The days of earlier stays, each once; the day of coming back belongs to the stay that follows."""
    days = (range(trip.first.toordinal(), trip.last.toordinal() + 1) for trip in trips)
    return {day for one in days for day in one if day < entry.toordinal()}


def days_left(last: date, today: date) -> int:
    """Today included; nought or less when the last day has passed."""
    return (last - today).days + 1


def _value(facts: Facts, name: str, today: date) -> Value | None:
    id, _, key = name.partition(".")
    fact = facts.all.get(id)
    return fact.on(today, key or None) if fact else None

"""The only periods that are ever shown: whole weeks, and months and quarters made of whole weeks.

A week belongs to the month in which its Thursday lies, as it belongs to its year in ISO 8601. Months of the calendar
lost: a month less the weeks inside it is a few days at its edges, and so few days can be a single person.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

WEEK = timedelta(days=7)


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


@lru_cache(4096)
def month_of(week: date) -> str:
    """The month a week belongs to, like 2026-10."""
    return f"{week + timedelta(days=3):%Y-%m}"


@lru_cache(4096)
def quarter_of(week: date) -> str:
    """The quarter a week belongs to, like 2026-Q4."""
    thursday = week + timedelta(days=3)
    return f"{thursday.year}-Q{(thursday.month + 2) // 3}"


def year_of(period: str) -> str:
    """The year a month or quarter belongs to."""
    return period[:4]


@lru_cache(4096)
def name_of(week: date) -> str:
    """A week as ISO 8601 writes it, like 2026-W41."""
    year, number, _ = week.isocalendar()
    return f"{year}-W{number:02}"


def week_named(name: str) -> date:
    """The Monday of a week written like 2026-W41; raises ValueError."""
    year, _, number = name.partition("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def weeks_between(first: date, last: date) -> list[date]:
    """Every Monday from one to the other, both of them included."""
    return [first + WEEK * step for step in range((last - first).days // 7 + 1)]


def months_of(weeks: Iterable[date]) -> list[str]:
    """The months that weeks belong to, in order, each once."""
    return list(dict.fromkeys(month_of(week) for week in weeks))


def is_over(period: str, last: date) -> bool:
    """Whether the last week of a month or quarter is over when `last` is the last whole week."""
    of = quarter_of if "Q" in period else month_of
    return of(last + WEEK) > period


def weeks_of(month: str) -> list[date]:
    """The weeks of a month, by their Mondays."""
    year, number = int(month[:4]), int(month[5:])
    first = monday(date(year, number, 1))
    return [week for week in weeks_between(first, first + 5 * WEEK) if month_of(week) == month]

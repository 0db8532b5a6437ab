"""A believable made-up history of demand: seasons of farm and building work, a raid, a quota that runs out.

For trying the desk, for tests and for the bench; seeded, and marked as made up in the database itself. The figures
were thought up: they say nothing about anybody.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, exp, pi

import numpy as np

from bot.demand.periods import monday
from bot.safety import is_safety
from bot.store import Demand, MadeUp

NOTE = "Made up by `python -m bot simulate`: nobody asked any of this."
_LANGUAGES = (("uz", "Latn"), ("ru", "Cyrl"), ("tg", "Cyrl"), ("kk", "Cyrl"), ("uz", "Cyrl"), ("en", "Latn"))
_SPOKEN = np.array((0.42, 0.25, 0.16, 0.08, 0.07, 0.02))
_DOORS = ("menu", "question", "choice", "link", "inline")
_OPENED = np.array((0.52, 0.29, 0.08, 0.09, 0.02))
_POPULAR = (
    "stay/registration", "permits/household", "rights/wages", "stay/how-long", "permits/cost", "permits/which",
    "stay/iin", "stay/russia-ban", "permits/extend", "stay/overstay", "permits/seasonal", "quotas/exhausted",
    "help/hotlines", "rights/passport-taken", "stay/police-check",
)  # fmt: skip
_PEAKS = {  # the month of most questions, and how far above the year's mean it stands
    "permits/seasonal": (4.0, 0.8), "permits/household": (4.5, 0.4), "stay/registration": (4.5, 0.3),
    "permits/employer": (3.0, 0.4), "rights/wages": (11.0, 0.5), "life/school": (9.0, 0.7),
    "quotas/current": (2.0, 0.5),
}  # fmt: skip
_WEAK = {("tg", "stay/iin"), ("kk", "permits/household")}  # where an answer helps fewer people than elsewhere
_WEEKDAYS = np.array((0.95, 0.9, 0.9, 0.92, 1.0, 1.08, 1.25))
_DAY = np.array([2, 1, 1, 1, 2, 3, 4, 4, 4, 4, 4, 5, 7, 7, 5, 4, 4, 5, 7, 9, 11, 12, 9, 5], dtype=float)
_SOURCES = ("border-saryagash", "bazaar-almaty", "site-astana", "site-almaty", "clinic-shymkent", "card-1")


@dataclass(frozen=True)
class Course:
    """How the made-up years go; without `events` nothing unusual ever happens."""

    years: int
    until: date
    seed: int = 1
    people_a_day: float = 90
    events: bool = True
    growth: float = 1.6  # the last day's demand against the first day's


def simulate(course: Course, topics: Sequence[str], regions: Sequence[str]) -> Iterator[MadeUp]:
    """Every count of the history, a week at a time."""
    random = np.random.default_rng(course.seed)
    first = monday(course.until) - timedelta(days=7 * round(52.18 * course.years))
    weeks = (monday(course.until) - first).days // 7
    popular = shares(topics)
    mix = _SPOKEN[:, None] * _OPENED[None, :]
    for week in range(weeks):
        start = first + timedelta(days=7 * week)
        demand: Counter[tuple[date, Demand]] = Counter()
        taps: Counter[tuple[date, Demand]] = Counter()
        hours: list[tuple[date, int, int]] = []
        mood = random.gamma(60, 1 / 60, len(topics))  # people differ from week to week more than dice do
        for day in (start + timedelta(days=step) for step in range(7)):
            grown = course.people_a_day * course.growth ** (week / max(weeks, 1))
            rates = grown * popular * season(topics, day) * mood * _WEEKDAYS[day.weekday()]
            if course.events:
                rates = rates * _events(topics, day, course.until)
            people = random.poisson(rates[:, None, None] * mix[None])
            _count(random, topics, day, people, demand, taps)
            asked = random.poisson(people.sum() * 0.9 * _DAY / _DAY.sum())
            hours += [(day, hour, int(count)) for hour, count in enumerate(asked) if count]
        reach = sum(demand.values())
        yield MadeUp(
            [(day, one, people, people + taps[day, one]) for (day, one), people in demand.items()]
            + [(day, one, 0, count) for (day, one), count in taps.items() if (day, one) not in demand],
            hours,
            _spread(random, start, _SOURCES, reach * 0.06),
            _spread(random, start, regions, reach * 0.15),
        )


def shares(topics: Sequence[str]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """What share of all demand each topic has in a usual week."""
    rank = {topic: place for place, topic in enumerate(_POPULAR)}
    weights = np.array([1 / (2 + rank.get(topic, 18 + 0.7 * place)) for place, topic in enumerate(topics)])
    return np.asarray(weights / weights.sum())


def season(topics: Sequence[str], day: date) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    month = day.timetuple().tm_yday / 30.44 + 0.5
    waves = [_PEAKS.get(topic, (5.0, 0.15)) for topic in topics]
    return np.array([1 + high * cos(2 * pi * (month - peak) / 12) for peak, high in waves])


def _events(topics: Sequence[str], day: date, until: date) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """A raid in the October before the last, and a quota that runs out each August."""
    raid = (day - date(until.year - 1, 10, 14)).days
    quota = (day - date(day.year, 8, 20)).days
    times = {}
    if raid >= 0:
        faded = exp(-raid / 9)
        times = {"stay/police-check": 1 + 7 * faded, "stay/overstay": 1 + 3 * faded, "help/legal-aid": 1 + 2 * faded}
    if quota >= 0:
        faded = exp(-quota / 40)
        times |= {"quotas/exhausted": 1 + 6 * faded, "permits/refused": 1 + 2 * faded, "permits/which": 1 + 0.5 * faded}
    return np.array([times.get(topic, 1.0) for topic in topics])


def _count(
    random: np.random.Generator,
    topics: Sequence[str],
    day: date,
    people: "np.ndarray[tuple[int, int, int], np.dtype[np.int64]]",
    demand: Counter[tuple[date, Demand]],
    taps: Counter[tuple[date, Demand]],
) -> None:
    """One day's people as rows, with some who tap twice, some verdicts, and questions that found nothing."""
    for topic, language, door in np.argwhere(people):
        count = int(people[topic, language, door])
        (code, script), id = _LANGUAGES[language], topics[topic]
        counted = monday(day) if is_safety(id) else day
        outcome = "confident" if _DOORS[door] == "question" else "shown"
        one = Demand(id, code, script, _DOORS[door], outcome)  # type: ignore[arg-type]  # both are of their kinds
        demand[counted, one] += count
        taps[counted, one] += int(random.binomial(count, 0.3))
        verdicts = int(random.binomial(count, 0.3))
        helped = int(random.binomial(verdicts, 0.45 if (code, id) in _WEAK else 0.85))
        for outcome, number in (("helped", helped), ("not_helped", verdicts - helped)):
            if number:
                taps[counted, Demand(id, code, script, "menu", outcome)] += number  # type: ignore[arg-type]  # as above
    for language, (code, script) in enumerate(_LANGUAGES):
        if danger := int(random.poisson(people[:, language].sum() * 0.01)):
            demand[monday(day), Demand("now", code, script, "danger", "shown")] += danger
        asked = people[:, language, 1].sum()
        weak = 0.22 if code in ("tg", "kk") else 0.1
        for outcome, number in (("none", random.poisson(asked * weak)), ("choices", random.poisson(asked * 0.2))):
            if number:
                one = Demand("", code, script, "question", outcome)  # type: ignore[arg-type]  # as above
                demand[monday(day), one] += int(number)


def _spread(random: np.random.Generator, start: date, names: Sequence[str], mean: float) -> list[tuple[date, str, int]]:
    """So many taps over these names, the first of them the most."""
    weights = np.array([1 / (place + 1.5) for place in range(len(names))])
    counts = random.poisson(mean * weights / weights.sum()) if len(names) else []
    return [(start, name, int(count)) for name, count in zip(names, counts, strict=True) if count]

"""What rises: a topic that is clearly above its own season.

The test, for each topic and week: usual is the mean of the eight weeks before the last two, bent by the season where
last year is known (the same weeks a year ago beside the eight before them, at most doubled or halved). Numbers of
people scatter like the root of their size, and topics differ in how restless they are, so the difference of roots is
measured against how far this topic's own weeks lay apart. A rise is at least one and a half times the usual, at least
`LEAST_MORE` people more, and `CLEAR` such measures in one week or `CLEAR` over the last two together. Hidden weeks
count as nothing known. A test holds it to at most one false alarm in a quarter over fifty calm years, over all topics
together, and to finding a doubling within two weeks: of topics that forty people or more ask about in a week 19 times
in 20, from twenty people on 4 times in 5, below that about every second time, since a few people more are no news.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt

from bot.demand.periods import WEEK, name_of
from bot.demand.release import Release, stream_of

BEFORE, GAP, YEAR = 8, 2, 52
LONG = YEAR + BEFORE + GAP + 3
CLEAR = 3.5
DOUBT = 100  # people: a season seen in fewer is hardly believed
LEAST_MORE = 10
TIMES = 1.5


@dataclass(frozen=True)
class Rise:
    """A topic, the week, how many asked and how many usually do."""

    topic: str
    week: date
    people: int
    usual: int


def rises(release: Release, week: date | None = None) -> list[Rise]:
    """What rises in a week, by default the last one; the largest rise first."""
    at = week or release.last
    if at is None or release.first is None or at - release.first < WEEK * (BEFORE + GAP):
        return []
    found = []
    for topic in release.topics:
        counts = series(release, topic, at)
        usual = usual_of_rise(counts, release.least) if topic != "choices" else None
        if usual is not None:
            found.append(Rise(topic, at, counts[-1] or 0, round(usual)))
    return sorted(found, key=lambda rise: -(rise.people - rise.usual))


def outside(found: list[Rise]) -> list[Rise]:
    """What may be said of it outside the desk: never a safety topic."""
    return [rise for rise in found if stream_of(rise.topic) == "open"]


def series(release: Release, topic: str, week: date) -> list[int | None]:
    """A topic's weeks up to this one, the newest last, as far back as the test looks."""
    stream = stream_of(topic)
    weeks = [week - WEEK * back for back in range(LONG)][::-1]
    return [release.of(f"{stream}/week/{name_of(one)}", f"topic/{topic}") for one in weeks]


def usual_of_rise(counts: list[int | None], least: int) -> float | None:
    """What is usual, where the last week is a rise above it; None where it is none."""
    now = counts[-1]
    usual = expected(counts, 0, least)
    if now is None or now < usual * TIMES or now - usual < LEAST_MORE:
        return None
    restless = _restlessness(counts)
    measure = 2 * (sqrt(now) - sqrt(usual)) / restless
    before, then = counts[-2], expected(counts, 1, least)
    if before is not None and before > then:
        measure = max(measure, (measure + 2 * (sqrt(before) - sqrt(then)) / restless) / sqrt(2))
    return usual if measure >= CLEAR else None


def expected(counts: list[int | None], back: int, least: int) -> float:
    """What is usual for a week so many weeks back: the weeks before it, bent by last year's season.

    A topic that is mostly hidden is mostly small: its hidden weeks count as the most that is hidden.
    """
    end = len(counts) - back
    recent = counts[end - BEFORE - GAP : end - GAP]
    shown = [one for one in recent if one is not None]
    if len(shown) < BEFORE // 2:
        return (sum(shown) + (least - 1) * (len(recent) - len(shown))) / max(1, len(recent))
    mean = sum(shown) / len(shown)
    year = end - YEAR
    same = [one for one in counts[max(0, year - 3) : max(0, year + 2)] if one is not None]
    then = [one for one in counts[max(0, year - BEFORE - GAP) : max(0, year - GAP)] if one is not None]
    if len(same) < 3 or len(then) < BEFORE // 2:
        return mean
    season = (sum(same) / len(same) * BEFORE + DOUBT) / (sum(then) / len(then) * BEFORE + DOUBT)
    return mean * min(2.0, max(0.5, season))


def _restlessness(counts: list[int | None]) -> float:
    """How far this topic's weeks lie apart from each other, where dice alone would give 1."""
    steps = [
        sqrt(2) * abs(sqrt(one) - sqrt(two))
        for one, two in pairwise(counts[:-GAP])
        if one is not None and two is not None
    ]
    return max(1.0, sqrt(sum(min(step, 3.5) ** 2 for step in steps) / len(steps))) if len(steps) >= BEFORE else 1.4

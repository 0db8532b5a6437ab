"""The alarm: quiet in calm years, quick when something doubles."""

from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from bot.demand import Release, Source, read_release
from bot.demand.rises import LONG, outside, rises, usual_of_rise
from bot.demand.simulate import NOTE, Course, season, shares, simulate
from bot.store import write_made_up

LEAST = 5
YEARS = 50
Weeks = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


@cache
def calm(topics: tuple[str, ...], years: int = YEARS, seed: int = 7) -> Weeks:
    """Weeks of calm years, topics by weeks: seasons, growth and people's restlessness, and nothing unusual."""
    random = np.random.default_rng(seed)
    weeks = []
    for week in range(52 * years + LONG):
        day = date.fromordinal(date(2000, 1, 3).toordinal() + 7 * week)
        rates = 90 * 7 * shares(topics) * season(topics, day) * random.gamma(60, 1 / 60, len(topics))
        weeks.append(random.poisson(rates * (1 + week / 52 / years)))
    return np.array(weeks).T


def shown(counts: Weeks) -> list[int | None]:
    return [int(one) if one >= LEAST else None for one in counts]


def test_in_fifty_calm_years_there_is_at_most_one_false_alarm_a_quarter(topics: list[str]) -> None:
    alarms = 0

    for counts in calm(tuple(topics)):
        weeks = shown(counts)
        for end in range(LONG, len(weeks)):
            alarms += usual_of_rise(weeks[end - LONG : end], LEAST) is not None

    print(f"{alarms} false alarms in {YEARS} years")
    assert alarms <= 4 * YEARS


@pytest.mark.parametrize(("least", "most", "share"), [(40, 10_000, 0.93), (20, 40, 0.72)])
def test_a_doubling_is_found_within_two_weeks(topics: list[str], least: int, most: int, share: float) -> None:
    random = np.random.default_rng(3)
    found = tried = 0

    for counts in calm(tuple(topics)):
        for start in range(LONG + 40, 52 * YEARS, 97):
            if not least <= counts[start - 10 : start].mean() < most:
                continue
            doubled = [int(one) for one in counts[start - LONG : start + 2]]
            doubled[-2:] = [int(one + random.poisson(one)) for one in doubled[-2:]]
            weeks = shown(np.array(doubled))
            tried += 1
            found += any(usual_of_rise(weeks[end - LONG : end], LEAST) is not None for end in (LONG + 1, LONG + 2))

    print(f"{found} of {tried} doublings found within two weeks")
    assert tried > 100
    assert found >= share * tried


def test_the_raid_rises_at_the_desk_and_is_told_nowhere_else(release: Release) -> None:
    found = rises(release, date(2025, 10, 13)) + rises(release, date(2025, 10, 20))

    assert "stay/police-check" in {rise.topic for rise in found}
    assert "stay/police-check" not in {rise.topic for rise in outside(found)}


def test_a_new_bot_has_nothing_that_rises(tmp_path: Path, topics: list[str]) -> None:
    path = tmp_path / "new.db"
    write_made_up(path, NOTE, list(simulate(Course(1, date(2026, 11, 22)), topics, []))[-6:])

    release = read_release(Source(f"sqlite:///{path}", LEAST, 400), topics, date(2026, 11, 22))

    assert len(release.weeks) == 6
    assert rises(release) == []

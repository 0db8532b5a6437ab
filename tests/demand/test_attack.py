"""Somebody who holds everything that was ever shown, and a solver, computes no hidden number back."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from scipy.optimize import linprog  # type: ignore[import-untyped]  # scipy ships no types
from scipy.sparse import lil_matrix  # type: ignore[import-untyped]  # scipy ships no types

from bot.demand import Release, Source, read_release
from bot.demand.periods import WEEK, month_of, name_of, weeks_between, weeks_of
from bot.demand.release import DOORS, LANGUAGES, STREAMS, VERDICTS, spelled, stream_of
from bot.store import Counted, read_counted
from tests.conftest import TODAY

LEAST = 5
Variable = tuple[str, ...]


class Attack:
    """Everything that was shown of a month, as equations over what was counted."""

    def __init__(self, release: Release, stream: str, month: str) -> None:
        topics = [topic for topic in release.topics if stream_of(topic) == stream]
        self.weeks = [name_of(week) for week in weeks_of(month) if week in release.weeks]
        self.variables: list[Variable] = [
            *((week, topic) for week in self.weeks for topic in topics),
            *(("cell", language, topic) for topic in topics for language in LANGUAGES),
            *(("door", door) for door in DOORS),
        ]
        self.place = {variable: place for place, variable in enumerate(self.variables)}
        self.equations: list[tuple[dict[Variable, int], int]] = []
        self.shown: dict[Variable, int | None] = {}
        table, everything = f"{stream}/month/{month}", [(week, topic) for week in self.weeks for topic in topics]
        for week in self.weeks:
            of = f"{stream}/week/{week}"
            for topic in topics:
                self._tell([(week, topic)], release.of(of, f"topic/{topic}"))
            self._tell([(week, topic) for topic in topics], release.of(of))
        for topic in topics:
            spoken: list[Variable] = [("cell", language, topic) for language in LANGUAGES]
            for variable in spoken:
                self._tell([variable], release.of(table, f"cell/{variable[1]}/{topic}"))
            self._tell(spoken, release.of(table, f"topic/{topic}"))
            self._equal([(week, topic) for week in self.weeks], spoken)
        for language in LANGUAGES:
            self._tell([("cell", language, topic) for topic in topics], release.of(table, f"language/{language}"))
        for door in DOORS:
            self._tell([("door", door)], release.of(table, f"door/{door}"))
        self._tell(everything, release.of(table))
        self._equal(everything, [("door", door) for door in DOORS])

    def _tell(self, variables: Sequence[Variable], number: int | None) -> None:
        if len(variables) == 1:
            self.shown[variables[0]] = number
        if number is not None:
            self.equations.append((dict.fromkeys(variables, 1), number))

    def _equal(self, some: Sequence[Variable], others: Sequence[Variable]) -> None:
        self.equations.append((dict.fromkeys(some, 1) | dict.fromkeys(others, -1), 0))

    def hidden(self) -> list[Variable]:
        return [variable for variable, number in self.shown.items() if number is None]

    def between(self, variable: Variable) -> tuple[float, float]:
        """The least and the most that a hidden number can be."""
        matrix = lil_matrix((len(self.equations), len(self.variables)))
        for row, (terms, _) in enumerate(self.equations):
            for term, sign in terms.items():
                matrix[row, self.place[term]] = sign
        aim = np.zeros(len(self.variables))
        aim[self.place[variable]] = 1
        sums = [number for _, number in self.equations]
        ends = []
        for sign in (1, -1):
            found = linprog(sign * aim, A_eq=matrix.tocsr(), b_eq=sums, bounds=(0, 100_000), method="highs")
            assert found.status == 0, found.message
            ends.append(sign * found.fun)
        return ends[0], ends[1]


def truth(counted: Counted, stream: str, month: str) -> dict[Variable, int]:
    """What was really counted, by the attack's variables."""
    found: dict[Variable, int] = {}
    for row in counted.demand:
        topic = row.topic or row.outcome
        if row.outcome in VERDICTS or stream_of(topic) != stream or month_of(row.week) != month:
            continue
        language = spelled(row.language, row.script)
        for variable in ((name_of(row.week), topic), ("cell", language, topic), ("door", row.door)):
            found[variable] = found.get(variable, 0) + row.people
    return found


def attacks(url: str, release: Release, months: list[str]) -> Iterator[tuple[Attack, dict[Variable, int]]]:
    counted = read_counted(url, date.min, date(2030, 1, 7))
    for month in months:
        for stream in STREAMS:
            yield Attack(release, stream, month), truth(counted, stream, month)


@pytest.mark.parametrize("name", ["busy", "quiet"])
def test_a_solver_narrows_no_small_number_down(name: str, topics: list[str], request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(name)
    until = TODAY if name == "busy" else date(2026, 5, 20)
    release = read_release(Source(url, LEAST, 400), topics, until)
    tried = 0

    for attack, real in attacks(url, release, release.months[-1:]):
        hidden = [one for one in attack.hidden() if one[0] in ("cell", "door") or real.get(one, 0)]
        for variable in [*hidden[::20], *(one for one in hidden if 0 < real.get(one, 0) < LEAST)][:25]:
            low, high = attack.between(variable)
            people = real.get(variable, 0)
            assert low - 0.01 <= people <= high + 0.01
            assert high - low >= (LEAST if people < LEAST else 1) - 0.01, variable
            tried += 1

    assert tried > 25


def test_the_attack_succeeds_where_only_the_small_numbers_are_hidden(
    quiet: str, topics: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.demand.release.protect", lambda cells, least: None)
    broken = read_release(Source(quiet, LEAST, 400), topics, date(2026, 5, 20))
    found = 0

    for attack, real in attacks(quiet, broken, broken.months[-1:]):
        for variable in [one for one in attack.hidden() if one[0] in ("cell", "door") and real.get(one)][:15]:
            low, high = attack.between(variable)
            found += high - low < 1

    assert found > 0


def test_no_small_number_stands_in_any_table(release: Release) -> None:
    numbers = [count for cells in release.tables.values() for count in cells.values()]

    assert len(numbers) > 5000
    assert min(numbers) >= LEAST


def test_what_is_shown_one_week_is_shown_the_same_for_ever(quiet: str, topics: list[str]) -> None:
    at_once = read_release(Source(quiet, LEAST, 4000), topics, date(2026, 5, 20))
    first = at_once.first
    assert first is not None
    step_by_step = [
        read_release(Source(quiet, LEAST, 4000), topics, monday + timedelta(days=days))
        for monday, days in zip(weeks_between(first + 8 * WEEK, first + 14 * WEEK), (0, 1, 2, 3, 4, 5, 6), strict=True)
    ]

    for earlier, later in zip(step_by_step, [*step_by_step[1:], at_once], strict=True):
        for table, cells in earlier.tables.items():
            assert later.tables[table] == cells, table


def test_months_and_weeks_nest_so_that_no_days_are_left_over(release: Release) -> None:
    for month in release.months[1:]:
        weeks = weeks_of(month)

        assert {month_of(week) for week in weeks} == {month}
        assert month_of(weeks[0] - WEEK) < month < month_of(weeks[-1] + WEEK)
        assert len(weeks) in (4, 5)


def test_outside_the_desk_safety_is_the_whole_country_by_month(release: Release) -> None:
    outside = release.outside()

    safety = {
        (table, cell)
        for table, cells in outside.tables.items()
        for cell in cells
        if "safety" in table or stream_of(cell.partition("/")[2]) == "safety" or stream_of(cell) == "safety"
    }

    assert len(safety) > 50
    for table, cell in safety:
        assert table.startswith("safety/month/")
        assert cell.startswith("topic/")
    assert any(table.startswith("safety/week/") for table, cells in release.tables.items() if cells)

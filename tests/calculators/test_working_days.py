"""Working days against the published calendars: feasts, moved days, and the Constitution Day that was moved away."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calculators.working_days import is_working_day, working_day


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2025, 1, 3), False),  # moved from Sunday the fifth
        (date(2025, 1, 5), True),
        (date(2025, 3, 21), False),  # Nauryz
        (date(2025, 6, 6), False),  # Kurban Ait
        (date(2025, 8, 29), True),
        (date(2025, 10, 27), False),  # Republic Day, a Saturday moved on
        (date(2026, 1, 7), False),
        (date(2026, 3, 23), False),
        (date(2026, 11, 20), True),
        (date(2026, 11, 22), False),
        (date(2026, 12, 16), False),
        (date(2027, 3, 15), False),  # Constitution Day since the referendum of 2026
    ],
)
def test_a_day_is_worked_as_the_published_calendar_says(day: date, is_worked: bool) -> None:
    assert is_working_day(day) is is_worked


@pytest.mark.parametrize(
    ("start", "count", "counted", "not_counted"),
    [
        (date(2026, 11, 20), 3, date(2026, 11, 24), date(2026, 11, 25)),  # a Friday
        (date(2026, 11, 21), 3, date(2026, 11, 25), date(2026, 11, 25)),  # a Saturday cannot count
        (date(2026, 12, 15), 3, date(2026, 12, 18), date(2026, 12, 21)),  # the sixteenth is a holiday
        (date(2026, 3, 20), 3, date(2026, 3, 27), date(2026, 3, 30)),  # Nauryz takes five days with the weekend
    ],
)
def test_the_last_of_so_many_working_days_is_the_one_counted_by_hand(
    start: date, count: int, counted: date, not_counted: date
) -> None:
    assert working_day(start, count, True) == counted
    assert working_day(start, count, False) == not_counted


@given(st.dates(date(2024, 1, 1), date(2027, 12, 1)), st.integers(1, 15))
def test_between_lie_exactly_so_many_working_days(start: date, count: int) -> None:
    last = working_day(start, count, False)

    between = [start + timedelta(n) for n in range(1, (last - start).days + 1)]

    assert sum(map(is_working_day, between)) == count
    assert is_working_day(last)
    assert working_day(start, count, True) <= last

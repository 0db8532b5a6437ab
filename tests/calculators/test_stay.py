"""Days of a stay without a visa, against counts made by hand and against the rule itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calculators.stay import COUNTRIES, Limits, Trip, days_left, last_day, limits
from bot.content import Content
from tests.conftest import TODAY

ENTRY = date(2026, 11, 1)
UZ = Limits(30, 90, 180, (), ("", "", ""))
KG = Limits(90, 90, 180, (), ("", "", ""))


@pytest.mark.parametrize(
    ("entry", "trips", "limits", "last"),
    [
        # 1 November is the first day, 30 November the thirtieth.
        (date(2026, 11, 1), [], UZ, date(2026, 11, 30)),
        # 30 + 31 + 29 days: November, December, and January until the 29th.
        (date(2026, 11, 1), [], KG, date(2027, 1, 29)),
        # 10 earlier days in the period are lost: 80 are left.
        (date(2026, 11, 1), [Trip(date(2026, 9, 1), date(2026, 9, 10))], KG, date(2027, 1, 19)),
        # The trip lies more than 180 days back from every day counted: nothing is lost.
        (date(2026, 11, 1), [Trip(date(2026, 4, 1), date(2026, 4, 30))], KG, date(2027, 1, 29)),
        # 80 days of August to October: 10 are left, the limit after an entry is not reached.
        (date(2026, 11, 1), [Trip(date(2026, 8, 1), date(2026, 10, 19))], UZ, date(2026, 11, 10)),
        # The day of leaving and of coming back is one day, not two.
        (date(2026, 11, 1), [Trip(date(2026, 10, 23), date(2026, 11, 1))], KG, date(2027, 1, 20)),
        # All ninety are used up: no day is left.
        (date(2026, 11, 1), [Trip(date(2026, 8, 1), date(2026, 10, 29))], UZ, None),
    ],
)
def test_the_last_day_is_the_one_counted_by_hand(
    entry: date, trips: list[Trip], limits: Limits, last: date | None
) -> None:
    assert last_day(entry, trips, limits) == last


def test_old_days_fall_out_of_the_period_while_one_stays() -> None:
    # 30 of its 60 days lie in the 180 that end with the entry; each day of the stay drops one, so all 90 are reached.
    trip = Trip(ENTRY - timedelta(209), ENTRY - timedelta(150))

    assert last_day(ENTRY, [trip], KG) == ENTRY + timedelta(89)


def test_today_counts_among_the_days_left() -> None:
    assert days_left(TODAY, TODAY) == 1
    assert days_left(TODAY - timedelta(1), TODAY) == 0


days = st.integers(0, 400).map(lambda back: ENTRY - timedelta(back))
trips = st.lists(st.tuples(days, days).map(lambda two: Trip(min(two), max(two))), max_size=3)
limit = st.integers(1, 120)
rules = st.builds(lambda entry, total: Limits(entry, total, 180, (), ("", "", "")), limit, limit)


@given(trips, rules)
def test_every_day_until_the_last_keeps_both_limits_and_the_next_breaks_one(trips: list[Trip], rules: Limits) -> None:
    last = last_day(ENTRY, trips, rules)
    stayed = (last - ENTRY).days + 1 if last else 0

    def breaks(day: date) -> bool:
        here = {one.first + timedelta(n) for one in trips for n in range((one.last - one.first).days + 1)}
        here |= {ENTRY + timedelta(n) for n in range((day - ENTRY).days + 1)}
        within = [one for one in here if day - timedelta(rules.period) < one <= day]
        return (day - ENTRY).days + 1 > rules.entry or len(within) > rules.total

    assert not any(breaks(ENTRY + timedelta(n)) for n in range(stayed))
    assert breaks(ENTRY + timedelta(stayed))


@given(trips, rules)
def test_an_earlier_stay_never_adds_a_day(trips: list[Trip], rules: Limits) -> None:
    alone, together = last_day(ENTRY, [], rules), last_day(ENTRY, trips, rules)

    assert alone is not None
    assert together is None or together <= alone


@pytest.mark.parametrize(
    ("country", "entry", "total"),
    [("uz", 30, 90), ("kg", 90, 90), ("ru", 90, 90), ("by", 90, 90), ("am", 90, 90), ("cn", 30, 90), ("in", 14, 42),
     ("ir", 14, 42), ("tj", 90, 90)],
)  # fmt: skip
def test_the_limits_are_those_of_the_facts(real: Content, country: str, entry: int, total: int) -> None:
    found = limits(real.facts, country, TODAY)

    assert found is not None
    assert (found.entry, found.total, found.period) == (entry, total, 180)


def test_where_nothing_is_confirmed_nothing_is_counted(real: Content) -> None:
    assert limits(real.facts, COUNTRIES[-1], TODAY) is None
    assert limits(real.facts, "tr", TODAY) is None

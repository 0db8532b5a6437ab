"""The price of a permit and a debt of wages, against sums made by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calculators.price import months_from, price
from bot.calculators.wages import debt
from bot.content import Content
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("start", "months", "indices", "money"),
    [
        (date(2026, 1, 1), 1, 4, 17_300),  # 4 × 4 325
        (date(2026, 10, 1), 3, 12, 51_900),  # 12 × 4 325
        (date(2026, 1, 31), 12, 48, 207_600),  # 48 × 4 325
        (date(2025, 11, 1), 2, 4, 15_728),  # the old tax: 2 × 3 932, twice
        (date(2025, 12, 1), 2, 6, 25_164),  # across the change of both: 2 × 3 932 + 4 × 4 325
    ],
)
def test_a_price_is_each_month_by_its_own_tax_and_index(
    real: Content, start: date, months: int, indices: int, money: int
) -> None:
    found = price(start, months, real.facts.all["permit_tax_month"], real.facts.all["mci"])

    assert found is not None
    assert (found.indices, found.money) == (Decimal(indices), Decimal(money))


def test_a_month_whose_index_is_unknown_leaves_the_sum_in_indices(real: Content) -> None:
    found = price(date(2026, 11, 22), 3, real.facts.all["permit_tax_month"], real.facts.all["mci"])

    assert found is not None
    assert found.indices == 12
    assert found.money is None
    assert (found.known_months, found.known_money) == (2, Decimal(34_600))


def test_before_the_tax_existed_nothing_is_said(real: Content) -> None:
    assert price(date(2020, 1, 1), 1, real.facts.all["permit_tax_month"], real.facts.all["mci"]) is None


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(1, 12), st.integers(1, 12))
def test_the_price_of_two_terms_is_that_of_both_together(real: Content, start: date, one: int, two: int) -> None:
    tax, mci = real.facts.all["permit_tax_month"], real.facts.all["mci"]
    first, whole = price(start, one, tax, mci), price(start, one + two, tax, mci)
    rest = price(months_from(start, one + 1)[-1], two, tax, mci)

    assert first is not None
    assert rest is not None
    assert whole is not None
    assert first.indices + rest.indices == whole.indices
    assert first.known_money + rest.known_money == whole.known_money


def test_a_debt_is_due_on_the_tenth_of_the_next_month() -> None:
    found = debt(Decimal(250_000), date(2026, 8, 1), 3, Decimal(50_000), 10, TODAY)

    assert found.owed == 700_000
    assert [(one.due, one.late) for one in found.months] == [
        (date(2026, 9, 10), 73),
        (date(2026, 10, 10), 43),
        (date(2026, 11, 10), 12),
    ]


def test_a_month_that_is_not_due_yet_is_not_late() -> None:
    assert debt(Decimal(1), date(2026, 11, 1), 1, Decimal(0), 10, TODAY).months[0].late == 0


@given(st.integers(1, 10**8), st.integers(1, 36), st.dates(date(2020, 1, 1), TODAY))
def test_the_months_of_a_debt_are_so_many_in_order_and_each_late_by_its_own_days(
    pay: int, months: int, first: date
) -> None:
    found = debt(Decimal(pay), first, months, Decimal(0), 10, TODAY)

    assert found.owed == pay * months
    dues = [one.due for one in found.months]
    assert len(dues) == months
    assert dues == sorted(set(dues))
    assert all(one.late == max(0, (TODAY - one.due).days) for one in found.months)

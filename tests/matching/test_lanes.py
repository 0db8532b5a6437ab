"""Rows added up as long integers: the same sums as one number at a time."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.lanes import Lanes, number
from bot.matching.learning.table import table

COLUMNS = 7


@pytest.fixture(scope="module")
def numbers() -> np.ndarray:
    return np.random.default_rng(3).normal(0, 5, (40, COLUMNS)).astype(np.float32)


@pytest.fixture(scope="module")
def lanes(numbers: np.ndarray) -> Lanes:
    return table(numbers)


ROWS = st.lists(st.integers(0, 39), max_size=500)
WEIGHTS = st.floats(-1, 1, allow_nan=False)


@given(st.lists(st.tuples(ROWS, WEIGHTS), max_size=3))
def test_a_sum_is_what_adding_one_by_one_says(
    lanes: Lanes, numbers: np.ndarray, groups: list[tuple[list[int], float]]
) -> None:
    plain = sum((weight * numbers[rows].sum(axis=0) for rows, weight in groups if rows), np.zeros(COLUMNS))
    most = sum(abs(weight) * len(rows) for rows, weight in groups)

    weighed = [number(one) for one in lanes.weigh(groups)[:COLUMNS]]

    assert np.allclose(weighed, plain, atol=1e-4 + most * 0.5 / lanes.scale)


@pytest.mark.parametrize("sign", [-1, 1])
def test_no_column_runs_over_into_its_neighbour(sign: int) -> None:
    lanes = table(np.array([[0, sign, 0, 0, -sign, 0]], np.float32))

    weighed = [number(one) for one in lanes.weigh([([0] * 500, 1.0)])[:6]]

    assert weighed == pytest.approx([0, 500 * sign, 0, 0, -500 * sign, 0], abs=0.01)


def test_no_row_is_nought(lanes: Lanes) -> None:
    assert {number(one) for one in lanes.weigh([])} == {0.0}


def test_a_snapshot_brings_it_back(lanes: Lanes) -> None:
    again = pickle.loads(pickle.dumps(lanes))

    assert len(again) == len(lanes) == 40
    assert again.weigh([([3, 4, 4], 0.5)]) == lanes.weigh([([3, 4, 4], 0.5)])

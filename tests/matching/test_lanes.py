"""Rows added up as long integers: the same sums as one number at a time."""

import os
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.matching.lanes import Lanes, Shelved, number
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


@pytest.fixture
def shelved(lanes: Lanes, tmp_path: Path) -> Lanes:
    """The same table, its rows in the middle of a file."""
    rows = lanes.rows[:]
    (tmp_path / "file").write_bytes(b"before" + rows + b"behind")
    with (tmp_path / "file").open("rb") as file:
        return Lanes(lanes.columns, lanes.scale, Shelved(file.fileno(), len(b"before"), len(rows)))


@given(st.lists(st.tuples(ROWS, WEIGHTS), max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_rows_that_stay_in_their_file_say_the_same(
    lanes: Lanes, shelved: Lanes, groups: list[tuple[list[int], float]]
) -> None:
    assert len(shelved) == len(lanes)
    assert shelved.weigh(groups) == lanes.weigh(groups)


def test_rows_that_are_asked_for_again_stay_the_same_however_many_are_kept(
    shelved: Lanes, lanes: Lanes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.matching.lanes._MOST_MET", 3)

    each = [shelved.weigh([([at], 1.0)]) for at in [*range(40), *range(40)]]

    assert each == [lanes.weigh([([at], 1.0)]) for at in [*range(40), *range(40)]]
    assert len(shelved._met) <= 3


def test_a_file_that_is_replaced_or_gone_is_still_read_by_who_has_it(
    shelved: Lanes, lanes: Lanes, tmp_path: Path
) -> None:
    (tmp_path / "other").write_bytes(b"")
    os.replace(tmp_path / "other", tmp_path / "file")

    assert [shelved.weigh([([at], 1.0)]) for at in range(40)] == [lanes.weigh([([at], 1.0)]) for at in range(40)]


def test_the_file_is_let_go_with_the_last_who_reads_it(lanes: Lanes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(lanes.rows[:])
    with (tmp_path / "file").open("rb") as file:
        shelved = Shelved(file.fileno(), 0, 100)

    assert len(shelved[:]) == 100
    assert str(tmp_path / "file") in Path("/proc/self/maps").read_text()
    del shelved

    assert str(tmp_path / "file") not in Path("/proc/self/maps").read_text()

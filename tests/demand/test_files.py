"""Files: nothing but the release stands in them, the same input gives the same bytes, and no cell is a formula."""

import csv
import io
import json

import pytest

from bot import locales
from bot.content import Content
from bot.demand import Release
from bot.demand.bulletin import bulletin
from bot.demand.opening import opened
from bot.demand.table import Choice, Names, Table, names_of
from bot.demand.tables import tables
from bot.demand.writing import FIELDS, TYPES, plain, to_csv, write
from bot.settings import ROOT

SHARES = ("unanswered", "helped", "seasons")  # made of two numbers, or a mean


@pytest.fixture(scope="session")
def names(real: Content) -> Names:
    return names_of(real, locales.load(ROOT / "locales", locales.DESK), "kk")


def test_every_number_of_every_file_is_one_that_may_leave(release: Release, names: Names) -> None:
    allowed = {count for cells in release.outside().tables.values() for count in cells.values()}

    for table in tables(release.outside(), names, Choice()):
        rows = list(csv.DictReader(io.StringIO(to_csv(table, "").decode("utf-8-sig"))))
        values = {float(row["value"]) for row in rows if row["value"]}
        assert values
        assert table.id in SHARES or values <= allowed, table.id


@pytest.mark.parametrize("kind", TYPES)
def test_the_same_table_gives_the_same_bytes(release: Release, names: Names, kind: str) -> None:
    table = tables(release, names, Choice())[0]

    assert write(table, kind, "x") == write(table, kind, "x")


def test_a_bulletin_is_the_same_twice_and_its_dictionary_names_every_field(release: Release, names: Names) -> None:
    month = release.months[-1]

    first, second = (bulletin(release, names, "kk", month, "made up") for _ in range(2))
    package = json.loads(first["datapackage.json"])

    assert first == second
    assert first[f"safar-{month}.pdf"].startswith(b"%PDF")
    assert [field["name"] for field in package["resources"][0]["schema"]["fields"]] == list(FIELDS)
    assert all("made up" in line for line in first["demand.csv"].decode().splitlines()[1:])
    assert bulletin(release, names, "kk", "2031-01", "") == {}


def test_the_open_export_holds_safety_by_month_alone(release: Release, names: Names) -> None:
    rows, notes = opened(release.outside(), names, "")

    assert {kind for stream, _, kind, _, _, _ in rows if stream == "safety"} == {"topic"}
    assert all("W" not in period for stream, period, _, _, _, _ in rows if stream == "safety")
    assert "5" in notes["hidden"]


def test_no_cell_is_a_formula() -> None:
    table = Table("words", "t", (("=1+1", "=cmd()"),), (("a", "+a"),), ((7,),), "")

    row = to_csv(table, "@x").decode("utf-8-sig").splitlines()[1]

    assert row == "words,'=1+1,'=cmd(),a,'+a,7,people,'@x"
    assert plain(-3.5) == "-3.5"

"""The database itself: whole or not at all, and brought up to date step by step, once."""

import sqlite3
from collections.abc import Iterator

import pytest

from bot.store.database import Database, Migrations


@pytest.fixture
def database() -> Iterator[Database]:
    found = Database(sqlite3.connect(":memory:", isolation_level=None))
    yield found
    found.close()


def names(database: Database) -> list[object]:
    return [row["name"] for row in database.query("SELECT name FROM people ORDER BY name")]


def create(database: Database) -> None:
    database.execute("CREATE TABLE people (name TEXT)")


def test_rows_come_by_their_columns_and_a_statement_runs_though_nobody_reads_them(database: Database) -> None:
    create(database)

    database.query("INSERT INTO people VALUES (?) RETURNING name", ["anna"])

    assert names(database) == ["anna"]
    assert (database.has("people"), database.has("places")) == (True, False)


def test_a_transaction_that_breaks_leaves_nothing_not_even_what_was_nested(database: Database) -> None:
    create(database)

    def add_and_break() -> None:
        with database.atomic():
            with database.atomic():
                database.execute("INSERT INTO people VALUES ('anna')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_break()

    assert names(database) == []
    with database.atomic():
        database.execute("INSERT INTO people VALUES ('bota')")
    assert names(database) == ["bota"]
    assert not database.conn.in_transaction


def test_each_step_is_taken_once_and_sets_do_not_meddle(database: Database) -> None:
    ours, others = Migrations("ours"), Migrations("others")
    taken: list[str] = []

    for steps in (ours, others):

        @steps()
        def m001_first(_: Database, set_name: str = steps.name) -> None:
            taken.append(set_name)

        steps.apply(database)

    @ours()
    def m002_second(_: Database) -> None:
        taken.append("second")

    ours.apply(database)
    ours.apply(database)

    assert taken == ["ours", "others", "second"]


def test_a_step_that_breaks_is_undone_and_tried_again(database: Database) -> None:
    steps, tries = Migrations("ours"), [0]

    @steps()
    def m001_people(database: Database) -> None:
        create(database)
        tries[0] += 1
        if tries[0] == 1:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        steps.apply(database)
    assert not database.has("people")
    steps.apply(database)

    assert database.has("people")

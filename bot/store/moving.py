"""Everything counted and everything of the desk, moved from one database to another, SQLite or PostgreSQL, and back.

All or nothing, into an empty place alone, and checked before it counts as done: as many rows in each table, and the
same sums. What the source holds stays as it is.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import psycopg

from bot.store import is_shared, staff
from bot.store.bare import Database
from bot.store.errors import DatabaseAway
from bot.store.migrations import migrations
from bot.store.postgres import Postgres, open_tables
from bot.store.sqlite import connect
from bot.store.tables import TABLES

_STAFF = {  # table -> its column that counts up by itself
    "staff": "id",
    "links": "",
    "sessions": "number",
    "drafts": "",
    "confirmations": "",
    "audit": "id",
}
_AT_ONCE = 2000


class CannotMove(Exception):
    """The message says in one sentence why."""


@dataclass(frozen=True)
class Place:
    """A database: its URL, and the file of the staff that goes with it where it is SQLite."""

    url: str
    staff_file: Path


def move(source: Place, target: Place) -> dict[str, int]:
    """Copy every table; how many rows each has. Raises CannotMove, and then the target is as it was."""
    if source.url == target.url:
        raise CannotMove("Source and target are the same database.")
    if not is_shared(source.url) and not Path(source.url.removeprefix("sqlite:///")).is_file():
        raise CannotMove("There is no database at the source.")
    try:
        with ExitStack() as stack:
            here, there = stack.enter_context(_opened(source)), stack.enter_context(_opened(target))
            if any(list(database.query("SELECT 1 FROM made_up")) for database in here if _is_made_up(database)):
                raise CannotMove("The history at the source is made up; no bot counts into it.")
            for database in {id(one): one for one in there}.values():
                stack.enter_context(database.atomic())
            sums = {table.name: table.sums for table in TABLES} | {"done": ()}
            found = _copy(here[0], there[0], dict.fromkeys(sums, ""), sums)
            return found | _copy(here[1], there[1], _STAFF, {})
    except (DatabaseAway, OSError) as error:
        raise CannotMove(str(error)) from error
    except (sqlite3.Error, psycopg.Error) as error:
        raise CannotMove(f"A database refused ({type(error).__name__}); nothing was moved.") from error


def _copy(
    here: "Database | Postgres",
    there: "Database | Postgres",
    tables: dict[str, str],
    sums: dict[str, tuple[str, ...]],
) -> dict[str, int]:
    moved = {}
    for table, counter in tables.items():
        if _summed(there, table, ())["rows"]:
            raise CannotMove(f"The table {table} at the target is not empty. Give an empty database.")
        rows = here.query(f"SELECT * FROM {table}")  # noqa: S608  # our names
        while some := list(islice(rows, _AT_ONCE)):
            columns, places = ", ".join(some[0]), ", ".join("?" * len(some[0]))
            statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608  # our names
            values = [tuple(row.values()) for row in some]
            if isinstance(there, Postgres):
                there.many(statement, values)
            else:
                there.conn.executemany(statement, values)
        if counter and isinstance(there, Postgres):
            there.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{counter}'),"  # noqa: S608  # our names
                f" (SELECT coalesce(max({counter}), 0) + 1 FROM {table}), false)"
            )
        before, after = (_summed(one, table, sums.get(table, ())) for one in (here, there))
        if before != after:
            raise CannotMove(f"The table {table} arrived otherwise than it left; is a bot running? Nothing was moved.")
        moved[table] = after["rows"]
    return moved


def _summed(database: "Database | Postgres", table: str, sums: tuple[str, ...]) -> dict[str, int]:
    columns = ", ".join(["count(*) AS rows", *(f"sum({one}) AS {one}" for one in sums)])
    row = next(iter(database.query(f"SELECT {columns} FROM {table}")))  # noqa: S608  # our names
    return {name: int(value or 0) for name, value in row.items()}


def _is_made_up(database: "Database | Postgres") -> bool:
    return not isinstance(database, Postgres) and database["made_up"].exists()


@contextmanager
def _opened(place: Place) -> Iterator[tuple["Database | Postgres", "Database | Postgres"]]:
    """The counters and the staff; one and the same in PostgreSQL."""
    if is_shared(place.url):
        with closing(open_tables(place.url, migrations, staff.migrations)) as one:
            yield one, one
        return
    path = Path(place.url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(connect(str(path))) as counters, closing(staff.open_file(place.staff_file)) as people:
        yield counters, people

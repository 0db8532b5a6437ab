"""An SQLite database and the steps that bring it up to date, as far as we use any.

sqlite-utils, which did this, cost every start a tenth of a second and the running bot three megabytes, most of them for
its command line. Its table of migrations stays, so that a file of any release opens.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

_DONE = "_sqlite_migrations"


class Database:
    """One connection; nothing is begun or committed but by `atomic`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.conn = connection

    def execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self.conn.execute(statement, values)

    def query(self, statement: str, values: Sequence[object] = ()) -> Iterator[dict[str, object]]:
        """The rows a statement gives, by their columns; it is run at once."""
        found = self.execute(statement, values)
        names = [column[0] for column in found.description]
        return (dict(zip(names, row, strict=True)) for row in found)

    def has(self, table: str) -> bool:
        """Whether there is such a table."""
        found = self.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [table])
        return found.fetchone() is not None

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All or nothing; what is nested belongs to the whole."""
        if self.conn.in_transaction:
            yield
            return
        self.execute("BEGIN")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self.conn.in_transaction:
                self.execute("ROLLBACK")
            raise

    def close(self) -> None:
        self.conn.close()


@dataclass(frozen=True)
class Step:
    """One change of the tables, known by its name."""

    name: str
    run: Callable[[Database], None]


class Migrations:
    """Steps in the order they were written: `@migrations()` above each."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.steps: list[Step] = []

    def __call__(self) -> Callable[[Callable[[Database], None]], Callable[[Database], None]]:
        """Add the function below."""

        def add(step: Callable[[Database], None]) -> Callable[[Database], None]:
            self.steps.append(Step(step.__name__, step))
            return step

        return add

    def apply(self, database: Database) -> None:
        """Run what has not been run on this file, each step whole or not at all."""
        if not database.has(_DONE):
            database.execute(
                f'CREATE TABLE "{_DONE}" ("id" INTEGER PRIMARY KEY, "migration_set" TEXT, "name" TEXT,'
                ' "applied_at" TEXT)'
            )
        rows = database.query(f"SELECT name FROM {_DONE} WHERE migration_set = ?", [self.name])  # noqa: S608  # our name
        done = {row["name"] for row in rows}
        for step in self.steps:
            if step.name in done:
                continue
            with database.atomic():
                step.run(database)
                database.execute(
                    f"INSERT INTO {_DONE} (migration_set, name, applied_at) VALUES (?, ?, ?)",  # noqa: S608  # our name
                    [self.name, step.name, str(datetime.now(UTC))],
                )

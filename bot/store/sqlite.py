"""Store on SQLite: one file, embedded in the process."""

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from bot.store.bare import Database
from bot.store.batches import Batch, BatchedStore
from bot.store.migrations import migrations
from bot.store.tables import NOTE_DONE, TABLES, Table
from bot.store.weeks import roll_up


class SqliteStore(BatchedStore):
    """Sets a damaged file aside and goes on in a new one."""

    def __init__(self, path: str, warn: Callable[[str], None]) -> None:
        self._path = path
        self._database: Database | None = None
        self._is_made_up = False
        super().__init__(warn)

    def _try_open(self) -> None:
        try:
            self._open()
        except (sqlite3.Error, OSError) as error:
            self._fail(error)

    def _open(self) -> None:
        """Open the file; one whose history is made up stays as it is, and nothing is counted into it."""
        Path(self._path).parent.mkdir(parents=True, exist_ok=True)
        self._open_or_set_aside()
        assert self._database is not None
        self._is_made_up = self._database["made_up"].exists()
        if self._is_made_up:
            self._warn("The history in this database is made up, so nothing is counted into it.")

    def _open_or_set_aside(self) -> None:
        try:
            self._database = connect(self._path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            aside = Path(f"{self._path}.broken-{datetime.now(UTC):%Y%m%dT%H%M%S}")
            Path(self._path).rename(aside)
            for extra in ("-wal", "-shm"):
                Path(self._path + extra).unlink(missing_ok=True)
            self._warn(f"The database was damaged. It was set aside as {aside.name}; counting goes on in a new one.")
            self._database = connect(self._path)

    def _write(self, batch: Batch) -> bool:
        try:
            if self._database is None:
                self._open()
            assert self._database is not None
            if self._is_made_up:
                return True
            with self._database.atomic():
                for table in TABLES:
                    if rows := batch.rows(table):
                        self._database.conn.executemany(_UPSERTS[table], rows)
        except (sqlite3.Error, OSError) as error:
            self._fail(error)
            return False
        self._is_failing = False
        return True

    def _roll_up(self, before: date) -> None:
        try:
            if self._database is not None and not self._is_made_up:
                roll_up(self._database, before)
        except (sqlite3.Error, OSError) as error:
            self._fail(error)

    def _read_done(self, what: str) -> str | None:
        try:
            if self._database is None:
                self._open()
            assert self._database is not None
            return "".join(row["mark"] for row in self._database["done"].rows_where("what = ?", [what]))
        except (sqlite3.Error, OSError) as error:
            self._fail(error)
            return None

    def _write_done(self, what: str, mark: str) -> bool:
        try:
            if self._database is not None and not self._is_made_up:
                self._database.conn.execute(NOTE_DONE, [what, mark])
                return True
        except (sqlite3.Error, OSError) as error:
            self._fail(error)
        return False

    def _try_write(self) -> bool:
        try:
            if self._database is None:
                self._open()
            assert self._database is not None
            if not self._is_made_up:
                self._database.conn.execute("BEGIN IMMEDIATE")
                self._database.conn.execute("ROLLBACK")
        except (sqlite3.Error, OSError) as error:
            self._fail(error)
            return False
        return not self._is_failing

    def _fail(self, error: Exception) -> None:
        if not self._is_failing:
            mend = "Free space or mend the rights of the data folder; they wait in memory meanwhile."
            self._warn(f"The counters cannot be written ({error}). {mend}")
        self._is_failing = True

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()


def _upsert(table: Table) -> str:
    columns, places = ", ".join(table.columns), ", ".join("?" * len(table.columns))
    merged = ", ".join(f"{one} = {one} + excluded.{one}" for one in table.sums)
    return f"INSERT INTO {table.name} ({columns}) VALUES ({places}) ON CONFLICT DO UPDATE SET {merged}"  # noqa: S608  # our names


_UPSERTS = {table: _upsert(table) for table in TABLES}


def connect(path: str) -> Database:
    """An open, hardened, checked and migrated database, which no other user of the machine may read."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        os.chmod(path, 0o600)
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "secure_delete=ON",
            "trusted_schema=OFF",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("quick_check failed")
        database = Database(connection)
        migrations.apply(database)
    except BaseException:
        connection.close()
        raise
    return database


def read(path: str, table: str, order: str) -> list[dict[str, object]]:
    """The rows of a table of a database that may be in use; none where the file or the table is not there yet."""
    if not Path(path).is_file():
        return []
    database = Database(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True))
    try:
        return list(database[table].rows_where(order_by=order))
    finally:
        database.close()

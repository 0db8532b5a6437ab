"""Store on SQLite: counted in memory, written by one thread a second later, in one transaction."""

import asyncio
import os
import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from sqlite_utils import Database

from bot.store.demand import Demand, counted_on, monday
from bot.store.migrations import migrations
from bot.store.weeks import roll_up

_Cell = tuple[str | int, ...]
_SECONDS = 1.0

_DEMAND = """
    INSERT INTO demand (day, topic, language, script, door, outcome, people, taps) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET people = people + excluded.people, taps = taps + excluded.taps
"""
_HOURS = "INSERT INTO hours (day, hour, taps) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET taps = taps + excluded.taps"
_SOURCES = (
    "INSERT INTO sources (day, source, taps) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET taps = taps + excluded.taps"
)
_REGIONS = (
    "INSERT INTO regions (day, region, taps) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET taps = taps + excluded.taps"
)
_WRONG = "INSERT INTO wrong (week, thing, taps) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET taps = taps + excluded.taps"
_WORDS = """
    INSERT INTO words (week, word, language, chats) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET chats = chats + excluded.chats
"""


@dataclass
class _Batch:
    """What was counted and is not written yet."""

    taps: Counter[_Cell] = field(default_factory=Counter)
    people: Counter[_Cell] = field(default_factory=Counter)
    hours: Counter[_Cell] = field(default_factory=Counter)
    sources: Counter[_Cell] = field(default_factory=Counter)
    regions: Counter[_Cell] = field(default_factory=Counter)
    wrong: Counter[_Cell] = field(default_factory=Counter)
    words: Counter[_Cell] = field(default_factory=Counter)

    def __len__(self) -> int:
        every = (self.taps, self.hours, self.sources, self.regions, self.wrong, self.words)
        return sum(sum(counts.values()) for counts in every)

    def add(self, other: "_Batch") -> None:
        self.taps.update(other.taps)
        self.people.update(other.people)
        self.hours.update(other.hours)
        self.sources.update(other.sources)
        self.regions.update(other.regions)
        self.wrong.update(other.wrong)
        self.words.update(other.words)


class SqliteStore:
    """Keeps counting when the disk fails: what could not be written waits in memory for the next second."""

    def __init__(self, path: str, warn: Callable[[str], None]) -> None:
        self._path = path
        self._warn = warn
        self._counted = _Batch()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._database: Database | None = None
        self._writing: asyncio.Task[None] | None = None
        self._is_closing = asyncio.Event()
        self._is_failing = False
        self._is_made_up = False
        self._thread.submit(self._try_open).result()

    def count(self, demand: Demand, is_new_person: bool, today: date) -> None:
        """Add one tap, and one person where this chat is new to the topic today."""
        day = counted_on(demand.topic, today).isoformat()
        cell = (day, demand.topic, demand.language, demand.script, demand.door, demand.outcome)
        self._counted.taps[cell] += 1
        self._counted.people[cell] += is_new_person
        self._write_soon()

    def count_hour(self, hour: int, today: date) -> None:
        """Add one question asked in this hour of the day."""
        self._counted.hours[today.isoformat(), hour] += 1
        self._write_soon()

    def count_source(self, source: str, today: date) -> None:
        """Add one arrival by a link with this source code."""
        self._counted.sources[today.isoformat(), source] += 1
        self._write_soon()

    def count_region(self, region: str, today: date) -> None:
        """Add one choice of a region, under its week."""
        self._counted.regions[monday(today).isoformat(), region] += 1
        self._write_soon()

    def count_wrong(self, thing: str, today: date) -> None:
        """Add one report about a place's phone or a topic's text, under its week."""
        self._counted.wrong[monday(today).isoformat(), thing] += 1
        self._write_soon()

    def count_word(self, word: str, language: str, chats: int, today: date) -> None:
        """Add chats to a word, under its week."""
        self._counted.words[monday(today).isoformat(), word, language] += chats
        self._write_soon()

    async def flush(self) -> None:
        """Write what is counted so far; on a failure it stays counted and is tried again."""
        batch, self._counted = self._counted, _Batch()
        if batch and not await asyncio.get_running_loop().run_in_executor(self._thread, self._write, batch):
            self._counted.add(batch)

    async def is_writable(self) -> bool:
        """Whether the file is open, takes a writer, and the last write went well."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._try_write)

    async def roll_up(self, before: date) -> None:
        """Days become weeks; where the disk fails, the next time does it."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._roll_up, before)

    async def close(self) -> None:
        """Write the rest and close the file; what cannot be written is lost, and the log says how much."""
        if self._writing:
            self._is_closing.set()
            await self._writing
        await self.flush()
        if self._counted:
            self._warn(f"{len(self._counted)} counts could not be written and are lost.")
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    def _write_soon(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write_later())

    async def _write_later(self) -> None:
        while self._counted and not self._is_closing.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_closing.wait(), _SECONDS)
            await self.flush()

    # What follows runs in the store's own thread.

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

    def _write(self, batch: _Batch) -> bool:
        try:
            if self._database is None:
                self._open()
            assert self._database is not None
            if self._is_made_up:
                return True
            with self._database.atomic():
                run = self._database.conn.executemany
                run(_DEMAND, [(*cell, batch.people[cell], count) for cell, count in batch.taps.items()])
                run(_HOURS, [(*cell, count) for cell, count in batch.hours.items()])
                run(_SOURCES, [(*cell, count) for cell, count in batch.sources.items()])
                run(_REGIONS, [(*cell, count) for cell, count in batch.regions.items()])
                run(_WRONG, [(*cell, count) for cell, count in batch.wrong.items()])
                run(_WORDS, [(*cell, count) for cell, count in batch.words.items()])
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


def read_demand(path: str) -> list[dict[str, object]]:
    """Every row of demand, read only, by day, topic and language."""
    return _read(path, "demand", "day, topic, language, script, door, outcome")


def read_wrong(path: str) -> list[dict[str, object]]:
    """What people reported as wrong, read only, by week."""
    return _read(path, "wrong", "week, thing")


def read_words(path: str) -> list[dict[str, object]]:
    """Words nobody listed, read only, by week, the commonest first."""
    return _read(path, "words", "week DESC, chats DESC, word")


def _read(path: str, table: str, order: str) -> list[dict[str, object]]:
    """The rows of a table of a database that may be in use; none where the file or the table is not there yet."""
    if not Path(path).is_file():
        return []
    database = Database(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True))
    try:
        return list(database[table].rows_where(order_by=order))
    finally:
        database.close()

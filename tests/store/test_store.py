"""The counters: written behind the reply, kept through stops, faults and broken files; no field for a person."""

import asyncio
import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from bot.store import Demand, Store, open_store, read_report
from bot.store.demand import counted_on
from bot.store.sqlite import SqliteStore

SATURDAY = date(2026, 11, 21)
WAGES = Demand("rights/wages", "ru", "Cyrl", "menu", "shown")


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'safar.db'}"


async def test_what_was_counted_before_a_stop_is_there_after_it(tmp_path: Path) -> None:
    store = open_store(url(tmp_path), pytest.fail)
    store.count(WAGES, True, SATURDAY)
    store.count(WAGES, False, SATURDAY)
    await store.close()

    store = open_store(url(tmp_path), pytest.fail)
    store.count(WAGES, True, SATURDAY)
    await store.close()

    assert read_report(url(tmp_path)) == [
        {"day": "2026-11-21", "topic": "rights/wages", "language": "ru", "script": "Cyrl", "door": "menu",
         "outcome": "shown", "people": 2, "taps": 3}
    ]  # fmt: skip


async def impatient(store: Store) -> None:
    """Let the store's own connection wait one millisecond for a lock instead of five seconds."""
    assert isinstance(store, SqliteStore)
    database = store._database
    assert database is not None
    await asyncio.get_running_loop().run_in_executor(store._thread, database.execute, "PRAGMA busy_timeout = 1")


async def test_the_last_second_is_written_without_a_stop(tmp_path: Path) -> None:
    store = open_store(url(tmp_path), pytest.fail)
    store.count(WAGES, True, SATURDAY)
    assert isinstance(store, SqliteStore)
    assert store._writing is not None

    await store._writing

    assert len(read_report(url(tmp_path))) == 1
    await store.close()


@pytest.mark.parametrize(
    ("topic", "day"),
    [
        ("rights/wages", "2026-11-21"),
        ("stay/registration", "2026-11-21"),
        ("help/violence", "2026-11-16"),
        ("trafficking/danger", "2026-11-16"),
        ("stay/overstay", "2026-11-16"),
        ("stay/police-check", "2026-11-16"),
        ("now", "2026-11-16"),
        ("", "2026-11-16"),
    ],
)
def test_safety_is_counted_by_week_only(topic: str, day: str) -> None:
    assert counted_on(topic, SATURDAY).isoformat() == day


async def test_a_disk_that_cannot_be_written_is_named_once_and_nothing_is_lost(tmp_path: Path) -> None:
    said: list[str] = []
    store = open_store(url(tmp_path), said.append)
    blocker = sqlite3.connect(tmp_path / "safar.db", timeout=0)
    blocker.execute("BEGIN EXCLUSIVE")
    await impatient(store)
    store.count(WAGES, True, SATURDAY)

    await store.flush()
    await store.flush()
    blocker.rollback()
    blocker.close()
    await store.close()

    assert len(said) == 1
    assert "they wait in memory" in said[0]
    assert read_report(url(tmp_path))[0]["taps"] == 1


async def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")

    store = open_store(f"sqlite:///{tmp_path / 'data' / 'safar.db'}", said.append)
    store.count(WAGES, True, SATURDAY)
    await store.flush()
    (tmp_path / "data").unlink()
    await store.close()

    assert len(said) == 1
    assert read_report(f"sqlite:///{tmp_path / 'data' / 'safar.db'}")[0]["taps"] == 1


async def test_a_damaged_file_is_set_aside_and_counting_goes_on(tmp_path: Path) -> None:
    (tmp_path / "safar.db").write_bytes(b"this is no database at all" * 100)
    said: list[str] = []

    store = open_store(url(tmp_path), said.append)
    store.count(WAGES, True, SATURDAY)
    await store.close()

    assert "set aside" in said[0]
    assert sum(name.startswith("safar.db.broken-") for name in os.listdir(tmp_path)) == 1
    assert len(read_report(url(tmp_path))) == 1


async def test_many_counts_at_once_are_all_there(tmp_path: Path) -> None:
    store = open_store(url(tmp_path), pytest.fail)

    async def ask(times: int) -> None:
        for _ in range(times):
            store.count(WAGES, False, SATURDAY)
            await asyncio.sleep(0)

    await asyncio.gather(*(ask(100) for _ in range(20)), *(store.flush() for _ in range(20)))
    await store.close()

    assert read_report(url(tmp_path))[0]["taps"] == 2000


async def test_the_tables_are_the_counters_and_nothing_else(tmp_path: Path) -> None:
    await open_store(url(tmp_path), pytest.fail).close()

    database = sqlite3.connect(tmp_path / "safar.db")
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    columns = {name: [row[1] for row in database.execute(f"PRAGMA table_info({name})")] for name in tables}
    database.close()

    columns.pop("_sqlite_migrations")
    assert columns == {
        "demand": ["day", "topic", "language", "script", "door", "outcome", "people", "taps"],
        "hours": ["day", "hour", "taps"],
        "sources": ["day", "source", "taps"],
        "regions": ["day", "region", "taps"],
    }


def test_no_report_without_a_database(tmp_path: Path) -> None:
    assert read_report(url(tmp_path)) == []

"""The counters: written behind the reply, kept through stops, faults and broken files; no field for a person."""

import asyncio
import os
import sqlite3
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.settings import ROOT
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
        "wrong": ["week", "thing", "taps"],
        "words": ["week", "word", "language", "chats"],
        "done": ["what", "mark"],
    }


async def test_old_days_become_weeks_and_every_sum_stays(tmp_path: Path) -> None:
    store = open_store(url(tmp_path), pytest.fail)
    for day in range(21):  # three whole weeks from Monday, 2 November 2026
        today = date(2026, 11, 2 + day)
        store.count(WAGES, True, today)
        store.count(Demand("rights/wages", "tg", "Cyrl", "menu", "shown"), day % 2 == 0, today)
        store.count_hour(day % 3, today)
        store.count_source("poster", today)
    await store.flush()
    before = sums(tmp_path)

    for _ in range(2):
        await store.roll_up(date(2026, 11, 18))
    after = sums(tmp_path)
    await store.close()

    rows = [(row["day"], row["language"], row["people"]) for row in read_report(url(tmp_path))]
    assert after == before
    assert rows[:4] == [
        ("2026-11-02", "ru", 7), ("2026-11-02", "tg", 4), ("2026-11-09", "ru", 7), ("2026-11-09", "tg", 3)
    ]  # fmt: skip
    assert len(rows) == 4 + 14


async def test_days_that_are_rolled_up_are_gone_from_every_page_of_the_file(tmp_path: Path) -> None:
    store = open_store(url(tmp_path), pytest.fail)
    for day in (3, 4):
        store.count(WAGES, True, date(2026, 11, day))
    await store.flush()
    assert b"2026-11-04" in whole(tmp_path)

    await store.roll_up(date(2026, 11, 20))

    assert b"2026-11-04" not in whole(tmp_path)
    assert b"2026-11-02" in whole(tmp_path)
    await store.close()


async def test_counts_that_cannot_be_written_at_the_end_are_told_by_number(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path / 'data' / 'safar.db'}", said.append)
    store.count(WAGES, True, SATURDAY)
    store.count(WAGES, False, SATURDAY)
    store.count_hour(7, SATURDAY)

    await store.close()

    assert said[-1] == "3 counts could not be written and are lost."


async def test_two_processes_on_one_file_add_up(tmp_path: Path) -> None:
    script = (
        "import asyncio, sys\n"
        "from datetime import date\n"
        "from bot.store import Demand, open_store\n"
        "async def work():\n"
        "    store = open_store(sys.argv[1], print)\n"
        "    for turn in range(50):\n"
        "        store.count(Demand('rights/wages', 'ru', 'Cyrl', 'menu', 'shown'), True, date(2026, 11, 21))\n"
        "        await store.flush()\n"
        "    await store.close()\n"
        "asyncio.run(work())\n"
    )
    both = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", script, url(tmp_path), cwd=ROOT) for _ in range(2)
    ]

    codes = [await one.wait() for one in both]

    assert codes == [0, 0]
    assert (read_report(url(tmp_path))[0]["people"], read_report(url(tmp_path))[0]["taps"]) == (100, 100)


async def test_a_killed_process_doubles_nothing_and_what_was_flushed_stays(tmp_path: Path) -> None:
    script = (
        "import asyncio, os, signal, sys\n"
        "from datetime import date\n"
        "from bot.store import Demand, open_store\n"
        "async def work():\n"
        "    store = open_store(sys.argv[1], print)\n"
        "    demand = Demand('rights/wages', 'ru', 'Cyrl', 'menu', 'shown')\n"
        "    for _ in range(1000): store.count(demand, True, date(2026, 11, 21))\n"
        "    await store.flush()\n"
        "    store.count(demand, True, date(2026, 11, 21))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(work())\n"
    )
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", script, url(tmp_path), cwd=ROOT)
    assert await killed.wait() == -9

    await open_store(url(tmp_path), pytest.fail).close()

    assert read_report(url(tmp_path))[0]["taps"] == 1000


async def test_a_full_disk_holds_up_no_count_and_loses_none(tmp_path: Path) -> None:
    said: list[str] = []
    store = open_store(url(tmp_path), said.append)
    assert isinstance(store, SqliteStore)
    assert store._database is not None
    run = asyncio.get_running_loop().run_in_executor
    await run(store._thread, store._database.execute, "PRAGMA max_page_count = 1")  # as many as there are
    for number in range(3000):
        store.count(Demand(f"rights/topic-{number}", "ru", "Cyrl", "menu", "shown"), True, SATURDAY)

    await store.flush()
    assert "database or disk is full" in said[0]
    await run(store._thread, store._database.execute, "PRAGMA max_page_count = 100000")
    await store.close()

    assert len(said) == 1
    assert len(read_report(url(tmp_path))) == 3000


async def test_a_read_only_file_is_named_and_counts_wait(tmp_path: Path) -> None:
    said: list[str] = []
    store = open_store(url(tmp_path), said.append)
    assert isinstance(store, SqliteStore)
    assert store._database is not None
    run = asyncio.get_running_loop().run_in_executor
    await run(store._thread, store._database.execute, "PRAGMA query_only = ON")
    store.count(WAGES, True, SATURDAY)

    await store.flush()
    await run(store._thread, store._database.execute, "PRAGMA query_only = OFF")
    await store.close()

    assert "readonly" in said[0]
    assert read_report(url(tmp_path))[0]["people"] == 1


async def test_nobody_else_on_the_machine_may_read_the_file(tmp_path: Path) -> None:
    await open_store(url(tmp_path), pytest.fail).close()

    assert (tmp_path / "safar.db").stat().st_mode & 0o077 == 0


async def test_nothing_is_counted_into_a_made_up_history(tmp_path: Path) -> None:
    await open_store(url(tmp_path), pytest.fail).close()
    database = sqlite3.connect(tmp_path / "safar.db")
    database.execute("CREATE TABLE made_up (note TEXT)")
    database.close()
    said: list[str] = []

    store = open_store(url(tmp_path), said.append)
    store.count(WAGES, True, SATURDAY)
    await store.close()

    assert said == ["The history in this database is made up, so nothing is counted into it."]
    assert read_report(url(tmp_path)) == []


def sums(folder: Path) -> list[object]:
    """What all rows of each table add up to."""
    database = sqlite3.connect(folder / "safar.db")
    found: list[object] = [
        database.execute(statement).fetchall()
        for statement in (
            "SELECT topic, language, door, outcome, SUM(people), SUM(taps) FROM demand GROUP BY 1, 2, 3, 4",
            "SELECT hour, SUM(taps) FROM hours GROUP BY 1",
            "SELECT source, SUM(taps) FROM sources GROUP BY 1",
        )
    ]
    database.close()
    return found


def whole(folder: Path) -> bytes:
    """Every byte of the database, its log and its index."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("safar.db*")))


def test_no_report_without_a_database(tmp_path: Path) -> None:
    assert read_report(url(tmp_path)) == []


async def test_a_database_of_the_first_release_opens_and_keeps_its_counts(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "safar.db")) as database:
        database.executescript((Path(__file__).parent / "first_release.sql").read_text(encoding="utf-8"))
    before = read_report(url(tmp_path))

    store = open_store(url(tmp_path), pytest.fail)
    store.count(Demand("rights/wages", "ru", "Cyrl", "menu", "shown"), True, SATURDAY)
    await store.close()

    after = {(row["topic"], row["people"], row["taps"]) for row in read_report(url(tmp_path))}
    assert {row["topic"] for row in before} == {"rights/wages", "help/violence"}
    assert after == {("rights/wages", 2, 2), ("help/violence", 1, 1)}

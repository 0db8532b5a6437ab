"""One contract, every store: the same counts give the same rows, sums and reports on SQLite and on PostgreSQL."""

import asyncio
import os
import signal
import sqlite3
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from bot.__main__ import main
from bot.app import now
from bot.demand.simulate import Course, simulate
from bot.settings import ROOT
from bot.store import Demand, copy_data, open_store, read_counted, read_report, read_words, read_wrong, write_made_up
from bot.store.batches import Batch
from bot.store.moving import CannotMove
from bot.store.postgres import PostgresStore
from bot.store.staff import Checked, Draft, Person, open_staff
from bot.store.tables import DEMAND
from tests import servers

SATURDAY = date(2026, 11, 21)
WAGES = Demand("rights/wages", "ru", "Cyrl", "menu", "shown")


async def test_every_kind_of_count_is_there_after_a_stop(database: str) -> None:
    for _ in range(2):
        store = open_store(database, pytest.fail)
        store.count(WAGES, True, SATURDAY)
        store.count(Demand("help/violence", "kk", "Cyrl", "danger", "shown"), False, SATURDAY)
        store.count_hour(7, SATURDAY)
        store.count_source("poster", SATURDAY)
        store.count_region("almaty", SATURDAY)
        store.count_wrong("line-150", SATURDAY)
        store.count_word("ұя", "kk", 5, SATURDAY)
        await store.close()

    found = read_counted(database, date(2026, 1, 5), date(2027, 1, 4))
    monday = date(2026, 11, 16)
    assert [(row["day"], row["topic"], row["people"], row["taps"]) for row in read_report(database)] == [
        ("2026-11-16", "help/violence", 0, 2), ("2026-11-21", "rights/wages", 2, 2)
    ]  # fmt: skip
    assert (found.hours, found.sources) == (((SATURDAY, 7, 2),), ((monday, "poster", 2),))
    assert (found.regions, found.words) == (((monday, "almaty", 2),), ((monday, "ұя", "kk", 10),))
    assert [row["taps"] for row in read_wrong(database)] == [2]
    assert [row["chats"] for row in read_words(database)] == [10]
    assert await writable(database)


async def writable(database: str) -> bool:
    store = open_store(database, pytest.fail)
    is_writable = await store.is_writable() and await store.lead()
    await store.close()
    return is_writable


async def test_days_become_weeks_with_the_same_sums(database: str) -> None:
    store = open_store(database, pytest.fail)
    for day in range(21):
        today = date(2026, 11, 2) + timedelta(days=day)
        store.count(WAGES, day % 2 == 0, today)
        store.count_hour(day % 3, today)
    await store.flush()
    before = read_counted(database, date(2026, 1, 5), date(2027, 1, 4)).demand

    for _ in range(2):
        await store.roll_up(date(2026, 11, 18))
    await store.close()

    assert read_counted(database, date(2026, 1, 5), date(2027, 1, 4)).demand == before
    assert [(row["day"], row["taps"]) for row in read_report(database)][:3] == [
        ("2026-11-02", 7), ("2026-11-09", 7), ("2026-11-16", 1)
    ]  # fmt: skip


async def test_instances_that_count_at_once_add_up(database: str) -> None:
    script = (
        "import asyncio, sys\n"
        "from datetime import date\n"
        "from bot.store import Demand, open_store\n"
        "async def work():\n"
        "    store = open_store(sys.argv[1], print)\n"
        "    for turn in range(50):\n"
        "        for topic in ('rights/wages', 'stay/registration')[::1 if sys.argv[2] == '0' else -1]:\n"
        "            store.count(Demand(topic, 'ru', 'Cyrl', 'menu', 'shown'), True, date(2026, 11, 21))\n"
        "        await store.flush()\n"
        "    await store.close()\n"
        "asyncio.run(work())\n"
    )
    every = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", script, database, str(number), cwd=ROOT)
        for number in range(3)
    ]

    assert [await one.wait() for one in every] == [0, 0, 0]
    assert [(row["people"], row["taps"]) for row in read_report(database)] == [(150, 150)] * 2


async def test_a_batch_that_comes_twice_counts_once(shared: str) -> None:
    store = open_store(shared, pytest.fail)
    assert isinstance(store, PostgresStore)
    batch = Batch()
    batch.of(DEMAND)["2026-11-21", "rights/wages", "ru", "Cyrl", "menu", "shown"] = 3

    for _ in range(2):
        assert store._thread.submit(store._write, batch).result()
    await store.close()

    assert [row["taps"] for row in read_report(shared)] == [3]


async def test_one_leads_and_another_takes_over_when_it_ends(shared: str) -> None:
    first, second = (open_store(shared, pytest.fail) for _ in range(2))

    leads = [await first.lead(), await second.lead(), await first.lead()]
    await first.close()

    assert leads == [True, False, True]
    assert await second.lead()
    await second.close()


async def test_what_is_done_once_is_known_to_whoever_leads_next(database: str) -> None:
    first = open_store(database, pytest.fail)
    before = await first.done("digest")
    for week in ("2026-W46", "2026-W47"):
        await first.note_done("digest", week)
    await first.close()
    second = open_store(database, pytest.fail)

    assert (before, await second.done("digest"), await second.done("alert")) == ("", "2026-W47", "")
    await second.close()


async def test_what_is_done_while_the_database_is_away_is_noted_later() -> None:
    with servers.postgres() as (server, url):
        store = open_store(url, lambda _: None)
        server.signal(signal.SIGINT)
        server.ended()

        unknown = await store.done("digest")
        await store.note_done("digest", "2026-W47")
        held = await store.done("digest")
        server.start()
        servers.until_answers(url)
        await store.done("digest")
        await store.close()
        other = open_store(url, pytest.fail)

        assert (unknown, held, await other.done("digest")) == (None, "2026-W47", "2026-W47")
        await other.close()


async def test_the_lease_of_one_that_is_frozen_or_cut_off_runs_out(shared: str) -> None:
    first, second = (open_store(shared, pytest.fail) for _ in range(2))
    assert await first.lead()
    with psycopg.connect(shared) as connection:
        (left,) = connection.execute("SELECT until - now() FROM leader").fetchone() or (timedelta(),)
        connection.execute("UPDATE leader SET until = now() - interval '1 second'")

    assert timedelta(0) < left <= timedelta(seconds=20)
    assert [await second.lead(), await first.lead()] == [True, False]
    await first.close()
    await second.close()


async def test_a_database_that_hangs_is_told_of_and_keeps_nobody_waiting() -> None:
    with servers.postgres() as (server, url):
        told: list[str] = []
        store = open_store(url, told.append)
        store.count(WAGES, True, SATURDAY)
        to_all(server, signal.SIGSTOP)

        hanging = [await store.is_writable() for _ in range(2)]
        to_all(server, signal.SIGCONT)
        await store.flush()

        assert hanging == [False, False]
        assert await store.is_writable()
        assert [row["taps"] for row in read_report(url)] == [1]
        await store.close()


def to_all(server: servers.Server, number: int) -> None:
    """A signal to every process of PostgreSQL."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="utf-8")
    for process in (server.pid, *map(int, children.split())):
        os.kill(process, number)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_staff_find_their_desk_on_either(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = "sqlite:///x" if kind == "sqlite" else request.getfixturevalue("shared")
    staff = open_staff(tmp_path / "staff.db", url, "s" * 32, now)

    aigul = staff.add(Person(0, "Aigul", frozenset({"editor"}), frozenset({"kk"}), 77))
    with pytest.raises(ValueError, match="taken"):
        staff.add(Person(0, "Aigul", frozenset({"owner"})))
    other = staff.add(Person(0, "Timur", frozenset({"owner"})))
    with pytest.raises(ValueError, match="taken"):
        staff.change(Person(other.id, "Aigul", other.roles))
    key = staff.link(aigul)
    token = staff.enter(key or "", "a browser")
    for body in ("one", "two"):
        staff.keep([Draft("content/ru.md", "", "base", body, "Aigul", "", "open", False)])
        staff.confirm("line-150", "150", Checked(aigul.id, "editor", "call", "2026-11-21"))
    staff.note("Aigul", "sign in")

    assert staff.enter(key or "", "another") is None
    session = staff.session(token or "")
    assert session is not None
    assert session.person == aigul == staff.on_telegram(77)
    assert [draft.body for draft in staff.drafts()] == ["two"]
    assert len(staff.confirmations("line-150", "150")) == 1
    assert [(deed.who, deed.act) for deed in staff.audit()] == [("Aigul", "sign in")]
    staff.close()


def made_up(path: Path) -> str:
    """Two simulated years in a database like any other."""
    course = Course(2, SATURDAY, 7, people_a_day=40)
    write_made_up(path, "", simulate(course, ["rights/wages", "stay/registration", "help/violence"], ["almaty"]))
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TABLE made_up")
    return f"sqlite:///{path}"


def test_simulated_years_give_identical_reports_row_by_row_there_and_back(tmp_path: Path, shared: str) -> None:
    source, back = made_up(tmp_path / "years.db"), f"sqlite:///{tmp_path / 'back.db'}"
    staff = open_staff(tmp_path / "staff.db", source, "s" * 32, now)
    staff.add(Person(0, "Aigul", frozenset({"editor"})))
    staff.close()

    moved = copy_data(source, shared, tmp_path / "staff.db")
    after = open_staff(tmp_path / "staff.db", shared, "s" * 32, now)
    after.add(Person(0, "Timur", frozenset({"editor"})))
    after.close()
    (tmp_path / "staff.db").unlink()
    returned = copy_data(shared, back, tmp_path / "staff.db")

    assert moved["demand"] > 1000
    assert moved["staff"] == 1
    assert returned == moved | {"staff": 2}
    assert read_report(source) == read_report(shared) == read_report(back)
    every = [read_counted(url, date(2000, 1, 3), date(2100, 1, 4)) for url in (source, shared, back)]
    assert every[0] == every[1] == every[2]


def test_nothing_is_moved_into_a_database_that_holds_something(tmp_path: Path, shared: str) -> None:
    source = made_up(tmp_path / "years.db")
    copy_data(source, shared, tmp_path / "staff.db")

    with pytest.raises(CannotMove, match="not empty"):
        copy_data(source, shared, tmp_path / "staff.db")


def test_the_command_says_how_many_rows_it_moved(
    tmp_path: Path, shared: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", made_up(tmp_path / "years.db"))

    assert main(["copy-data", "--to", shared]) == 0
    assert main(["copy-data", "--to", "postgresql://nobody@127.0.0.1:1/none"]) == 1

    said = capsys.readouterr()
    assert "rows, the same on both sides" in said.out
    assert "does not answer" in said.err

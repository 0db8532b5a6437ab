"""Backup and restore: whole while the bot writes, checked before it is trusted, and nothing is overwritten."""

import io
import sqlite3
import stat
import tarfile
import threading
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.backup import BackupFailed, make_backup, restore, running
from bot.store import Demand, open_store, read_report

MORNING = datetime(2026, 11, 22, 8, 0, 0)
LATER = MORNING + timedelta(hours=1)
WAGES = Demand("rights/wages", "ru", "Cyrl", "menu", "shown")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


async def count(data: Path, times: int) -> None:
    store = open_store(f"sqlite:///{data / 'safar.db'}", pytest.fail)
    for _ in range(times):
        store.count(WAGES, True, date(2026, 11, 21))
    await store.close()


def taps(data: Path) -> object:
    return read_report(f"sqlite:///{data / 'safar.db'}")[0]["taps"]


def back_up(data: Path, now: datetime = MORNING, keep: int = 14) -> Path:
    return make_backup(data, data / "safar.db", data / "backups", now, keep)


async def test_what_a_lost_disk_took_is_back_and_what_stood_there_is_kept(data: Path) -> None:
    await count(data, 3)
    (data / "content").mkdir()
    (data / "content" / "ru.md").write_text("as it was", encoding="utf-8")
    file = back_up(data)
    await count(data, 4)
    (data / "content" / "ru.md").write_text("spoiled", encoding="utf-8")

    said = restore(file, data, data / "safar.db", LATER)

    assert taps(data) == 3
    assert (data / "content" / "ru.md").read_text(encoding="utf-8") == "as it was"
    aside = data / "safar.db.before-20261122T090000"
    assert read_report(f"sqlite:///{aside}")[0]["taps"] == 7
    assert any(aside.name in line for line in said)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_copy_made_while_others_write_is_whole(data: Path) -> None:
    data.mkdir()
    stop = threading.Event()
    with closing(sqlite3.connect(data / "safar.db")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE pair (a INTEGER, b INTEGER)")

    def write() -> None:
        with closing(sqlite3.connect(data / "safar.db", timeout=30)) as database:
            number = 0
            while not stop.is_set():
                number += 1
                with database:
                    database.execute("INSERT INTO pair VALUES (?, 0)", (number,))
                    database.execute("UPDATE pair SET b = a WHERE a = ?", (number,))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        files = [back_up(data, MORNING + timedelta(seconds=second)) for second in range(5)]
    finally:
        stop.set()
        writer.join()

    for file in files:
        restore(file, data, data / "safar.db", LATER)
        with closing(sqlite3.connect(data / "safar.db")) as database:
            assert database.execute("SELECT count(*) FROM pair WHERE a <> b").fetchone() == (0,)


async def test_only_the_newest_are_kept(data: Path) -> None:
    await count(data, 1)

    for day in range(5):
        back_up(data, MORNING + timedelta(days=day), keep=2)

    names = [path.name for path in sorted((data / "backups").iterdir())]
    assert names == ["safar-20261125T080000.tar.gz", "safar-20261126T080000.tar.gz"]


async def test_nothing_is_restored_under_a_running_bot(data: Path) -> None:
    await count(data, 1)
    file = back_up(data)

    with running(data), running(data), pytest.raises(BackupFailed, match="Stop it first"):
        restore(file, data, data / "safar.db", LATER)

    restore(file, data, data / "safar.db", LATER)


def test_a_data_folder_that_cannot_be_written_stops_no_bot(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")

    with running(tmp_path / "data"):
        pass


@pytest.mark.parametrize("spoil", ["cut", "text", "escape", "stranger", "rows", "empty"])
async def test_what_is_no_whole_backup_changes_nothing(data: Path, tmp_path: Path, spoil: str) -> None:
    await count(data, 2)
    file = back_up(data)
    await count(data, 1)
    bad = tmp_path / "bad.tar.gz"
    bad.write_bytes(spoiled(file, spoil))

    with pytest.raises(BackupFailed):
        restore(bad, data, data / "safar.db", LATER)

    assert taps(data) == 3
    assert not (tmp_path / "evil").exists()


def spoiled(file: Path, how: str) -> bytes:
    whole = file.read_bytes()
    if how == "cut":
        return whole[: len(whole) // 2]
    if how == "text":
        return b"not an archive"
    if how == "empty":
        return b""
    out = io.BytesIO()
    with tarfile.open(file) as before, tarfile.open(fileobj=out, mode="w:gz") as after:
        for member in before.getmembers():
            content = before.extractfile(member)
            assert content is not None
            held = content.read()
            if how == "rows":
                held = held.replace(b'"demand": 1', b'"demand": 9')
            member.size = len(held)
            after.addfile(member, io.BytesIO(held))
        name = {"escape": "../evil", "stranger": ".env"}.get(how)
        if name:
            more = tarfile.TarInfo(name)
            more.size = 1
            after.addfile(more, io.BytesIO(b"x"))
    return out.getvalue()


async def test_a_full_or_forbidden_folder_is_said_in_a_sentence(data: Path, tmp_path: Path) -> None:
    await count(data, 1)
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(BackupFailed, match="No backup was made"):
        make_backup(data, data / "safar.db", tmp_path / "file" / "backups", MORNING)


async def test_a_damaged_database_is_no_backup(data: Path) -> None:
    await count(data, 1)
    whole = (data / "safar.db").read_bytes()
    (data / "safar.db").write_bytes(whole[:5000] + b"rubbish" * 500 + whole[8500:])

    with pytest.raises(BackupFailed):
        back_up(data)

    assert not list((data / "backups").glob("safar-*"))

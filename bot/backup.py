"""Everything a bot would miss after a lost disk, in one file: its databases and the content edited at the desk.

The file is an ordinary tar.gz, so that it can be opened without Safar; it holds what the databases hold, which is no
person among the readers. What only saves time (learned weights, caches) is left out. tarfile is imported where it is
used: every start of the bot comes by here, to mark the data folder as in use.
"""

import fcntl
import io
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.store.copying import CopyFailed, Damaged, check_database, copy_database

KEEP = 14
_CONTENT = "content"
_LABEL = "safar-backup.json"
_MOST_BYTES = 4 * 1024**3


class BackupFailed(Exception):
    """The message says in one sentence what to mend."""


def make_backup(data: Path, database: Path, folder: Path, now: datetime, keep: int = KEEP) -> Path:
    """Write `safar-<time>.tar.gz` into the folder and drop all but the newest `keep`; the bot may be running."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _write(data, database, folder, now, keep)
    except (CopyFailed, OSError) as error:
        mend = "Free space on the disk, or mend the rights of the folder."
        raise BackupFailed(f"No backup was made ({error}). {mend}") from error
    except Damaged as error:
        raise BackupFailed(f"No backup was made: {error} is damaged. Restore an older backup.") from error


def _write(data: Path, database: Path, folder: Path, now: datetime, keep: int) -> Path:
    import tarfile

    sources = {path.name: path for path in (database, *sorted(data.glob("*.db"))) if path.is_file()}
    target = folder / f"safar-{now:%Y%m%dT%H%M%S}.tar.gz"
    with TemporaryDirectory(dir=folder, prefix=".writing-") as name:
        writing = Path(name)
        rows = {}
        for own_name, path in sources.items():
            copy_database(path, writing / own_name)
            rows[own_name] = check_database(writing / own_name)
        label = json.dumps({"made": now.isoformat(timespec="seconds"), "rows": rows}, indent=1).encode()
        with tarfile.open(writing / target.name, "w:gz") as archive:
            member = tarfile.TarInfo(_LABEL)
            member.size, member.mtime, member.mode = len(label), int(now.timestamp()), 0o600
            archive.addfile(member, io.BytesIO(label))
            for own_name in sources:
                archive.add(writing / own_name, own_name)
            if (data / _CONTENT).is_dir():
                archive.add(data / _CONTENT, _CONTENT)
        (writing / target.name).chmod(0o600)
        (writing / target.name).rename(target)
    for old in sorted(folder.glob("safar-*.tar.gz"))[:-keep]:
        old.unlink()
    return target


def restore(file: Path, data: Path, database: Path, now: datetime) -> list[str]:
    """Put a backup in place and say what was done; what stood there is set aside, not lost. The bot must be stopped."""
    with alone(data), TemporaryDirectory(dir=data, prefix=".reading-") as name:
        reading = Path(name)
        label = _unpack(file, reading)
        for own_name, rows in label["rows"].items():
            try:
                found = check_database(reading / own_name)
            except Damaged as error:
                raise BackupFailed(f"{own_name} in this backup is damaged. Take an older backup.") from error
            if found != rows:
                raise BackupFailed(f"{own_name} in this backup lacks rows. Take an older backup.")
        said = []
        for path in sorted(reading.iterdir()):
            if path.name == _LABEL:
                continue
            place = database if path.name == database.name else data / path.name
            said += _set_aside(place, now)
            path.rename(place)
            said.append(f"{path.name} is as it was on {label['made']}")
        return said


def _unpack(file: Path, folder: Path) -> dict[str, dict[str, dict[str, int]]]:
    """The label of a backup, whose files are now in the folder; nothing of it may lead outside the folder."""
    import tarfile

    try:
        with tarfile.open(file, "r:gz") as archive:
            if sum(member.size for member in archive.getmembers()) > _MOST_BYTES:
                raise BackupFailed("This file is larger than any backup. Give one that `backup` has written.")
            archive.extractall(folder, filter="data")
        label = json.loads((folder / _LABEL).read_bytes())
        wanted = {*label["rows"], _LABEL, _CONTENT}
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise BackupFailed(
            "This is no whole backup. Give a file that `backup` has written, or an older one."
        ) from error
    if not {path.name for path in folder.iterdir()} <= wanted or any(Path(name).name != name for name in label["rows"]):
        raise BackupFailed("This backup holds files that no backup holds. Give one that `backup` has written.")
    found: dict[str, dict[str, dict[str, int]]] = label
    return found


def _set_aside(place: Path, now: datetime) -> list[str]:
    if not place.exists():
        return []
    aside = place.with_name(f"{place.name}.before-{now:%Y%m%dT%H%M%S}")
    for ending in ("", "-wal", "-shm"):
        part = Path(f"{place}{ending}")
        if part.exists():
            part.rename(f"{aside}{ending}")
    return [f"what stood there is kept as {aside.name}"]


@contextmanager
def running(data: Path) -> Iterator[None]:
    """Mark the data folder as in use, with other running bots; one that cannot be written is no reason to stop."""
    with ExitStack() as stack:
        with suppress(OSError):
            stack.enter_context(_held(data, fcntl.LOCK_SH))
        yield


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Have the data folder for oneself; refuses while a bot is running on it."""
    with _held(data, fcntl.LOCK_EX | fcntl.LOCK_NB):
        yield


@contextmanager
def _held(data: Path, how: int) -> Iterator[None]:
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(data / ".in-use", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, how)
        yield
    except BlockingIOError as error:
        raise BackupFailed("A bot is running on this data folder. Stop it first, then try again.") from error
    finally:
        os.close(descriptor)

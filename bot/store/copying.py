"""Databases, copied while they are in use and checked before they are trusted."""

import sqlite3
from contextlib import closing
from pathlib import Path


class Damaged(Exception):
    """A file is no whole database."""


class CopyFailed(Exception):
    """A database could not be copied; the message is SQLite's own."""


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy, one file without a log beside it, while others go on writing."""
    try:
        with closing(_read_only(source)) as there, closing(sqlite3.connect(target)) as here:
            there.backup(here)
            here.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise CopyFailed(str(error)) from error


def check_database(path: Path) -> dict[str, int]:
    """How many rows each table holds; raises Damaged for a file that is no whole database."""
    try:
        with closing(_read_only(path)) as database:
            if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Damaged(path.name)
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}  # noqa: S608  # names come from the file's own catalogue
    except sqlite3.DatabaseError as error:
        raise Damaged(path.name) from error


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)

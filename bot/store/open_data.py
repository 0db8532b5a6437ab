"""A database of numbers that may be shown to anybody, for tools that ask questions; never the live file."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

_TABLES = """
    CREATE TABLE numbers (
        stream TEXT NOT NULL, period TEXT NOT NULL, kind TEXT NOT NULL, item TEXT NOT NULL, language TEXT NOT NULL,
        people INTEGER NOT NULL, PRIMARY KEY (stream, period, kind, item, language)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE about (name TEXT PRIMARY KEY, words TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


def write_open(path: Path, rows: list[tuple[str, str, str, str, str, int]], notes: dict[str, str]) -> int:
    """Write beside, then rename; the same rows give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    side = path.with_name(f"{path.name}.new")
    side.unlink(missing_ok=True)
    with closing(sqlite3.connect(side)) as database:
        database.executescript(_TABLES)
        database.executemany("INSERT INTO numbers VALUES (?, ?, ?, ?, ?, ?)", rows)
        database.executemany("INSERT INTO about VALUES (?, ?)", notes.items())
        database.commit()
    os.replace(side, path)
    return len(rows)

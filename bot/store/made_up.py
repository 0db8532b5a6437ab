"""A database of made-up history: the same tables, and one that says so; no bot ever counts into it."""

import os
from collections.abc import Iterable
from pathlib import Path

from bot.store.counted import MadeUp
from bot.store.sqlite import connect


def write_made_up(path: Path, note: str, history: Iterable[MadeUp]) -> int:
    """Write a new file, and put it in the place of an older one; how many rows of demand it has."""
    path.parent.mkdir(parents=True, exist_ok=True)
    side = path.with_name(f"{path.name}.new")
    side.unlink(missing_ok=True)
    database = connect(str(side))
    rows = 0
    try:
        database.execute("CREATE TABLE made_up (note TEXT NOT NULL) STRICT")
        database.execute("INSERT INTO made_up VALUES (?)", [note])
        with database.atomic():
            run = database.conn.executemany
            for part in history:
                demand = [
                    (day.isoformat(), d.topic, d.language, d.script, d.door, d.outcome, people, taps)
                    for day, d, people, taps in part.demand
                ]
                rows += len(demand)
                run("INSERT INTO demand VALUES (?, ?, ?, ?, ?, ?, ?, ?)", demand)
                run("INSERT INTO hours VALUES (?, ?, ?)", [(day.isoformat(), *rest) for day, *rest in part.hours])
                run("INSERT INTO sources VALUES (?, ?, ?)", [(day.isoformat(), *rest) for day, *rest in part.sources])
                run("INSERT INTO regions VALUES (?, ?, ?)", [(day.isoformat(), *rest) for day, *rest in part.regions])
        database.execute("PRAGMA journal_mode=DELETE")
    finally:
        database.close()
    os.replace(side, path)
    return rows

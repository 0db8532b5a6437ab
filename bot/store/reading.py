"""The counters of a database that may be in use, read only: its rows, and what they sum up to by week."""

import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from bot.store.counted import Counted, DemandOfWeek
from bot.store.weeks import SQLITE_MONDAY

Ask = Callable[[str], list[tuple[Any, ...]]]


def read_counted(path: str, since: date, before: date) -> Counted:
    """What was counted into an SQLite file from one Monday until another; nothing where there is none yet."""
    if not Path(path).is_file():
        return Counted()
    with closing(_opened(path)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return counted(lambda statement: database.execute(statement).fetchall(), tables, SQLITE_MONDAY, since, before)


def counted(ask: Ask, tables: Collection[str], the_monday: str, since: date, before: date) -> Counted:
    """The same sums in the same order from any database that has these tables."""
    if "demand" not in tables:
        return Counted()

    def rows(columns: str, table: str, groups: str, day: str = "day") -> list[tuple[Any, ...]]:
        if table not in tables:
            return []
        span = f"{day} >= '{since.isoformat()}' AND {day} < '{before.isoformat()}'"
        return ask(f"SELECT {columns} FROM {table} WHERE {span} GROUP BY {groups} ORDER BY {groups}")  # noqa: S608

    demand = rows(
        f"{the_monday}, topic, language, script, door, outcome, SUM(people) AS people, SUM(taps) AS taps",
        "demand",
        "1, 2, 3, 4, 5, 6",
    )
    note = ask("SELECT note FROM made_up") if "made_up" in tables else None
    ((oldest,),) = ask("SELECT MIN(day) FROM demand")
    return Counted(
        tuple(
            DemandOfWeek(date.fromisoformat(day), topic, language, script, door, outcome, int(people), int(taps))
            for day, topic, language, script, door, outcome, people, taps in demand
        ),
        tuple((date.fromisoformat(d), int(h), int(n)) for d, h, n in rows("day, hour, SUM(taps)", "hours", "1, 2")),
        _by_week(rows(f"{the_monday}, source, SUM(taps)", "sources", "1, 2")),
        _by_week(rows(f"{the_monday}, region, SUM(taps)", "regions", "1, 2")),
        tuple(
            (date.fromisoformat(week), word, language, int(chats))
            for week, word, language, chats in rows("week, word, language, SUM(chats)", "words", "1, 2, 3", "week")
        ),
        note[0][0] if note else "",
        _monday(oldest),
    )


def _by_week(rows: list[tuple[Any, ...]]) -> tuple[tuple[date, str, int], ...]:
    return tuple((date.fromisoformat(week), name, int(taps)) for week, name, taps in rows)


def _monday(day: str | None) -> date | None:
    found = date.fromisoformat(day) if day else None
    return date.fromordinal(found.toordinal() - found.weekday()) if found else None


def _opened(path: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)

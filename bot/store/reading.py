"""The counters of an SQLite file that may be in use, read only: its rows, and what they sum up to by week."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from bot.store.counted import Counted, DemandOfWeek

_MONDAY = "date(day, 'weekday 0', '-6 days')"


def read_counted(path: str, since: date, before: date) -> Counted:
    """What was counted from one Monday until another; nothing where there is no database yet."""
    if not Path(path).is_file():
        return Counted()
    span = (since.isoformat(), before.isoformat())
    with closing(_opened(path)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "demand" not in tables:
            return Counted()

        def rows(columns: str, table: str, groups: str, day: str = "day") -> list[tuple[str, ...]]:
            if table not in tables:
                return []
            return database.execute(
                f"SELECT {columns} FROM {table} WHERE {day} >= ? AND {day} < ? GROUP BY {groups}",  # noqa: S608
                span,
            ).fetchall()

        demand = rows(
            f"{_MONDAY}, topic, language, script, door, outcome, SUM(people), SUM(taps)", "demand", "1, 2, 3, 4, 5, 6"
        )
        note = database.execute("SELECT note FROM made_up").fetchone() if "made_up" in tables else None
        (oldest,) = database.execute("SELECT MIN(day) FROM demand").fetchone()
        return Counted(
            tuple(
                DemandOfWeek(date.fromisoformat(day), topic, language, script, door, outcome, int(people), int(taps))
                for day, topic, language, script, door, outcome, people, taps in demand
            ),
            tuple((date.fromisoformat(d), int(h), int(n)) for d, h, n in rows("day, hour, SUM(taps)", "hours", "1, 2")),
            _by_week(rows(f"{_MONDAY}, source, SUM(taps)", "sources", "1, 2")),
            _by_week(rows(f"{_MONDAY}, region, SUM(taps)", "regions", "1, 2")),
            tuple(
                (date.fromisoformat(week), word, language, int(chats))
                for week, word, language, chats in rows("week, word, language, SUM(chats)", "words", "1, 2, 3", "week")
            ),
            note[0] if note else "",
            _monday(oldest),
        )


def _by_week(rows: list[tuple[str, ...]]) -> tuple[tuple[date, str, int], ...]:
    return tuple((date.fromisoformat(week), name, int(taps)) for week, name, taps in rows)


def _monday(day: str | None) -> date | None:
    found = date.fromisoformat(day) if day else None
    return date.fromordinal(found.toordinal() - found.weekday()) if found else None


def _opened(path: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)

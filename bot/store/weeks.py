"""Days become weeks: how counters that were kept as days for long enough are summed, in one transaction."""

from datetime import date, timedelta

from sqlite_utils import Database

_MONDAY = "date(day, 'weekday 0', '-6 days')"
_TABLES = {  # table -> what else its rows are told apart by, and what is summed
    "demand": (("topic", "language", "script", "door", "outcome"), ("people", "taps")),
    "hours": (("hour",), ("taps",)),
    "sources": (("source",), ("taps",)),
    "regions": (("region",), ("taps",)),
}


def roll_up(database: Database, before: date) -> None:
    """Every week that has ended before this day keeps one row where it had seven; the freed pages are zeroed."""
    monday = (before - timedelta(days=before.weekday())).isoformat()
    with database.atomic():
        for table, (keys, sums) in _TABLES.items():
            names = ", ".join(("day", *keys, *sums))
            chosen = ", ".join((_MONDAY, *keys, *(f"SUM({one})" for one in sums)))
            merged = ", ".join(f"{one} = {one} + excluded.{one}" for one in sums)
            places = ", ".join(str(place + 1) for place in range(len(keys) + 1))
            is_day = f"day < ? AND day <> {_MONDAY}"
            database.execute(
                f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table} WHERE {is_day}"  # noqa: S608  # our names
                f" GROUP BY {places} ON CONFLICT DO UPDATE SET {merged}",
                [monday],
            )
            database.execute(f"DELETE FROM {table} WHERE {is_day}", [monday])  # noqa: S608  # our names
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

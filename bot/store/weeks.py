"""Days become weeks: how counters that were kept as days for long enough are summed, in one transaction."""

from collections.abc import Iterator
from datetime import date

from bot.store.bare import Database
from bot.store.demand import monday
from bot.store.tables import TABLES

SQLITE_MONDAY = "date(day, 'weekday 0', '-6 days')"
POSTGRES_MONDAY = "to_char(date_trunc('week', day::date), 'YYYY-MM-DD')"


def roll_up(database: Database, before: date) -> None:
    """Every week that has ended before this day keeps one row where it had seven; the freed pages are zeroed."""
    with database.atomic():
        for statement in statements(SQLITE_MONDAY, before):
            database.execute(statement)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def statements(the_monday: str, before: date) -> Iterator[str]:
    """What to run in one transaction, in the words of either database."""
    for table in TABLES:
        if not table.is_daily:
            continue
        chosen = ", ".join((the_monday, *table.keys[1:], *(f"SUM({one})" for one in table.sums)))
        merged = ", ".join(f"{one} = {table.name}.{one} + excluded.{one}" for one in table.sums)
        keys = ", ".join(table.keys)
        places = ", ".join(str(place + 1) for place in range(len(table.keys)))
        is_day = f"day < '{monday(before).isoformat()}' AND day <> {the_monday}"
        yield (
            f"INSERT INTO {table.name} ({', '.join(table.columns)}) SELECT {chosen} FROM {table.name} WHERE {is_day}"  # noqa: S608  # our names
            f" GROUP BY {places} ON CONFLICT ({keys}) DO UPDATE SET {merged}"
        )
        yield f"DELETE FROM {table.name} WHERE {is_day}"  # noqa: S608  # our names

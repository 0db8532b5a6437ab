"""Store: the counters, kept; the only code that opens the database."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Protocol

from bot.store.counted import Counted, DemandOfWeek, MadeUp
from bot.store.demand import Demand, Door, Outcome
from bot.store.errors import DatabaseAway
from bot.store.nothing import NoStore

__all__ = [
    "Counted",
    "DatabaseAway",
    "Demand",
    "DemandOfWeek",
    "Door",
    "MadeUp",
    "NoStore",
    "Outcome",
    "Store",
    "is_shared",
    "open_store",
    "read_counted",
    "read_report",
    "read_words",
    "read_wrong",
    "write_made_up",
    "write_open",
]


class Store(Protocol):
    """Counts without waiting; `flush` and `close` are the only calls that touch the disk."""

    def count(self, demand: Demand, is_new_person: bool, today: date) -> None:
        """Add one tap, and one person where this chat is new to the topic today."""

    def count_hour(self, hour: int, today: date) -> None:
        """Add one question asked in this hour of the day, 0 to 23, whatever its topic."""

    def count_source(self, source: str, today: date) -> None:
        """Add one arrival by a link that carries this source code."""

    def count_region(self, region: str, today: date) -> None:
        """Add one choice of a region; never together with what was looked for there."""

    def count_wrong(self, thing: str, today: date) -> None:
        """Add one report that this place's phone did not answer, or that this topic's text is wrong."""

    def count_word(self, word: str, language: str, chats: int, today: date) -> None:
        """Add so many chats that used one word which nobody listed."""

    async def flush(self) -> None:
        """Write what is counted so far."""

    async def is_writable(self) -> bool:
        """Whether what is counted could be written now."""

    async def roll_up(self, before: date) -> None:
        """Make one row a week of the days of every week that has ended before this day; sums stay as they are."""

    async def lead(self) -> bool:
        """Take or keep the lead for some seconds; True in the one instance that does what must happen once."""

    async def done(self, what: str) -> str | None:
        """The mark noted last for this; empty where there is none, None where the database cannot say now."""

    async def note_done(self, what: str, mark: str) -> None:
        """This is done, and not to be done again by whichever instance leads next."""

    async def close(self) -> None:
        """Write the rest and let go of the database."""


def is_shared(url: str) -> bool:
    """Whether this is a database that several instances may use."""
    return not url.startswith("sqlite:///")


def open_store(url: str, warn: Callable[[str], None]) -> Store:
    """The store a DATABASE_URL names; `warn` hears in one sentence what went wrong with it."""
    if is_shared(url):
        from bot.store.postgres import PostgresStore

        return PostgresStore(url, warn)
    from bot.store.sqlite import SqliteStore

    return SqliteStore(url.removeprefix("sqlite:///"), warn)


def read_report(url: str) -> list[dict[str, object]]:
    """Every row of demand of a database that may be in use; none where there is no database yet."""
    return _read(url, "demand", "day, topic, language, script, door, outcome")


def read_wrong(url: str) -> list[dict[str, object]]:
    """What people reported as wrong, by week and thing; none where there is no database yet."""
    return _read(url, "wrong", "week, thing")


def read_words(url: str) -> list[dict[str, object]]:
    """Words of questions that were not understood, by week, the commonest first; none where there is no database."""
    return _read(url, "words", "week DESC, chats DESC, word")


def read_counted(url: str, since: date, before: date) -> Counted:
    """What was counted from one Monday until another, summed by week."""
    if is_shared(url):
        from bot.store import postgres

        return postgres.read_counted(url, since, before)
    from bot.store import reading

    return reading.read_counted(url.removeprefix("sqlite:///"), since, before)


def _read(url: str, table: str, order: str) -> list[dict[str, object]]:
    if is_shared(url):
        from bot.store import postgres

        return postgres.read(url, table, order)
    from bot.store import sqlite

    return sqlite.read(url.removeprefix("sqlite:///"), table, order)


def write_made_up(path: Path, note: str, history: Iterable[MadeUp]) -> int:
    """A new SQLite file of made-up history, in the place of an older one; how many rows of demand it has."""
    from bot.store import made_up

    return made_up.write_made_up(path, note, history)


def write_open(path: Path, rows: list[tuple[str, str, str, str, str, int]], notes: dict[str, str]) -> int:
    """A new SQLite file of numbers that may be shown to anybody, in the place of an older one; how many rows it has."""
    from bot.store import open_data

    return open_data.write_open(path, rows, notes)


def copy_data(source: str, target: str, staff_file: Path) -> dict[str, int]:
    """Move everything from one database to another; how many rows each table has. Raises CannotMove."""
    from bot.store.moving import Place, move

    return move(Place(source, staff_file), Place(target, staff_file))

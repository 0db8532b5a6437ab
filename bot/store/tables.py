"""The tables of counters: what tells their rows apart, and what is added up; one list for every database."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """`keys` are the primary key, its first the day or week; `sums` are whole numbers; `is_daily`: rolled up later."""

    name: str
    keys: tuple[str, ...]
    sums: tuple[str, ...]
    is_daily: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them, in order."""
        return self.keys + self.sums


DEMAND = Table("demand", ("day", "topic", "language", "script", "door", "outcome"), ("people", "taps"))
HOURS = Table("hours", ("day", "hour"), ("taps",))
SOURCES = Table("sources", ("day", "source"), ("taps",))
REGIONS = Table("regions", ("day", "region"), ("taps",))
WRONG = Table("wrong", ("week", "thing"), ("taps",), is_daily=False)
WORDS = Table("words", ("week", "word", "language"), ("chats",), is_daily=False)
TABLES = (DEMAND, HOURS, SOURCES, REGIONS, WRONG, WORDS)
NOTE_DONE = "INSERT INTO done (what, mark) VALUES (?, ?) ON CONFLICT (what) DO UPDATE SET mark = excluded.mark"

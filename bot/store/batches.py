"""What every Store shares: counts gather in memory, and one thread writes them a moment later, in one transaction."""

import asyncio
import secrets
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from bot.store.demand import Demand, counted_on, monday
from bot.store.tables import DEMAND, HOURS, REGIONS, SOURCES, WORDS, WRONG, Table

PATIENCE = 1.0  # seconds for a database that hangs: whoever asks whether it answers does not wait for ever
Cell = tuple[str | int, ...]


@dataclass
class Batch:
    """What was counted and is not written yet; `id` tells a database that has it already, and says nothing else."""

    id: str = field(default_factory=lambda: secrets.token_hex(16))
    people: Counter[Cell] = field(default_factory=Counter)
    counts: dict[Table, Counter[Cell]] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(sum(counts.values()) for counts in self.counts.values())

    def of(self, table: Table) -> Counter[Cell]:
        """The counts of one table, to add to."""
        found = self.counts.get(table)
        if found is None:
            found = self.counts[table] = Counter()
        return found

    def rows(self, table: Table) -> list[Cell]:
        """Whole rows in the order of their keys, in which all writers lock them."""
        counts = self.counts.get(table, Counter[Cell]())
        if table is DEMAND:
            return [(*cell, self.people[cell], count) for cell, count in sorted(counts.items())]
        return [(*cell, count) for cell, count in sorted(counts.items())]


class BatchedStore(ABC):
    """Keeps counting when the database fails: what could not be written waits in memory for the next try.

    A batch whose writing failed is tried again as it was, so that a database which had taken it after all knows it.
    """

    seconds = 1.0

    def __init__(self, warn: Callable[[str], None]) -> None:
        self._warn = warn
        self._counted = Batch()
        self._unwritten = Batch()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._flushing = asyncio.Lock()
        self._writing: asyncio.Task[None] | None = None
        self._unnoted: dict[str, str] = {}
        self._looking: asyncio.Future[bool] | None = None
        self._is_closing = asyncio.Event()
        self._is_failing = False
        self._thread.submit(self._try_open).result()

    def count(self, demand: Demand, is_new_person: bool, today: date) -> None:
        """Add one tap, and one person where this chat is new to the topic today."""
        day = counted_on(demand.topic, today).isoformat()
        cell = (day, demand.topic, demand.language, demand.script, demand.door, demand.outcome)
        self._counted.people[cell] += is_new_person
        self._add(DEMAND, cell)

    def count_hour(self, hour: int, today: date) -> None:
        """Add one question asked in this hour of the day."""
        self._add(HOURS, (today.isoformat(), hour))

    def count_source(self, source: str, today: date) -> None:
        """Add one arrival by a link with this source code."""
        self._add(SOURCES, (today.isoformat(), source))

    def count_region(self, region: str, today: date) -> None:
        """Add one choice of a region, under its week."""
        self._add(REGIONS, (monday(today).isoformat(), region))

    def count_wrong(self, thing: str, today: date) -> None:
        """Add one report about a place's phone or a topic's text, under its week."""
        self._add(WRONG, (monday(today).isoformat(), thing))

    def count_word(self, word: str, language: str, chats: int, today: date) -> None:
        """Add chats to a word, under its week."""
        self._add(WORDS, (monday(today).isoformat(), word, language), chats)

    async def flush(self) -> None:
        """Write what is counted so far; on a failure it stays counted and is tried again."""
        async with self._flushing:
            if self._unwritten and not await self._write_one():
                return
            self._unwritten, self._counted = self._counted, Batch()
            if self._unwritten:
                await self._write_one()

    async def is_writable(self) -> bool:
        """Whether the database is open, takes a writer, and the last write went well; no, where it says nothing."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.get_running_loop().run_in_executor(self._thread, self._try_write)
        done, _ = await asyncio.wait([self._looking], timeout=PATIENCE)
        return bool(done) and self._looking.result()

    async def roll_up(self, before: date) -> None:
        """Days become weeks; where the database fails, the next time does it."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._roll_up, before)

    async def lead(self) -> bool:
        """An embedded database has no other instance."""
        return True

    async def done(self, what: str) -> str | None:
        """For when this was done last; empty where it never was, None where nobody can say now."""
        if mark := self._unnoted.get(what, ""):
            await self.note_done(what, mark)
            return mark
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._read_done, what)

    async def note_done(self, what: str, mark: str) -> None:
        """It is done for this week; held in memory until it can be written."""
        self._unnoted[what] = mark
        if await asyncio.get_running_loop().run_in_executor(self._thread, self._write_done, what, mark):
            del self._unnoted[what]

    async def close(self) -> None:
        """Write the rest and close; what cannot be written is lost, and the log says how much."""
        if self._writing:
            self._is_closing.set()
            await self._writing
        await self.flush()
        if lost := len(self._unwritten) + len(self._counted):
            self._warn(f"{lost} counts could not be written and are lost.")
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    def _add(self, table: Table, cell: Cell, count: int = 1) -> None:
        self._counted.of(table)[cell] += count
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write_later())

    async def _write_later(self) -> None:
        while (self._counted or self._unwritten) and not self._is_closing.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_closing.wait(), self.seconds)
            await self.flush()

    async def _write_one(self) -> bool:
        is_written = await asyncio.get_running_loop().run_in_executor(self._thread, self._write, self._unwritten)
        if is_written:
            self._unwritten = Batch()
        return is_written

    # What follows runs in the store's own thread.

    @abstractmethod
    def _try_open(self) -> None: ...

    @abstractmethod
    def _write(self, batch: Batch) -> bool: ...

    @abstractmethod
    def _try_write(self) -> bool: ...

    @abstractmethod
    def _roll_up(self, before: date) -> None: ...

    @abstractmethod
    def _read_done(self, what: str) -> str | None: ...

    @abstractmethod
    def _write_done(self, what: str, mark: str) -> bool: ...

    @abstractmethod
    def _close(self) -> None: ...

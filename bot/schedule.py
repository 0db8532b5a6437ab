"""What happens by the clock: edited content is taken up, and old days of the counters become weeks."""

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path

from bot.store import Store

log = logging.getLogger(__name__)

SECONDS = 5.0
HOUR = 3600.0
_READ = (".md", ".yaml", ".po", ".txt")
LEAD_SECONDS = 15.0  # of the lease's 20


def state(*folders: Path) -> tuple[tuple[str, int, int], ...]:
    """Every file's name, time and size: different as soon as anything in the folders was edited."""
    found = []
    for folder in folders:
        for place, inner, names in os.walk(folder):
            inner[:] = [name for name in inner if not name.startswith(".")]  # the history of the desk's copy
            for name in names:
                if name.endswith(_READ) and not name.startswith("."):
                    status = os.stat(path := f"{place}/{name}")
                    found.append((path, status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


async def follow(
    folders: Callable[[], tuple[Path, ...]], take_up: Callable[[], None], seconds: float = SECONDS
) -> None:
    """Look every few seconds; once the folders have come to rest, call `take_up` in a thread."""
    taken = last = await asyncio.to_thread(_state_or_nothing, folders)
    while True:
        await asyncio.sleep(seconds)
        now = await asyncio.to_thread(_state_or_nothing, folders)
        if now == last and now != taken:
            taken = now
            await asyncio.to_thread(take_up)
        last = now


async def keep_days(
    store: Store, days: int, today: Callable[[], date], seconds: float = HOUR, lead: "Lead | None" = None
) -> None:
    """At start and every hour: what is older than so many days is kept by the week."""
    while True:
        if lead:
            await lead.taken()
        await store.roll_up(today() - timedelta(days=days))
        await asyncio.sleep(seconds)


class Lead:
    """Whether this instance, of several on one store, does what must happen once."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._until = -1.0
        self._taken = asyncio.Event()

    @property
    def is_ours(self) -> bool:
        """Ends by our own clock before the lease does, so that a process that was frozen never leads beside another."""
        return self._clock() < self._until

    async def taken(self) -> None:
        """Wait until it is ours."""
        while not self.is_ours:
            self._taken.clear()
            await self._taken.wait()

    async def keep(self) -> None:
        """Ask every few seconds, until cancelled."""
        while True:
            asked = self._clock()
            was_ours = self.is_ours
            if await self._store.lead():
                if not was_ours:
                    log.info("this instance leads: it keeps old days by the week and sends the digest")
                self._until = asked + LEAD_SECONDS
                self._taken.set()
            await asyncio.sleep(SECONDS)

    async def during(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do this for as long as we lead, and again when we lead again."""
        while True:
            await self.taken()
            task = asyncio.ensure_future(work())
            try:
                while self.is_ours:
                    if (await asyncio.wait([task], timeout=1))[0]:
                        return task.result()
            finally:
                task.cancel()


def _state_or_nothing(folders: Callable[[], tuple[Path, ...]]) -> tuple[tuple[str, int, int], ...]:
    try:
        return state(*folders())
    except OSError:
        return ()  # a file went away between listing and looking; the next look sees the rest

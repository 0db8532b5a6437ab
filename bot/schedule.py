"""What happens by the clock: edited content is taken up, and old days of the counters become weeks."""

import asyncio
import logging
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from bot.store import Store

log = logging.getLogger(__name__)

SECONDS = 5.0
HOUR = 3600.0


def state(*folders: Path) -> tuple[tuple[str, int, int], ...]:
    """Every file's name, time and size: different as soon as anything in the folders was edited."""
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix in (".md", ".yaml", ".po", ".txt") and not path.name.startswith("."):
                status = path.stat()
                found.append((str(path), status.st_mtime_ns, status.st_size))
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


async def keep_days(store: Store, days: int, today: Callable[[], date], seconds: float = HOUR) -> None:
    """At start and every hour: what is older than so many days is kept by the week."""
    while True:
        await store.roll_up(today() - timedelta(days=days))
        await asyncio.sleep(seconds)


def _state_or_nothing(folders: Callable[[], tuple[Path, ...]]) -> tuple[tuple[str, int, int], ...]:
    try:
        return state(*folders())
    except OSError:
        return ()  # a file went away between listing and looking; the next look sees the rest

"""What happens by the clock: an edited content folder is taken up while the bot runs."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)

SECONDS = 5.0


def state(*folders: Path) -> tuple[tuple[str, int, int], ...]:
    """Every file's name, time and size: different as soon as anything in the folders was edited."""
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix in (".md", ".yaml", ".po", ".txt") and not path.name.startswith("."):
                status = path.stat()
                found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


async def follow(folders: tuple[Path, ...], take_up: Callable[[], None], seconds: float = SECONDS) -> None:
    """Look every few seconds; once the folders have come to rest, call `take_up` in a thread."""
    taken = last = await asyncio.to_thread(_state_or_nothing, folders)
    while True:
        await asyncio.sleep(seconds)
        now = await asyncio.to_thread(_state_or_nothing, folders)
        if now == last and now != taken:
            taken = now
            await asyncio.to_thread(take_up)
        last = now


def _state_or_nothing(folders: tuple[Path, ...]) -> tuple[tuple[str, int, int], ...]:
    try:
        return state(*folders)
    except OSError:
        return ()  # a file went away between listing and looking; the next look sees the rest

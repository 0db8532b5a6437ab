"""The digest in the staff's group: once a week, one message with one picture, long below any limit of Telegram."""

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BufferedInputFile

from bot.demand.digest import Digest
from bot.demand.periods import monday, name_of

log = logging.getLogger(__name__)

HOUR = 9  # in the morning, when somebody reads it
_SECONDS = 600.0


async def send_weekly(
    bot: Bot,
    group: int,
    make: Callable[[date], Digest | None],
    sent: Path,
    now: Callable[[], datetime],
    seconds: float = _SECONDS,
) -> None:
    """Every week from Monday morning on; `sent` remembers the week, so that a new start sends nothing twice."""
    while True:
        await send_if_due(bot, group, make, sent, now())
        await asyncio.sleep(seconds)


async def send_if_due(bot: Bot, group: int, make: Callable[[date], Digest | None], sent: Path, at: datetime) -> bool:
    """Send the digest of the last whole week where that was not done; a failure is said once more and tried again."""
    week = name_of(monday(at.date()))
    is_early = at.weekday() == 0 and at.hour < HOUR
    if is_early or await asyncio.to_thread(_read, sent) == week:
        return False
    digest = await asyncio.to_thread(make, at.date())
    if digest is None:
        return False
    try:
        if digest.picture:
            picture = BufferedInputFile(digest.picture, "week.png")
            await bot.send_photo(group, picture, caption=digest.text, parse_mode="HTML")
        else:
            await bot.send_message(group, digest.text, parse_mode="HTML")
    except AiogramError as error:
        log.warning("the digest could not be sent to STAFF_GROUP (%s); it is tried again", type(error).__name__)
        return False
    await asyncio.to_thread(_write, sent, week)
    return True


def _read(sent: Path) -> str:
    try:
        return sent.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _write(sent: Path, week: str) -> None:
    try:
        sent.write_text(f"{week}\n", encoding="utf-8")
    except OSError:
        log.warning("that the digest was sent could not be noted in DATA_DIR; a new start may send it again")

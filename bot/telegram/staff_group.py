"""The digest in the staff's group: once a week, one message with one picture, long below any limit of Telegram."""

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BufferedInputFile

from bot.demand.digest import Digest
from bot.demand.periods import monday, name_of
from bot.store import Store

log = logging.getLogger(__name__)

HOUR = 9  # in the morning, when somebody reads it
_SECONDS = 600.0
_DONE = "digest"


async def send_weekly(
    bot: Bot,
    group: int,
    make: Callable[[date], Digest | None],
    store: Store,
    now: Callable[[], datetime],
    seconds: float = _SECONDS,
) -> None:
    """Every week from Monday morning on; the store knows the week, so that no new start or leader sends it twice."""
    while True:
        await send_if_due(bot, group, make, store, now())
        await asyncio.sleep(seconds)


async def send_if_due(bot: Bot, group: int, make: Callable[[date], Digest | None], store: Store, at: datetime) -> bool:
    """Send the digest of the last whole week where that was not done; a failure is said once more and tried again."""
    week = name_of(monday(at.date()))
    is_early = at.weekday() == 0 and at.hour < HOUR
    if is_early or (before := await store.done(_DONE)) in (week, None):
        return False
    digest = await asyncio.to_thread(make, at.date())
    if digest is None:
        return False
    await store.note_done(_DONE, week)  # first, so that a leader who dies right after sending is not repeated
    try:
        if digest.picture:
            picture = BufferedInputFile(digest.picture, "week.png")
            await bot.send_photo(group, picture, caption=digest.text, parse_mode="HTML")
        else:
            await bot.send_message(group, digest.text, parse_mode="HTML")
    except AiogramError as error:
        log.warning("the digest could not be sent to STAFF_GROUP (%s); it is tried again", type(error).__name__)
        await store.note_done(_DONE, before)
        return False
    return True

"""Long polling: what comes is handed on, and confirmed to Telegram when it is answered.

aiogram's own polling keeps no order within a chat, leaves handlers behind when it stops and writes whole answers
of a broken server into the log; this loop feeds the same dispatcher without these. An update is confirmed once it
is answered, so that a killed process loses none: while one is in hand, polls bring it again, and it is passed over.
"""

import asyncio
import logging
import time

from aiogram import Bot
from aiogram.exceptions import AiogramError, ClientDecodeError, TelegramConflictError, TelegramUnauthorizedError
from aiogram.methods import GetUpdates
from aiogram.utils.backoff import Backoff, BackoffConfig

from bot.locales import Languages
from bot.telegram.arrival import of
from bot.telegram.commands import set_commands
from bot.telegram.hands import Hands
from bot.telegram.reading import Batch
from bot.telegram.routes import UPDATES
from bot.telegram.session import TolerantSession

log = logging.getLogger(__name__)

WAIT = 30  # seconds a poll stays open when nothing comes
BATCH = 100  # updates of one poll, Telegram's most
PAUSE = 0.05  # seconds before polling again while something is in hand
EMPTY_PAUSE = 0.2  # seconds before asking again a server that answers “nothing” at once instead of waiting
_BACKOFF = BackoffConfig(min_delay=0.1, max_delay=30.0, factor=2.0, jitter=0.05)  # one fault costs people nothing
_SECOND_POLLER = "Another program polls Telegram with this BOT_TOKEN. Stop it: only one may. Trying again meanwhile."
_WEBHOOK = "A webhook was set for this BOT_TOKEN. It is taken away, because WEBHOOK_URL is not set here."
_AWAY = "Telegram cannot be reached; trying again until it can. Check the network or PROXY."


class TokenRefused(Exception):
    """Telegram does not know this BOT_TOKEN."""


async def poll(hands: Hands, bot: Bot, languages: Languages) -> None:
    """Answer updates until cancelled, then finish what is in hand; raises TokenRefused."""
    offset = 0
    backoff = Backoff(_BACKOFF)
    commands: asyncio.Task[None] | None = None
    _read_once(bot, hands)
    try:
        while True:
            try:
                if commands is None:
                    log.info("connected to Telegram as %s", await _name(bot))
                    hands.tally.is_reached = True  # the first poll may wait half a minute for somebody to write
                    commands = asyncio.create_task(set_commands(bot, languages))
                fetch = GetUpdates(offset=hands.held(offset) or None, timeout=WAIT, allowed_updates=UPDATES)
                began = time.monotonic()
                updates = await bot(fetch, request_timeout=WAIT + 15)
            except TelegramUnauthorizedError as error:
                raise TokenRefused("BOT_TOKEN is refused by Telegram: copy it anew from @BotFather.") from error
            except (AiogramError, OSError) as error:
                hands.tally.is_reached = False
                if backoff.counter == 0:
                    log.warning(_what(error))
                if _is_webhook(error):
                    await _take_away(bot)
                await backoff.asleep()
                continue
            hands.tally.is_reached = True
            if backoff.counter:
                log.info("Telegram answers again")
                backoff.reset()
            batch = updates if isinstance(updates, Batch) else Batch(of(update, bot) for update in updates)
            fresh = [one for one in batch if hands.take(one)]
            offset = max([offset, batch.following, *(one.number + 1 for one in batch)])
            if len(batch) + batch.known >= BATCH and not fresh:
                hands.let_go()
            while not await hands.rest(PAUSE) and hands.is_full:
                pass
            if not batch and not batch.known and time.monotonic() - began < PAUSE:
                await asyncio.sleep(EMPTY_PAUSE)
    finally:
        if commands:
            commands.cancel()
        await hands.finish()
        await _confirm(bot, hands.held(offset))
        await bot.session.close()


def _read_once(bot: Bot, hands: Hands) -> None:
    """What is in hand comes again with every poll, and need not be read again."""
    if isinstance(bot.session, TolerantSession):
        bot.session.is_known = hands.is_known


async def _name(bot: Bot) -> str:
    """What Telegram calls us; other Bot API servers may leave out what aiogram insists on, and are good enough."""
    try:
        return f"@{(await bot.me()).username}"
    except ClientDecodeError:
        return f"bot {bot.id}"


def _what(error: Exception) -> str:
    if not isinstance(error, TelegramConflictError):
        return _AWAY
    return _WEBHOOK if _is_webhook(error) else _SECOND_POLLER


def _is_webhook(error: Exception) -> bool:
    return isinstance(error, TelegramConflictError) and "webhook is active" in error.message


async def _take_away(bot: Bot) -> None:
    """What waits for the webhook stays and comes by polling."""
    try:
        await bot.delete_webhook()
    except (AiogramError, OSError):
        return  # the next try does it


async def _confirm(bot: Bot, offset: int) -> None:
    """Tell Telegram what was answered, so that the next start does not answer it again."""
    if not offset:
        return
    try:
        await bot(GetUpdates(offset=offset, limit=1, timeout=0), request_timeout=2)
    except (AiogramError, OSError):
        log.info("Telegram could not be told what was answered; the last questions may be answered again")

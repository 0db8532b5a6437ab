"""Long polling: updates of one chat in order, of different chats side by side, and a clean end.

aiogram's own polling keeps no order within a chat, leaves handlers behind when it stops and writes whole answers
of a broken server into the log; this loop feeds the same dispatcher without these.
"""

import asyncio
import logging

from aiogram import Bot, Dispatcher
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramUnauthorizedError
from aiogram.methods import GetUpdates
from aiogram.types import Update
from aiogram.utils.backoff import Backoff, BackoffConfig

from bot.locales import Languages
from bot.telegram.commands import set_commands
from bot.telegram.person import chat_of
from bot.telegram.routes import UPDATES

log = logging.getLogger(__name__)

AT_ONCE = 64  # updates in hand; more wait with Telegram
WAIT = 30  # seconds a poll stays open when nothing comes
LAST_SECONDS = 10.0  # to finish what is in hand when told to stop
_BACKOFF = BackoffConfig(min_delay=1.0, max_delay=30.0, factor=1.5, jitter=0.2)
_SECOND_POLLER = "Another program polls Telegram with this BOT_TOKEN. Stop it: only one may. Trying again meanwhile."
_AWAY = "Telegram cannot be reached; trying again until it can. Check the network or PROXY."


class TokenRefused(Exception):
    """Telegram does not know this BOT_TOKEN."""


async def poll(dispatcher: Dispatcher, bot: Bot, languages: Languages) -> None:
    """Answer updates until cancelled, then finish what is in hand; raises TokenRefused."""
    hands = _Hands(dispatcher, bot)
    fetch = GetUpdates(timeout=WAIT, allowed_updates=UPDATES)
    backoff = Backoff(_BACKOFF)
    commands: asyncio.Task[None] | None = None
    try:
        while True:
            try:
                if commands is None:
                    me = await bot.me()
                    log.info("connected to Telegram as @%s", me.username)
                    commands = asyncio.create_task(set_commands(bot, languages))
                updates = await bot(fetch, request_timeout=WAIT + 15)
            except TelegramUnauthorizedError as error:
                raise TokenRefused("BOT_TOKEN is refused by Telegram: copy it anew from @BotFather.") from error
            except (AiogramError, OSError) as error:
                if backoff.counter == 0:
                    log.warning(_SECOND_POLLER if isinstance(error, TelegramConflictError) else _AWAY)
                await backoff.asleep()
                continue
            if backoff.counter:
                log.info("Telegram answers again")
                backoff.reset()
            for update in updates:
                await hands.take(update)
                fetch.offset = update.update_id + 1
    finally:
        if commands:
            commands.cancel()
        await hands.finish()
        await _confirm(bot, fetch.offset)
        await bot.session.close()


class _Hands:
    """The updates being answered: at most so many, and one after the other within a chat."""

    def __init__(self, dispatcher: Dispatcher, bot: Bot) -> None:
        self._dispatcher = dispatcher
        self._bot = bot
        self._free = asyncio.Semaphore(AT_ONCE)
        self._last: dict[int, asyncio.Task[None]] = {}

    async def take(self, update: Update) -> None:
        """Begin to answer; waits only while all hands are full."""
        await self._free.acquire()
        chat = _chat(update)
        task = asyncio.create_task(self._answer(update, self._last.get(chat)))
        self._last[chat] = task
        task.add_done_callback(lambda done: self._let_go(chat, done))

    async def finish(self) -> None:
        """Wait for what is in hand, but not for ever."""
        if self._last:
            await asyncio.wait(self._last.values(), timeout=LAST_SECONDS)

    async def _answer(self, update: Update, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        try:
            await self._dispatcher.feed_update(self._bot, update)
        except Exception:
            log.error("an update was lost", exc_info=True)

    def _let_go(self, chat: int, task: asyncio.Task[None]) -> None:
        self._free.release()
        if self._last.get(chat) is task:
            del self._last[chat]


def _chat(update: Update) -> int:
    try:
        return chat_of(update.event)
    except LookupError:
        return 0


async def _confirm(bot: Bot, offset: int | None) -> None:
    """Tell Telegram what was answered, so that the next start does not answer it again."""
    if offset is None:
        return
    try:
        await bot(GetUpdates(offset=offset, limit=1, timeout=0), request_timeout=3)
    except (AiogramError, OSError):
        log.info("Telegram could not be told what was answered; the last questions may be answered again")

"""The one place where a crash becomes an apology with a way out, and a log line without a word or a name."""

import logging
from collections.abc import Callable

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramForbiddenError
from aiogram.types import ErrorEvent

from bot.memory import Memory
from bot.screens import Screens
from bot.telegram.arrival import SEEN, Arrival, of
from bot.telegram.fence import TurnLostError
from bot.telegram.person import language_of
from bot.telegram.show import acknowledge, send
from bot.telegram.tally import Outcome

log = logging.getLogger(__name__)


async def apologise(event: ErrorEvent, bot: Bot, current: Callable[[], Screens], memory: Memory) -> Outcome:
    """As the dispatcher calls it."""
    return await excuse(of(event.update, bot), event.exception, bot, current, memory)


async def excuse(
    arrival: Arrival, error: Exception, bot: Bot, current: Callable[[], Screens], memory: Memory
) -> Outcome:
    """Log where it broke, and tell the person in their language, with the menu and help; what came of the update."""
    if isinstance(error, TelegramForbiddenError):
        return "gone"  # the person has blocked the bot; there is nobody to tell
    if isinstance(error, TurnLostError):
        return "again"  # another instance answers it
    log.error("an update could not be answered", exc_info=error)
    screens, chat = current(), arrival.chat
    if arrival.kind not in SEEN or chat < 0:
        return "failed"
    try:
        await send(bot, chat, screens.apology(language_of(chat, arrival.client, memory, screens.languages)))
        if arrival.query:
            await acknowledge(bot, arrival.query)
    except AiogramError:
        log.error("the apology could not be sent either: Telegram does not take it")
    return "failed"

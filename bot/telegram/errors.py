"""The one place where a crash becomes an apology with a way out, and a log line without a word or a name."""

import logging
from collections.abc import Callable

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramForbiddenError
from aiogram.types import CallbackQuery, ErrorEvent, Message

from bot.memory import Memory
from bot.screens import Screens
from bot.telegram.arrival import chat_of, client_of
from bot.telegram.fence import TurnLostError
from bot.telegram.person import language_of
from bot.telegram.show import acknowledge, send
from bot.telegram.tally import Outcome

log = logging.getLogger(__name__)


async def apologise(event: ErrorEvent, bot: Bot, current: Callable[[], Screens], memory: Memory) -> Outcome:
    """Log where it broke, and tell the person in their language, with the menu and help; what came of the update."""
    if isinstance(event.exception, TelegramForbiddenError):
        return "gone"  # the person has blocked the bot; there is nobody to tell
    if isinstance(event.exception, TurnLostError):
        return "again"  # another instance answers it
    log.error("an update could not be answered", exc_info=event.exception)
    update = event.update.event
    if not isinstance(update, Message | CallbackQuery) or chat_of(update) < 0:
        return "failed"
    screens, chat = current(), chat_of(update)
    try:
        await send(bot, chat, screens.apology(language_of(chat, client_of(update), memory, screens.languages)))
        if isinstance(update, CallbackQuery):
            await acknowledge(update)
    except AiogramError:
        log.error("the apology could not be sent either: Telegram does not take it")
    return "failed"

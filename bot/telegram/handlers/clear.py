"""/hide and its button: take the conversation away, leave one neutral message, and greet whoever writes next."""

from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Message, ReplyKeyboardRemove

from bot.memory import Memory
from bot.screens import Screens
from bot.telegram.clearing import clear
from bot.telegram.show import acknowledge, send


async def command(message: Message, bot: Bot, language: str, chat: int, screens: Screens, memory: Memory) -> None:
    """`/hide`, which goes with the rest."""
    await _clear(bot, language, chat, screens, memory)


async def press(query: CallbackQuery, bot: Bot, language: str, chat: int, screens: Screens, memory: Memory) -> None:
    """The button, in the language it was pressed in."""
    opened = screens.press(query.data or "")
    await _clear(bot, opened.language if opened else language, chat, screens, memory)
    await acknowledge(bot, query.id)


async def greet(message: Message, bot: Bot, language: str, chat: int, screens: Screens, memory: Memory) -> None:
    """After clearing nobody knows who holds the phone: a neutral word, and for a call for help the numbers alone."""
    memory.greeted(chat)
    await send(bot, chat, screens.after_clearing(message.text or message.caption or "", language))


async def _clear(bot: Bot, language: str, chat: int, screens: Screens, memory: Memory) -> None:
    word = screens.neutral_word(language)
    cleared = await clear(bot, chat, memory.trails, word)
    memory.clear(chat)
    with suppress(TelegramAPIError):  # the keyboard below goes with a message that goes at once, too
        brought = await bot.send_message(chat, word, reply_markup=ReplyKeyboardRemove(), disable_notification=True)
        await bot.delete_message(chat, brought.message_id)
    await send(bot, chat, screens.cleared(language, cleared.is_left, cleared.is_unsure))

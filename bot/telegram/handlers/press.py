"""A button of any age: the screen at its address, in its language."""

from aiogram import Bot
from aiogram.types import CallbackQuery

from bot.memory import Memory
from bot.screens import Screens
from bot.telegram.counting import Counting
from bot.telegram.last import Acknowledgement
from bot.telegram.show import Pressed, edit


async def press(
    _: CallbackQuery | None,
    pressed: Pressed,
    bot: Bot,
    language: str,
    chat: int,
    screens: Screens,
    counting: Counting,
    memory: Memory,
) -> Acknowledgement:
    """Edit the message into the screen the button leads to; choosing a language is remembered."""
    opened = screens.press(pressed.data)
    if opened and (opened.address.path == "welcome" or memory.language(chat) is None):
        memory.remember_language(chat, opened.language)
    if opened and opened.address.path == "forget":
        memory.forget(chat)
    screen = opened.screen if opened else screens.lost(language)
    acknowledgement = await edit(bot, pressed, screen, memory.files)
    if not screen.toast:
        memory.wait_for(chat, screens.awaited(screen))
        memory.read(chat, screens.subject(screen))
    counting.shown(
        screen, screens.languages[screen.language], chat, "choice" if opened and opened.is_choice else "menu"
    )
    return acknowledgement


async def in_group(query: CallbackQuery, language: str, screens: Screens) -> Acknowledgement:
    """Where others read along a button answers nothing but where to ask."""
    return Acknowledgement(query.id, screens.in_group(language, "").text)

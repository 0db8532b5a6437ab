"""/start: the languages, or where a link leads."""

from aiogram import Bot
from aiogram.types import Message

from bot.memory import Memory
from bot.screens import Address, Screens
from bot.telegram.counting import Counting
from bot.telegram.show import send


async def start(
    message: Message,
    bot: Bot,
    argument: str,
    language: str,
    chat: int,
    screens: Screens,
    counting: Counting,
    memory: Memory,
) -> None:
    """A first visit chooses a language; a link opens what it leads to, with the welcome after it."""
    link = screens.codec.from_start(argument) if argument else None
    if link is None:
        await send(bot, chat, screens.at(Address("language"), language))
        return
    if link.source:
        counting.came_by(screens.source(link.source), chat)
    screen = screens.at(link.address, link.language)
    await send(bot, chat, screens.keyboard(link.language))
    await send(bot, chat, screen)
    memory.wait_for(chat, screens.awaited(screen))
    counting.shown(screen, screens.languages[screen.language], chat, "link")

"""A location: the nearest help, then the person's own message is deleted; a contact: only the deletion."""

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message

from bot.memory import Memory
from bot.screens import Address, Screens
from bot.telegram.show import send


async def nearest(message: Message, bot: Bot, language: str, chat: int, screens: Screens, memory: Memory) -> None:
    """Help near the point, for what was chosen just before; the point is used once and leaves the chat."""
    point = message.location or (message.venue.location if message.venue else None)
    assert point is not None
    screen = screens.near(point.latitude, point.longitude, language, memory.awaited(chat))
    await send(bot, chat, screens.deleted(screen, await _deleted(message)))


async def contact(message: Message, bot: Bot, language: str, chat: int, screens: Screens) -> None:
    """A contact is not needed and not kept."""
    await send(bot, chat, screens.deleted(screens.at(Address("contact"), language), await _deleted(message)))


async def _deleted(message: Message) -> bool:
    try:
        return await message.delete()
    except TelegramBadRequest:
        return False

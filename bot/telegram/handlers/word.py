"""The commands that open a screen, the button below the chat, and everything that is no question."""

from aiogram import Bot
from aiogram.types import Message

from bot.memory import Memory
from bot.screens import Address, Screens
from bot.telegram.show import send

SCREENS = {"menu": "menu", "help": "help", "language": "language", "privacy": "privacy", "me": "me"}


async def command(
    message: Message, bot: Bot, name: str, language: str, chat: int, screens: Screens, memory: Memory
) -> None:
    """`/menu`, `/help` and the like; one we do not know opens the menu. Nothing typed is waited for any more."""
    memory.wait_for(chat, "")
    await send(bot, chat, screens.at(Address(SCREENS.get(name, "menu")), language))


async def contacts(message: Message, bot: Bot, language: str, chat: int, screens: Screens) -> None:
    """The button below the chat, whose press stands there as the person's own words."""
    await send(bot, chat, screens.at(Address("help"), language))


async def forget(message: Message, bot: Bot, language: str, chat: int, screens: Screens, memory: Memory) -> None:
    """Drop what is remembered, and say so."""
    memory.forget(chat)
    await send(bot, chat, screens.at(Address("forget"), language))


async def voice(message: Message, bot: Bot, language: str, chat: int, screens: Screens) -> None:
    """The bot cannot listen yet; the emergency line comes along, since a voice may be a cry."""
    await send(bot, chat, screens.at(Address("voice"), language))


async def thing(message: Message, bot: Bot, language: str, chat: int, screens: Screens) -> None:
    """Photos, files, stickers, polls and what is not known: a kind word and the menu; nothing is opened or kept."""
    await send(bot, chat, screens.at(Address("thing"), language))


async def group(message: Message, bot: Bot, language: str, screens: Screens) -> None:
    """In a group: one neutral line with a link to the private chat, never an answer."""
    me = await bot.me()
    await send(bot, message.chat.id, screens.in_group(language, f"https://t.me/{me.username}"))


async def nothing(message: Message) -> None:
    """Telegram's own lines in a chat need no answer."""

"""A question typed in the person's own words."""

from aiogram import Bot
from aiogram.types import Message

from bot.memory import Memory
from bot.screens import Heard, Screen, Screens
from bot.telegram.counting import Counting
from bot.telegram.show import send


async def answer(
    _: Message | None,
    bot: Bot,
    question: str,
    language: str,
    chat: int,
    screens: Screens,
    counting: Counting,
    memory: Memory,
    heard: Heard | None = None,
) -> None:
    """Show what fits best and count its topic; of the words, at most single ones that many used are kept."""
    screen, match = screens.answer(question, language, memory.subject(chat), heard)
    await send(bot, chat, screen)
    memory.read(chat, screens.subject(screen))
    if counting.is_listening and match and screen.outcome in ("choices", "none"):
        counting.not_understood(screens.unlisted(question, match), match.language, chat)
    counting.shown(screen, screens.languages[screen.language], chat, "question")
    counting.asked(chat)


async def go_on(message: Message, bot: Bot, screen: Screen, chat: int, screens: Screens, memory: Memory) -> None:
    """What follows a day or a sum that was waited for; nothing of it is counted."""
    await send(bot, chat, screen)
    memory.wait_for(chat, screens.awaited(screen))

"""The letter: its buttons, the answers people type, and the files, made in memory, sent and forgotten."""

import asyncio

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.documents import letter as files
from bot.memory import Memory
from bot.screens import Address, Screen, Screens, letter
from bot.telegram.counting import Counting
from bot.telegram.handlers import question
from bot.telegram.last import Acknowledgement
from bot.telegram.show import send

_MAKE = "in-"  # and the language of the office


async def press(
    query: CallbackQuery,
    bot: Bot,
    answers: tuple[str, ...],
    spoken: str,
    chat: int,
    screens: Screens,
    memory: Memory,
) -> Acknowledgement:
    """Begin, change an answer, or have the files made from the message the button stands below."""
    if memory.language(chat) is None:
        memory.remember_language(chat, spoken)
    text = query.message.text or "" if isinstance(query.message, Message) else ""
    if answers[0].startswith(_MAKE) and (draft := letter.read(text)):
        await _make(bot, chat, draft, answers[0].removeprefix(_MAKE), spoken, screens)
    else:
        await _ask(bot, chat, screens.draft(text, answers, spoken), memory)
    return Acknowledgement(query.id)


async def go_on(
    message: Message,
    bot: Bot,
    asked: str | int,
    language: str,
    chat: int,
    screens: Screens,
    memory: Memory,
    counting: Counting,
) -> None:
    """The next question, or the whole to be checked; a call for help is answered first."""
    said = message.text or ""
    text = asked if isinstance(asked, str) else await _text(bot, chat, asked)
    if not text:
        await question.answer(message, bot, said, language, chat, screens, counting, memory)
        return
    if screens.hear(said, language).is_urgent:
        await question.answer(message, bot, said, language, chat, screens, counting, memory)
    await _ask(bot, chat, screens.drafted(text, said, language), memory)


async def changed(message: Message, bot: Bot, language: str, chat: int, screens: Screens) -> None:
    """An answer edited later: what came after it stands elsewhere, so it is changed by a button at the end."""
    await bot.send_message(chat, screens.languages[language].say("To change an answer, go on to the end and tap ✎."))


async def _ask(bot: Bot, chat: int, screen: Screen, memory: Memory) -> None:
    """Send the question and wait for its answer, whether it comes as a reply or not."""
    number = await send(bot, chat, screen)
    data = f"{screen.language}/{letter.PATH}?at.{number}" if screen.asks else ""
    memory.wait_for(chat, data)


async def _text(bot: Bot, chat: int, number: int) -> str:
    """What stands in a message of ours: Telegram tells it only when the message is forwarded, for a moment."""
    try:
        copy = await bot.forward_message(chat, chat, number, disable_notification=True)
        await bot.delete_message(chat, copy.message_id)
    except TelegramBadRequest:
        return ""
    return copy.text or ""


async def _make(bot: Bot, chat: int, draft: letter.Draft, official: str, own: str, screens: Screens) -> None:
    """Both files and what to do with them; a letter that cannot be made any more begins anew."""
    pages = files.pages(screens.content, official, own, draft.values, screens.today)
    if official not in letter.OFFICIAL or pages is None:
        await send(bot, chat, screens.at(Address(letter.PATH), own))
        return
    made = await asyncio.to_thread(files.make, pages)
    for name, content in made.items():
        await bot.send_document(chat, BufferedInputFile(content, name))
    await send(bot, chat, screens.filing(own))

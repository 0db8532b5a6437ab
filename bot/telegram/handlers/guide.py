"""The guide and the card of helplines: uploaded once, then named by Telegram's own id until the content changes."""

import asyncio

from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.types import BufferedInputFile, CallbackQuery

from bot.documents import guide
from bot.documents.shelf import Shelf
from bot.memory import Memory
from bot.screens import GUIDE, Address, Screens
from bot.telegram.last import Acknowledgement
from bot.telegram.show import send


async def press(
    query: CallbackQuery,
    bot: Bot,
    answers: tuple[str, ...],
    spoken: str,
    chat: int,
    screens: Screens,
    memory: Memory,
    shelf: Shelf,
) -> Acknowledgement:
    """Send the file under a name that says nothing; an old button of a file we no longer make leads to its page."""
    memory.wait_for(chat, "")
    if answers[0] not in guide.FILES:
        await send(bot, chat, screens.at(Address(GUIDE), spoken))
        return Acknowledgement(query.id)
    data = await asyncio.to_thread(guide.data, answers[0], screens.content, screens.languages[spoken], screens.today)
    key = f"{answers[0]} {spoken} {guide.fingerprint(data)}"
    known = memory.files.get(key)
    if known is None:
        await bot.send_chat_action(chat, ChatAction.UPLOAD_DOCUMENT)
        made = await asyncio.to_thread(shelf.take, key, lambda: guide.to_file(answers[0], data))
        sent = await bot.send_document(chat, BufferedInputFile(made, f"{answers[0]}-{spoken}.pdf"))
        if sent.document:
            memory.files[key] = sent.document.file_id
    else:
        await bot.send_document(chat, known)
    return Acknowledgement(query.id)

"""/staff: a one-time link to the desk for those on the list; for everybody else a command like any unknown one."""

import asyncio
from collections.abc import Callable

from aiogram import Bot
from aiogram.types import LinkPreviewOptions, Message

from bot.memory import Memory
from bot.screens import Screens
from bot.telegram.handlers import word

StaffLink = Callable[[int], str | None]


async def link(
    message: Message,
    bot: Bot,
    language: str,
    chat: int,
    screens: Screens,
    memory: Memory,
    staff_link: StaffLink | None,
) -> None:
    """The link, without a preview that would open it."""
    found = await asyncio.to_thread(staff_link, message.from_user.id) if staff_link and message.from_user else None
    if found is None:
        await word.command(message, bot, "staff", language, chat, screens, memory)
        return
    words = screens.languages[language].say("Your link to the desk. It works once, for ten minutes.")
    await bot.send_message(
        chat, f"{words}\n\n{found}", link_preview_options=LinkPreviewOptions(is_disabled=True), protect_content=True
    )

"""A small bot that shows everything a page must be able to show."""

import asyncio
import struct
import zlib
from collections.abc import AsyncGenerator

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.filters import Command
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)
from aiohttp import ClientSession, CookieJar

from bot.web.chat import serve_chat

LONG = "A label so long that no phone on Earth could show the whole of it in one line"
MENU = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Wages", callback_data="wages")],
        [
            InlineKeyboardButton(text="Copy 111", copy_text=CopyTextButton(text="111")),
            InlineKeyboardButton(text="Site", url="https://example.org/help"),
        ],
        [InlineKeyboardButton(text=LONG, callback_data="alert")],
        [InlineKeyboardButton(text="Saved?", callback_data="toast")],
        [InlineKeyboardButton(text="Broken", callback_data="broken")],
    ]
)
BACK = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Back", callback_data="menu")]])
CONTACTS = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="☎ Contacts")]], resize_keyboard=True, is_persistent=True)
RICH = (
    "<b>Registration</b>\n\nThe host <i>reports</i> you. See <a href='https://example.org/law'>the law</a>,"
    " egov.kz or /help.\n<tg-spoiler>hidden</tg-spoiler> <code>112</code>\n+77272222113"
    "\n&lt;img src=x onerror=alert(1)&gt;"
)


def picture() -> bytes:
    """A small blue PNG."""
    rows = b"".join(b"\0" + b"\x1f\x6f\x78" * 60 for _ in range(30))

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60, 30, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


async def start(message: Message) -> None:
    await message.answer(RICH, parse_mode="HTML", reply_markup=CONTACTS)
    await message.answer("Menu\nWhat is it about?", reply_markup=MENU)


async def show_media(message: Message) -> None:
    await message.answer_photo(BufferedInputFile(picture(), "price.png"), caption="Prices")
    await message.answer_document(BufferedInputFile(b"%PDF-1.7", "letter.pdf"))
    await message.answer_location(42.3174, 69.5901)
    await message.answer_contact("+77272222113", "Sana Sezim")


async def show_typing(message: Message, bot: Bot) -> None:
    await bot.send_chat_action(message.chat.id, "typing")


async def take_away(message: Message) -> None:
    await message.delete()
    await message.answer("Your place was deleted from this chat.")


async def press(query: CallbackQuery) -> None:
    if query.data == "broken":
        raise RuntimeError("on purpose")
    if query.data == "toast":
        await query.answer("Saved")
        return
    if query.data == "alert":
        await query.answer("Read this first", show_alert=True)
        return
    assert isinstance(query.message, Message)
    await asyncio.sleep(0.05)
    words, keyboard = ("Wages\nThey must pay.", BACK) if query.data == "wages" else ("Menu\nAgain.", MENU)
    await query.message.edit_text(words, reply_markup=keyboard)
    await query.answer()


async def repeat(message: Message) -> None:
    language = message.from_user.language_code if message.from_user else None
    await message.answer(f"You said ({language}): {message.text or message.content_type}")


async def repeat_edited(message: Message) -> None:
    await message.answer(f"Changed to: {message.text}")


async def prepare(bot: Bot) -> None:
    await bot.set_my_commands([BotCommand(command="start", description="All sections")])
    await bot.set_my_description("Ask me about work in Kazakhstan.")


@pytest.fixture
def dispatcher() -> Dispatcher:
    dispatcher = Dispatcher()
    dispatcher.message.register(start, Command("start"))
    dispatcher.message.register(show_media, Command("media"))
    dispatcher.message.register(show_typing, Command("typing"))
    dispatcher.message.register(take_away, F.location)
    dispatcher.message.register(repeat)
    dispatcher.edited_message.register(repeat_edited)
    dispatcher.callback_query.register(press)
    return dispatcher


@pytest.fixture
async def address(dispatcher: Dispatcher) -> AsyncGenerator[str]:
    """The page, listening on a free port."""
    async with serve_chat(dispatcher, "127.0.0.1", 0, prepare) as address:
        yield address


@pytest.fixture
async def browser(address: str) -> AsyncGenerator[ClientSession]:
    """A browser that opened the page, as far as HTTP is concerned."""
    origin = address.rstrip("/")
    async with ClientSession(origin, cookie_jar=CookieJar(unsafe=True), headers={"Origin": origin}) as session:
        async with session.get("/") as page:
            assert page.status == 200
        yield session

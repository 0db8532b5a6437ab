"""A small bot of our own, so that these tests need none of the real one's screens."""

import pytest
from aiogram import Dispatcher, F
from aiogram.enums import ContentType
from aiogram.filters import Command
from aiogram.methods import SendMessage
from aiogram.types import (
    CallbackQuery,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)

from bot.simulator import Chat

MENU = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Wages", callback_data="wages")],
        [
            InlineKeyboardButton(text="Call 111", copy_text=CopyTextButton(text="111")),
            InlineKeyboardButton(text="Site", url="https://example.org/help"),
        ],
    ]
)
BACK = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Back", callback_data="menu")]])
CONTACTS = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="☎ Contacts")]], resize_keyboard=True, is_persistent=True)


async def start(message: Message) -> None:
    await message.answer("<b>Welcome</b>\nAsk or tap.", parse_mode="HTML", reply_markup=CONTACTS)
    await message.answer("Menu\nWhat is it about?", reply_markup=MENU)


async def press(query: CallbackQuery) -> None:
    if query.data == "toast":
        await query.answer("Saved")
        return
    await query.answer()
    if isinstance(query.message, Message):
        words, keyboard = ("Wages\nThey must pay.", BACK) if query.data == "wages" else ("Menu\nAgain.", MENU)
        await query.message.edit_text(words, reply_markup=keyboard)


async def offer(query: InlineQuery) -> None:
    content = InputTextMessageContent(message_text=f"About {query.query}")
    await query.answer([InlineQueryResultArticle(id="1", title=query.query, input_message_content=content)])


async def repeat(message: Message) -> SendMessage:
    return message.answer(f"{ContentType(message.content_type).value}: {message.text or message.caption or ''}".strip())


async def repeat_edited(message: Message) -> SendMessage:
    return message.answer(f"Changed to: {message.text}")


@pytest.fixture
def dispatcher() -> Dispatcher:
    dispatcher = Dispatcher()
    dispatcher.message.register(start, Command("start"))
    dispatcher.message.register(repeat, F.chat.type == "private")
    dispatcher.edited_message.register(repeat_edited)
    dispatcher.callback_query.register(press)
    dispatcher.inline_query.register(offer)
    return dispatcher


@pytest.fixture
def chat(dispatcher: Dispatcher) -> Chat:
    return Chat(dispatcher)

"""Screen -> Telegram: sends or edits, splits what is too long, and knows what cannot be edited."""

import asyncio
import re
from collections.abc import MutableMapping
from functools import lru_cache
from urllib.parse import quote

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
)

from bot.screens import Attachment, Button, Screen
from bot.screens.screen import Row
from bot.telegram.lean import Keyboard

MOST_CHARACTERS = 4096
Files = MutableMapping[str, str]  # an attachment's key -> the id Telegram gave its file
_NAMES = {"picture": "chart.png", "voice": "voice.ogg", "card": "contact.vcf"}
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


async def send(bot: Bot, chat: int, screen: Screen, files: Files | None = None) -> int:
    """Send a screen as new messages, the last one with its buttons; the id of that one, 0 for a file.

    `files` remembers what was uploaded.
    """
    if screen.attachment:
        await _send_attached(bot, chat, screen, screen.attachment, files if files is not None else {})
        return 0
    pieces, last = split(screen.text), 0
    for piece in pieces:
        markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | ForceReply | None = None
        if piece is pieces[-1]:
            markup = inline_keyboard(screen, await _name(bot, screen))
            if screen.asks:
                markup = ForceReply(input_field_placeholder=screen.asks)
        if screen.keyboard and markup is None:
            markup = reply_keyboard(screen.keyboard)
        sent = await bot.send_message(
            chat,
            piece,
            parse_mode="HTML",
            reply_markup=markup,
            link_preview_options=_NO_PREVIEW,
            disable_notification=screen.is_safety,
        )
        last = sent.message_id
    if screen.followed_by:
        await send(bot, chat, screen.followed_by)
    return last


async def edit(bot: Bot, query: CallbackQuery, screen: Screen, files: Files | None = None) -> AnswerCallbackQuery:
    """Show a screen in place of the one whose button was pressed, or as a new message where that cannot be.

    What it gives back stops the button's clock and is for the handler to return: a webhook sends it along for free.
    """
    if screen.toast:
        return query.answer(screen.toast)
    message = query.message
    is_plain = isinstance(message, Message) and message.text is not None and not screen.asks
    if is_plain and not screen.keyboard and not screen.attachment and len(screen.text) <= MOST_CHARACTERS and message:
        if not await _edited(bot, message.chat.id, message.message_id, screen):
            await send(bot, message.chat.id, screen)
    else:
        await send(bot, message.chat.id if message else query.from_user.id, screen, files)
    return query.answer()


async def _send_attached(bot: Bot, chat: int, screen: Screen, attachment: Attachment, files: Files) -> None:
    """A picture or voice with its caption; uploaded once, then named by Telegram's own id."""
    known = files.get(attachment.key)
    file = known or BufferedInputFile(await asyncio.to_thread(attachment.load), _NAMES[attachment.kind])
    markup = inline_keyboard(screen)
    if attachment.kind == "picture":
        sent = await bot.send_photo(chat, file, caption=screen.text, parse_mode="HTML", reply_markup=markup)
        files[attachment.key] = sent.photo[-1].file_id if sent.photo else ""
    elif attachment.kind == "card":
        await bot.send_document(chat, file, caption=screen.text, parse_mode="HTML", reply_markup=markup)
    else:
        sent = await bot.send_voice(chat, file, caption=screen.text, parse_mode="HTML", reply_markup=markup)
        files[attachment.key] = sent.voice.file_id if sent.voice else ""


async def acknowledge(query: CallbackQuery, toast: str = "") -> None:
    """Stop the button's clock; too late is nothing."""
    try:
        await query.answer(toast or None)
    except TelegramBadRequest as error:
        if "query is too old" not in error.message and "query ID is invalid" not in error.message:
            raise


async def _edited(bot: Bot, chat: int, message: int, screen: Screen) -> bool:
    """Whether the message now shows the screen: a text that is there already counts, one that is gone does not."""
    try:
        await bot.edit_message_text(
            screen.text,
            chat_id=chat,
            message_id=message,
            parse_mode="HTML",
            reply_markup=inline_keyboard(screen, await _name(bot, screen)),
            link_preview_options=_NO_PREVIEW,
        )
    except TelegramBadRequest as error:
        if "message is not modified" in error.message:
            return True
        if "message to edit not found" in error.message or "message can't be edited" in error.message:
            return False
        raise
    return True


async def _name(bot: Bot, screen: Screen) -> str:
    """The bot's own name, which Telegram is asked once, and only where a link to share needs it."""
    if not any(button.start for row in screen.rows for button in row):
        return ""
    return (await bot.me()).username or ""


def inline_keyboard(screen: Screen, name: str = "") -> InlineKeyboardMarkup | None:
    """The rows of a screen as Telegram's buttons; `name` is the bot's, for links to share."""
    if not screen.rows:
        return None
    return _drawn(screen.rows, name) if screen.is_personal else _keyboard(screen.rows, name)


@lru_cache(maxsize=512)  # of pydantic's keyboards each takes some 8 KB
def _keyboard(rows: tuple[Row, ...], name: str) -> InlineKeyboardMarkup:
    return _drawn(rows, name)


def _drawn(rows: tuple[Row, ...], name: str) -> InlineKeyboardMarkup:
    return Keyboard(inline_keyboard=[[_button(button, name) for button in row] for row in rows])


def reply_keyboard(label: str) -> ReplyKeyboardMarkup:
    """The one button that stays below the chat."""
    return ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text=label)]], resize_keyboard=True, is_persistent=True)


def _button(button: Button, name: str) -> InlineKeyboardButton:
    if button.copy:
        return InlineKeyboardButton(text=button.label, copy_text=CopyTextButton(text=button.copy))
    if button.url:
        return InlineKeyboardButton(text=button.label, url=button.url)
    if button.start:
        link = quote(f"https://t.me/{name}?start={button.start}", safe="")
        return InlineKeyboardButton(text=button.label, url=f"https://t.me/share/url?url={link}")
    return InlineKeyboardButton(text=button.label, callback_data=button.data)


def split(html: str, most: int = MOST_CHARACTERS) -> list[str]:
    """Pieces that fit one message each, cut between paragraphs, else lines, else sentences, never inside a tag."""
    pieces, rest = [], html
    while len(rest) > most:
        cut = _cut(rest, most)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest]


def _cut(html: str, most: int) -> int:
    """Where to cut: the last good place before `most` at which every tag is closed."""
    window = html[:most]
    for place in (*_places(window, "\n\n"), *_places(window, "\n"), *_ends(window), *_places(window, " ")):
        if place and _is_balanced(html[:place]):
            return place
    return most


def _places(text: str, mark: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(mark), text)][::-1]


def _ends(text: str) -> list[int]:
    return [found.start() for found in _SENTENCE.finditer(text)][::-1]


def _is_balanced(html: str) -> bool:
    opened = len(re.findall(r"<(?!/)[a-z]", html))
    return opened == html.count("</") and html.rfind("<") <= html.rfind(">")

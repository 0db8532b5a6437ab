"""Screen -> Telegram: sends or edits, splits what is too long, and knows what cannot be edited.

Nearly every screen is one message. Its JSON is written once, kept with the screen and sent over the session's own wire;
where a session has none (LEAN=no, a proxy, the local chat) the same parameters go through aiogram.
"""

import asyncio
import json
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import (
    BufferedInputFile,
    ForceReply,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.screens import Attachment, Button, Screen
from bot.telegram.last import Acknowledgement, call
from bot.telegram.session import TolerantSession
from bot.telegram.split import MOST_CHARACTERS, split

Files = MutableMapping[str, str]  # an attachment's key -> the id Telegram gave its file
_NAMES = {"picture": "chart.png", "voice": "voice.ogg", "card": "contact.vcf"}


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button: the press, its data, its chat, and the message it stands below; 0 where that is none of text."""

    id: str
    data: str
    chat: int
    message: int


async def send(bot: Bot, chat: int, screen: Screen, files: Files | None = None) -> int:
    """Send a screen as new messages, the last one with its buttons; the id of that one, 0 for a file.

    `files` remembers what was uploaded.
    """
    if screen.attachment:
        await _send_attached(bot, chat, screen, screen.attachment, files if files is not None else {})
        return 0
    if screen.asks or screen.keyboard or len(screen.text) > MOST_CHARACTERS:
        last = await _send_pieces(bot, chat, screen)
    else:
        last = await _send_one(bot, chat, screen)
    if screen.followed_by:
        await send(bot, chat, screen.followed_by)
    return last


async def edit(bot: Bot, pressed: Pressed, screen: Screen, files: Files | None = None) -> Acknowledgement:
    """Show a screen in place of the one whose button was pressed, or as a new message where that cannot be.

    What it gives back stops the button's clock and is for the handler to return: a webhook sends it along for free.
    """
    if screen.toast:
        return Acknowledgement(pressed.id, screen.toast)
    is_plain = not (screen.asks or screen.keyboard or screen.attachment) and len(screen.text) <= MOST_CHARACTERS
    if not pressed.message or not is_plain or not await _edited(bot, pressed.chat, pressed.message, screen):
        await send(bot, pressed.chat, screen, files)
    return Acknowledgement(pressed.id)


async def _send_one(bot: Bot, chat: int, screen: Screen) -> int:
    async def whole() -> SendMessage:
        said = await _parameters(bot, screen)
        return SendMessage(chat_id=chat, disable_notification=screen.is_safety or None, **said)

    session = bot.session
    if not isinstance(session, TolerantSession) or not session.is_quick:
        return (await bot(await whole())).message_id
    quiet = b'"disable_notification":true,' if screen.is_safety else b""
    return await session.send(bot, chat, b'{"chat_id":%d,%b%b' % (chat, quiet, await _written(bot, screen)), whole)


async def _edited(bot: Bot, chat: int, message: int, screen: Screen) -> bool:
    """Whether the message now shows the screen: a text that is there already counts, one that is gone does not."""

    async def whole() -> EditMessageText:
        return EditMessageText(chat_id=chat, message_id=message, **await _parameters(bot, screen))

    session = bot.session
    try:
        if not isinstance(session, TolerantSession) or not session.is_quick:
            await bot(await whole())
        else:
            body = b'{"chat_id":%d,"message_id":%d,%b' % (chat, message, await _written(bot, screen))
            await session.quick(bot, "editMessageText", chat, body, whole)
    except TelegramBadRequest as error:
        if "message is not modified" in error.message:
            return True
        if "message to edit not found" in error.message or "message can't be edited" in error.message:
            return False
        raise
    return True


async def _send_pieces(bot: Bot, chat: int, screen: Screen) -> int:
    """What is too long for one message, asks for a reply, or sets the button that stays below the chat."""
    pieces, last = split(screen.text), 0
    said = await _parameters(bot, screen)
    for piece in pieces:
        said["text"] = piece
        said["reply_markup"] = reply_keyboard(screen.keyboard) if screen.keyboard else None
        if piece is pieces[-1] and screen.asks:
            said["reply_markup"] = ForceReply(input_field_placeholder=screen.asks)
        elif piece is pieces[-1] and screen.rows:
            said["reply_markup"] = inline_keyboard(screen, await _name(bot, screen))
        sent = await bot(SendMessage(chat_id=chat, disable_notification=screen.is_safety or None, **said))
        last = sent.message_id
    return last


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


async def acknowledge(bot: Bot, query: str) -> None:
    """Stop the button's clock; too late is nothing."""
    try:
        await call(bot, Acknowledgement(query))
    except TelegramBadRequest as error:
        if "query is too old" not in error.message and "query ID is invalid" not in error.message:
            raise


async def _written(bot: Bot, screen: Screen) -> bytes:
    """The parameters as JSON that only lacks its beginning."""
    found = screen.written.get(bot.id)
    if found is None:
        found = json.dumps(await _parameters(bot, screen), ensure_ascii=False).encode()[1:]
        screen.written[bot.id] = found
    return found


async def _parameters(bot: Bot, screen: Screen) -> dict[str, Any]:
    """What a new message and an edited one have in common."""
    said = {"text": screen.text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    if screen.rows:
        said["reply_markup"] = {"inline_keyboard": rows(screen, await _name(bot, screen))}
    return said


async def _name(bot: Bot, screen: Screen) -> str:
    """The bot's own name, which Telegram is asked once, and only where a link to share needs it."""
    if not any(button.start for row in screen.rows for button in row):
        return ""
    return (await bot.me()).username or ""


def inline_keyboard(screen: Screen, name: str = "") -> InlineKeyboardMarkup | None:
    """The rows of a screen as aiogram knows them."""
    return InlineKeyboardMarkup.model_validate({"inline_keyboard": rows(screen, name)}) if screen.rows else None


def rows(screen: Screen, name: str = "") -> list[list[dict[str, Any]]]:
    """The rows of a screen as Telegram's buttons; `name` is the bot's, for links to share."""
    return [[_button(button, name) for button in row] for row in screen.rows]


def reply_keyboard(label: str) -> ReplyKeyboardMarkup:
    """The one button that stays below the chat."""
    return ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text=label)]], resize_keyboard=True, is_persistent=True)


def _button(button: Button, name: str) -> dict[str, Any]:
    if button.copy:
        return {"text": button.label, "copy_text": {"text": button.copy}}
    if button.url:
        return {"text": button.label, "url": button.url}
    if button.start:
        link = quote(f"https://t.me/{name}?start={button.start}", safe="")
        return {"text": button.label, "url": f"https://t.me/share/url?url={link}"}
    return {"text": button.label, "callback_data": button.data}

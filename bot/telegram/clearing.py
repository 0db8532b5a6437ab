"""Takes away what Telegram still lets a bot take away in a chat, and rewords what it does not."""

from dataclasses import dataclass

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest

from bot.memory import Kind, Seen, Trails

_DELETED_WITHIN = 48 * 3600 - 60  # seconds; a minute spare, since clocks differ
_AT_ONCE = 100  # ids that one call takes
_MOST_REWORDED = 30  # newest first: each costs a call, and Telegram slows down who calls too often


@dataclass(frozen=True)
class Cleared:
    """What came of it: whether messages are known that still stand, and whether older ones may be unknown."""

    is_left: bool
    is_unsure: bool


async def clear(bot: Bot, chat: int, trails: Trails, word: str) -> Cleared:
    """Delete what is young enough; edit the bot's own older messages into `word`."""
    known, now = trails.of(chat), trails.now()
    young = [one for one in known if now - one.sent < _DELETED_WITHIN]
    stay = [one for one in known if one not in young]
    for start in range(0, len(young), _AT_ONCE):
        stay += await _delete(bot, chat, young[start : start + _AT_ONCE])
    for one in [one for one in stay if one.kind in (Kind.TEXT, Kind.CAPTION)][:_MOST_REWORDED]:
        await _reword(bot, chat, one, word)
    return Cleared(bool(stay), now - trails.since(chat) < _DELETED_WITHIN)


async def _delete(bot: Bot, chat: int, messages: list[Seen]) -> list[Seen]:
    """Those that could not be deleted: one of them (fresh dice, a wrong clock) makes Telegram refuse all."""
    try:
        await bot.delete_messages(chat, [one.id for one in messages])
    except TelegramBadRequest:
        if len(messages) == 1:
            return messages
        half = len(messages) // 2
        return [*await _delete(bot, chat, messages[:half]), *await _delete(bot, chat, messages[half:])]
    except TelegramAPIError:
        return messages
    return []


async def _reword(bot: Bot, chat: int, message: Seen, word: str) -> None:
    """A message that is gone, or is not to be edited, stays as it is."""
    try:
        if message.kind is Kind.TEXT:
            await bot.edit_message_text(word, chat_id=chat, message_id=message.id)
        else:
            await bot.edit_message_caption(chat_id=chat, message_id=message.id, caption=word)
    except TelegramAPIError:
        return

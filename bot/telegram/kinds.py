"""The async filters of the table in routes.py: what kind of message this is, and what a handler needs of it.

All are async: aiogram runs a plain function as a filter in a thread of its own, at every message.
"""

from typing import Any

from aiogram import Bot
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.memory import Memory
from bot.screens import Screens, letter

_SERVICE = (
    "pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed",
    "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo",
    "group_chat_created", "supergroup_chat_created", "migrate_to_chat_id", "migrate_from_chat_id", "boost_added",
    "forum_topic_created", "forum_topic_closed", "forum_topic_reopened", "video_chat_started", "video_chat_ended",
    "successful_payment", "refunded_payment", "connected_website", "proximity_alert_triggered",
)  # fmt: skip


class InPrivate(Filter):
    """A message in the chat of one person and the bot."""

    async def __call__(self, message: Message) -> bool:
        return message.chat.type == "private"


class Command(Filter):
    """`/name`, `/name@bot` or `/name and more`; hands over what follows as `argument`."""

    def __init__(self, *names: str) -> None:
        self.names = frozenset(names)

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        name, argument = command(message.text)
        return {"argument": argument} if name in self.names else False


class AnyCommand(Filter):
    """Whatever begins with a slash and a letter; hands over its `name`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        name, _ = command(message.text)
        return {"name": name} if name else False


class Plain(Filter):
    """Words, and nothing about them or the chat that another line of the table would look at; hands over `question`.

    Nearly every message is one. What this refuses goes through the whole table, and may be a question all the same.
    """

    async def __call__(self, message: Message, screens: Screens, memory: Memory, chat: int) -> bool | dict[str, Any]:
        said = message.text or ""
        if message.reply_to_message or not is_plain(said, chat, screens, memory):
            return False
        return {"question": said}


class Press(Filter):
    """A button whose address, whatever its language, is this word."""

    def __init__(self, path: str) -> None:
        self.path = path

    async def __call__(self, query: CallbackQuery) -> bool:
        return (query.data or "").partition("/")[2] == self.path


class InGroup(Filter):
    """A button of a message that stands where others read along."""

    async def __call__(self, query: CallbackQuery) -> bool:
        return query.message is not None and query.message.chat.type != "private"


class ContactsLabel(Filter):
    """A message that is exactly what the button below the chat is or ever was called, in any language."""

    async def __call__(self, message: Message, screens: Screens) -> bool:
        return bool(message.text) and screens.is_contacts_label(message.text or "")


class Answered(Filter):
    """The day or sum that the last screen asked for; hands over the `screen` that follows."""

    async def __call__(self, message: Message, screens: Screens, memory: Memory, chat: int) -> bool | dict[str, Any]:
        awaited = memory.awaited(chat) if message.text else ""
        screen = screens.typed(message.text or "", awaited) if awaited else None
        return {"screen": screen} if screen else False


class Answering(Filter):
    """A button whose address has this path and answers; hands over those and its language."""

    def __init__(self, path: str) -> None:
        self.path = path

    async def __call__(self, query: CallbackQuery, screens: Screens) -> bool | dict[str, Any]:
        found = screens.codec.parse(query.data or "")
        if found is None or found[1].path != self.path or not found[1].answers:
            return False
        return {"answers": found[1].answers, "spoken": found[0]}


class Drafted(Filter):
    """An answer to a question of the letter; hands over the question as `asked`, its text or, unknown yet, its id.

    Telegram sends a reply together with what it replies to, so that a restart costs nothing. Who closed the reply and
    just writes is known for some minutes by the id of the question; a question mark, or a command, is no answer.
    """

    async def __call__(
        self, message: Message, bot: Bot, screens: Screens, memory: Memory, chat: int
    ) -> bool | dict[str, Any]:
        said, reply = message.text, message.reply_to_message
        is_command = bool(command(said)[0]) and command(said)[0] != letter.SKIP[1:]
        if not said or is_command or screens.is_contacts_label(said):
            return False
        if reply and reply.from_user and reply.from_user.id == bot.id:
            draft = letter.read(reply.text or "")
            return {"asked": reply.text} if draft and draft.asked is not None else False
        found = screens.codec.parse(memory.awaited(chat))
        if found is None or found[1].path != letter.PATH or "?" in said:
            return False
        number = found[1].answers[-1]
        return {"asked": int(number)} if number.isdigit() else False


class Typed(Filter):
    """Words to answer: a text or a caption; hands them over as `question`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        question = message.text or message.caption
        return {"question": question} if question and question.strip() else False


class Has(Filter):
    """A message that carries one of these kinds of content."""

    def __init__(self, *contents: str) -> None:
        self.contents = contents

    async def __call__(self, message: Message) -> bool:
        return any(getattr(message, content, None) for content in self.contents)


class Service(Has):
    """Telegram's own lines in a chat, which nobody sent to be answered."""

    def __init__(self) -> None:
        super().__init__(*_SERVICE)


class AfterClearing(Service):
    """The first thing a person says since the chat was cleared."""

    async def __call__(self, message: Message, chat: int, memory: Memory) -> bool:  # type: ignore[override]  # aiogram hands over what is named
        return memory.is_cleared(chat) and not await super().__call__(message)


class Addressed(Filter):
    """A group message meant for the bot: its name, a command to it, or a reply to it."""

    async def __call__(self, message: Message, bot: Bot) -> bool:
        if message.chat.type not in ("group", "supergroup"):
            return False
        me = await bot.me()
        reply = message.reply_to_message
        if reply and reply.from_user and reply.from_user.id == bot.id:
            return True
        text = (message.text or message.caption or "").lower()
        name = f"@{(me.username or '').lower()}"
        if text.startswith("/"):
            word = text.split(maxsplit=1)[0]
            return "@" not in word or word.endswith(name)
        return len(name) > 1 and name in text


def is_plain(said: str, chat: int, screens: Screens, memory: Memory) -> bool:
    """Whether these are words like any others: no command, nothing waited for, no label of a button."""
    if not said or said.startswith("/") or not said.strip():
        return False
    return not (memory.awaited(chat) or memory.is_cleared(chat) or screens.is_contacts_label(said))


def command(text: str | None) -> tuple[str, str]:
    """The name of a command in lower case and what follows it; empty where it is none."""
    if not text or not text.startswith("/"):
        return "", ""
    word, _, argument = text.partition(" ")
    name = word[1:].partition("@")[0].lower()
    return (name, argument.strip()) if name[:1].isalpha() else ("", "")

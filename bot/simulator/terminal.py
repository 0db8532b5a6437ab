"""The conversation in a terminal: plain text, numbered buttons, and it works from a pipe."""

import asyncio
import logging
from collections.abc import Callable
from typing import TextIO

from bot.simulator.chat import Chat
from bot.simulator.message import Button, Message

QUIT = "/quit"

log = logging.getLogger(__name__)


async def talk(chat: Chat, lines: TextIO, write: Callable[[str], None]) -> None:
    """Read what the person types until `/quit` or the end: a number presses that button, all else is said.

    What breaks in the bot goes to the log and the conversation goes on, as it would on a phone.
    """
    write(f"Write a line, or the number of a button. {QUIT} ends.")
    terminal = _Terminal(chat, write)
    while line := await _next_line(lines):
        words = line.strip()
        if words == QUIT:
            return
        if words:
            await terminal.enter(words)


class _Terminal:
    """Remembers which number stands for which button."""

    def __init__(self, chat: Chat, write: Callable[[str], None]) -> None:
        self._chat = chat
        self._write = write
        self._presses: list[tuple[int, int, int] | str] = []

    async def enter(self, words: str) -> None:
        before = self._chat.world.revision
        try:
            if words.isdecimal() and 1 <= int(words) <= len(self._presses):
                await self._press(self._presses[int(words) - 1])
            else:
                await self._chat.say(words)
        except Exception:
            log.exception("the bot could not answer")
            self._write("! The bot failed; the log says why.")
        self._show(before)

    async def _press(self, choice: tuple[int, int, int] | str) -> None:
        if isinstance(choice, str):
            await self._chat.press(choice)
            return
        button = await self._chat.press_at(*choice)
        if button.kind == "copy_text":
            self._write(f"* Copied: {button.value}")
        elif button.kind != "callback_data":
            self._write(f"* Opens: {button.value}")

    def _show(self, before: int) -> None:
        """What is new since then; the numbers belong to the newest screen and the keyboard below it."""
        news = [one for one in self._chat.messages if one.is_from_bot and one.revision > before]
        if news:
            self._presses = []
        for message in sorted(news, key=lambda message: message.revision):
            self._write("")
            self._write(plain(message))
            for place, row in enumerate(message.rows):
                numbers = [(message.id, place, column) for column in range(len(row))]
                self._write("  " + "   ".join(map(self._numbered, numbers, row)))
        if news and self._chat.reply_buttons:
            labels = self._chat.reply_buttons
            self._write("  below: " + "   ".join(map(self._numbered, labels, labels)))
        for toast in self._chat.room.toasts:
            if toast.revision > before:
                self._write(f"{'!' if toast.is_alert else '*'} {toast.text}")

    def _numbered(self, choice: tuple[int, int, int] | str, button: Button | str) -> str:
        self._presses.append(choice)
        return f"[{len(self._presses)}] {button if isinstance(button, str) else button.label}"


def plain(message: Message) -> str:
    """A message without markup: what is not text is named, and a hidden link is written out."""
    words, shift = message.text.encode("utf-16-le"), 0
    for link in (one for one in message.entities if one["type"] == "text_link"):
        address = f" ({link['url']})".encode("utf-16-le")
        end = 2 * (link["offset"] + link["length"]) + shift
        words, shift = words[:end] + address + words[end:], shift + len(address)
    return " ".join(filter(None, (_named(message), words.decode("utf-16-le"))))


def _named(message: Message) -> str:
    if message.kind == "text":
        return ""
    content = message.content.get(message.kind)
    if message.kind == "location" and content:
        return f"[location {content['latitude']}, {content['longitude']}]"
    if message.kind == "contact" and content:
        return f"[contact {content['first_name']} {content['phone_number']}]"
    if message.kind == "document" and content:
        return f"[document {content['file_name']}]"
    return f"[{message.kind}]"


async def _next_line(lines: TextIO) -> str:
    """The next line, or nothing at the end; at a keyboard, Ctrl-C still works while we wait."""
    if lines.isatty():
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()
        loop.add_reader(lines.fileno(), ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(lines.fileno())
    return lines.readline()

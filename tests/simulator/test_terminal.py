"""The terminal, from a pipe."""

import io
import os
import pty

import pytest
from aiogram.exceptions import TelegramNetworkError

from bot.bot_api import check_text
from bot.simulator import Chat, Message
from bot.simulator.terminal import plain, talk


async def heard(chat: Chat, *lines: str) -> str:
    written: list[str] = []
    await talk(chat, io.StringIO("".join(f"{line}\n" for line in lines)), written.append)
    return "\n".join(written)


async def test_buttons_are_numbered_and_a_number_presses(chat: Chat) -> None:
    said = await heard(chat, "/start", "1")

    assert "Menu\nWhat is it about?\n  [1] Wages\n  [2] Call 111   [3] Site\n  below: [4] ☎ Contacts" in said
    assert said.endswith("Wages\nThey must pay.\n  [1] Back\n  below: [2] ☎ Contacts")


async def test_numbers_reach_the_keyboard_below_and_buttons_that_copy_or_open(chat: Chat) -> None:
    said = await heard(chat, "/start", "2", "3", "4")

    assert "* Copied: 111" in said
    assert "* Opens: https://example.org/help" in said
    assert said.count("text: ☎ Contacts") == 1


async def test_a_number_that_is_no_button_is_said(chat: Chat) -> None:
    assert "text: 112" in await heard(chat, "112", "")


async def test_quit_ends_before_the_rest(chat: Chat) -> None:
    assert "text: never" not in await heard(chat, "hello", "/quit", "never")


async def test_a_failing_bot_does_not_end_the_conversation(chat: Chat, caplog: pytest.LogCaptureFixture) -> None:
    chat.session.fail_next(TelegramNetworkError)

    said = await heard(chat, "hello", "again")

    assert "! The bot failed" in said
    assert "text: again" in said
    assert "the bot could not answer" in caplog.text


async def test_at_a_keyboard_lines_are_awaited(chat: Chat) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, "сәлем\n/quit\n".encode())
    written: list[str] = []

    with os.fdopen(theirs, encoding="utf-8") as keyboard:
        await talk(chat, keyboard, written.append)
    os.close(ours)

    assert "text: сәлем" in written


def test_a_hidden_link_is_written_out() -> None:
    formatted = check_text('😀 <a href="https://gov.kz">site</a>!', "HTML")

    assert plain(Message(1, 1, 1, 0, text=formatted.text, entities=formatted.entities)) == "😀 site (https://gov.kz/)!"


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("location", {"latitude": 42.3, "longitude": 69.6}, "[location 42.3, 69.6]"),
        ("contact", {"first_name": "Sana Sezim", "phone_number": "+7727"}, "[contact Sana Sezim +7727]"),
        ("document", {"file_name": "letter.pdf"}, "[document letter.pdf]"),
        ("photo", [], "[photo]"),
    ],
)
def test_what_is_not_text_is_named(kind: str, content: object, words: str) -> None:
    assert plain(Message(1, 1, 1, 0, kind, content={kind: content})) == words

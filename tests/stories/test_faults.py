"""Faults of Telegram, the network and our own code: an apology with a way out, a clean log, and the bot goes on."""

import logging

import pytest
from aiogram.exceptions import TelegramNetworkError

from bot.app import Library, now
from bot.bot_api import BotApiError
from bot.log import PrivateFormatter
from bot.matching import Match
from bot.memory import Memory
from bot.screens import Address, Heard, Screen, Screens
from bot.simulator import Chat
from bot.store import NoStore
from bot.telegram import build_dispatcher
from tests.conftest import Talk

MARKER = "Гульнора-77015550142"


class BrokenScreens(Screens):
    """Screens in which one address and every question break."""

    def at(self, address: Address, language: str) -> Screen:
        if address.path == "stay":
            raise ValueError(MARKER)
        return super().at(address, language)

    def answer(
        self, text: str, language: str, before: str = "", heard: Heard | None = None
    ) -> tuple[Screen, Match | None]:
        raise ValueError(text)


@pytest.fixture
def broken(library: Library) -> Chat:
    screens = BrokenScreens(library.content, library.languages, library.matcher, lambda: now().date())
    return Chat(build_dispatcher(lambda: screens, NoStore(), Memory(), now), language_code="ru")


def written(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(PrivateFormatter().format(record) for record in caplog.records)


async def test_a_crash_becomes_an_apology_with_a_way_out_and_a_line_without_a_word(
    broken: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await broken.say(MARKER)

    assert broken.title == "У нас что-то сломалось. Попробуйте ещё раз."
    assert "112" in broken.text
    assert broken.buttons == ["Меню", "☎ Контакты"]
    assert "an update could not be answered" in written(caplog)
    assert "ValueError" in written(caplog)
    assert MARKER not in written(caplog)
    assert str(broken.person.id) not in written(caplog)


async def test_a_press_that_breaks_stops_the_clock_of_its_button(broken: Chat) -> None:
    await broken.command("menu")

    await broken.press("Въезд и жизнь здесь")

    assert broken.title == "У нас что-то сломалось. Попробуйте ещё раз."
    assert not broken.is_waiting
    await broken.press("Меню")
    assert broken.title == "Чем помочь?"


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("sendMessage", BotApiError(400, "Bad Request: chat not found")),
        ("sendMessage", BotApiError(500, "Internal Server Error")),
        ("sendMessage", TelegramNetworkError),
        ("editMessageText", BotApiError(400, "Bad Request: message is not modified")),
        ("editMessageText", BotApiError(400, "Bad Request: message to edit not found")),
        ("editMessageText", BotApiError(400, "Bad Request: message can't be edited")),
        ("editMessageText", BotApiError(502, "Bad Gateway")),
        ("answerCallbackQuery", BotApiError(400, "Bad Request: query is too old and response timeout expired")),
        ("answerCallbackQuery", BotApiError(500, "Internal Server Error")),
    ],
)
async def test_a_fault_of_telegram_leaves_the_bot_answering(
    talk: Talk, method: str, fault: BotApiError | type[TelegramNetworkError]
) -> None:
    chat = talk("ru")
    await chat.command("menu")

    chat.session.fail_next(fault, on=method)
    await chat.press_old(chat.last.id, "ru/stay")
    await chat.say("не платят зарплату")
    await chat.say("не платят зарплату")

    assert "Не платят зарплату" in chat.text


async def test_rubbish_instead_of_an_answer_leaves_the_bot_answering(
    talk_here: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    chat = talk_here("ru")

    chat.session.fail_next("<html>nginx</html>", status=502)
    await chat.command("menu")
    await chat.command("menu")

    assert chat.title == "Чем помочь?"


async def test_somebody_who_blocked_the_bot_is_not_an_error(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    chat = talk("ru")
    await chat.command("menu")

    chat.session.fail_next(BotApiError(403, "Forbidden: bot was blocked by the user"))
    await chat.say("не платят зарплату")

    assert caplog.records == []

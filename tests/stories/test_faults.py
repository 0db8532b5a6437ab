"""Faults of Telegram, the network and our own code: an apology with a way out, a clean log, and the bot goes on."""

import logging

import pytest
from aiogram.exceptions import TelegramNetworkError
from aiogram.types import Update

from bot.app import Library, now
from bot.bot_api import BotApiError
from bot.log import PrivateFormatter
from bot.matching import Match
from bot.memory import Memory
from bot.screens import Address, Heard, Screen, Screens
from bot.simulator import Chat
from bot.store import NoStore
from bot.telegram import build_dispatcher
from bot.telegram.fence import TurnLostError
from tests.conftest import Talk

MARKER = "Гульнора-77015550142"


class BrokenScreens(Screens):
    """Screens in which one address and every question break."""

    def at(self, address: Address, language: str) -> Screen:
        if address.path == "stay":
            raise ValueError(MARKER)
        if address.path == "privacy":
            raise TurnLostError
        return super().at(address, language)

    def answer(
        self, text: str, language: str, before: str = "", heard: Heard | None = None
    ) -> tuple[Screen, Match | None]:
        raise ValueError(text)

    def in_group(self, language: str, link: str) -> Screen:
        raise ValueError(MARKER)

    def to_share(self, query: str, language: str) -> list[tuple[str, str, str, str]]:
        raise ValueError(query)


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def broken(library: Library, memory: Memory) -> Chat:
    screens = BrokenScreens(library.content, library.languages, library.matcher, lambda: now().date())
    return Chat(build_dispatcher(lambda: screens, NoStore(), memory, now), language_code="ru")


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


@pytest.mark.parametrize(
    ("client", "chosen", "title"),
    [
        ("kk", "", "Бізде бірдеңе істемей қалды."),
        ("tg-TJ", "", "Дар тарафи мо чизе вайрон шуд."),
        ("ru", "uz", "Bizda nimadir ishlamay qoldi."),
    ],
)
async def test_the_apology_is_in_the_language_of_the_person(
    broken: Chat, memory: Memory, client: str, chosen: str, title: str
) -> None:
    phone = broken.another(language_code=client)
    memory.remember_language(phone.person.id, chosen)

    await phone.say(MARKER)

    assert phone.title.startswith(title)


async def test_nobody_is_told_of_a_crash_in_a_group_or_while_they_type_elsewhere(
    broken: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    group = broken.in_group("Бригада")
    me = await group.bot.me()

    await group.say(f"@{me.username} {MARKER}")
    assert await broken.inline(MARKER) == []

    assert [one for one in (*group.messages, *broken.messages) if one.is_from_bot] == []
    assert written(caplog).count("an update could not be answered\n") == 2


async def test_what_came_of_a_crash_is_known_to_whoever_counts(broken: Chat) -> None:
    sender = {"id": broken.person.id, "is_bot": False, "first_name": "A", "language_code": "ru"}
    private, group = {"id": broken.person.id, "type": "private"}, {"id": -7, "type": "group", "title": "A"}
    me = await broken.bot.me()
    updates = [
        {"message": {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": f"@{me.username} {MARKER}"}}
        for chat in (private, group)
    ]
    updates.append({"inline_query": {"id": "1", "from": sender, "query": MARKER, "offset": ""}})

    came = [
        await broken.dispatcher.feed_update(broken.bot, Update.model_validate({"update_id": number, **update}))
        for number, update in enumerate(updates)
    ]

    assert came == ["failed"] * 3


async def test_what_another_instance_answers_is_neither_a_crash_nor_answered_here(
    broken: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    await broken.command("menu")
    press = {"id": "1", "chat_instance": "1", "data": "ru/privacy", "from": broken.person.to_json()}
    update = {"update_id": 1, "callback_query": press | {"inline_message_id": "1"}}

    assert await broken.dispatcher.feed_update(broken.bot, Update.model_validate(update)) == "again"
    assert caplog.records == []


async def test_an_apology_that_telegram_does_not_take_is_said_in_the_log(
    broken: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    broken.session.fail_next(BotApiError(400, "Bad Request: chat not found"), on="sendMessage")

    await broken.say(MARKER)

    assert "error the apology could not be sent either: Telegram does not take it" in written(caplog)


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

"""The short way says and keeps what the table does, takes nothing that is not exactly its own, and outlives faults."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, closing
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.app import Library, now
from bot.bot_api import BotApiError, Json, too_many_requests
from bot.fake_telegram import FakeTelegram, fake_telegram
from bot.memory import Memory
from bot.screens import CLEAR, GUIDE, PAPER
from bot.simulator import Chat, Line
from bot.store import open_store
from bot.telegram import build_dispatcher
from bot.telegram.arrival import arrived
from bot.telegram.lane import Lane
from bot.telegram.last import LAST, call
from bot.telegram.session import open_session

PERSON = {"id": 5, "is_bot": False, "first_name": "A", "language_code": "uz"}
MESSAGE = {"message_id": 7, "date": 9, "chat": {"id": 5, "type": "private"}, "from": PERSON, "text": "salom"}
PRESS = {"id": "1", "from": PERSON, "chat_instance": "1", "data": "ru/menu", "message": MESSAGE}
SAID = (
    "как зарегистрироваться", "roʻyxatdan oʻtish", "ИИН керак", "патент чанд пул", "what is a work permit",
    "помогите меня бьют", "asdfgh", "привет", "Где мой друг Алишер", "не платят зарплату и забрали паспорт",
    "☎ Контакты", "/menu", "/help", "/forget", "?", "а сколько стоит", "что ты обо мне знаешь", "12 05 2026",
)  # fmt: skip
PRESSED = (
    "ru/menu", "kk/stay", "uz/stay/iin", "tg/stay/registration", "en/permits/which", "uzc/help", "ru/welcome", "ru/me",
    "ru/stay/registration#helped", "ru/stay/registration#steps", "ru/permits/which?uz", "xx/nothing", "ru/gone/away",
    "rubbish", "ru/forget", "ru/privacy", "ru/none", f"ru/{GUIDE}", f"ru/{GUIDE}?old", f"ru/{PAPER}",
    f"ru/{PAPER}?wages", f"ru/{CLEAR}", "ru/menu",
)  # fmt: skip


class Way:
    """A bot over real HTTP, whose calls go the short way or aiogram's; and a person."""

    def __init__(self, telegram: FakeTelegram, library: Library, path: str, *, is_lean: bool) -> None:
        self.line: Line = telegram.line
        self.memory = Memory()
        self.path = path
        self.store = open_store(f"sqlite:///{path}", lambda _: None)
        self.bot = Bot(telegram.token, open_session(telegram.address, None, is_lean=is_lean))
        dispatcher = build_dispatcher(lambda: library.screens, self.store, self.memory, now)
        self.lane = Lane(dispatcher, self.bot, is_lean)
        self.phone = Chat(dispatcher, wire=self, language_code="tg")
        self.results: list[object] = []

    async def carry(self, update: Json) -> None:
        result = await self.lane.answer(arrived(update, self.bot))
        if isinstance(result, LAST):
            await call(self.bot, result)
        self.results.append(type(result).__name__)

    def said(self) -> list[tuple[str, Any]]:
        """Every call so far, without what differs from one server to the other."""
        calls = [(one.method, dict(one.params)) for one in self.line.requests]
        self.line.requests.clear()
        return [(name, {key: given[key] for key in sorted(given) if key not in _OTHER}) for name, given in calls]

    def kept(self) -> object:
        """What memory holds of this person."""
        chat = self.phone.person.id
        memory = self.memory
        seen = [(one.id, one.kind) for one in memory.trails.of(chat)]
        return memory.language(chat), memory.awaited(chat), memory.subject(chat), memory.is_cleared(chat), seen


_OTHER = ("callback_query_id", "chat_id")
Begin = Callable[[bool], Any]


@pytest.fixture
async def begin(library: Library, tmp_path: Any) -> AsyncIterator[Begin]:
    async with AsyncExitStack() as opened:

        async def start(is_lean: bool) -> Way:
            telegram = await opened.enter_async_context(fake_telegram())
            way = Way(telegram, library, f"{tmp_path}/{is_lean}.db", is_lean=is_lean)
            opened.push_async_callback(way.bot.session.close)
            opened.push_async_callback(way.store.close)
            return way

        yield start


async def test_words_and_presses_are_answered_alike_in_both_ways(begin: Begin) -> None:
    short, long = await begin(True), await begin(False)
    for way in (short, long):
        await way.phone.say("/start")
    for words in SAID:
        for way in (short, long):
            await way.phone.say(words)
        assert short.said() == long.said(), words
        assert short.kept() == long.kept(), words
    for data in PRESSED:
        for way in (short, long):
            at = max(one.id for one in way.phone.messages if one.is_from_bot)
            await way.phone.press_old(at, data)
        assert short.said() == long.said(), data
        assert short.kept() == long.kept(), data
        assert short.phone.toasts == long.phone.toasts, data
        assert not short.phone.is_waiting, data
    for way in (short, long):
        await way.store.flush()

    assert short.results == long.results
    assert "Acknowledgement" in short.results
    assert short.phone.toasts
    assert _rows(short) == _rows(long) != []


def _rows(way: Way) -> list[object]:
    with closing(sqlite3.connect(way.path)) as database:
        return database.execute("SELECT * FROM demand").fetchall()


@pytest.mark.parametrize("change", [
    {"reply_to_message": MESSAGE}, {"caption": "x"}, {"photo": []}, {"via_bot": PERSON}, {"forward_origin": {}},
    {"business_connection_id": "1"}, {"chat": {"id": -5, "type": "group"}}, {"chat": {"id": 5, "type": "channel"}},
    {"chat": {"id": "5", "type": "private"}}, {"chat": {}}, {"chat": None}, {"text": None}, {"text": 5}, {"date": 0},
    {"message_id": True}, {"from": None}, {"from": {"language_code": 5}}, {"location": {}}, {"new_thing": 1},
])  # fmt: skip
def test_a_message_that_is_more_than_words_is_left_to_aiogram(change: Json) -> None:
    assert arrived({"update_id": 1, "message": MESSAGE}, Bot("1:a")).is_short
    assert not arrived({"update_id": 1, "message": {**MESSAGE, **change}}, Bot("1:a")).is_short
    assert not arrived({"update_id": 1, "edited_message": MESSAGE}, Bot("1:a")).is_short


@pytest.mark.parametrize("change", [
    {"data": None}, {"game_short_name": "x"}, {"inline_message_id": "1"}, {"message": None}, {"id": 5}, {"from": []},
    {"message": {**MESSAGE, "date": 0}}, {"message": {**MESSAGE, "text": None}}, {"new_thing": 1},
    {"message": {**MESSAGE, "chat": {"id": -5, "type": "group"}}}, {"message": {"chat": MESSAGE["chat"]}},
])  # fmt: skip
def test_a_press_that_is_more_than_a_press_is_left_to_aiogram(change: Json) -> None:
    assert arrived({"update_id": 1, "callback_query": PRESS}, Bot("1:a")).is_short
    assert not arrived({"update_id": 1, "callback_query": {**PRESS, **change}}, Bot("1:a")).is_short
    assert not arrived({"update_id": 1, "callback_query": PRESS, "message": MESSAGE}, Bot("1:a")).is_short


def test_what_aiogram_makes_of_an_arrival_is_the_update_that_came() -> None:
    for raw in ({"update_id": 3, "message": MESSAGE}, {"update_id": 3, "callback_query": PRESS}):
        short = arrived(raw, Bot("1:a"))

        assert (short.update.update_id, short.update.event_type) == (3, short.kind)


async def test_a_limit_is_waited_out_once_and_no_other_chat_waits(begin: Begin, monkeypatch: Any) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    way = await begin(True)
    monkeypatch.setattr(way.bot.session.patience, "_sleep", wait)
    await way.phone.say("как зарегистрироваться")
    way.line.requests.clear()
    way.line.fail_next(too_many_requests(3))
    await way.phone.say("как зарегистрироваться")

    assert waited == [3]
    assert len(way.said()) == 2
    await way.phone.say("как зарегистрироваться")
    assert len(waited) == 2
    await way.phone.another().say("как зарегистрироваться")
    assert len(waited) == 2


async def test_faults_of_telegram_are_tried_again_from_the_first_try_on(begin: Begin, monkeypatch: Any) -> None:
    monkeypatch.setattr("bot.telegram.session._PAUSES", (0.0, 0.0))
    way = await begin(True)
    for fault, status in ((BotApiError(502, "Bad Gateway"), 200), (ConnectionResetError(), 200), ("<html>", 502)):
        way.line.fail_next(fault, status=status)
        await way.phone.say("как зарегистрироваться")
        await way.phone.press_old(max(one.id for one in way.phone.messages if one.is_from_bot), "ru/menu")

    answers = [one for one in way.said() if one[0] == "sendMessage"]
    assert len(answers) >= 6
    assert way.phone.title == "Чем помочь?"


@pytest.mark.parametrize("result", ["true", "[]", '"sent"', "5", "null", "{}", '{"message_id": true, "date": 1}'])
async def test_an_answer_that_is_no_message_is_a_fault_of_telegram_like_in_aiograms_way(
    begin: Begin, result: str, caplog: pytest.LogCaptureFixture
) -> None:
    for is_lean in (True, False):
        way = await begin(is_lean)
        way.line.fail_next(f'{{"ok": true, "result": {result}}}')
        await way.phone.say("как зарегистрироваться")

        error = caplog.records[0].exc_info
        assert error
        assert isinstance(error[1], AiogramError), is_lean
        assert way.results == ["str"]
        assert way.phone.title == "Дар тарафи мо чизе вайрон шуд. Боз як бор кӯшиш кунед."
        caplog.clear()


async def test_who_blocked_the_bot_and_what_cannot_be_edited(begin: Begin) -> None:
    way = await begin(True)
    await way.phone.say("как зарегистрироваться")
    at = max(one.id for one in way.phone.messages if one.is_from_bot)
    way.line.fail_next(BotApiError(400, "Bad Request: message can't be edited"), on="editMessageText")
    await way.phone.press_old(at, "ru/menu")
    way.line.fail_next(BotApiError(400, "Bad Request: message is not modified"), on="editMessageText")
    await way.phone.press_old(at, "ru/menu")
    way.line.fail_next(BotApiError(403, "Forbidden: bot was blocked by the user"))
    way.results.clear()
    blocked = await way.lane.answer(arrived({"update_id": 99, "message": {**MESSAGE}}, way.bot))

    assert [name for name, _ in way.said()].count("sendMessage") == 3
    assert blocked == "gone"


async def test_whoever_asks_what_breaks_gets_a_way_out_even_where_aiogram_cannot_read_it(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = await begin(True)
    await way.phone.say("как зарегистрироваться")
    chat = {"id": way.phone.person.id, "type": "private"}
    odd = {**MESSAGE, "chat": chat, "from": {"id": chat["id"], "language_code": "ru"}}  # with no name
    monkeypatch.setattr(way.lane._counting, "shown", lambda *_: 1 / 0)
    way.line.requests.clear()

    asked = await way.lane.answer(arrived({"update_id": 1, "message": odd}, way.bot))
    pressed = await way.lane.answer(arrived({"update_id": 2, "callback_query": {**PRESS, "message": odd}}, way.bot))

    assert asked == pressed == "failed"
    assert way.phone.title == "У нас что-то сломалось. Попробуйте ещё раз."
    assert [one.method for one in way.line.requests][-1] == "answerCallbackQuery"

"""The session's patience: limits are waited out, faults are tried again, and no longer than a person waits."""

import json
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter, TelegramServerError
from hypothesis import given
from hypothesis import strategies as st

from bot.bot_api import BotApiError, too_many_requests
from bot.fake_telegram import FakeTelegram, fake_telegram
from bot.telegram.session import Patience, TolerantSession, _result


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram() as server:
        yield server


@pytest.fixture
def person(telegram: FakeTelegram) -> int:
    """Somebody the bot may write to."""
    person = telegram.world.new_person()
    telegram.world.rooms[person.id].is_started = True
    return person.id


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
async def bot(telegram: FakeTelegram, waits: list[float]) -> AsyncIterator[Bot]:
    session = TolerantSession(api=TelegramAPIServer.from_base(telegram.address))

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    session.middleware(Patience(wait))
    async with Bot(telegram.token, session=session) as bot:
        yield bot


async def test_a_limit_is_waited_out(telegram: FakeTelegram, person: int, bot: Bot, waits: list[float]) -> None:
    telegram.line.fail_next(too_many_requests(3))

    await bot.send_message(person, "x")

    assert waits == [3]


async def test_a_long_limit_is_not(telegram: FakeTelegram, person: int, bot: Bot, waits: list[float]) -> None:
    telegram.line.fail_next(too_many_requests(600))

    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(person, "x")

    assert waits == []


@pytest.mark.parametrize(
    "body", ['{"ok": false, "error_code": 502, "description": "Bad Gateway"}', "<html>nginx</html>"]
)
async def test_a_fault_is_tried_again_after_longer_and_longer_pauses(
    telegram: FakeTelegram, person: int, bot: Bot, waits: list[float], body: str
) -> None:
    telegram.line.fail_next(body, status=502, times=4)

    await bot.send_message(person, "x")

    assert waits == [pytest.approx(seconds, rel=0.25) for seconds in (0.5, 1, 2, 4)]


async def test_and_then_it_is_an_error(telegram: FakeTelegram, person: int, bot: Bot) -> None:
    telegram.line.fail_next(BotApiError(500, "Internal Server Error"), times=5)

    with pytest.raises(TelegramServerError):
        await bot.send_message(person, "x")


async def test_what_cannot_get_better_is_not_tried_again(bot: Bot, waits: list[float]) -> None:
    with pytest.raises(TelegramBadRequest):
        await bot.send_message(5, "to nobody")

    assert waits == []


async def test_a_limited_chat_is_left_alone_until_its_time_and_the_others_are_not(
    telegram: FakeTelegram, person: int, bot: Bot
) -> None:
    telegram.line.fail_next(too_many_requests(600))
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(person, "x")
    other = telegram.world.new_person()
    telegram.world.rooms[other.id].is_started = True

    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(person, "again")
    await bot.send_message(other.id, "x")

    assert [params["chat_id"] for params in telegram.called("sendMessage")] == [person, other.id]


async def test_a_group_that_moved_gets_its_answer_where_it_is_now(telegram: FakeTelegram, bot: Bot) -> None:
    group = telegram.world.new_room("group", "Workers")
    moved = telegram.world.migrate(group)

    sent = await bot.send_message(group.id, "x")

    assert sent.chat.id == moved.id


@given(
    name=st.text('ab{}[]",:\\\n ж\U0001f600chatdate0159', max_size=30),
    order=st.permutations(["message_id", "from", "chat", "date", "text"]),
    separators=st.sampled_from([(",", ":"), (", ", ": ")]),
    is_ascii=st.booleans(),
)
def test_the_two_numbers_of_a_message_are_found_whoever_it_is_from(
    name: str, order: list[str], separators: tuple[str, str], is_ascii: bool
) -> None:
    person: dict[str, object] = {"id": 7, "first_name": name, "date": 5}
    message = {"message_id": 41, "from": person, "chat": {**person, "type": "private"}, "date": 17, "text": name}
    answer = {"ok": True, "result": {key: message[key] for key in order}}

    said = json.dumps(answer, separators=separators, ensure_ascii=is_ascii).encode()

    assert _result("sendMessage", 200, said) == (41, 17)


@pytest.mark.parametrize("said", [
    '{"ok":true,"result":true}', '{"ok":false,"result":{"message_id":1,"date":2}}', '{"ok":true,"result":{"date":2}}',
    '{"ok":true,"result":{"message_id":1,"text":{"date":2}}}', '{"ok":true,"result":{"message_id":true,"date":2}}',
    '{"ok":true,"result":{"message_id":1.5,"date":2}}', '{"ok":true,"result":{"message_id":1,"date":2.5}}',
    '[{"ok":true,"result":{"message_id":1,"date":2}}]', '{"ok":true,"result":{"message_id":-1,"da', "",
])  # fmt: skip
def test_what_is_no_message_that_was_sent_is_left_to_aiogram(said: str) -> None:
    assert _result("sendMessage", 200, said.encode()) is None
    assert _result("sendMessage", 500, b'{"ok":true,"result":{"message_id":1,"date":2}}') is None

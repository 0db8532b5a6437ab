"""The session's patience: limits are waited out, faults are tried again, and no longer than a person waits."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter, TelegramServerError

from bot.bot_api import BotApiError, too_many_requests
from bot.fake_telegram import FakeTelegram, fake_telegram
from bot.telegram.session import Patience, TolerantSession


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

"""The session's patience: limits are waited out, faults are tried again, and no longer than a person waits."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter, TelegramServerError

from bot.telegram.session import Patience, TolerantSession
from tests.telegram.fake import TOKEN, FakeTelegram, fake_telegram


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram() as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
async def bot(telegram: FakeTelegram, waits: list[float]) -> AsyncIterator[Bot]:
    session = TolerantSession(api=TelegramAPIServer.from_base(telegram.address))

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    session.middleware(Patience(wait))
    async with Bot(TOKEN, session=session) as bot:
        yield bot


async def test_a_limit_is_waited_out(telegram: FakeTelegram, bot: Bot, waits: list[float]) -> None:
    telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 3", retry_after=3)

    await bot.send_message(7, "x")

    assert waits == [3]


async def test_a_long_limit_is_not(telegram: FakeTelegram, bot: Bot, waits: list[float]) -> None:
    telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 600", retry_after=600)

    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(7, "x")

    assert waits == []


@pytest.mark.parametrize(
    "body", ['{"ok": false, "error_code": 502, "description": "Bad Gateway"}', "<html>nginx</html>"]
)
async def test_a_fault_is_tried_twice_more(telegram: FakeTelegram, bot: Bot, waits: list[float], body: str) -> None:
    for _ in range(2):
        telegram.say("sendMessage", 502, body)

    await bot.send_message(7, "x")

    assert waits == [0.5, 2.0]


async def test_and_then_it_is_an_error(telegram: FakeTelegram, bot: Bot) -> None:
    for _ in range(3):
        telegram.refuse("sendMessage", 500, "Internal Server Error")

    with pytest.raises(TelegramServerError):
        await bot.send_message(7, "x")


async def test_what_cannot_get_better_is_not_tried_again(telegram: FakeTelegram, bot: Bot, waits: list[float]) -> None:
    telegram.refuse("sendMessage", 400, "Bad Request: chat not found")

    with pytest.raises(TelegramBadRequest):
        await bot.send_message(7, "x")

    assert waits == []

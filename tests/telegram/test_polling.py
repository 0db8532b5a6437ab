"""Long polling over real HTTP: in order, whatever comes, and a clean end."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import pytest
from aiogram import Bot
from aiogram.utils.backoff import Backoff

from bot.app import Library, now
from bot.bot_api import BotApiError
from bot.fake_telegram import FakeTelegram, Posted, fake_telegram
from bot.log import PrivateFormatter
from bot.memory import Memory
from bot.simulator import Chat
from bot.store import NoStore
from bot.telegram import build_dispatcher
from bot.telegram.hands import Hands
from bot.telegram.lane import Lane
from bot.telegram.pace import Pace
from bot.telegram.polling import TokenRefused, poll
from bot.telegram.session import open_session
from bot.telegram.tally import Tally

Begin = Callable[..., "asyncio.Task[None]"]


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram() as server:
        yield server


@pytest.fixture
def phone(telegram: FakeTelegram) -> Chat:
    """A person whose words wait for whoever polls."""
    return Posted(telegram).phone()


@pytest.fixture
async def begin(telegram: FakeTelegram, library: Library) -> AsyncIterator[Begin]:
    """Start polling against the fake server; whatever still runs at the end of the test is stopped."""
    tasks = []

    def start(tally: Tally | None = None) -> "asyncio.Task[None]":
        memory = Memory()
        dispatcher = build_dispatcher(lambda: library.screens, NoStore(), memory, now)
        bot = Bot(telegram.token, session=open_session(telegram.address, None))
        hands = Hands(Lane(dispatcher, bot).answer, bot, Pace(lambda: library.screens, memory), tally)
        tasks.append(asyncio.create_task(poll(hands, bot, library.languages)))
        return tasks[-1]

    yield start
    for task in tasks:
        await stop(task)


async def stop(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError, TokenRefused):
        await task


async def test_telegram_counts_as_reached_before_anybody_writes(telegram: FakeTelegram, begin: Begin) -> None:
    tally = Tally()

    begin(tally)
    await telegram.until("getUpdates", 1)

    assert tally.is_reached


async def test_updates_of_a_chat_are_answered_in_their_order(telegram: FakeTelegram, phone: Chat, begin: Begin) -> None:
    for number in range(1, 9):
        await phone.say(f"/privacy {number}" if number % 2 else "/menu")

    begin()
    await telegram.until("sendMessage", 8)

    titles = [params["text"].split("\n")[0] for params in telegram.called("sendMessage")]
    assert titles == ["<b>Что мы знаем о вас: ничего</b>", "<b>Чем помочь?</b>"] * 4


@pytest.mark.parametrize(
    "broken",
    [
        {"message": {"text": "no chat, no date"}},
        {"message": "not even an object"},
        {"something_of_tomorrow": {"x": 1}},
        {},
    ],
)
async def test_an_update_that_cannot_be_read_holds_up_nobody(
    telegram: FakeTelegram, phone: Chat, begin: Begin, broken: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    await phone.say("/menu")
    telegram.put({"update_id": telegram.world.next_update_id(), **broken})
    await phone.say("/privacy")

    task = begin()
    await telegram.until("sendMessage", 2)
    await stop(task)

    assert "Что мы знаем" in telegram.called("sendMessage")[1]["text"]
    assert telegram.mail.confirmed == 3
    assert "tomorrow" not in caplog.text


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (502, "<html>Bad Gateway</html>"),
        (200, "<html>captive portal</html>"),
        (200, '{"ok": true, "result": null}'),
        (200, '{"ok": true, "result": [1, 2]}'),
        (200, '{"ok": true, "result": [{"update_id": 1, "mess'),
        (500, '{"ok": false, "error_code": 500, "description": "Internal Server Error"}'),
    ],
)
async def test_rubbish_from_the_server_is_outlived(
    telegram: FakeTelegram, phone: Chat, begin: Begin, status: int, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    telegram.line.fail_next(body, on="getUpdates", status=status)
    await phone.say("/menu")

    begin()
    await telegram.until("sendMessage", 1)

    assert "Чем помочь?" in telegram.called("sendMessage")[0]["text"]


async def test_a_second_poller_is_named_in_one_sentence(
    telegram: FakeTelegram,
    phone: Chat,
    begin: Begin,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hurry(monkeypatch)
    refusal = BotApiError(409, "Conflict: terminated by other getUpdates request")
    telegram.line.fail_next(refusal, on="getUpdates", times=3)
    await phone.say("/menu")

    with caplog.at_level(logging.INFO):
        begin()
        await telegram.until("sendMessage", 1)

    assert [record.message for record in caplog.records].count(
        "Another program polls Telegram with this BOT_TOKEN. Stop it: only one may. Trying again meanwhile."
    ) == 1


async def test_a_refused_token_ends_the_polling_with_the_mend(telegram: FakeTelegram, begin: Begin) -> None:
    telegram.line.fail_next(BotApiError(401, "Unauthorized"), on="getMe")

    with pytest.raises(TokenRefused, match="copy it anew"):
        await begin()


async def test_a_stop_finishes_what_is_in_hand_and_tells_telegram_what_was_answered(
    telegram: FakeTelegram, phone: Chat, begin: Begin
) -> None:
    await phone.say("/menu")
    task = begin()
    await telegram.until("getUpdates", 2)

    await stop(task)

    assert len(telegram.called("sendMessage")) == 1
    assert telegram.called("getUpdates")[-1] == {"offset": 2, "limit": 1, "timeout": 0}


async def test_what_telegram_answers_to_a_person_never_reaches_the_log(
    telegram: FakeTelegram,
    phone: Chat,
    begin: Begin,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hurry(monkeypatch)
    secret = "Гульнора из Намангана, +77015550142"
    telegram.line.fail_next(json.dumps({"ok": True, "result": [{"update_id": 1, "message": secret}]}), on="getUpdates")
    telegram.line.fail_next(secret, on="getUpdates")
    telegram.line.fail_next(secret, on="sendMessage")
    telegram.line.fail_next(BotApiError(400, f"Bad Request: can't parse entities: {secret}"), on="sendMessage")
    telegram.world.next_update_id()
    for words in (secret, secret, "/menu"):
        await phone.say(words)

    with caplog.at_level(logging.DEBUG):
        begin()
        await telegram.until("getUpdates", 4)
        await telegram.until("sendMessage", 4)

    written = "\n".join(PrivateFormatter().format(record) for record in caplog.records)
    assert "an update that cannot be read" in written
    assert "Гульнора" not in written
    assert "77015550142" not in written


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits between tries end at once; what is waited for is not changed."""

    async def at_once(backoff: Backoff) -> None:
        next(backoff)
        await asyncio.get_running_loop().run_in_executor(None, int)

    monkeypatch.setattr("aiogram.utils.backoff.Backoff.asleep", at_once)
    monkeypatch.setattr("bot.telegram.session._PAUSES", (0.0, 0.0))

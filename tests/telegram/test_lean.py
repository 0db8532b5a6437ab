"""The shorter way of a call says the same as aiogram's own, and steps aside where it does not fit."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.methods import (
    AnswerInlineQuery,
    EditMessageText,
    GetUpdates,
    SendMessage,
    SendPhoto,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeDefault,
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardRemove,
)

from bot.bot_api import BotApiError, too_many_requests
from bot.fake_telegram import FakeTelegram, fake_telegram
from bot.fake_telegram.parameters import read_parameters
from bot.telegram import lean
from bot.telegram.lean import written
from bot.telegram.session import open_session

KEYS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Меню", callback_data="ru/menu")], [InlineKeyboardButton(text="🏠", url="https://a.b")]]
)  # fmt: skip


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram() as server:
        yield server


@pytest.fixture
def person(telegram: FakeTelegram) -> int:
    person = telegram.world.new_person()
    telegram.world.rooms[person.id].is_started = True
    return person.id


@pytest.fixture(params=[True, False], ids=["lean", "aiogram's"])
async def bot(telegram: FakeTelegram, request: pytest.FixtureRequest) -> AsyncIterator[Bot]:
    session = open_session(telegram.address, None, is_lean=request.param)
    async with Bot(telegram.token, session, DefaultBotProperties(parse_mode="HTML")) as bot:
        yield bot


NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
WORDS = InputTextMessageContent(message_text="a", link_preview_options=NO_PREVIEW)
CALLS: list[TelegramMethod[Any]] = [
    SendMessage(chat_id=1, text="<b>Сәлем</b>", reply_markup=KEYS, link_preview_options=NO_PREVIEW),
    SendMessage(chat_id=1, text="x", reply_markup=ForceReply(input_field_placeholder="?"), disable_notification=True),
    SendMessage(chat_id=1, text="x", reply_markup=ReplyKeyboardRemove(), disable_notification=False),
    EditMessageText(chat_id=1, message_id=2, text="x", reply_markup=KEYS),
    AnswerInlineQuery(
        inline_query_id="5", is_personal=True, cache_time=0,
        results=[InlineQueryResultArticle(id="a", title="A", input_message_content=WORDS)],
    ),
    GetUpdates(offset=5, timeout=30, allowed_updates=["message", "callback_query"]),
    SetMyCommands(
        commands=[BotCommand(command="menu", description="Меню")], scope=BotCommandScopeDefault(), language_code=""
    ),
]  # fmt: skip


def read(said: list[object]) -> Callable[..., Awaitable[dict[str, Any]]]:
    """Keep what was said as the server reads it, and go no further."""

    async def keep(*given: Any) -> dict[str, Any]:
        said.append(await read_parameters(*given))
        raise BotApiError(400, "Bad Request: heard")

    return keep


@pytest.mark.parametrize("call", CALLS, ids=lambda call: type(call).__name__)
async def test_a_call_says_the_same_in_both_ways(
    telegram: FakeTelegram, call: TelegramMethod[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    monkeypatch.setattr("bot.fake_telegram.server.read_parameters", read(said))
    for is_lean in (True, False):
        async with Bot(telegram.token, open_session(telegram.address, None, is_lean=is_lean)) as bot:
            with pytest.raises(TelegramBadRequest, match="heard"):
                await bot.session.make_request(bot, call)

    assert len(said) == 2
    assert said[0] == said[1]


async def test_a_message_and_its_edit(bot: Bot, person: int) -> None:
    sent = await bot.send_message(person, "<b>Сәлем</b>", reply_markup=KEYS)
    edited = await bot.edit_message_text("other", chat_id=person, message_id=sent.message_id, reply_markup=KEYS)

    assert (sent.chat.id, sent.text, sent.message_id > 0) == (person, "Сәлем", True)
    assert await sent.delete()
    assert edited


async def test_a_file_goes_the_way_of_aiogram(bot: Bot, person: int, telegram: FakeTelegram) -> None:
    call = SendPhoto(chat_id=person, photo=BufferedInputFile(b"\x89PNG", "a.png"), caption="<i>x</i>")
    assert written(bot, call) is None

    sent = await bot(call)

    assert sent.photo
    assert sent.caption == "x"
    assert len(telegram.called("sendPhoto")) == 1


async def test_refusals_are_aiograms_own(bot: Bot, person: int, telegram: FakeTelegram) -> None:
    telegram.line.fail_next(BotApiError(403, "Forbidden: bot was blocked by the user"))
    with pytest.raises(TelegramForbiddenError, match="blocked"):
        await bot.send_message(person, "x")
    telegram.line.fail_next(too_many_requests(600))
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(person, "x")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.edit_message_text("x", chat_id=person + 1, message_id=99)


async def test_what_cannot_be_written_as_json_is_sent_by_aiogram(
    bot: Bot, person: int, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lean, "plain", lambda value, bot: {1, 2})

    sent = await bot.send_message(person, "<b>x</b>")

    assert isinstance(sent, Message)
    assert telegram.called("sendMessage")[0]["parse_mode"] == "HTML"

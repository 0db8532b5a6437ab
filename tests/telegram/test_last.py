"""What is said last says in the short way what aiogram says, by call and along in a webhook's response."""

import json
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import AnswerInlineQuery, SendMessage, TelegramMethod

from bot.fake_telegram import fake_telegram
from bot.telegram.last import Acknowledgement, along, call
from bot.telegram.lean import written
from bot.telegram.session import open_session

ACKNOWLEDGEMENTS = (
    Acknowledgement("731"), Acknowledgement("731", "Рақмет! “Иә” — дұрыс\n✓"), Acknowledgement("\ud800\"},{", "\\"),
)  # fmt: skip


async def test_an_acknowledgement_is_called_alike_in_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.session._PAUSES", (0.0,))
    said: dict[bool, list[dict[str, Any]]] = {}
    for is_lean in (True, False):
        async with (
            fake_telegram() as telegram,
            Bot(telegram.token, open_session(telegram.address, None, is_lean=is_lean)) as bot,
        ):
            for one in ACKNOWLEDGEMENTS[:2]:
                telegram.line.fail_next(ConnectionResetError())
                telegram.line.fail_next('{"ok":true,"result":true}')
                await call(bot, one)
            said[is_lean] = [dict(one.params) for one in telegram.line.requests]

    assert said[True] == said[False]
    assert len(said[True]) == 4


@pytest.mark.parametrize("one", ACKNOWLEDGEMENTS)
async def test_what_goes_along_is_what_aiogram_would_call(one: Acknowledgement) -> None:
    bot = Bot("1:a")
    whole = await one.whole()

    assert json.loads(along(bot, one)) == {"method": "answerCallbackQuery", **whole.model_dump(exclude_none=True)}


@pytest.mark.parametrize(("last", "goes"), [
    (AnswerInlineQuery(inline_query_id="7", results=[], cache_time=0), True), (SendMessage(chat_id=1, text="x"), False),
])  # fmt: skip
def test_results_go_along_and_a_message_does_not(last: TelegramMethod[Any], goes: bool) -> None:
    bot = Bot("1:a")

    assert bool(along(bot, last)) == goes
    if goes:
        assert json.loads(along(bot, last)) == {"method": "answerInlineQuery", **json.loads(written(bot, last) or b"")}

"""What a poll brings: each update by itself, and none twice."""

import json
from typing import Any

import pytest
from aiogram import Bot

from bot.telegram.arrival import read
from bot.telegram.reading import read_batch

CHAT = {"id": 5, "type": "private", "first_name": "A"}
PERSON = {"id": 5, "is_bot": False, "first_name": "A"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "from": PERSON, "text": "салом"}


@pytest.fixture
def bot() -> Bot:
    return Bot("1:a")


def poll(*updates: dict[str, Any]) -> str:
    return json.dumps({"ok": True, "result": updates})


def test_an_update_that_is_known_is_not_read_again_and_still_confirmed(bot: Bot) -> None:
    brought = poll({"update_id": 7, "message": MESSAGE}, {"update_id": 8, "message": MESSAGE}, {"update_id": 9})

    batch = read_batch(brought, bot, lambda number: number != 8)

    assert batch is not None
    assert [one.number for one in batch] == [8]
    assert (batch.known, batch.following) == (2, 10)


def test_an_update_nobody_can_read_holds_up_no_other(bot: Bot) -> None:
    brought = poll({"update_id": 7, "message": {"date": "never"}}, {"update_id": 8, "message": MESSAGE})

    batch = read_batch(brought, bot, lambda _: False)

    assert batch is not None
    assert [(one.number, one.said is None) for one in batch] == [(7, True), (8, False)]


@pytest.mark.parametrize("answer", ["", "[]", '{"ok":true}', '{"ok":true,"result":[{}]}', '{"ok":true,"result":3}'])
def test_what_is_no_batch_is_left_to_aiogram(bot: Bot, answer: str) -> None:
    assert read_batch(answer, bot, lambda _: False) is None


def test_the_keyboard_of_a_pressed_button_is_not_even_looked_at(bot: Bot) -> None:
    pressed = {"id": "1", "from": PERSON, "chat_instance": "1", "data": "ru/menu"}
    message = {**MESSAGE, "reply_markup": {"inline_keyboard": "broken"}}

    update = read({"update_id": 1, "callback_query": {**pressed, "message": message}}, bot)

    assert update is not None
    assert update.callback_query is not None
    assert update.callback_query.data == "ru/menu"

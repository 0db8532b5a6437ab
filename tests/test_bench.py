"""What the bench counts: an answer is an answer, however a bot gives it."""

import asyncio
import json

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bench.telegram import Telegram, push

LONG = "я" * 300
REPLIES = [
    {"chat_id": 8, "text": LONG, "method": "sendMessage"},  # as grammY writes it
    {"method": "sendMessage", "chat_id": 8, "text": LONG},
]


@pytest.mark.parametrize("reply", REPLIES)
async def test_a_reply_in_the_webhooks_response_is_counted_and_an_empty_one_is_not(reply: dict[str, object]) -> None:
    async def hook(request: web.Request) -> web.Response:
        is_seven = "seven" in await request.text()
        return web.Response(text="{}" if is_seven else json.dumps(reply, ensure_ascii=False))

    app, telegram = web.Application(), Telegram()
    app.router.add_post("/hook", hook)
    telegram.expect(1)
    telegram.put(7, {"message": {"text": "seven"}})
    telegram.put(8, {"message": {"text": "eight"}})
    async with TestServer(app) as server:
        pushing = asyncio.create_task(push(telegram, "127.0.0.1", server.port or 0, "/hook", "secret"))
        async with asyncio.timeout(10):
            await telegram.answered.wait()
        pushing.cancel()
        await asyncio.gather(pushing, return_exceptions=True)

    assert list(telegram.begun) == [7]

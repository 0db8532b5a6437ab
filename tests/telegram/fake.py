"""A Bot API server on loopback that says what a test tells it to, and remembers what it was asked."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "123456789:AAfakefakefakefakefakefakefakefakefake"
ME = {"id": 123456789, "is_bot": True, "first_name": "Safar", "username": "safar_bot"}


@dataclass
class Call:
    """One request: the method and its fields as they came."""

    method: str
    fields: dict[str, str]


@dataclass
class FakeTelegram:
    """`polls` are the answers of getUpdates one after the other; `answers` those of other methods, then plain ok."""

    address: str = ""
    polls: deque[tuple[int, str]] = field(default_factory=deque)
    answers: dict[str, deque[tuple[int, str]]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    def update(self, *updates: dict[str, Any]) -> None:
        """Let the next poll bring these."""
        self.polls.append((200, json.dumps({"ok": True, "result": updates})))

    def refuse(self, method: str, code: int, description: str, **parameters: int) -> None:
        """Let the next call of a method be refused."""
        body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
        self.say(method, code, json.dumps(body))

    def say(self, method: str, status: int, body: str) -> None:
        """Let the next call of a method be answered with exactly this."""
        if method == "getUpdates":
            self.polls.append((status, body))
        else:
            self.answers.setdefault(method, deque()).append((status, body))

    def sent(self, method: str) -> list[dict[str, str]]:
        """The fields of every call of a method."""
        return [call.fields for call in self.calls if call.method == method]

    async def until(self, method: str, times: int) -> None:
        """Wait until a method was called this often; a test that would wait for ever fails instead."""
        async with asyncio.timeout(60), self.news:
            await self.news.wait_for(lambda: len(self.sent(method)) >= times)

    async def answer(self, request: web.Request) -> web.Response:
        method = request.path.rpartition("/")[2]
        fields = {name: str(value) for name, value in (await request.post()).items()}
        async with self.news:
            self.calls.append(Call(method, fields))
            self.news.notify_all()
        if method == "getUpdates":
            if not self.polls and fields.get("timeout") != "0":
                await asyncio.Event().wait()
            status, body = self.polls.popleft() if self.polls else (200, '{"ok": true, "result": []}')
            return web.Response(status=status, text=body, content_type="application/json")
        if self.answers.get(method):
            status, body = self.answers[method].popleft()
            return web.Response(status=status, text=body, content_type="application/json")
        return web.json_response({"ok": True, "result": _result(method, fields)})


@asynccontextmanager
async def fake_telegram() -> AsyncIterator[FakeTelegram]:
    """Listen on a free port of this machine while the block runs."""
    telegram = FakeTelegram()
    app = web.Application()
    app.router.add_post("/{path:.*}", telegram.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    telegram.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield telegram
    finally:
        await runner.cleanup()


def message(update: int, text: str, chat: int = 7, language: str = "ru") -> dict[str, Any]:
    """An update with a text that a person sent."""
    person = {"id": chat, "is_bot": False, "first_name": "A", "language_code": language}
    body = {"message_id": update, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person, "text": text}
    return {"update_id": update, "message": body}


def _result(method: str, fields: dict[str, str]) -> object:
    if method == "getMe":
        return ME
    if method == "sendMessage":
        chat = {"id": int(fields["chat_id"]), "type": "private"}
        return {"message_id": 1, "date": 1, "chat": chat, "text": fields["text"]}
    if method == "getMyCommands":
        return []
    if method in ("getMyName", "getMyDescription", "getMyShortDescription"):
        return {"name": "", "description": "", "short_description": ""}
    return True

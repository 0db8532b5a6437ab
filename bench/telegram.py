"""A Bot API server for load: nothing but what a bot waits for, so that the bot is the limit and not the server.

Updates wait until a getUpdates confirms them, as at Telegram, or are pushed to a webhook over a few open connections.
What is measured: from the moment an update is first handed out (or, at a given pace, has come about) until the first
message or edit for its chat arrives. The rules of Telegram are tested elsewhere, on `python -m bot fake-telegram`.
"""

import asyncio
import json
import re
import time
from collections import deque
from itertools import islice
from typing import Any

Json = dict[str, Any]

_CHAT = re.compile(rb"chat_id\D{1,200}?(\d+)")
_LENGTH = re.compile(rb"content-length: *(\d+)", re.I)
_OFFSET = re.compile(rb"offset\D{1,200}?(\d+)")
_TIMEOUT = re.compile(rb"timeout\D{1,200}?(\d+)")
_LIMIT = re.compile(rb"limit\D{1,200}?(\d+)")
_ANSWERS = frozenset((b"sendmessage", b"editmessagetext", b"sendphoto", b"sendvoice", b"senddocument"))
_ME = {
    "id": 123456789, "is_bot": True, "first_name": "Bench", "username": "bench_bot", "can_join_groups": True,
    "can_read_all_group_messages": False, "supports_inline_queries": True,
}  # fmt: skip
PUSHED_AT_ONCE = 64
HOOK = "https://bench.example.org/hook"


class Telegram:
    """The updates of one run and when each was answered."""

    def __init__(self) -> None:
        self.pending: deque[tuple[int, int, bytes]] = deque()  # number, chat, the update as JSON
        self.begun: dict[int, float] = {}  # chat -> when its update was handed out
        self.delays: list[float] = []
        self.polled = asyncio.Event()
        self.answered = asyncio.Event()
        self.expected = 0
        self.is_paced = False
        self.number = 0
        self.news = asyncio.Event()
        self._handed = 0
        self._messages = 1000

    def put(self, chat: int, update: Json) -> None:
        """Let an update wait for the bot."""
        self.number += 1
        body = json.dumps({"update_id": self.number, **update}, ensure_ascii=False).encode()
        self.pending.append((self.number, chat, body))
        if self.is_paced:
            self.begun[chat] = time.perf_counter()
        self.news.set()

    def expect(self, count: int) -> None:
        """Begin to count: so many answers are the end."""
        self.delays, self.expected = [], count
        self.answered.clear()

    def done(self, chat: int) -> None:
        """An answer for this chat has come; only the first counts."""
        begun = self.begun.pop(chat, None)
        if begun is None:
            return
        self.delays.append(time.perf_counter() - begun)
        if len(self.delays) == self.expected:
            self.answered.set()

    async def fetch(self, body: bytes) -> bytes:
        """What getUpdates brings."""
        self.polled.set()
        offset = int(found[1]) if (found := _OFFSET.search(body)) else 0
        while self.pending and self.pending[0][0] < offset:
            self.pending.popleft()
        if not self.pending:
            self.news.clear()
            try:
                async with asyncio.timeout(int(found[1]) if (found := _TIMEOUT.search(body)) else 0):
                    await self.news.wait()
            except TimeoutError:
                pass
        most = min(int(found[1]) if (found := _LIMIT.search(body)) else 100, 100)
        batch = list(islice(self.pending, most))
        now = time.perf_counter()
        if not self.is_paced:
            for number, chat, _ in batch:
                self.hand_out(number, chat, now)
        return b"[" + b",".join(update for _, _, update in batch) + b"]"

    def hand_out(self, number: int, chat: int, now: float) -> None:
        """The clock of an update starts when it is handed out first."""
        if number > self._handed:
            self._handed = number
            self.begun[chat] = now

    def answer(self, method: bytes, body: bytes) -> bytes:
        """The result of any other call."""
        if method == b"getme":
            return json.dumps(_ME).encode()
        if method == b"getwebhookinfo":
            return json.dumps({"url": HOOK, "has_custom_certificate": False, "pending_update_count": 0}).encode()
        if method not in _ANSWERS:
            return b"true"
        chat = int(found[1]) if (found := _CHAT.search(body)) else 0
        self.done(chat)
        self._messages += 1
        message: Json = {
            "message_id": self._messages, "date": int(time.time()), "from": _ME,
            "chat": {"id": chat, "type": "private", "first_name": "A"}, "text": "ok",
        }  # fmt: skip
        if body[:1] == b"{":
            given = json.loads(body)
            message["text"] = given.get("text", "ok")
            if "inline_keyboard" in (markup := given.get("reply_markup") or {}):
                message["reply_markup"] = json.loads(markup) if isinstance(markup, str) else markup
        return json.dumps(message, ensure_ascii=False).encode()


class Connection(asyncio.Protocol):
    """One connection of the bot; answers in the order of its calls."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._polls: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each call that is whole."""
        self._buffer += data
        while (taken := _request(self._buffer)) is not None:
            method, body, end = taken
            self._buffer = self._buffer[end:]
            if method == b"getupdates":
                task = asyncio.create_task(self._poll(body))
                self._polls.add(task)
                task.add_done_callback(self._polls.discard)
            else:
                self._write(self._telegram.answer(method, body))

    async def _poll(self, body: bytes) -> None:
        self._write(await self._telegram.fetch(body))

    def _write(self, result: bytes) -> None:
        if self._transport and not self._transport.is_closing():
            answer = b'{"ok":true,"result":' + result + b"}"
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(answer)}\r\n\r\n"
            self._transport.write(head.encode() + answer)


def _request(buffer: bytes) -> tuple[bytes, bytes, int] | None:
    """The method, the parameters and the length of the first request, once it is whole."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = buffer[:end]
    path = head[: head.find(b"\r\n")].split(b" ")[1]
    method, _, query = path.rpartition(b"/")[2].partition(b"?")
    if b"transfer-encoding: chunked" in head.lower():
        body, length = _chunked(buffer, end + 4)
        return None if length < 0 else (method.lower(), body, length)
    size = int(found[1]) if (found := _LENGTH.search(head)) else 0
    if len(buffer) < end + 4 + size:
        return None
    return method.lower(), buffer[end + 4 : end + 4 + size] or query, end + 4 + size


def _chunked(buffer: bytes, at: int) -> tuple[bytes, int]:
    parts = []
    while (line := buffer.find(b"\r\n", at)) >= 0:
        size = int(buffer[at:line], 16)
        if len(buffer) < line + 4 + size:
            break
        parts.append(buffer[line + 2 : line + 2 + size])
        at = line + 4 + size
        if size == 0:
            return b"".join(parts), at
    return b"", -1


async def push(telegram: Telegram, host: str, port: int, path: str, secret: str) -> None:
    """Push what waits to a webhook until cancelled, over open connections, each with one update at a time."""
    async with asyncio.TaskGroup() as group:
        for _ in range(PUSHED_AT_ONCE):
            group.create_task(_push(telegram, host, port, path, secret))


async def _push(telegram: Telegram, host: str, port: int, path: str, secret: str) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nX-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
        "Content-Type: application/json\r\nContent-Length: "
    ).encode()
    try:
        while True:
            while not telegram.pending:
                telegram.news.clear()
                await telegram.news.wait()
            number, chat, update = telegram.pending.popleft()
            if not telegram.is_paced:
                telegram.hand_out(number, chat, time.perf_counter())
            writer.write(b"%b%d\r\n\r\n%b" % (head, len(update), update))
            answer = await _response(reader)
            if b'"method"' in answer:  # the last of its fields, where grammY writes it
                telegram.done(chat)
    finally:
        writer.close()


async def _response(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    if found := _LENGTH.search(head):
        return await reader.readexactly(int(found[1]))
    if b"chunked" not in head.lower():
        return b""
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body

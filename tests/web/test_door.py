"""The webhook's own listener speaks HTTP as it should, also with whoever does not."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.app import Library, now
from bot.bot_api import Json
from bot.memory import Memory
from bot.simulator import Chat, Line, World, simulated_bot
from bot.store import NoStore
from bot.telegram import build_dispatcher
from bot.telegram.hands import Hands
from bot.telegram.lane import Lane
from bot.telegram.pace import Pace
from bot.web import door
from bot.web.door import Doors
from bot.web.hook import LARGEST_BODY, SECRET_HEADER, Hook, Webhook
from bot.web.listening import listen_lean

SECRET = "secret-of-the-tests"
HEAD = f"POST /hook HTTP/1.1\r\nHost: t\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Type: application/json\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n"


class Open:
    """A door that is open, and a person whose updates are brought to it by hand."""

    def __init__(self, library: Library) -> None:
        bot = simulated_bot(World())
        self.line: Line = bot.session.line  # type: ignore[attr-defined]  # a simulated session
        self.bot = bot
        memory = Memory()
        dispatcher = build_dispatcher(lambda: library.screens, NoStore(), memory, now)
        self.hands = Hands(Lane(dispatcher, bot).answer, bot, Pace(lambda: library.screens, memory))
        self.phone = Chat(dispatcher, wire=self)
        self.doors = Doors(Hook(self.hands, bot, Webhook("https://a.example/hook", SECRET)))
        self.updates: list[Json] = []
        self.port = 0

    async def carry(self, update: Json) -> None:
        self.updates.append(update)

    @asynccontextmanager
    async def line_to(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        yield reader, writer
        writer.close()


@pytest.fixture
async def opened(library: Library) -> AsyncIterator[Open]:
    found = Open(library)
    async with listen_lean(found.doors, "127.0.0.1", 0) as at:
        found.port = int(at.rpartition(":")[2].strip("/"))
        yield found


def request(update: Json) -> bytes:
    body = json.dumps(update).encode()
    return f"{HEAD}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def ends(reader: asyncio.StreamReader) -> bool:
    """Whether the other side closes, without a word."""
    try:
        return not await reader.read()
    except ConnectionError:
        return True


async def test_requests_on_one_connection_are_answered_one_after_the_other_however_they_are_cut(opened: Open) -> None:
    for words in ("/menu", "/help", "/privacy"):
        await opened.phone.say(words)
    whole = b"".join(map(request, opened.updates))

    async with opened.line_to() as (reader, writer):
        for at in range(0, len(whole), 97):
            writer.write(whole[at : at + 97])
            await writer.drain()
        assert await reader.readexactly(3 * len(OK)) == 3 * OK

    assert [one.method for one in opened.line.requests] == 3 * ["sendMessage"]


async def test_a_chunked_body_is_read_and_a_last_request_closes(opened: Open) -> None:
    await opened.phone.say("/menu")
    body = json.dumps(opened.updates[0]).encode()
    half = len(body) // 2

    async with opened.line_to() as (reader, writer):
        writer.write(f"{HEAD}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n".encode())
        for piece in (body[:half], body[half:], b""):
            writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        answer = await reader.read()

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"Connection: close" in answer
    assert opened.phone.title == "Чем помочь?"


@pytest.mark.parametrize(("said", "status"), [
    (b"\x16\x03\x01 hello\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: t\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", 404),
    (b"POST /hook HTTP/1.1\r\n" + b"A: " + b"a" * 2 * LARGEST_BODY, 413),
    (HEAD.encode() + b"Content-Length: 99999999\r\n\r\n" + b" " * 2 * LARGEST_BODY, 413),
])  # fmt: skip
async def test_what_is_no_request_of_telegram_is_refused_and_cut_off(opened: Open, said: bytes, status: int) -> None:
    async with opened.line_to() as (reader, writer):
        writer.write(said)
        answer = bytearray()
        try:
            while piece := await reader.read(65536):
                answer += piece
        except ConnectionError:
            pass  # what was still on its way is not read any more

    assert answer.startswith(b"HTTP/1.1 %d " % status) or not answer
    assert opened.doors.open == {}
    assert opened.line.requests == []


async def test_whoever_says_nothing_whole_is_not_waited_for(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "IDLE", 0.01)

    async with asyncio.timeout(20), opened.line_to() as (reader, writer):
        writer.write(HEAD.encode())
        assert await ends(reader)


async def test_who_holds_all_connections_and_says_nothing_keeps_telegram_out_no_longer(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "MOST", 2)
    await opened.phone.say("/menu")

    async with asyncio.timeout(20), opened.line_to() as (first, _), opened.line_to() as (second, _):
        async with opened.line_to() as (reader, writer):
            writer.write(request(opened.updates[0]))
            assert await reader.readexactly(len(OK)) == OK
            assert await ends(first)
        assert not second.at_eof()


NOTHING = b"GET / HTTP/1.1\r\nHost: t\r\n\r\n"


async def test_what_follows_an_update_that_is_known_already_is_answered_as_well(opened: Open) -> None:
    for words in ("/menu", "/help", "/privacy"):
        await opened.phone.say(words)
    menu, help, privacy = map(request, opened.updates)

    async with asyncio.timeout(20), opened.line_to() as (reader, writer):
        writer.write(menu)
        assert await reader.readexactly(len(OK)) == OK
        writer.write(help + menu + privacy)
        assert await reader.readexactly(3 * len(OK)) == 3 * OK

    assert [one.method for one in opened.line.requests] == 3 * ["sendMessage"]


@pytest.mark.parametrize(("after", "status"), [(NOTHING, 404), (b"\x00no HTTP\r\n\r\n", 400)])
async def test_what_is_refused_waits_for_the_answer_before_it_and_is_the_last(
    opened: Open, after: bytes, status: int
) -> None:
    for words in ("/menu", "/help"):
        await opened.phone.say(words)
    menu, help = map(request, opened.updates)

    async with asyncio.timeout(20), opened.line_to() as (reader, writer):
        writer.write(menu + after + help)
        assert await reader.readexactly(len(OK)) == OK
        rest = await reader.read()

    assert rest.startswith(b"HTTP/1.1 %d " % status)
    assert rest.count(b"HTTP/1.1") == 1
    assert len(opened.line.requests) == 1


async def test_whoever_asks_for_what_is_not_here_and_reads_nothing_fills_no_memory(opened: Open) -> None:
    async with asyncio.timeout(20), opened.line_to() as (reader, writer):
        writer.write(1000 * NOTHING)
        answer = await reader.read()

    assert answer.count(b"HTTP/1.1 404 ") == 1
    assert opened.doors.open == {}


@pytest.mark.parametrize("head", [b"GET /" + b"a" * 100_000, b"GET / HTTP/1.1\r\nA: " + b"a" * 100_000])
async def test_a_head_has_less_room_than_a_body(opened: Open, head: bytes) -> None:
    async with asyncio.timeout(20), opened.line_to() as (reader, writer):
        writer.write(head)
        assert (await reader.read()).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("lengths", [
    "Content-Length: {size}\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: {size}",
    "Content-Length: {size}\r\nContent-Length: 1", "Content-Length: {size}, {size}", "Content-Length: +{size}",
    "Content-Length: -1", "Transfer-Encoding: chunked, identity", "Transfer-Encoding : chunked",
    "X: 1\r\n Content-Length: 0\r\nContent-Length: {size}", "Content-Length: {size}\nX: 1",
])  # fmt: skip
async def test_where_a_request_ends_is_never_a_matter_of_opinion(opened: Open, lengths: str) -> None:
    await opened.phone.say("/menu")
    body = json.dumps(opened.updates[0]).encode()

    async with asyncio.timeout(20), opened.line_to() as (reader, writer):
        writer.write(f"{HEAD}{lengths.format(size=len(body))}\r\n\r\n".encode() + body)
        assert (await reader.read()).startswith(b"HTTP/1.1 400 ")

    assert opened.line.requests == []


async def test_whoever_has_said_all_and_closes_that_way_still_gets_the_answer(opened: Open) -> None:
    await opened.phone.say("/menu")

    async with asyncio.timeout(20), opened.line_to() as (reader, writer):
        writer.write(request(opened.updates[0]))
        writer.write_eof()
        assert await reader.read() == OK


async def test_what_would_have_gone_along_is_called_where_the_connection_breaks(opened: Open) -> None:
    gate, stuck = asyncio.Event(), asyncio.Event()

    async def stick(handler: Any, event: object, data: Json) -> object:
        stuck.set()
        await gate.wait()
        return await handler(event, data)

    opened.phone.dispatcher.update.outer_middleware(stick)
    await opened.phone.inline("иин")
    async with asyncio.timeout(20):
        async with opened.line_to() as (_, writer):
            writer.write(request(opened.updates[0]))
            await stuck.wait()
            rudely = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, rudely)
        while opened.doors.open:  # noqa: ASYNC110  # nobody is told of it
            await asyncio.sleep(0)
        gate.set()
        assert await opened.hands.rest(20)

    assert "answerInlineQuery" in [one.method for one in opened.line.requests]


async def test_a_fault_of_ours_asks_telegram_to_come_again_and_shows_no_word(
    opened: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await opened.phone.say("Гульнора")

    def break_down(*_: object) -> bool:
        raise RuntimeError

    monkeypatch.setattr(opened.hands, "take", break_down)
    async with opened.line_to() as (reader, writer):
        writer.write(request(opened.updates[0]))
        answer = await reader.read()

    assert answer.startswith(b"HTTP/1.1 500 ")
    assert caplog.messages == ["a request to the webhook could not be dealt with"]

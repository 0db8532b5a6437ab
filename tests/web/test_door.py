"""The webhook's own listener speaks HTTP as it should, also with whoever does not."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

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
    assert opened.doors.open == set()
    assert opened.line.requests == []


async def test_whoever_says_nothing_whole_is_not_waited_for(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "IDLE", 0.01)

    async with asyncio.timeout(20), opened.line_to() as (reader, writer):
        writer.write(HEAD.encode())
        assert await ends(reader)


async def test_beyond_what_can_be_held_a_connection_is_closed_at_once(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "MOST", 1)
    await opened.phone.say("/menu")

    async with opened.line_to() as (reader, writer):
        writer.write(request(opened.updates[0]))
        assert await reader.readexactly(len(OK)) == OK
        async with asyncio.timeout(20), opened.line_to() as (second, _):
            assert await ends(second)


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

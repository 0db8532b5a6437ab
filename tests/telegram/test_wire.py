"""Calls over connections that stay open: reused, replaced once they are gone, and never mixed up."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from bot.telegram import wire
from bot.telegram.wire import Lost, Wire

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """A server on loopback whose answers a test writes; it counts connections and keeps what was asked."""

    def __init__(self) -> None:
        self.answers: list[bytes | None] = []  # None closes the connection without a word
        self.connections = 0
        self.asked: list[tuple[str, bytes]] = []
        self.port = 0
        self.writers: list[asyncio.StreamWriter] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.append(writer)
        while head := await _head(reader):
            lines = head.decode().split("\r\n")
            size = next(int(line.split(":")[1]) for line in lines if line.startswith("Content-Length"))
            self.asked.append((lines[0], await reader.readexactly(size)))
            answer = self.answers.pop(0) if self.answers else OK
            if answer is None:
                break
            writer.write(answer)
        writer.close()


async def _head(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    listening = await asyncio.start_server(server.talk, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    yield server
    listening.close()
    for writer in server.writers:
        writer.close()


@pytest.fixture
async def line(server: Server) -> AsyncIterator[Wire]:
    line = Wire(f"http://127.0.0.1:{server.port}")
    yield line
    line.close()


async def test_calls_that_follow_each_other_share_a_connection_and_those_at_once_do_not(
    server: Server, line: Wire
) -> None:
    assert await line.post("/bot1/sendMessage", b'{"a":1}', 5) == (200, b"ok")
    assert await line.post("/bot1/getMe", b"{}", 5) == (200, b"ok")
    assert server.connections == 1
    assert server.asked == [("POST /bot1/sendMessage HTTP/1.1", b'{"a":1}'), ("POST /bot1/getMe HTTP/1.1", b"{}")]

    await asyncio.gather(*(line.post("/x", b"{}", 5) for _ in range(3)))

    assert server.connections == 3


async def test_an_answer_comes_whole_however_it_is_cut(server: Server, line: Wire) -> None:
    server.answers = [b"HTTP/1.1 429 Slow\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"]

    assert await line.post("/x", b"{}", 5) == (429, b"abcde")
    assert await line.post("/x", b"{}", 5) == (200, b"ok")
    assert server.connections == 1


async def test_a_connection_that_was_closed_while_it_lay_idle_is_replaced(server: Server, line: Wire) -> None:
    await line.post("/x", b"{}", 5)
    server.answers = [None]

    assert await line.post("/y", b"{}", 5) == (200, b"ok")
    assert server.connections == 2


async def test_a_server_that_closes_every_connection_is_tried_twice_and_no_more(server: Server, line: Wire) -> None:
    await line.post("/x", b"{}", 5)
    server.answers = [None, None, None]

    with pytest.raises(Lost):
        await line.post("/y", b"{}", 5)

    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "answer",
    [b"this is no HTTP\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nhalf"],
)
async def test_an_answer_that_cannot_be_read_is_an_error_and_costs_the_connection(
    server: Server, line: Wire, answer: bytes
) -> None:
    server.answers = [answer]

    with pytest.raises((Lost, TimeoutError)):
        await line.post("/x", b"{}", 0.2)

    assert await line.post("/x", b"{}", 5) == (200, b"ok")
    assert server.connections == 2


async def test_an_answer_that_never_ends_is_given_up(
    server: Server, line: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "LARGEST", 4)
    server.answers = [b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345"]

    with pytest.raises(Lost, match="too long"):
        await line.post("/x", b"{}", 5)


async def test_who_stops_waiting_leaves_no_answer_for_the_next(server: Server, line: Wire) -> None:
    server.answers = [b"", OK]  # the first is never answered

    with pytest.raises(TimeoutError):
        await line.post("/slow", b"{}", 0.05)

    assert await line.post("/next", b"{}", 5) == (200, b"ok")
    assert server.connections == 2


async def test_each_call_has_its_own_patience_however_long_the_one_before_was_waited_for(
    server: Server, line: Wire
) -> None:
    await line.post("/x", b"{}", 5)
    server.answers = [b"", OK, b"", b""]

    with pytest.raises(TimeoutError):
        await line.post("/impatient", b"{}", 0.01)
    await line.post("/x", b"{}", 0.05)
    asyncio.get_running_loop().call_later(0.1, lambda: server.writers[-1].write(OK))
    assert await line.post("/patient", b"{}", 60) == (200, b"ok")
    with pytest.raises(TimeoutError):
        await line.post("/impatient", b"{}", 0.01)

    assert server.connections == 2


async def test_a_server_that_is_not_there_is_an_error_of_the_network() -> None:
    nobody = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = nobody.sockets[0].getsockname()[1]
    nobody.close()
    await nobody.wait_closed()

    with pytest.raises(OSError, match=r"."):
        await Wire(f"http://127.0.0.1:{port}").post("/x", b"{}", 5)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl, which makes a certificate, is missing")
async def test_only_a_server_with_a_trusted_certificate_is_talked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run([*make.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)  # noqa: ASYNC221
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    server = Server()
    listening = await asyncio.start_server(server.talk, "127.0.0.1", 0, ssl=tls)
    address = f"https://localhost:{listening.sockets[0].getsockname()[1]}"

    with pytest.raises(ssl.SSLCertVerificationError):
        await Wire(address).post("/x", b"{}", 5)
    monkeypatch.setattr("bot.telegram.wire.trusted", lambda: ssl.create_default_context(cafile=certificate))
    trusted = Wire(address)
    assert await trusted.post("/x", b"{}", 5) == (200, b"ok")

    trusted.close()
    listening.close()


@pytest.mark.parametrize("answer", [
    OK + OK, OK + OK[:-1], OK + b"HTTP/1.1", OK + b"rubbish", OK.replace(b"h: 2", b"h: 1"),
    b"HTTP/1.1 100 Continue\r\n\r\n" + OK, b"HTTP/1.1 101 Other\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
])  # fmt: skip
async def test_what_a_server_says_beside_its_answer_is_never_taken_for_the_next_one(
    server: Server, line: Wire, answer: bytes
) -> None:
    server.answers = [answer, OK.replace(b"ok", b"no")]

    with suppress(Lost, TimeoutError):
        status, said = await line.post("/x", b"{}", 0.2)
        assert status == 200
        assert b"ok".startswith(said)
    assert await line.post("/y", b"{}", 5) == (200, b"no")
    assert len(server.asked) == 2

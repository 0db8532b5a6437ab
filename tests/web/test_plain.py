"""The listener for programs: what it says, and what it does with those who say anything else."""

import asyncio
from collections.abc import AsyncGenerator
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession

from bot.web.plain import Page, listen_plain


@pytest.fixture
async def at() -> AsyncGenerator[str]:
    async def said() -> Page:
        return Page("alive\n")

    async def broken() -> Page:
        raise RuntimeError("secret")

    async with listen_plain({"/said": said, "/broken": broken}, "127.0.0.1", 0) as at:
        yield at


async def test_a_page_is_said_to_whoever_asks_and_the_connection_closed(at: str) -> None:
    async with ClientSession() as http:
        async with http.get(f"{at}said?now=1") as page:
            assert (page.status, await page.text(), page.headers["Connection"]) == (200, "alive\n", "close")
        async with http.head(f"{at}said") as page:
            assert (page.status, page.headers["Content-Length"], await page.read()) == (200, "6", b"")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "", 404), ("GET", "said/more", 404), ("POST", "said", 405), ("DELETE", "said", 405)],
)
async def test_nothing_else_is_there(at: str, method: str, path: str, status: int) -> None:
    async with ClientSession() as http, http.request(method, f"{at}{path}") as page:
        assert page.status == status


async def test_a_page_that_breaks_tells_nothing_of_why(at: str) -> None:
    async with ClientSession() as http, http.get(f"{at}broken") as page:
        assert (page.status, "secret" in await page.text()) == (500, False)


@pytest.mark.parametrize(
    "said",
    [b"", b"GET", b"\r\n\r\n", b"\xff\xfe\x00 /said\r\n\r\n", b"GET /said" + b" " * 20_000, b"GET  \r\n\r\n"],
)
async def test_who_speaks_no_http_is_let_go(at: str, said: bytes) -> None:
    parts = urlsplit(at)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(said)
    writer.write_eof()

    try:
        answer = await reader.read()
    except ConnectionError:
        answer = b""
    writer.close()

    assert answer == b"" or answer.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 405 "))


async def test_who_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.plain._SECONDS", 0.01)
    async with listen_plain({}, "127.0.0.1", 0) as at:
        parts = urlsplit(at)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)

        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await reader.readexactly(1)

        writer.close()


async def test_no_more_than_so_many_are_let_in_at_once(at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.plain._MOST", 2)
    parts = urlsplit(at)
    silent = [await asyncio.open_connection(parts.hostname, parts.port) for _ in range(2)]

    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(b"GET /said HTTP/1.1\r\n\r\n")
    with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
        await reader.readexactly(1)

    for _, one in (*silent, (reader, writer)):
        one.close()

"""A listener for a few pages that other programs read, one request a connection.

aiohttp's would do it too, and costs a bot that needs it for nothing else 11 MiB.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import NamedTuple

from bot.web.listening import address

log = logging.getLogger(__name__)

_SECONDS = 10.0  # for a request to come whole, and for its response to be taken
_LARGEST = 8192  # bytes of a request; more than its head is not read
_MOST = 50  # connections at once


class Page(NamedTuple):
    """What is said to whoever asks."""

    body: str
    kind: str = "text/plain; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK


Pages = Mapping[str, Callable[[], Awaitable[Page]]]  # by their paths


@asynccontextmanager
async def listen_plain(pages: Pages, host: str, port: int) -> AsyncGenerator[str]:
    """Serve them while a block runs; gives the address. Port 0 takes a free one."""
    open_now = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal open_now
        open_now += 1
        try:
            if open_now <= _MOST:
                async with asyncio.timeout(_SECONDS):
                    await _answer(pages, reader, writer)
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            writer.transport.abort()
        finally:
            open_now -= 1
            writer.close()

    server = await asyncio.start_server(serve, host, port, limit=_LARGEST)
    try:
        yield address(host, server.sockets[0].getsockname()[1])
    finally:
        server.close()


async def _answer(pages: Pages, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    method, _, rest = head.decode("latin-1").partition(" ")
    page = await _page(pages, method, rest.partition(" ")[0].partition("?")[0])
    body = page.body.encode()
    writer.write(
        f"HTTP/1.1 {page.status.value} {page.status.phrase}\r\nContent-Type: {page.kind}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
        + (b"" if method == "HEAD" else body)
    )
    await writer.drain()
    with suppress(NotImplementedError):
        writer.write_eof()


async def _page(pages: Pages, method: str, path: str) -> Page:
    if path not in pages:
        return Page("There is nothing here.\n", status=HTTPStatus.NOT_FOUND)
    if method not in ("GET", "HEAD"):
        return Page("Only GET.\n", status=HTTPStatus.METHOD_NOT_ALLOWED)
    try:
        return await pages[path]()
    except Exception:
        log.error("a page for those who watch the bot could not be made", exc_info=True)
        return Page("This could not be found out.\n", status=HTTPStatus.INTERNAL_SERVER_ERROR)

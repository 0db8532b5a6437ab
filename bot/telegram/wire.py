"""Calls to a Bot API server: JSON out, the answer in, over connections that stay open; what is read is llhttp's work.

aiohttp's client made up a third of the cost of an answer. It does far more than this needs (redirects, cookies, forms,
proxies) and stays for calls with files and for those through a proxy.
"""

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlsplit

import httptools
from aiohappyeyeballs import start_connection

from bot.tls import trusted

LARGEST = 64 * 1024 * 1024  # bytes of an answer; a hundred updates may take a few millions
_IDLE = 15.0  # seconds after which an unused connection is not trusted any more
_FOUND = 60.0  # seconds an address that was looked up is good for
_LIVELY = 0.25  # seconds until the next address of the server is tried as well


Guard = Callable[[], Awaitable[None]]
_Addresses = list[Any]  # as getaddrinfo gives them


class Lost(ConnectionError):  # what happened, not a name for a thing
    """The server closed the connection before it had answered."""


class Wire:
    """One server, and the connections to it that wait for the next call.

    `guard` is asked once a connection is there and before anything is sent; what it raises stops the call.
    """

    def __init__(self, base: str, guard: Guard | None = None) -> None:
        self._guard = guard
        parts = urlsplit(base)
        self._host, self._is_safe = parts.hostname or "", parts.scheme == "https"
        self._port = parts.port or (443 if self._is_safe else 80)
        self._head = f"HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\nContent-Type: application/json\r\n"
        self._tls: ssl.SSLContext | None = None
        self._idle: list[_Connection] = []  # the last used one last
        self._looking: asyncio.Future[_Addresses] | None = None
        self._looked = 0.0

    async def post(self, path: str, body: bytes, seconds: float) -> tuple[int, bytes]:
        """The status and the body of the answer; raises OSError, TimeoutError among them."""
        call = f"POST {path} {self._head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        connection = self._unused()
        if connection is not None:
            try:
                return await self._exchange(connection, call, seconds)
            except Lost:
                if connection.has_begun:
                    raise
                # It was closed while nobody looked, or the server is gone; a new connection tells.
        return await self._exchange(await self._connect(seconds), call, seconds)

    def close(self) -> None:
        """Close what waits."""
        for connection in self._idle:
            connection.close()
        self._idle.clear()

    async def _exchange(self, connection: "_Connection", call: bytes, seconds: float) -> tuple[int, bytes]:
        try:
            if self._guard is not None:
                await self._guard()
            return await connection.exchange(call, seconds)
        finally:
            if connection.is_open:
                connection.since = time.monotonic()
                self._idle.append(connection)

    def _unused(self) -> "_Connection | None":
        oldest = time.monotonic() - _IDLE
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open and connection.since > oldest:
                return connection
            connection.close()
        return None

    async def _connect(self, seconds: float) -> "_Connection":
        if self._is_safe and self._tls is None:
            self._tls = trusted()
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(seconds):
            line = await start_connection(await self._find(), happy_eyeballs_delay=_LIVELY)
            try:
                _, connection = await loop.create_connection(
                    _Connection, sock=line, ssl=self._tls, server_hostname=self._host if self._tls else None
                )
            except BaseException:
                line.close()
                raise
        return connection

    async def _find(self) -> "_Addresses":
        """Where the server is; a lookup costs a thread, so it is kept a while and shared by all who come at once."""
        now = time.monotonic()
        if self._looking is None or now - self._looked > _FOUND:
            self._looked = now
            lookup = asyncio.get_running_loop().getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
            self._looking = asyncio.ensure_future(lookup)
        try:
            return await asyncio.shield(self._looking)
        except OSError:
            self._looking = None
            raise


class _Connection(asyncio.Protocol):
    """One call at a time; whatever is not as it should be closes it."""

    def __init__(self) -> None:
        self.is_open = False
        self.has_begun = False  # whether anything of the answer came
        self.since = self._due = 0.0
        self._late: asyncio.TimerHandle | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._parts: list[bytes] = []
        self._size = 0

    async def exchange(self, call: bytes, seconds: float) -> tuple[int, bytes]:
        """Send, and wait so long for the whole answer; raises Lost and TimeoutError."""
        if not self.is_open:
            raise Lost
        self._answer, self.has_begun = self._loop.create_future(), False
        self._transport.write(call)
        self._wait(seconds)
        try:
            return await self._answer
        except BaseException:
            self.close()
            raise
        finally:
            self._answer = None

    def close(self) -> None:
        """At once: nobody waits for what may still come."""
        if self.is_open:
            self.is_open = False
            self._transport.abort()

    def _wait(self, seconds: float) -> None:
        """One timer for call after call: one for each costs more than the rest of waiting."""
        self._due = self._loop.time() + seconds
        if self._late is not None and self._late.when() > self._due:
            self._late.cancel()
            self._late = None
        if self._late is None:
            self._late = self._loop.call_at(self._due, self._look)

    def _look(self) -> None:
        self._late = None
        if self._answer is None:
            return  # the next call begins anew
        if self._loop.time() < self._due:
            self._late = self._loop.call_at(self._due, self._look)
        else:
            self._fail(TimeoutError("no answer in time"))

    def _fail(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport, self.is_open = cast("asyncio.Transport", transport), True
        self._loop = asyncio.get_running_loop()

    def data_received(self, data: bytes) -> None:
        if self._answer is None:
            self.close()  # nothing was asked
            return
        self.has_begun = True
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fail(Lost("the answer is no HTTP"))
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_open = False
        if self._late is not None:
            self._late.cancel()
        self._fail(Lost())

    # What the parser calls

    def on_message_begin(self) -> None:
        self._parts, self._size = [], 0
        if self._answer is None or self._answer.done():
            self.close()  # one call, one answer: what comes beside it would be taken for the next

    def on_body(self, body: bytes) -> None:
        self._size += len(body)
        if self._size <= LARGEST:
            self._parts.append(body)
        else:
            self._fail(Lost("the answer is too long"))

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < HTTPStatus.OK:
            return  # a word before the answer
        if self._answer is not None and not self._answer.done():
            self._answer.set_result((status, b"".join(self._parts)))
        if not self._parser.should_keep_alive():
            self.close()

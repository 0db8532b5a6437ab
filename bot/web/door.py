"""The webhook's listener without a web framework: one address, and of HTTP what llhttp reads.

aiohttp's server costs as much as answering a press. It stays for all other pages, and for the webhook with LEAN=no.
"""

import asyncio
import logging
from collections import deque
from http import HTTPStatus
from typing import cast

import httptools

from bot.telegram.hands import HELD
from bot.web.hook import LARGEST_BODY, SECRET_HEADER, Hook, Response

log = logging.getLogger(__name__)

IDLE = 90.0  # seconds for a request to come whole, and for a connection to wait for the next
MOST = 1000  # connections; who comes beyond takes the place of who has asked for nothing longest
_LARGEST_HEAD = 64 * 1024  # what comes of it byte by byte is put together anew each time
_LARGEST = LARGEST_BODY + _LARGEST_HEAD
_SECRET = SECRET_HEADER.lower().encode()
_TAKEN = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n"


class Doors:
    """All connections to one hook; called for each new one."""

    def __init__(self, hook: Hook) -> None:
        self.hook = hook
        self.open: dict[Door, None] = {}  # the first one first

    def __call__(self) -> "Door":
        return Door(self)

    def close(self) -> None:
        """What was said is still sent."""
        for door in list(self.open):
            door.close()

    def make_room(self) -> None:
        """Somebody who holds all connections and says nothing would keep Telegram out."""
        idle = next((door for door in self.open if not door.is_busy), None)
        if idle is not None:
            del self.open[idle]
            idle.drop()


class Door(asyncio.Protocol):
    """One connection: a request, its response, the next request."""

    def __init__(self, doors: Doors) -> None:
        self._doors, self._hook = doors, doors.hook
        self._parser = httptools.HttpRequestParser(self)
        self._requests: deque[tuple[Response | None, bytes, bool]] = deque()  # refused, body, whether to stay
        self._answer: asyncio.Future[bytes] | None = None  # what the request in hand waits for
        self._stays = True  # after that answer
        self._is_last = self._has_ended = False  # whether nothing is listened to after what came; nothing will come
        self._is_paused = False
        self._since = 0.0
        self._begin()

    @property
    def is_busy(self) -> bool:
        """Whether a request waits for its answer."""
        return self._answer is not None

    def close(self) -> None:
        """After what was written."""
        self._transport.close()

    def drop(self) -> None:
        """At once."""
        self._transport.abort()

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport, self._loop = cast("asyncio.Transport", transport), asyncio.get_running_loop()
        self._remote = (transport.get_extra_info("peername") or ("",))[0]
        self._since = self._loop.time()
        self._look_later(IDLE)
        self._doors.open[self] = None
        if len(self._doors.open) > MOST:
            self._doors.make_room()

    def data_received(self, data: bytes) -> None:
        if self._is_last:
            return
        if self._answer is not None and not self._is_paused:
            self._is_paused = True  # what comes after waits with the sender
            self._transport.pause_reading()
        self._size += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # no other protocol is spoken here; the request was answered, and is the last
        except httptools.HttpParserError:
            self._came((400, b"This is not HTTP."), b"", stays=False)
        if self._size > self._most:
            self._came((413, b"This is too long."), b"", stays=False)

    def eof_received(self) -> bool:
        self._has_ended = True
        return self.is_busy  # who has said all still gets the answer

    def connection_lost(self, exc: Exception | None) -> None:
        self._doors.open.pop(self, None)
        self._late.cancel()
        if self._answer is not None:
            self._answer.cancel()  # nothing goes along any more

    # What the parser calls

    def on_message_begin(self) -> None:
        if self._answer is None:
            self._since = self._loop.time()

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        name = name.lower()
        if name == _SECRET:
            self._secret = value
        elif name == b"content-type":
            self._kind = value

    def on_headers_complete(self) -> None:
        self._most = _LARGEST

    def on_body(self, body: bytes) -> None:
        self._parts.append(body)

    def on_message_complete(self) -> None:
        body = b"".join(self._parts)
        refused = self._refused(body)
        stays = self._parser.should_keep_alive() and not self._parser.should_upgrade()
        self._begin()
        self._came(refused, body, stays=stays)

    # How it is answered

    def _begin(self) -> None:
        self._url = self._secret = self._kind = b""
        self._parts: list[bytes] = []
        self._size, self._most = 0, _LARGEST_HEAD

    def _refused(self, body: bytes) -> Response | None:
        if self._url.partition(b"?")[0] != self._hook.path.encode():
            return 404, b"There is nothing here."
        if self._parser.get_method() != b"POST":
            return 405, b"Only POST."
        if len(body) > LARGEST_BODY:
            return 413, b"This is too long."
        return self._hook.refused(self._remote, self._secret, self._kind.decode("latin-1"))

    def _came(self, refused: Response | None, body: bytes, *, stays: bool) -> None:
        """Each is answered in its turn; who is refused is no longer listened to, and cannot fill us with responses."""
        if self._is_last:
            return
        stays = stays and not refused
        self._is_last = not stays
        if self.is_busy:
            self._requests.append((refused, body, stays))
        else:
            self._take(refused, body, stays)

    def _take(self, refused: Response | None, body: bytes, stays: bool) -> None:
        if self._transport.is_closing():
            return
        try:
            taken = refused or self._hook.take(body)
        except Exception:
            log.error("a request to the webhook could not be dealt with", exc_info=True)
            taken, stays = (500, b"Bring it again in a moment."), False
        if isinstance(taken, tuple):
            self._say(*taken, stays=stays)
            return
        self._answer, self._stays, self._since = taken, stays, self._loop.time()
        taken.add_done_callback(self._answered)

    def _answered(self, answer: asyncio.Future[bytes]) -> None:
        """Where nobody waited so long, it goes on beside, and what it is answered with is called for."""
        self._answer, self._since = None, self._loop.time()
        self._say(200, b"" if answer.cancelled() else answer.result(), stays=self._stays)
        while self._requests and not self.is_busy:
            self._take(*self._requests.popleft())
        if self.is_busy or self._transport.is_closing():
            return
        if self._has_ended:
            self._transport.close()
        elif self._is_paused:
            self._is_paused = False
            self._transport.resume_reading()

    def _say(self, status: int, body: bytes, *, stays: bool) -> None:
        if self._transport.is_closing():
            return
        if stays and not body and status == HTTPStatus.OK:
            self._transport.write(_TAKEN)
            return
        kind = b"application/json" if status == HTTPStatus.OK else b"text/plain"
        close = b"" if stays else b"Connection: close\r\n"
        self._transport.write(
            b"HTTP/1.1 %d %b\r\nContent-Type: %b\r\nContent-Length: %d\r\n%b\r\n%b"
            % (status, HTTPStatus(status).phrase.encode(), kind, len(body), close, body)
        )
        if not stays:
            self._transport.close()

    def _look_later(self, seconds: float) -> None:
        """One timer for request after request: never so late that it would miss one that begins now."""
        self._late = self._loop.call_later(min(seconds, HELD), self._look)

    def _look(self) -> None:
        """Whoever says nothing whole for long is not waited for; what takes long to answer goes on beside."""
        left = (IDLE if self._answer is None else HELD) - (self._loop.time() - self._since)
        if left > 0:
            self._look_later(max(left, 0.01))
        elif self._answer is None:
            self._transport.abort()
        else:
            self._answer.cancel()
            self._look_later(IDLE)

"""Listen while a block runs."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.door import Doors

log = logging.getLogger(__name__)

_PATIENCE = 2  # seconds that open requests have to end in


@asynccontextmanager
async def listen(app: "web.Application", host: str, port: int) -> AsyncGenerator[str]:
    """Serve an application; gives its address. Port 0 takes a free one."""
    from aiohttp import web

    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_PATIENCE)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield address(host, runner.addresses[0][1])
    finally:
        await runner.cleanup()


@asynccontextmanager
async def listen_lean(doors: "Doors", host: str, port: int) -> AsyncGenerator[str]:
    """The same for connections that speak for themselves."""
    server = await asyncio.get_running_loop().create_server(doors, host, port)
    try:
        yield address(host, server.sockets[0].getsockname()[1])
    finally:
        server.close()
        doors.close()


@asynccontextmanager
async def listen_later(build: Callable[[], "web.Application"], host: str, port: int) -> AsyncGenerator[str]:
    """The same for an application that is built at the first knock, in a thread: most days nobody comes."""
    porch = _Porch(build)
    server = await asyncio.get_running_loop().create_server(porch, host, port)
    try:
        yield address(host, server.sockets[0].getsockname()[1])
    finally:
        server.close()
        await porch.close()


class _Porch:
    """Takes connections from the start, and hands them to the application once that is there."""

    def __init__(self, build: Callable[[], "web.Application"]) -> None:
        self._build = build
        self._runner: web.AppRunner | None = None
        self.waiting: dict[_Waiting, None] = {}  # the first one first
        self._opening: asyncio.Task[None] | None = None

    def __call__(self) -> asyncio.Protocol:
        if self._runner is not None and self._runner.server is not None:
            return cast("asyncio.Protocol", self._runner.server())
        if self._opening is None:
            self._opening = asyncio.create_task(self._open())
        return _Waiting(self)

    def wait(self, one: "_Waiting") -> None:
        """A connection is there: it may have come just as the pages were built, or could not be."""
        if self._runner is not None and self._runner.server is not None:
            one.hand_over(self._runner.server())
        elif self._opening is None:
            one.transport.abort()
        else:
            self.waiting[one] = None

    async def close(self) -> None:
        """Those who still wait are sent away; open requests end as those of any listener do."""
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.wait([self._opening])
        for one in list(self.waiting):
            one.transport.abort()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _open(self) -> None:
        """Where it cannot be built, whoever waits is sent away, and the next who comes has it tried again."""
        try:
            app = await asyncio.to_thread(self._build)
            from aiohttp import web

            self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_PATIENCE)
            await self._runner.setup()
        except Exception:
            log.error("the pages on WEB_PORT cannot be built", exc_info=True)
            self._runner = None
            for one in list(self.waiting):
                one.transport.abort()
        else:
            assert self._runner.server is not None
            for one in list(self.waiting):
                one.hand_over(self._runner.server())
        finally:
            self._opening = None


class _Waiting(asyncio.Protocol):
    """A connection before there is anybody to speak; what it says meanwhile is kept, and it is little."""

    def __init__(self, porch: _Porch) -> None:
        self._porch = porch
        self._said = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self._porch.wait(self)

    def data_received(self, data: bytes) -> None:
        """The first piece of a request is enough to wait with."""
        self._said += data
        self.transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        self._porch.waiting.pop(self, None)

    def hand_over(self, server: asyncio.BaseProtocol) -> None:
        """From here on it is a connection like any other."""
        self._porch.waiting.pop(self, None)
        self.transport.set_protocol(server)
        server.connection_made(self.transport)
        if self._said:
            cast("asyncio.Protocol", server).data_received(self._said)
            self.transport.resume_reading()


def address(host: str, port: int) -> str:
    """Where it listens, as a browser takes it."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/"

"""Listen while a block runs."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.web.door import Doors


@asynccontextmanager
async def listen_lean(doors: Doors, host: str, port: int) -> AsyncGenerator[str]:
    """The same for connections that speak for themselves."""
    server = await asyncio.get_running_loop().create_server(doors, host, port)
    try:
        yield _address(host, server.sockets[0].getsockname()[1])
    finally:
        server.close()
        doors.close()


@asynccontextmanager
async def listen(app: web.Application, host: str, port: int) -> AsyncGenerator[str]:
    """Serve an application; gives its address. Port 0 takes a free one."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield _address(host, runner.addresses[0][1])
    finally:
        await runner.cleanup()


def _address(host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/"

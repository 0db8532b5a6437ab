"""Pages that are built at the first knock: nobody who knocks is lost, and who never comes costs nothing."""

import asyncio
import threading
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientError, ClientSession, web

from bot.web import listening
from bot.web.listening import listen_later


@dataclass
class Building:
    """Builds a page when it is let; `broken` times it fails before."""

    may: threading.Event = field(default_factory=threading.Event)
    is_asked: threading.Event = field(default_factory=threading.Event)
    built: int = 0
    broken: int = 0
    is_cleaned: bool = False

    def __call__(self) -> web.Application:
        self.is_asked.set()
        assert self.may.wait(10)
        if self.broken:
            self.broken -= 1
            raise RuntimeError("no paint left")
        self.built += 1
        app = web.Application()
        app.router.add_post("/", self.echo)
        app.on_cleanup.append(self.clean)
        return app

    async def echo(self, request: web.Request) -> web.Response:
        return web.Response(body=await request.read())

    async def clean(self, _: web.Application) -> None:
        self.is_cleaned = True


@pytest.fixture
def building() -> Building:
    return Building()


@pytest.fixture
async def address(building: Building) -> AsyncGenerator[str]:
    async with listen_later(building, "127.0.0.1", 0) as address:
        yield address
    building.may.set()


async def said(address: str, words: bytes) -> bytes:
    async with ClientSession() as http, http.post(address, data=words) as answer:
        return await answer.read()


async def test_nothing_is_built_before_somebody_comes(building: Building) -> None:
    async with listen_later(building, "127.0.0.1", 0):
        pass

    assert not building.is_asked.is_set()


async def test_all_who_came_while_it_was_built_are_answered(building: Building, address: str) -> None:
    words = [f"{number} ".encode() * 20_000 for number in range(20)]
    asking = [asyncio.create_task(said(address, one)) for one in words]
    await asyncio.to_thread(building.is_asked.wait, 10)
    building.may.set()

    assert await asyncio.gather(*asking) == words
    assert await said(address, b"later") == b"later"
    assert building.built == 1


async def test_the_loop_goes_on_while_it_is_built(building: Building, address: str) -> None:
    asking = asyncio.create_task(said(address, b"a"))
    await asyncio.to_thread(building.is_asked.wait, 10)

    assert await asyncio.to_thread(lambda: "answered meanwhile") == "answered meanwhile"
    building.may.set()
    assert await asking == b"a"


async def test_what_could_not_be_built_is_tried_again_by_the_next(
    building: Building, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    building.broken = 1
    building.may.set()

    with pytest.raises(ClientError):
        await said(address, b"a")

    assert await said(address, b"b") == b"b"
    assert "the pages on WEB_PORT cannot be built" in caplog.text


async def test_who_left_before_it_was_built_is_no_trouble(building: Building, address: str) -> None:
    asking = asyncio.create_task(said(address, b"a"))
    await asyncio.to_thread(building.is_asked.wait, 10)
    asking.cancel()
    await asyncio.wait([asking])
    building.may.set()

    assert await said(address, b"b") == b"b"


async def test_whoever_still_waits_at_the_end_is_sent_away(building: Building) -> None:
    async with listen_later(building, "127.0.0.1", 0) as address:
        asking = asyncio.create_task(said(address, b"a"))
        await asyncio.to_thread(building.is_asked.wait, 10)
    building.may.set()

    with pytest.raises(ClientError):
        await asking


async def test_what_was_built_is_cleaned_up(building: Building) -> None:
    building.may.set()
    async with listen_later(building, "127.0.0.1", 0) as address:
        await said(address, b"a")
        assert not building.is_cleaned

    assert building.is_cleaned


async def test_who_comes_in_the_moment_the_pages_are_there_is_handed_over_too() -> None:
    porch = listening._Porch(web.Application)
    first, late = porch(), porch()
    assert porch._opening is not None
    await porch._opening
    spoken = asyncio.get_running_loop().create_future()

    class Line(asyncio.Transport):
        def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
            spoken.set_result(protocol)

        def get_extra_info(self, name: str, default: object = None) -> object:
            return default

        def close(self) -> None:
            pass

    late.connection_made(Line())

    assert type(spoken.result()).__name__ == "RequestHandler"
    assert not porch.waiting
    assert first is not late
    await porch.close()

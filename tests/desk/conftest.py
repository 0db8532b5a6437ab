"""A desk over a small content of its own, and browsers that sign in to it over real HTTP."""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar, FormData, web

from bot import app
from bot.desk import build_desk
from bot.desk.site import open_desk
from bot.desk.visit import Desk
from bot.settings import Settings
from bot.store.staff import Person
from bot.web.listening import listen

START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


class Browser:
    """One person's browser: pages are read, forms are sent with what the page put into them."""

    def __init__(self, http: ClientSession, origin: str) -> None:
        self.http, self.origin = http, origin
        self.csrf = ""
        self.status = 0
        self.html = ""

    async def open(self, path: str) -> str:
        async with self.http.get(f"/desk{path}") as answer:
            return await self._read(answer)

    async def send(self, path: str, fields: dict[str, object] | None = None, **more: object) -> str:
        """Post a form from one of the desk's own pages."""
        form = FormData()
        for name, value in {"csrf": self.csrf, **(fields or {}), **more}.items():
            for one in value if isinstance(value, list) else [value]:
                form.add_field(name, str(one))
        async with self.http.post(f"/desk{path}", data=form, headers={"Origin": self.origin}) as answer:
            return await self._read(answer)

    async def _read(self, answer: ClientResponse) -> str:
        self.status = answer.status
        body = await answer.read()
        self.html = body.decode("utf-8", "replace")
        if found := re.search(r'name="csrf" value="([^"]*)"', self.html):
            self.csrf = found[1]
        return self.html


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(folder: Path, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", content_dir=folder)


@pytest.fixture
def desk(settings: Settings, clock: Clock) -> Desk:
    found = open_desk(settings, app.Library(settings), clock, pytest.fail)
    assert found is not None
    return found


@pytest.fixture
async def origin(desk: Desk) -> AsyncGenerator[str]:
    """The desk, listening on a free port."""
    root = web.Application()
    root.add_subapp("/desk", build_desk(desk))
    async with listen(root, "127.0.0.1", 0) as address:
        yield address.rstrip("/")
    desk.staff.close()


Enter = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def stranger(origin: str) -> AsyncGenerator[Callable[[], Browser]]:
    """New browsers that have not signed in; English is their language."""
    opened: list[ClientSession] = []

    def begin() -> Browser:
        http = ClientSession(origin, cookie_jar=CookieJar(unsafe=True), headers={"Accept-Language": "en"})
        opened.append(http)
        return Browser(http, origin)

    yield begin
    for http in opened:
        await http.close()


@pytest.fixture
async def enter(desk: Desk, stranger: Callable[[], Browser]) -> Enter:
    """`await enter("anna", "editor")`: a person of these roles, signed in."""

    async def sign_in(name: str, *roles: str, languages: str = "", title: str = "") -> Browser:
        person = desk.staff.named(name) or desk.staff.add(
            Person(0, name, frozenset(roles), frozenset(languages.split()), title=title)
        )
        browser = stranger()
        await browser.send("/enter", key=desk.staff.link(person))
        assert browser.status == 200, browser.html
        return browser

    return sign_in

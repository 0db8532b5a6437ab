"""A desk over a small content of its own, and browsers that sign in to it over real HTTP."""

import re
import shutil
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar, FormData, web

from bot import app
from bot.content.topics import read_article
from bot.desk.house import open_desk
from bot.desk.pages import build_desk
from bot.desk.site import staff_of
from bot.desk.visit import Desk
from bot.settings import ROOT, Settings
from bot.store.staff import Person
from bot.web.listening import listen
from tests.conftest import small_content

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

    async def fill(self, path: str, act: str, **changes: object) -> str:
        """Open a page, change some fields of its form and send all of them, as a browser does."""
        await self.open(path)
        fields = form_of(self.html, act)
        for name, value in changes.items():
            fields[name] = value if isinstance(value, list) else [str(value)]
        return await self.send(act, {name: value for name, value in fields.items() if name != "csrf"})

    async def open(self, path: str) -> str:
        async with self.http.get(f"/desk{path}") as answer:
            return await self._read(answer)

    async def send(self, path: str, fields: Mapping[str, object] | None = None, **more: object) -> str:
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


def named(name: str) -> str:
    return "{" + ", ".join(f"{code}: {name}" for code in ("kk", "ru", "uz", "tg", "en")) + "}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small content, made so that `check` finds no mistake in it: a version with one is never published."""
    content = small_content(tmp_path / "content")
    files = {
        "regions.yaml": (
            f"all:\n  names: {named('All')}\n  short_numbers: ['111', '112']\n"
            f"shymkent:\n  names: {named('Shymkent')}\n  near: [turkistan]\n"
            f"turkistan:\n  names: {named('Turkistan')}\n  near: [shymkent]\n"
        ),
        "places.yaml": (
            f"line-112:\n  kind: hotline\n  names: {named('Line')}\n  region: all\n  serves: [emergency]\n"
            "  phones:\n  - {number: '112', status: official}\n  as_of: '2021-09-08'\n  confidence: high\n"
            "  sources:\n  - {title: t}\n"
            f"# Somebody who helps\nhelpers:\n  kind: ngo\n  names: {named('Helpers')}\n  region: shymkent\n"
            "  serves: [legal]\n  phones:\n  - number: '+77252000001'\n    status: unproven\n"
            "  confidence: high\n  as_of: '2026-01-01'\n  sources:\n  - {title: t}\n"
        ),
    }
    for name, text in files.items():
        (content / name).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "content" / "profile.yaml", content / "profile.yaml")
    russian, uzbek = (content / "stay" / "registration" / f"{code}.md" for code in ("ru", "uz"))
    source, _ = read_article(russian, "ru.md", "stay/registration", "ru")
    assert source
    words = uzbek.read_text(encoding="utf-8")
    uzbek.write_text(
        words.replace("sources: law\n", f"sources: law\nfollows: {source.fingerprint}\n"), encoding="utf-8"
    )
    return content


class _Forms(HTMLParser):
    """The fields of each form of a page, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, list[str]]] = {}
        self._fields: dict[str, list[str]] = {}
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = self.forms.setdefault(given.get("action", "").removeprefix("/desk"), {})
        if tag == "input" and given.get("name"):
            is_off = given.get("type") in ("checkbox", "radio") and "checked" not in given
            if not is_off:
                self._fields.setdefault(given["name"], []).append(given.get("value", "on"))
        if tag == "textarea" and given.get("name"):
            self._area = given["name"]
            self._fields.setdefault(self._area, []).append("")
        if tag == "select":
            self._select = given.get("name", "")
        if tag == "option" and "selected" in given:
            self._fields.setdefault(self._select, []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._fields[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""


def form_of(html: str, act: str) -> dict[str, list[str]]:
    """The fields of the form that posts to `act`."""
    forms = _Forms()
    forms.feed(html)
    return {name: list(values) for name, values in forms.forms[act].items()}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(folder: Path, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", content_dir=folder)


@pytest.fixture
def own_library(settings: Settings) -> app.Library:
    """The bot's own content, which publishing changes."""
    return app.Library(settings)


@pytest.fixture
def desk(settings: Settings, own_library: app.Library, clock: Clock) -> Desk:
    staff = staff_of(settings, clock)
    return open_desk(settings, staff, own_library, app.load_tree, app.proof_read, app.learn_tree, clock)


@pytest.fixture
async def origin(desk: Desk) -> AsyncGenerator[str]:
    """The desk, listening on a free port."""
    root = web.Application()
    root.add_subapp("/desk", build_desk(desk))
    async with listen(root, "127.0.0.1", 0) as address:
        yield address.rstrip("/")
    desk.staff.close()
    desk.library.editions.close()


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

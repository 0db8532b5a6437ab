"""The desk away from this machine: behind https alone, with cookies that say so, and without the local chat."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from aiohttp import ClientSession, web

from bot.desk.house import around
from bot.desk.visit import Desk
from bot.store.staff import Person
from bot.web.listening import listen

ORIGIN = "https://desk.example.org"


async def _local_chat(_: web.Request) -> web.Response:
    return web.Response(text="local chat")


@pytest.fixture
async def away(desk: Desk) -> AsyncGenerator[str]:
    """The house as PUBLIC_ORIGIN makes it; a proxy with the certificate would stand before it."""
    chat = web.Application()
    chat.router.add_get("/", _local_chat)
    async with listen(around(replace(desk, origin=ORIGIN), chat), "127.0.0.1", 0) as address:
        yield address.rstrip("/")
    desk.staff.close()
    desk.library.editions.close()


HOST = {"Host": "desk.example.org"}


async def test_there_is_no_local_chat_and_the_root_leads_to_the_desk(away: str) -> None:
    async with ClientSession() as http, http.get(f"{away}/", headers=HOST, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/desk/")


async def test_the_session_cookie_is_bound_to_https_and_to_this_host(away: str, desk: Desk) -> None:
    key = desk.staff.link(desk.staff.add(Person(0, "anna", frozenset({"editor"}))))
    headers = {**HOST, "Origin": ORIGIN}

    async with (
        ClientSession() as http,
        http.post(f"{away}/desk/enter", data={"key": key}, headers=headers, allow_redirects=False) as answer,
    ):
        cookie = answer.headers["Set-Cookie"]
        strict = answer.headers["Strict-Transport-Security"]

    assert cookie.startswith("__Host-desk=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"))
    assert strict


@pytest.mark.parametrize("host", ["127.0.0.1", "desk.example.org.evil.example", "evil.example"])
async def test_only_its_own_name_opens_it(away: str, host: str) -> None:
    async with ClientSession() as http, http.get(f"{away}/desk/", headers={"Host": host}) as answer:
        assert answer.status == 403


async def test_a_form_from_the_plain_address_is_refused(away: str) -> None:
    headers = {**HOST, "Origin": "http://desk.example.org"}
    async with ClientSession() as http, http.post(f"{away}/desk/enter", data={}, headers=headers) as answer:
        assert answer.status == 403

"""The role matrix: every page and action with every role, against a table written by hand."""

import pytest

from bot.desk.pages import pages
from bot.store.staff import ROLES
from tests.desk.conftest import Enter

O, E, T, R, A = "owner", "editor", "translator", "reviewer", "analyst"  # noqa: E741
ALL = {O, E, T, R, A}
MATRIX: dict[str, set[str]] = {
    "GET /enter": set(),
    "POST /enter": set(),
    "POST /language": set(),
    "POST /leave": ALL,
    "GET /": ALL,
    "GET /launch": ALL,
    "GET /texts": ALL,
    "GET /text": ALL,
    "POST /text": {O, E, R, T},
    "POST /text/whole": {O, E, R, T},
    "POST /text/review": {R},
    "POST /text/drop": {O, E, R, T},
    "POST /preview": ALL,
    "GET /facts": ALL,
    "GET /fact": ALL,
    "POST /fact": {O, E},
    "POST /fact/drop": {O, E},
    "GET /places": ALL,
    "GET /place": ALL,
    "POST /place": {O, E},
    "POST /place/confirm": {O, E, R},
    "POST /place/drop": {O, E},
    "GET /files": {O, E, R, T},
    "GET /file": {O, E},
    "POST /file": {O, E},
    "POST /file/drop": {O, E},
    "GET /flow": {O, E, R, T},
    "POST /flow": {O, E, R, T},
    "POST /flow/drop": {O, E, R, T},
    "GET /preview/walk": ALL,
    "GET /flow/map": {O, E},
    "POST /flow/map": {O, E},
    "POST /flow/map/drop": {O, E},
    "GET /meanings": {O, E},
    "GET /meaning": {O, E},
    "POST /meaning": {O, E},
    "POST /meaning/drop": {O, E},
    "GET /danger": {O, E},
    "POST /danger": {O, E},
    "POST /danger/drop": {O, E},
    "GET /asked": ALL,
    "POST /asked": ALL,
    "POST /join": {O, E, R, T},
    "GET /phrases": {O, E, R, T},
    "GET /phrase": {O, E, R, T},
    "POST /phrase": {O, E, R, T},
    "POST /preview/phrase": {O, E, R, T},
    "POST /phrase/drop": {O, E, R, T},
    "GET /translators": {O, E, R, T},
    "GET /translators/file": {O, E, R, T},
    "POST /translators": {O, E, R, T},
    "GET /publish": {O, E, R, T},
    "POST /publish": {O, E, R},
    "GET /history": ALL,
    "GET /version": ALL,
    "POST /history/back": {O, E, R},
    "GET /demand": {O, E, R, A},
    "GET /demand/file": {O, E, R, A},
    "GET /try": ALL,
    "POST /remote/push": {O, E},
    "POST /remote/pull": {O, E},
    "GET /people": {O},
    "POST /people/add": {O},
    "POST /people/change": {O},
    "POST /people/link": {O},
    "POST /sessions/end": {O},
    "GET /audit": {O},
}


def test_every_page_stands_in_the_table_with_its_roles() -> None:
    assert {f"{page.method} {page.path}": set(page.roles) for page in pages()} == MATRIX


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_reaches_its_own_pages_and_no_other(enter: Enter, role: str) -> None:
    browser = await enter("anna", role)
    csrf = browser.csrf

    for page in pages():
        if not page.roles or page.path == "/leave":
            continue
        if page.method == "GET":
            await browser.open(page.path)
        else:
            browser.csrf = csrf
            await browser.send(page.path)
        is_open = browser.status != 403
        assert is_open == (role in page.roles), f"{page.method} {page.path} as {role}: {browser.status}"


async def test_nobody_reaches_anything_without_signing_in(enter: Enter, stranger: object) -> None:
    assert callable(stranger)
    browser = stranger()

    for page in pages():
        if page.roles:
            await (browser.open(page.path) if page.method == "GET" else browser.send(page.path))
            assert browser.status == 401, f"{page.method} {page.path}"


async def test_the_audit_list_speaks_its_readers_language(enter: Enter) -> None:
    owner = await enter("anna", "owner")

    await owner.send("/language", {"to": "uz", "back": "/desk/audit"})
    page = await owner.open("/audit")

    assert "<td>Kirdi</td>" in page
    assert "sign in" not in page

"""The desk under attack: foreign pages, forged and stale forms, foreign names, hostile words."""

import pytest
from aiohttp import ClientSession

from bot.desk.visit import Desk
from tests.desk.conftest import Enter

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "{own}", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "{own}", "Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_form_from_a_foreign_page_does_nothing(
    enter: Enter, desk: Desk, origin: str, headers: dict[str, str]
) -> None:
    owner = await enter("own", "owner")
    sent = {name: value.replace("{own}", origin) for name, value in headers.items()}

    form = {"csrf": owner.csrf, "name": "evil", "roles": "owner"}
    async with owner.http.post("/desk/people/add", data=form, headers=sent) as answer:
        status = answer.status

    assert status == 403
    assert desk.staff.named("evil") is None


@pytest.mark.parametrize("token", ["", "x", "{other}"])
async def test_a_form_without_this_sessions_token_does_nothing(enter: Enter, desk: Desk, token: str) -> None:
    owner, other = await enter("own", "owner"), await enter("anna", "editor")
    owner.csrf = token.replace("{other}", other.csrf)

    await owner.send("/people/add", name="evil", roles="owner")

    assert owner.status == 403
    assert desk.staff.named("evil") is None


async def test_a_foreign_name_for_this_machine_is_refused(origin: str) -> None:
    async with ClientSession() as http, http.get(f"{origin}/desk/", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403


async def test_what_people_type_comes_back_as_words(enter: Enter) -> None:
    owner = await enter("own", "owner")

    await owner.send("/people/add", name=HOSTILE, roles="editor", title=HOSTILE)
    page = await owner.open("/people") + await owner.open("/audit")

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/desk/\\evil", "/other", "javascript:x"])
async def test_choosing_a_language_never_leads_away(enter: Enter, origin: str, back: str) -> None:
    browser = await enter("anna", "editor")

    async with browser.http.post(
        "/desk/language", data={"csrf": browser.csrf, "to": "kk", "back": back}, headers={"Origin": origin},
        allow_redirects=False,
    ) as answer:  # fmt: skip
        assert answer.headers["Location"] == "/desk/"


async def test_a_browser_is_told_to_be_strict_on_every_answer(enter: Enter, origin: str) -> None:
    browser = await enter("anna", "editor")

    for path in ("/desk/", "/desk/static/desk.css", "/desk/nothing-here", "/desk/people"):
        async with browser.http.get(path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-store"


async def test_no_page_has_a_script_or_style_of_its_own(enter: Enter) -> None:
    browser = await enter("own", "owner")

    for path in ("/", "/people", "/audit"):
        page = await browser.open(path)
        assert "<style" not in page
        assert " style=" not in page
        assert page.count("<script") == 1
        assert " onclick" not in page

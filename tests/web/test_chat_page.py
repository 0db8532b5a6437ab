"""The page's server: what it tells, what it takes, and whom it refuses."""

import asyncio
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSServerHandshakeError

from bot.web.chat import COOKIE, LARGEST_BODY

News = dict[str, Any]


async def do(browser: ClientSession, name: str, phone: int = 0, **more: object) -> tuple[int, News]:
    async with browser.post("/act", json={"phone": phone, "act": name, **more}) as answer:
        is_json = answer.content_type == "application/json"
        return answer.status, await answer.json() if is_json else {"error": await answer.text()}


async def hear(browser: ClientSession, **known: str) -> News:
    """All that a page that was just loaded is told."""
    async with browser.ws_connect("/events", params=known) as events:
        return await read(events)


async def read(events: ClientWebSocketResponse) -> News:
    news: News = await asyncio.wait_for(events.receive_json(), 5)
    return news


async def test_a_fresh_page_shows_two_silent_phones(browser: ClientSession) -> None:
    news = await hear(browser)

    assert [(one["name"], one["language"], one["is_started"]) for one in news["phones"]] == [
        ("Aibek", "ru", False),
        ("Dilnoza", "uz", False),
    ]
    assert news["phones"][0]["greeting"] == "Ask me about work in Kazakhstan."
    assert news["phones"][0]["commands"] == [{"command": "start", "description": "All sections"}]
    assert all(int(one["id"]) > 0 for one in news["phones"])


async def test_what_is_said_is_answered_on_that_phone_only(browser: ClientSession) -> None:
    await do(browser, "say", text="hello")
    news = await hear(browser)

    first, second = news["phones"]
    assert [(message["text"], message["is_mine"]) for message in first["messages"]] == [
        ("hello", True),
        ("You said (ru): hello", False),
    ]
    assert second["messages"] == []


async def test_every_tab_hears_what_is_new_and_nothing_twice(browser: ClientSession) -> None:
    async with browser.ws_connect("/events") as one, browser.ws_connect("/events") as two:
        for tab in (one, two):
            await read(tab)
        await do(browser, "say", text="/start")

        for tab in (one, two):
            texts: list[str] = []
            while len(texts) < 3:
                texts += [message["text"].split("\n")[0] for message in (await read(tab))["phones"][0]["messages"]]
            assert texts == ["/start", "Registration", "Menu"]


async def test_a_reload_keeps_the_conversation_and_a_short_break_loses_nothing(browser: ClientSession) -> None:
    await do(browser, "say", text="one")
    before = await hear(browser)
    await do(browser, "say", text="two")

    since = await hear(browser, since=str(before["revision"]), epoch=before["epoch"])
    reloaded = await hear(browser)

    assert [message["text"] for message in since["phones"][0]["messages"]] == ["two", "You said (ru): two"]
    assert len(reloaded["phones"][0]["messages"]) == 4


async def test_a_press_edits_in_place_and_its_data_stays_on_the_server(browser: ClientSession) -> None:
    await do(browser, "say", text="/start")
    menu = (await hear(browser))["phones"][0]["messages"][-1]

    status, answer = await do(browser, "press", message=menu["id"], row=0, column=0)
    edited = (await hear(browser))["phones"][0]["messages"][-1]

    assert (status, answer) == (200, {"is_waiting": False})
    assert (edited["id"], edited["text"], edited["is_edited"]) == (menu["id"], "Wages\nThey must pay.", True)
    assert menu["rows"][0] == [{"label": "Wages", "kind": "callback_data"}]
    assert menu["rows"][1][0] == {"label": "Copy 111", "kind": "copy_text", "value": "111"}


async def test_toasts_and_alerts_come_once(browser: ClientSession) -> None:
    await do(browser, "say", text="/start")
    menu = (await hear(browser))["phones"][0]["messages"][-1]["id"]
    async with browser.ws_connect("/events") as events:
        await read(events)
        await do(browser, "press", message=menu, row=3, column=0)
        await do(browser, "press", message=menu, row=2, column=0)
        toasts: list[News] = []
        while len(toasts) < 2:
            toasts += (await read(events))["phones"][0]["toasts"]

    assert toasts == [{"text": "Saved", "is_alert": False}, {"text": "Read this first", "is_alert": True}]
    assert (await hear(browser))["phones"][0]["toasts"] == []


async def test_the_keyboard_below_says_its_words(browser: ClientSession) -> None:
    await do(browser, "say", text="/start")
    phone = (await hear(browser))["phones"][0]
    assert (phone["keyboard"], phone["is_keyboard_small"], phone["is_keyboard_fixed"]) == ([["☎ Contacts"]], True, True)

    await do(browser, "press_below", text="☎ Contacts")

    assert (await hear(browser))["phones"][0]["messages"][-1]["text"] == "You said (ru): ☎ Contacts"


async def test_a_location_is_taken_back_and_typing_is_shown(browser: ClientSession) -> None:
    await do(browser, "location", latitude=42.3, longitude=69.6)
    await do(browser, "say", text="/typing")
    phone = (await hear(browser))["phones"][0]

    assert [message["kind"] for message in phone["messages"]] == ["text", "text"]
    assert len(phone["gone"]) == 1
    assert 0 < phone["typing_seconds"] <= 5


@pytest.mark.parametrize("what", ["contact", "voice", "photo", "document", "sticker"])
async def test_everything_else_can_be_sent(browser: ClientSession, what: str) -> None:
    status, _ = await do(browser, what)

    assert status == 200
    assert (await hear(browser))["phones"][0]["messages"][0]["kind"] == what


async def test_one_message_can_be_edited_and_answered_anew(browser: ClientSession) -> None:
    await do(browser, "say", text="wages")
    mine = (await hear(browser))["phones"][0]["messages"][0]["id"]

    await do(browser, "edit", message=mine, text="passport")

    texts = [message["text"] for message in (await hear(browser))["phones"][0]["messages"]]
    assert texts == ["passport", "You said (ru): wages", "Changed to: passport"]


async def test_the_language_of_a_phone_can_be_switched(browser: ClientSession) -> None:
    await do(browser, "language", language="tg")
    await do(browser, "say", text="салом")
    await do(browser, "language", language=None)

    phone = (await hear(browser))["phones"][0]
    assert phone["messages"][-1]["text"] == "You said (tg): салом"
    assert phone["language"] is None


async def test_starting_over_makes_somebody_new(browser: ClientSession) -> None:
    await do(browser, "say", phone=1, text="salom")
    before = (await hear(browser))["phones"][1]

    await do(browser, "start_over", phone=1)

    after = (await hear(browser))["phones"][1]
    assert after["messages"] == []
    assert after["id"] != before["id"]


async def test_a_blocked_bot_says_nothing(browser: ClientSession) -> None:
    await do(browser, "say", text="hello")
    await do(browser, "block")
    assert (await hear(browser))["phones"][0]["is_blocked"]

    await do(browser, "unblock")
    assert not (await hear(browser))["phones"][0]["is_blocked"]


async def test_pictures_are_shown_and_files_saved_but_only_where_they_were_sent(
    browser: ClientSession, address: str
) -> None:
    await do(browser, "say", text="/media")
    photo, document, location, contact = (await hear(browser))["phones"][0]["messages"][1:]

    async with browser.get(f"/files/{photo['media']['file']}") as answer:
        assert (answer.status, answer.content_type) == (200, "image/png")
    async with browser.get(f"/files/{document['media']['file']}") as answer:
        assert answer.headers["Content-Disposition"] == "attachment"
        assert await answer.read() == b"%PDF-1.7"
    assert document["media"]["name"] == "letter.pdf"
    assert location["media"] == {"latitude": 42.3174, "longitude": 69.5901}
    assert contact["media"] == {"name": "Sana Sezim", "phone": "+77272222113"}

    async with ClientSession(address, cookie_jar=CookieJar(unsafe=True)) as stranger:
        await stranger.get("/")
        async with stranger.get(f"/files/{photo['media']['file']}") as answer:
            assert answer.status == 404


async def test_a_bot_that_breaks_is_told_and_logged(browser: ClientSession, caplog: pytest.LogCaptureFixture) -> None:
    await do(browser, "say", text="/start")
    menu = (await hear(browser))["phones"][0]["messages"][-1]["id"]

    status, answer = await do(browser, "press", message=menu, row=4, column=0)

    assert (status, answer["error"]) == (500, "The bot failed; the log says why.")
    assert "on purpose" in caplog.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"phone": 2, "act": "say", "text": "x"}, 400),
        ({"phone": True, "act": "say", "text": "x"}, 400),
        ({"act": "say", "text": "x"}, 400),
        ({"phone": 0, "act": "fly"}, 400),
        ({"phone": 0, "act": ["say"]}, 400),
        ({"phone": 0, "act": "say"}, 400),
        ({"phone": 0, "act": "say", "text": " "}, 400),
        ({"phone": 0, "act": "say", "text": 5}, 400),
        ({"phone": 0, "act": "say", "text": "x" * 4097}, 400),
        ({"phone": 0, "act": "say", "text": "\ud800"}, 400),
        ({"phone": 0, "act": "press", "message": -1, "row": 0, "column": 0}, 400),
        ({"phone": 0, "act": "press", "message": 999, "row": 0, "column": 0}, 409),
        ({"phone": 0, "act": "press_below", "text": "nothing"}, 409),
        ({"phone": 0, "act": "edit", "message": 999, "text": "x"}, 409),
        ({"phone": 0, "act": "location", "latitude": 91, "longitude": 0}, 400),
        ({"phone": 0, "act": "location", "latitude": "x", "longitude": 0}, 400),
        ({"phone": 0, "act": "language", "language": "xx"}, 400),
        ({"phone": 0, "act": "say", "text": "x" * LARGEST_BODY}, 413),
        ([], 400),
    ],
)
async def test_what_no_phone_could_do_is_refused(browser: ClientSession, body: object, status: int) -> None:
    async with browser.post("/act", json=body) as answer:
        assert answer.status == status
    async with browser.get("/") as page:
        assert page.status == 200


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [("{", "application/json", 400), ("[" * 9000, "application/json", 400), ("{}", "text/plain", 415)],
)
async def test_what_is_not_json_is_refused(browser: ClientSession, text: str, kind: str, status: int) -> None:
    async with browser.post("/act", data=text, headers={"Content-Type": kind}) as answer:
        assert answer.status == status


async def test_foreign_names_and_origins_are_refused(browser: ClientSession, address: str) -> None:
    act = {"phone": 0, "act": "say", "text": "x"}

    async with browser.get("/", headers={"Host": "evil.example:8080"}) as answer:
        assert answer.status == 403
    async with browser.post("/act", json=act, headers={"Origin": "https://evil.example"}) as answer:
        assert answer.status == 403
    with pytest.raises(WSServerHandshakeError, match="403"):
        await browser.ws_connect("/events", headers={"Origin": "https://evil.example"})
    async with ClientSession(address) as bare, bare.post("/act", json=act) as answer:
        assert answer.status == 403


async def test_localhost_is_this_machine_too(address: str) -> None:
    async with ClientSession() as session, session.get(address, headers={"Host": "localhost:8080"}) as answer:
        assert answer.status == 200


async def test_without_a_cookie_nothing_is_told(address: str) -> None:
    origin = address.rstrip("/")
    async with ClientSession(origin, headers={"Origin": origin}) as stranger:
        assert await hear(stranger) == {"reload": True}
        assert (await do(stranger, "say", text="x"))[0] == 401


async def test_the_browser_is_kept_strict(browser: ClientSession) -> None:
    async with browser.get("/") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "<script" in (page := await answer.text())
        assert "://" not in page
    async with browser.get("/static/phone.js") as answer:
        assert (answer.status, answer.content_type) == (200, "text/javascript")
        assert "innerHTML" not in await answer.text()
    for name in ("../chat.py", "%2e%2e%2fchat.py", "nothing.js"):
        async with browser.get(f"/static/{name}") as answer:
            assert answer.status == 404


async def test_the_cookie_is_random_and_hidden_from_scripts(address: str) -> None:
    async with ClientSession() as one, one.get(address) as first, ClientSession() as two, two.get(address) as second:
        cookies = [answer.cookies[COOKIE] for answer in (first, second)]

    assert cookies[0].value != cookies[1].value
    assert all(cookie["httponly"] and cookie["samesite"] == "Strict" for cookie in cookies)

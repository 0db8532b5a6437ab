"""The chat inside of the desk: on the drafts, for staff alone, and nothing of it reaches readers."""

from collections.abc import Callable

from bot import app
from tests.desk.conftest import Browser, Enter

TEXT = "/text?id=stay/registration&language=ru"


async def act(browser: Browser, **body: object) -> int:
    headers = {"Origin": browser.origin}
    async with browser.http.post("/desk/chat/act", json={"phone": 0, **body}, headers=headers) as answer:
        return answer.status


async def heard(browser: Browser) -> str:
    """Everything the two phones show."""
    async with browser.http.ws_connect(
        "/desk/chat/events?since=0&epoch=", headers={"Origin": browser.origin}
    ) as socket:
        return str((await socket.receive_json())["phones"][0]["messages"])


async def test_the_chat_shows_a_draft_that_no_reader_sees(enter: Enter, own_library: app.Library) -> None:
    editor = await enter("anna", "editor")
    await editor.fill(TEXT, "/text", **{"p.short": "Черновик: {host_days}."})

    await editor.open("/try")
    async with editor.http.get("/desk/chat/") as page:
        assert page.status == 200
        assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    await act(editor, act="say", text="/start ru_stay_registration")
    await act(editor, act="say", text="Регистрация")

    assert "Черновик: 3 рабочих дня" in await heard(editor)
    assert "Черновик" not in own_library.content.texts["stay/registration", "ru"].short


async def test_strangers_have_no_chat_inside_of_the_desk(stranger: Callable[[], Browser]) -> None:
    browser = stranger()

    async with browser.http.get("/desk/chat/") as page:
        status = page.status
    acted = await act(browser, act="say", text="/start")

    assert (status, acted) == (401, 401)


async def test_a_foreign_page_cannot_act_in_the_chat(enter: Enter) -> None:
    editor = await enter("anna", "editor")

    async with editor.http.post("/desk/chat/act", json={}, headers={"Origin": "https://evil.example"}) as answer:
        assert answer.status == 403

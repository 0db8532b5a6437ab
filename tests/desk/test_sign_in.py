"""Signing in: a link works once, for the one who presses the button, and nothing else opens the desk."""

from collections.abc import Callable

from aiohttp import ClientSession

from bot.desk.tries import MOST
from bot.desk.visit import Desk
from bot.store.staff import Person
from tests.desk.conftest import Browser, Clock, Enter

Stranger = Callable[[], Browser]


def key_of(desk: Desk, name: str = "anna") -> str:
    person = desk.staff.named(name) or desk.staff.add(Person(0, name, frozenset({"editor"})))
    key = desk.staff.link(person)
    assert key
    return key


async def test_a_stranger_sees_how_to_get_a_link_and_nothing_else(stranger: Stranger) -> None:
    browser = stranger()

    page = await browser.open("/")

    assert browser.status == 401
    assert "/staff" in page
    assert "<nav" not in page


async def test_looking_at_a_link_uses_up_nothing_and_pressing_uses_it_up(desk: Desk, stranger: Stranger) -> None:
    key, preview, browser, late = key_of(desk), stranger(), stranger(), stranger()

    await preview.open(f"/enter?key={key}")
    await preview.open(f"/enter?key={key}")
    await browser.send("/enter", key=key)
    first = browser.status, "anna" in browser.html
    await late.send("/enter", key=key)

    assert first == (200, True)
    assert late.status == 403


async def test_a_link_that_is_too_old_opens_nothing(desk: Desk, stranger: Stranger, clock: Clock) -> None:
    key, browser = key_of(desk), stranger()

    clock.wait(minutes=11)
    await browser.send("/enter", key=key)

    assert browser.status == 403


async def test_signing_in_begins_a_new_session_whatever_cookie_was_there(
    desk: Desk, origin: str, stranger: Stranger
) -> None:
    async with ClientSession(origin, cookies={"desk": "chosen-by-an-attacker"}) as http:
        victim = Browser(http, origin)
        await victim.send("/enter", key=key_of(desk))
        async with ClientSession(origin, cookies={"desk": "chosen-by-an-attacker"}) as other:
            attacker = Browser(other, origin)
            await attacker.open("/")

    assert attacker.status == 401


async def test_a_session_ends_by_signing_out_by_idling_and_by_age(enter: Enter, clock: Clock) -> None:
    left, idle, worker = await enter("a", "editor"), await enter("b", "editor"), await enter("c", "editor")

    await left.send("/leave")
    for _ in range(28):
        clock.wait(hours=11)
        await worker.open("/")
    was_in = worker.status
    clock.wait(days=2)
    for browser in (left, idle, worker):
        await browser.open("/")

    assert was_in == 200
    assert [left.status, idle.status, worker.status] == [401, 401, 401]


async def test_who_is_struck_off_is_out_at_once_with_link_and_session(
    desk: Desk, enter: Enter, stranger: Stranger
) -> None:
    owner, lost = await enter("own", "owner"), await enter("anna", "editor")
    key = key_of(desk)
    person = desk.staff.named("anna")
    assert person

    await owner.send("/people/change", id=person.id, name="anna", roles="editor")
    await lost.open("/")
    late = stranger()
    await late.send("/enter", key=key)

    assert lost.status == 401
    assert late.status == 403


async def test_an_owner_ends_the_session_of_a_lost_phone(desk: Desk, enter: Enter) -> None:
    owner, lost = await enter("own", "owner"), await enter("anna", "editor")
    number = next(one.number for one in desk.staff.sessions() if one.person.name == "anna")

    await owner.send("/sessions/end", number=number)
    await lost.open("/")

    assert lost.status == 401


async def test_somebody_must_stay_the_owner(desk: Desk, enter: Enter) -> None:
    owner = await enter("own", "owner")
    person = desk.staff.named("own")
    assert person

    await owner.send("/people/change", id=person.id, name="own", roles="editor", is_active="on")

    assert owner.status == 409


async def test_guessing_is_slowed_down(stranger: Stranger) -> None:
    browser = stranger()

    statuses = []
    for number in range(MOST + 1):
        await browser.send("/enter", key=f"guess-{number}")
        statuses.append(browser.status)

    assert statuses == [403] * MOST + [429]


async def test_the_address_holds_no_secret_after_the_click_and_the_file_holds_no_key(
    desk: Desk, stranger: Stranger, origin: str
) -> None:
    key, browser = key_of(desk), stranger()

    async with browser.http.post(
        "/desk/enter", data={"key": key}, headers={"Origin": origin}, allow_redirects=False
    ) as answer:
        where, cookie = answer.headers["Location"], answer.headers["Set-Cookie"]

    token = cookie.split("desk=")[1].split(";")[0]
    assert where == "/desk/"
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    for name in ("links", "sessions"):
        kept = str(desk.staff._rows(f"SELECT * FROM {name}"))  # two names of ours
        assert key not in kept
        assert token not in kept

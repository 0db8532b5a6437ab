"""The webhook's door opens to Telegram alone; what watches the bot sees figures and nobody in them."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from io import BytesIO
from ipaddress import ip_network

import pytest
from aiogram import Bot
from aiohttp import ClientSession

from bot.app import Library, now
from bot.bot_api import Json
from bot.memory import Memory
from bot.simulator import Chat, Line, World, simulated_bot
from bot.store import NoStore, open_store
from bot.telegram import build_dispatcher
from bot.telegram.hands import Hands
from bot.telegram.lane import Lane
from bot.telegram.pace import Pace
from bot.web.door import Doors
from bot.web.health import build_health
from bot.web.hook import LARGEST_BODY, SECRET_HEADER, Hook, Webhook
from bot.web.listening import listen, listen_lean
from bot.web.plain import listen_plain
from bot.web.webhook import build_webhook

SECRET = "secret-of-the-tests"
HOOK = Webhook("https://bot.example.org/hook", SECRET)


class Door:
    """A webhook's listener over the real dispatcher, with a person whose updates are brought to it."""

    def __init__(self, library: Library, *, is_lean: bool) -> None:
        self.is_lean = is_lean
        self.world = World()
        self.bot: Bot = simulated_bot(self.world)
        self.line: Line = self.bot.session.line  # type: ignore[attr-defined]  # a simulated session
        memory = Memory()
        dispatcher = build_dispatcher(lambda: library.screens, NoStore(), memory, now)
        self.hands = Hands(Lane(dispatcher, self.bot).answer, self.bot, Pace(lambda: library.screens, memory))
        self.phone = Chat(dispatcher, wire=self)
        self.updates: list[Json] = []

    async def carry(self, update: Json) -> None:
        self.updates.append(update)

    def listen(self, webhook: Webhook = HOOK) -> AbstractAsyncContextManager[str]:
        hook = Hook(self.hands, self.bot, webhook)
        return listen_lean(Doors(hook), "127.0.0.1", 0) if self.is_lean else listen(build_webhook(hook), "127.0.0.1", 0)


@pytest.fixture(params=[True, False], ids=["lean", "aiohttp"])
def door(library: Library, request: pytest.FixtureRequest) -> Door:
    return Door(library, is_lean=request.param)


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession(headers={SECRET_HEADER: SECRET}) as session:
        yield session


async def test_an_update_is_answered_before_the_response(door: Door, http: ClientSession) -> None:
    await door.phone.say("/menu")

    async with door.listen() as at, http.post(f"{at}hook", json=door.updates[0]) as response:
        assert (response.status, await response.text()) == (200, "")

    assert door.phone.title == "Чем помочь?"


async def test_an_acknowledgement_goes_along_in_the_response_and_a_screen_does_not(
    door: Door, http: ClientSession
) -> None:
    async with door.listen() as at:
        await door.phone.say("/menu")
        await http.post(f"{at}hook", json=door.updates[0])
        await door.phone.press("Въезд и жизнь здесь")
        door.line.requests.clear()
        async with http.post(f"{at}hook", json=door.updates[1]) as response:
            answer = await response.json()

    assert answer == {"method": "answerCallbackQuery", "callback_query_id": door.updates[1]["callback_query"]["id"]}
    assert [one.method for one in door.line.requests] == ["editMessageText"]


async def test_what_an_inline_query_finds_goes_along(door: Door, http: ClientSession) -> None:
    await door.phone.inline("иин")
    async with door.listen() as at, http.post(f"{at}hook", json=door.updates[0]) as response:
        answer = await response.json()

    assert answer["method"] == "answerInlineQuery"
    assert answer["inline_query_id"] == door.updates[0]["inline_query"]["id"]
    assert answer["results"]
    assert "answerInlineQuery" not in [one.method for one in door.line.requests]


async def test_nobody_without_the_secret_and_nothing_but_an_update_comes_in(door: Door, http: ClientSession) -> None:
    await door.phone.say("/menu")
    good = json.dumps(door.updates[0])
    as_json = {"Content-Type": "application/json"}
    async with door.listen() as at:
        for method, path, headers, body, status in (
            ("POST", "hook", {**as_json, SECRET_HEADER: "wrong"}, good, 401),
            ("POST", "hook", {**as_json, SECRET_HEADER: ""}, good, 401),
            ("POST", "hook", {**as_json, SECRET_HEADER: "\u00fc" * 20}, good, 401),
            ("GET", "hook", as_json, "", 405),
            ("PUT", "hook", as_json, good, 405),
            ("POST", "", as_json, good, 404),
            ("POST", "hook", {"Content-Type": "text/plain"}, good, 415),
            ("POST", "hook", as_json, "{", 400),
            ("POST", "hook", as_json, "[" * 100_000, 400),
            ("POST", "hook", as_json, '{"message": {}}', 400),
            ("POST", "hook", as_json, " " * (LARGEST_BODY + 1), 413),
        ):
            async with http.request(method, f"{at}{path}", headers=headers, data=BytesIO(body.encode())) as response:
                assert response.status == status, (method, path, headers, body[:20])

    assert door.line.requests == []


async def test_only_the_networks_that_were_named_come_in(door: Door, http: ClientSession) -> None:
    await door.phone.say("/menu")
    for network, status in (("149.154.160.0/20", 403), ("127.0.0.0/8", 200)):
        named = door.listen(replace(HOOK, networks=(ip_network(network),)))
        async with named as at, http.post(f"{at}hook", json=door.updates[0]) as response:
            assert response.status == status


async def test_what_nobody_can_read_is_taken_so_that_it_does_not_come_for_ever(
    door: Door, http: ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    broken = {"update_id": 7, "message": "Гульнора"}
    async with door.listen() as at, http.post(f"{at}hook", json=broken) as response:
        assert response.status == 200

    assert caplog.messages == ["Telegram sent an update that cannot be read; it was skipped"]


async def test_while_the_bot_stops_telegram_is_asked_to_come_again(door: Door, http: ClientSession) -> None:
    await door.phone.say("/menu")
    async with door.listen() as at:
        await door.hands.finish()
        async with http.post(f"{at}hook", json=door.updates[0]) as response:
            assert response.status == 503

    assert door.line.requests == []


async def test_a_call_for_help_is_let_in_where_there_is_no_room_for_anything_else(
    door: Door, http: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.hands.MOST", 0)
    await door.phone.say("как зарегистрироваться")
    await door.phone.say("помогите, меня бьют")
    async with door.listen() as at:
        async with http.post(f"{at}hook", json=door.updates[0]) as response:
            assert response.status == 503
        async with http.post(f"{at}hook", json=door.updates[1]) as response:
            assert response.status == 200
        monkeypatch.setattr("bot.telegram.hands.SPARE", 0)
        await door.phone.say("помогите, меня убивают")
        async with http.post(f"{at}hook", json=door.updates[2]) as response:
            assert response.status == 503

    (said,) = door.line.requests
    assert "102" in said.params["text"]


async def test_health_readiness_and_figures_with_nobody_in_them(
    door: Door, http: ClientSession, tmp_path: object
) -> None:
    store = open_store(f"sqlite:///{tmp_path}/safar.db", print)

    async def is_reached() -> bool:
        return door.hands.tally.is_reached

    health = build_health(
        {"database": store.is_writable, "telegram": is_reached}, door.hands.tally, lambda: door.hands.depth
    )
    await door.phone.say("Гульнора из Намангана: не платят зарплату")
    async with listen_plain(health, "127.0.0.1", 0) as seen, door.listen() as at:
        async with http.get(f"{seen}readyz") as before:
            assert (before.status, await before.json()) == (503, {"database": True, "telegram": False})
        await http.post(f"{at}hook", json=door.updates[0])
        async with http.get(f"{seen}readyz") as after, http.get(f"{seen}healthz") as alive:
            assert (after.status, alive.status) == (200, 200)
        async with http.get(f"{seen}metrics") as page:
            figures = await page.text()
    await store.close()

    assert 'safar_updates_total{kind="message"} 1.0' in figures
    assert 'safar_answers_total{outcome="answered"} 1.0' in figures
    assert 'safar_answer_seconds_bucket{le="+Inf"} 1.0' in figures
    assert "safar_in_hand 0.0" in figures
    for private in (str(door.phone.person.id), "wages", "rights", "Гульнора", "danger"):
        assert private not in figures


async def test_a_stuck_answer_does_not_keep_telegram_waiting(
    door: Door, http: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.door.HELD", 0.01)
    monkeypatch.setattr("bot.web.webhook.HELD", 0.01)
    gate = asyncio.Event()

    async def stick(handler: object, event: object, data: Json) -> object:
        await gate.wait()
        return await handler(event, data)  # type: ignore[operator]  # aiogram's next

    door.phone.dispatcher.update.outer_middleware(stick)
    async with door.listen() as at:
        await door.phone.say("/menu")
        await door.phone.inline("иин")
        for update in door.updates:
            async with http.post(f"{at}hook", json=update) as response:
                assert (response.status, await response.text()) == (200, "")
        gate.set()
        assert await door.hands.rest(30)

    assert door.phone.title == "Чем помочь?"
    assert [one.method for one in door.line.requests if one.method.startswith("answer")] == ["answerInlineQuery"]

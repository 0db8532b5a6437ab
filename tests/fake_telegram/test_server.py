"""The fake Telegram over real HTTP: its words, its long polling, its webhook, and everything that may go wrong."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, FormData, ServerDisconnectedError, web

from bot.bot_api import Json
from bot.fake_telegram import FakeTelegram, Faults, Posted, fake_telegram
from bot.fake_telegram.parameters import FLAGS, NUMBERS, OBJECTS
from bot.fake_telegram.standing import BadFault, read_faults
from bot.simulator import Chat
from bot.simulator.methods import METHODS
from bot.web.listening import listen


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram() as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def phone(telegram: FakeTelegram) -> Chat:
    return Posted(telegram).phone()


class Caller:
    """Calls methods as any client of the Bot API would."""

    def __init__(self, telegram: FakeTelegram, http: ClientSession) -> None:
        self.telegram, self.http = telegram, http

    async def __call__(self, method: str, **params: object) -> Json:
        url = f"{self.telegram.address}/bot{self.telegram.token}/{method}"
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        async with self.http.post(url, data=form) as response:
            body: Json = await response.json()
            assert response.status == body.get("error_code", 200)
            return body


@pytest.fixture
def call(telegram: FakeTelegram, http: ClientSession) -> Caller:
    return Caller(telegram, http)


@pytest.mark.parametrize("how", ["form", "query", "json", "upload"])
async def test_parameters_come_in_every_way_telegram_takes_them(
    telegram: FakeTelegram, http: ClientSession, phone: Chat, how: str
) -> None:
    await phone.say("hello")
    url = f"{telegram.address}/bot{telegram.token}/SENDmessage"
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    plain = {"chat_id": phone.person.id, "text": "hi", "reply_markup": keyboard}
    spelled = {"chat_id": str(phone.person.id), "text": "hi", "reply_markup": json.dumps(keyboard)}

    if how == "query":
        await http.get(url, params=spelled)
    elif how == "json":
        await http.post(url, json=plain)
    else:
        await http.post(url, data=spelled)

    assert phone.text == "hi"
    assert phone.buttons == ["A"]
    assert telegram.called("sendMessage") == [plain]


async def test_wrong_tokens_methods_and_bodies_get_telegrams_words(
    telegram: FakeTelegram, http: ClientSession, call: Caller
) -> None:
    async with http.get(f"{telegram.address}/bot123456:{'x' * 30}/getMe") as response:
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}

    assert (await call("getMoon"))["description"] == "Not Found"
    assert (await call("sendMessage", chat_id=5, text="x"))["description"] == "Bad Request: chat not found"
    assert (await call("sendMessage", chat_id=5, reply_markup="{"))[
        "description"
    ] == "Bad Request: can't parse JSON object"
    assert (await call("getMe"))["result"]["username"] == "safar_bot"


async def test_updates_wait_until_they_are_confirmed(call: Caller, phone: Chat) -> None:
    for words in ("one", "two", "three"):
        await phone.say(words)

    first = (await call("getUpdates", limit=2))["result"]
    again = (await call("getUpdates"))["result"]
    rest = (await call("getUpdates", offset=first[-1]["update_id"] + 1))["result"]

    assert [one["message"]["text"] for one in first] == ["one", "two"]
    assert [one["message"]["text"] for one in again] == ["one", "two", "three"]
    assert [one["message"]["text"] for one in rest] == ["three"]
    assert (await call("getUpdates", offset=rest[-1]["update_id"] + 1))["result"] == []


async def test_a_poll_stays_open_until_something_comes(call: Caller, phone: Chat) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=50))
    await call.telegram.until("getUpdates", 1)

    await phone.say("at last")

    assert [one["message"]["text"] for one in (await poll)["result"]] == ["at last"]


async def test_a_second_poller_ends_the_first(call: Caller, phone: Chat) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=50))
    await call.telegram.until("getUpdates", 1)

    second = asyncio.create_task(call("getUpdates", timeout=50))

    assert (await first)["description"].startswith("Conflict: terminated by other getUpdates request")
    await phone.say("hello")
    assert len((await second)["result"]) == 1


async def test_only_the_kinds_that_were_asked_for_come(call: Caller, phone: Chat) -> None:
    await call("getUpdates", allowed_updates=["message"])

    await phone.block()
    await phone.unblock()
    await phone.say("hello")

    assert [set(one) for one in (await call("getUpdates"))["result"]] == [{"update_id", "message"}]


async def test_a_webhook_gets_updates_in_order_again_until_taken_and_its_answer_is_carried_out(
    call: Caller, phone: Chat
) -> None:
    seen: list[tuple[str, str]] = []
    statuses = iter((500, 200, 200))

    async def take(request: web.Request) -> web.Response:
        words = (await request.json())["message"]["text"]
        seen.append((words, request.headers["X-Telegram-Bot-Api-Secret-Token"]))
        status = next(statuses)
        answer = {"method": "sendMessage", "chat_id": phone.person.id, "text": f"{words}!"}
        return web.json_response(answer, status=status)

    app = web.Application()
    app.router.add_post("/hook", take)
    async with listen(app, "127.0.0.1", 0) as address:
        await phone.say("one")
        await call("setWebhook", url=f"{address}hook", secret_token="s")
        await phone.say("two")
        assert call.telegram.push is not None
        await call.telegram.push.settled()

        assert seen == [("one", "s"), ("one", "s"), ("two", "s")]
        assert [one.text for one in phone.messages if one.is_from_bot] == ["one!", "two!"]
        assert "webhook is active" in (await call("getUpdates"))["description"]
        await call("deleteWebhook")
        assert (await call("getUpdates"))["result"] == []


async def test_a_file_is_kept_and_known_by_its_id(call: Caller, phone: Chat) -> None:
    await phone.say("hello")
    url = f"{call.telegram.address}/bot{call.telegram.token}/sendDocument"
    form = FormData({"chat_id": str(phone.person.id)})
    form.add_field("document", b"%PDF", filename="letter.pdf")
    async with call.http.post(url, data=form) as answered:
        sent = (await answered.json())["result"]["document"]["file_id"]

    again = await call("sendDocument", chat_id=phone.person.id, document=sent)

    assert again["result"]["document"]["file_id"] == sent
    assert call.telegram.world.files[sent].content == b"%PDF"


@pytest.mark.parametrize(
    ("fault", "method", "words"),
    [
        (Faults(limited=1, retry_seconds=3), "sendMessage", "Too Many Requests: retry after 3"),
        (Faults(broken=1, seed=2), "sendMessage", "Internal Server Error"),
        (Faults(blocked=1), "sendMessage", "Forbidden: bot was blocked by the user"),
        (Faults(unmodified=1), "editMessageText", "Bad Request: message is not modified"),
        (Faults(undeletable=1), "deleteMessage", "Bad Request: message can't be deleted for everyone"),
    ],
)
async def test_every_refusal_comes_in_telegrams_words(
    call: Caller, phone: Chat, fault: Faults, method: str, words: str
) -> None:
    await phone.say("hello")
    sent = (await call("sendMessage", chat_id=phone.person.id, text="x"))["result"]["message_id"]
    call.telegram.faults.__dict__.update(fault.__dict__)

    refused = await call(method, chat_id=phone.person.id, text="y", message_id=sent)

    assert str(refused["description"]).startswith(words) or refused["error_code"] == 502
    if fault.limited:
        assert refused["parameters"] == {"retry_after": 3}


async def test_a_group_that_migrates_says_where_it_went(call: Caller, phone: Chat) -> None:
    group = call.telegram.world.new_room("group", "Workers")
    call.telegram.faults.migrated = 1.0

    refused = await call("sendMessage", chat_id=group.id, text="x")
    call.telegram.faults.migrated = 0
    again = await call("sendMessage", chat_id=group.id, text="x")

    assert refused == again
    moved = await call("sendMessage", chat_id=refused["parameters"]["migrate_to_chat_id"], text="x")
    assert moved["result"]["chat"]["type"] == "supergroup"


@pytest.mark.parametrize(("fault", "is_done"), [("refused", False), ("dropped", True)])
async def test_a_connection_breaks_before_or_after_the_deed(
    call: Caller, phone: Chat, fault: str, is_done: bool
) -> None:
    await phone.say("hello")
    setattr(call.telegram.faults, fault, 1.0)

    with pytest.raises(ServerDisconnectedError):
        await call("sendMessage", chat_id=phone.person.id, text="x")

    assert any(one.text == "x" for one in phone.messages) is is_done


async def test_updates_come_twice_in_no_order_and_very_old(call: Caller, phone: Chat) -> None:
    call.telegram.faults.__dict__.update(Faults(duplicated=0.5, reordered=1, old=1, seed=3).__dict__)
    for number in range(20):
        await phone.say(str(number))

    batch = (await call("getUpdates"))["result"]
    ids = [one["update_id"] for one in batch]

    assert len(ids) > len(set(ids)) == 20
    assert ids != sorted(ids)
    assert all(one["message"]["date"] < call.telegram.world.now() - 80_000 for one in batch)


def test_a_fault_of_the_command_line_is_read_or_named() -> None:
    assert read_faults(["broken=0.05", "slow=1"]).broken == 0.05
    for wrong in ("broken", "moon=0.1", "slow=2", "seed=1"):
        with pytest.raises(BadFault, match="the names are limited, broken"):
            read_faults([wrong])


def test_methods_and_parameters_are_those_of_the_published_api() -> None:
    """aiogram's methods are generated from Telegram's page; they come as a package, so this needs no network."""
    from aiogram import methods

    known = {getattr(methods, name) for name in methods.__all__ if hasattr(getattr(methods, name), "__api_method__")}
    published = {
        one.__api_method__: set(one.model_fields)
        for one in known
        if isinstance(one.__dict__.get("__api_method__"), str)
    }

    assert set(METHODS) <= set(published)
    everything = set.union(*(fields for name, fields in published.items() if name in METHODS)) | {"url"}
    assert everything >= OBJECTS | FLAGS | NUMBERS

"""Several instances on one Redis: a chat goes from one to the other with what is remembered, each turn in order."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from math import inf

import pytest
from aiogram import Bot
from redis import Redis

from bot.app import Library, now
from bot.fake_telegram.people import Posted
from bot.fake_telegram.server import TOKEN, fake_telegram
from bot.memory import Kind
from bot.memory.shared import SharedMemory
from bot.memory.turns import Turns
from bot.store import NoStore
from bot.telegram import build_dispatcher
from bot.telegram.arrival import arrived
from bot.telegram.fence import fence
from bot.telegram.hands import Hands
from bot.telegram.lane import Lane
from bot.telegram.pace import Pace
from bot.telegram.session import open_session
from tests import servers

SECRET = "a-secret-that-redis-never-sees-0123456789"
TODAY = date(2026, 11, 22)
CHAT = 777000123
PACE = (2.0, 40)


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[servers.Server, str]]:
    with servers.redis() as found:
        yield found


@pytest.fixture
def url(server: tuple[servers.Server, str]) -> str:
    """A Redis that runs and is empty."""
    if not servers.is_open(server[0].port):
        server[0].start()
    Redis.from_url(server[1]).flushall()
    return server[1]


@asynccontextmanager
async def instances(url: str, count: int = 2) -> AsyncIterator[list[tuple[Turns, SharedMemory]]]:
    async with AsyncExitStack() as stack:
        found = []
        for _ in range(count):
            memory = SharedMemory(SECRET)
            turns = Turns(url, memory, lambda: TODAY)
            await turns.beat()
            stack.push_async_callback(turns._redis.aclose)
            found.append((turns, memory))
        yield found


async def test_a_chat_goes_on_at_another_instance_as_it_was(url: str) -> None:
    async with instances(url) as ((one, here), (two, there)):
        assert await one.begin(1, CHAT, False, PACE) == "ours"
        here.remember_language(CHAT, "tg")
        here.wait_for(CHAT, "tg/rights/wages?1")
        here.read(CHAT, "rights/wages")
        here.trails.saw(CHAT, 5, int(here.trails.now()), Kind.PERSON)
        assert here.is_new_today(CHAT, "rights/wages", TODAY)
        await one.end(1, CHAT)

        assert await two.begin(2, CHAT, False, PACE) == "ours"

        assert (there.language(CHAT), there.awaited(CHAT), there.subject(CHAT)) == (
            "tg", "tg/rights/wages?1", "rights/wages"
        )  # fmt: skip
        assert [seen.id for seen in there.trails.of(CHAT)] == [5]
        assert not there.is_new_today(CHAT, "rights/wages", TODAY)
        assert there.is_new_today(CHAT, "rights/contract", TODAY)
        there.forget(CHAT)
        await two.end(2, CHAT)
        assert await one.begin(3, CHAT, False, PACE) == "ours"
        assert (here.language(CHAT), here.awaited(CHAT)) == (None, "")


async def test_an_update_is_answered_once_wherever_it_comes_again(url: str) -> None:
    async with instances(url) as ((one, _), (two, _)):
        await one.begin(1, CHAT, False, PACE)
        again = asyncio.create_task(two.begin(1, CHAT, False, PACE))
        await one.end(1, CHAT)

        assert await again == "answered"
        assert await one.begin(1, CHAT, False, PACE) == "answered"


async def test_updates_of_one_chat_keep_their_order_over_instances(url: str) -> None:
    done: list[int] = []

    async def answer(turns: Turns, number: int) -> None:
        assert await turns.begin(number, CHAT, False, PACE) == "ours"
        done.append(number)
        await turns.end(number, CHAT)

    async with instances(url, 3) as every:
        turns = [one for one, _ in every]
        await turns[0].begin(1, CHAT, False, PACE)
        turns[0].expect(2, CHAT, False)
        await asyncio.gather(*turns[0]._expecting)
        later = [asyncio.create_task(answer(turns[number % 3], number)) for number in (5, 4, 3)]
        while Redis.from_url(url).zcard(every[0][1].name("queue", CHAT)) != 4:  # noqa: ASYNC110  # that is in Redis
            await asyncio.sleep(0)
        await turns[0].end(1, CHAT)
        await answer(turns[0], 2)
        await asyncio.gather(*later)

    assert done == [2, 3, 4, 5]


async def test_what_a_dead_instance_held_is_taken_over_when_its_sign_of_life_is_gone(url: str) -> None:
    async with instances(url) as ((one, _), (two, _)):
        await one.begin(1, CHAT, False, PACE)
        waiting = asyncio.create_task(two.begin(1, CHAT, False, PACE))

        Redis.from_url(url).delete(f"safar:alive:{one._me}")

        assert await waiting == "ours"


async def test_what_would_be_said_after_others_took_over_is_left_unsaid(url: str, library: Library) -> None:
    async with fake_telegram() as telegram, instances(url) as ((one, memory), (two, _)):
        dispatcher = build_dispatcher(lambda: library.screens, NoStore(), memory, now)
        session = open_session(telegram.address, None)
        fence(session, one)
        bot = Bot(TOKEN, session)
        lane = Lane(dispatcher, bot, is_lean=False)
        hands = Hands(lane.answer, bot, Pace(lambda: library.screens, memory), turns=one)
        phone, is_frozen = Posted(telegram).phone(), False

        async def freeze(handler: Callable[..., Awaitable[object]], event: object, data: dict[str, object]) -> object:
            if is_frozen:
                Redis.from_url(url).delete(f"safar:alive:{one._me}")
                assert await two.begin(number, phone.person.id, False, PACE) == "ours"
                await two.end(number, phone.person.id)
                one._lived = one._ran = -inf
            return await handler(event, data)

        dispatcher.update.outer_middleware(freeze)
        for is_late in (False, True):
            is_frozen = is_late
            await phone.say("как зарегистрироваться")
            arrival = arrived(telegram.mail.pending[-1], bot)
            number = arrival.number
            hands.take(arrival)
            assert await hands.rest(10)
        await session.close()

        assert len(telegram.called("sendMessage")) == 1
        assert hands.tally.outcomes == {"answered": 1, "again": 1}


async def test_after_a_freeze_redis_is_asked_before_anything_is_answered(url: str) -> None:
    async with instances(url) as ((one, _), (two, _)):
        await two.begin(1, CHAT, False, PACE)
        await two.end(1, CHAT)
        one.is_there, one._ran = False, -inf

        assert await one.begin(1, CHAT, False, PACE) == "answered"


async def test_what_somebody_held_who_is_dead_is_still_ours_to_say(url: str) -> None:
    async with instances(url) as ((one, _), (two, _)):
        await two.begin(1, CHAT, False, PACE)

        assert not await one.keeps(1)
        Redis.from_url(url).delete(f"safar:alive:{two._me}")
        assert await one.keeps(1)


async def test_a_call_for_help_goes_before_and_waits_no_longer_than_a_second(url: str) -> None:
    async with instances(url) as ((one, _), (two, _)):
        await one.begin(1, CHAT, False, PACE)

        assert await two.begin(2, CHAT, True, PACE) == "ours"


async def test_a_chat_has_one_share_over_all_instances(url: str) -> None:
    async with instances(url) as ((one, _), (two, _)):
        said = []
        for number in range(6):
            turns = (one, two)[number % 2]
            said.append(await turns.begin(number, CHAT, False, (2.0, 4)))
            await turns.end(number, CHAT)
        urgent = await one.begin(9, CHAT, True, (2.0, 4))

    assert said == ["ours"] * 4 + ["too much"] * 2
    assert urgent == "ours"


async def test_a_dump_finds_nobody_and_every_key_expires(url: str) -> None:
    async with instances(url) as ((one, here), (two, _)):
        await one.begin(1, CHAT, False, PACE)
        here.remember_language(CHAT, "kk")
        here.clear(CHAT)
        here.is_new_today(CHAT, "help/violence", TODAY)
        await one.end(1, CHAT)
        await one.begin(2, CHAT, False, PACE)
        two.expect(3, CHAT, False)
        await asyncio.gather(*two._expecting)

    redis = Redis.from_url(url)
    keys = list(redis.scan_iter())
    dump = b"".join(key + (redis.dump(key) or b"") for key in keys)
    assert len(keys) > 6
    assert all(0 < redis.ttl(key) <= 7 * 86400 for key in keys)
    assert str(CHAT).encode() not in dump
    assert b"violence" not in dump
    other = SharedMemory("another secret, so another name for everything")
    assert other.name("language", CHAT) != SharedMemory(SECRET).name("language", CHAT)


async def test_without_redis_each_answers_alone_and_finds_it_again(
    url: str, server: tuple[servers.Server, str], caplog: pytest.LogCaptureFixture
) -> None:
    async with instances(url) as ((one, here), _):
        await one.begin(1, CHAT, False, PACE)
        here.remember_language(CHAT, "uz")
        server[0].signal(signal.SIGKILL)
        server[0].ended()

        await one.end(1, CHAT)
        assert await one.begin(2, CHAT, False, PACE) == "alone"
        assert here.language(CHAT) == "uz"
        assert not one.is_there
        await one.end(2, CHAT)
        server[0].start()
        await one.beat()

        assert await one.begin(3, CHAT, False, PACE) == "ours"
        assert [record.getMessage() for record in caplog.records].count(
            "Redis cannot be reached: this instance answers from its own memory until it can. Check REDIS_URL."
        ) == 1

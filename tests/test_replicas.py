"""Three instances behind nginx, killed and frozen while 200 people ask: every update answered, in order, counted."""

import asyncio
import signal
from collections import defaultdict
from itertools import groupby
from pathlib import Path

import aiohttp
import psycopg

from bot.fake_telegram.people import Posted
from bot.fake_telegram.server import FakeTelegram, fake_telegram
from tests.servers.cluster import Cluster, cluster

PEOPLE = 200
QUESTIONS = ("как зарегистрироваться", "мне не платят зарплату", "нужен патент", "медицинская страховка")
IN_HAND = 100  # connections of the webhook: what can be in hand at once


async def test_nothing_is_lost_while_instances_die_and_freeze_and_the_databases_go_and_come(weights: Path) -> None:
    async with fake_telegram() as telegram:
        with cluster(telegram.address, weights, 3) as (found, start):
            await asyncio.to_thread(start)
            for number in range(3):
                async with asyncio.timeout(60):
                    while not await is_ready(found, number):  # noqa: ASYNC110  # that is in another process
                        await asyncio.sleep(0.1)
            assert telegram.push is not None
            quiet = Posted(telegram).phone()
            for words in QUESTIONS:
                await quiet.say(words)
            await telegram.push.settled()
            expected = answers(telegram)[quiet.person.id]
            assert len(expected) == len(QUESTIONS)
            phones = [Posted(telegram).phone() for _ in range(PEOPLE)]
            for words in QUESTIONS:
                for phone in phones:
                    await phone.say(words)

            await go_through_it_all(telegram, found)

            async with asyncio.timeout(120):
                await telegram.push.settled()
                while not (ready := await readiness(found))["redis"]:  # noqa: ASYNC110  # it looks every second
                    await asyncio.sleep(0.1)
            said = answers(telegram)
            counted = await stop_and_sum(found)

    everything = [said[phone.person.id] for phone in phones]
    twice = sum(len(one) - len(expected) for one in everything)
    answered = sum(map(len, said.values()))
    print(f"answered {answered}, twice {twice}, counted {counted}, ready {ready}")
    assert [[text for text, _ in groupby(one)] for one in everything] == [expected] * PEOPLE
    assert twice <= 2 * IN_HAND
    assert ready == {"content": True, "telegram": True, "redis": True, "database": True}
    assert abs(counted - answered) <= 2 * IN_HAND


async def go_through_it_all(telegram: FakeTelegram, found: Cluster) -> None:
    """Each after some more answers, so that something is in hand at every one."""
    await telegram.until("sendMessage", 80)
    found.bots[0].signal(signal.SIGKILL)
    await telegram.until("sendMessage", 250)
    found.redis.signal(signal.SIGKILL)
    found.redis.ended()
    await telegram.until("sendMessage", 350)
    told = await readiness(found)
    assert (told["redis"], told["telegram"]) == (False, True)
    found.redis.start()
    found.postgres.signal(signal.SIGINT)
    found.postgres.ended()
    await telegram.until("sendMessage", 450)
    found.postgres.start()
    found.bots[1].signal(signal.SIGSTOP)


async def is_ready(found: Cluster, number: int) -> bool:
    """Whether a bot that was just started listens already, and has reached Telegram."""
    try:
        return (await readiness(found, number))["telegram"]
    except aiohttp.ClientConnectionError:
        return False


async def readiness(found: Cluster, number: int = 2) -> dict[str, bool]:
    """What a bot says of itself; the last is the one that nothing happens to."""
    async with aiohttp.ClientSession() as session, session.get(found.ready[number]) as response:
        told: dict[str, bool] = await response.json()
        assert response.status == (200 if told["telegram"] else 503)
        return told


async def stop_and_sum(found: Cluster) -> int:
    """Let those that live write the rest; how many answers were counted then."""
    found.bots[1].signal(signal.SIGCONT)
    for bot in found.bots[1:]:
        bot.signal(signal.SIGTERM)
    for bot in found.bots[1:]:
        await asyncio.to_thread(bot.ended)
    with psycopg.connect(found.database) as connection:
        row = connection.execute("SELECT sum(taps) FROM demand").fetchone()
    return int(row[0]) if row else 0


def answers(telegram: FakeTelegram) -> dict[int, list[str]]:
    """What each chat was told, in order."""
    said: dict[int, list[str]] = defaultdict(list)
    for call in telegram.called("sendMessage"):
        said[int(call["chat_id"])].append(str(call["text"]))
    return said

"""Redis hangs, dies and comes back: a bot goes on from what it knows itself, danger first, and says so."""

import asyncio
import signal
from pathlib import Path

from bot.app import Library
from bot.fake_telegram.people import Posted
from bot.fake_telegram.server import fake_telegram
from bot.telegram.pace import AT_ONCE
from tests.servers.cluster import Cluster, cluster
from tests.servers.crowd import answers, readiness, ready

KAZAKH = "жалақымды бермей жатыр"
BEATEN = "муж меня бьёт"


async def test_without_redis_a_bot_answers_from_the_text_and_its_own_memory_danger_first(
    weights: Path, library: Library
) -> None:
    async with fake_telegram() as telegram:
        with cluster(telegram.address, weights, 2) as (found, start):
            await asyncio.to_thread(start)
            await ready(found, 0, 1)
            people = [Posted(telegram).phone() for _ in range(4)]
            kazakh, beaten, eager, later = people

            found.redis.signal(signal.SIGSTOP)
            await beaten.say(BEATEN)
            await kazakh.say(KAZAKH)
            assert telegram.push is not None
            await telegram.push.settled()
            hanging = [await readiness(found, number) for number in range(2)]
            found.redis.signal(signal.SIGKILL)
            found.redis.ended()
            found.bots[1].signal(signal.SIGTERM)
            await asyncio.to_thread(found.bots[1].ended)
            for _ in range(AT_ONCE + 10):
                await eager.say("как зарегистрироваться")
            await beaten.say(BEATEN)
            await telegram.push.settled()
            gone = await readiness(found, 0)
            await asyncio.to_thread(found.redis.start)
            await shared_again(found)
            await later.say("как зарегистрироваться")
            await telegram.push.settled()
            said = answers(telegram)

    screens = library.screens
    assert [one for told in hanging for name, one in told.items() if name != "redis"] == [True] * 6
    assert False in [told["redis"] for told in hanging]
    assert gone == {"content": True, "telegram": True, "redis": False, "database": True}
    assert said[kazakh.person.id][0] == screens.for_question(KAZAKH, "ru").text
    assert screens.for_question(KAZAKH, "ru").language == "kk"
    assert said[beaten.person.id][0] == said[beaten.person.id][-1] == screens.for_question(BEATEN, "ru").text
    assert AT_ONCE <= len(said[eager.person.id]) < AT_ONCE + 10
    assert screens.too_much("ru").text in said[eager.person.id]
    assert said[later.person.id] == said[eager.person.id][:1]


async def shared_again(found: Cluster) -> None:
    """Wait until the bot has found Redis; it looks every second."""
    async with asyncio.timeout(20):
        while not (await readiness(found, 0))["redis"]:  # noqa: ASYNC110  # that is in another process
            await asyncio.sleep(0.1)

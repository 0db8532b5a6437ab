"""Three instances behind nginx, killed and frozen while 200 people ask: every update answered, in order, counted."""

import asyncio
import signal
import time
from pathlib import Path

from bot.fake_telegram.server import FakeTelegram, fake_telegram
from tests.servers.cluster import Cluster, cluster
from tests.servers.crowd import LAST_SECOND, answered, come, counted, readiness, ready, stop

PEOPLE = 200
IN_HAND = 100  # connections of the webhook: what can be in hand at once


async def test_nothing_is_lost_while_instances_die_and_freeze_and_the_databases_go_and_come(weights: Path) -> None:
    async with fake_telegram() as telegram:
        with cluster(telegram.address, weights, 3) as (found, start):
            await asyncio.to_thread(start)
            await ready(found, 0, 1, 2)
            crowd = await come(telegram, PEOPLE)

            killed = await go_through_it_all(telegram, found)

            assert telegram.push is not None
            async with asyncio.timeout(120):
                await telegram.push.settled()
                while not (told := await readiness(found, 2))["redis"]:  # noqa: ASYNC110  # it looks every second
                    await asyncio.sleep(0.1)
            found.bots[1].signal(signal.SIGCONT)
            await stop(found, 1, 2)
            in_counters, said = counted(found), answered(telegram)

    lost = answered(telegram, "0", since=killed - LAST_SECOND)
    print(f"answered {said}, {lost} of them just before the kill, twice {crowd.twice}, counted {in_counters}")
    assert crowd.heard() == [crowd.expected] * PEOPLE
    assert crowd.twice <= 2 * IN_HAND
    assert told == {"content": True, "telegram": True, "redis": True, "database": True}
    assert said - lost <= in_counters <= said


async def go_through_it_all(telegram: FakeTelegram, found: Cluster) -> float:
    """Each after some more answers, so that something is in hand at every one; when one was killed."""
    await telegram.until("sendMessage", 80)
    killed = time.monotonic()
    found.bots[0].signal(signal.SIGKILL)
    await telegram.until("sendMessage", 250)
    found.redis.signal(signal.SIGKILL)
    found.redis.ended()
    await telegram.until("sendMessage", 350)
    told = await readiness(found, 2)
    assert (told["redis"], told["telegram"]) == (False, True)
    found.redis.start()
    found.postgres.signal(signal.SIGINT)
    found.postgres.ended()
    await telegram.until("sendMessage", 450)
    found.postgres.start()
    found.bots[1].signal(signal.SIGSTOP)
    return killed

"""One of three instances is cut off from everything, another from Redis alone, while 100 people ask.

Who is cut off from Redis cannot know whether it is gone for all, and says what it has in hand: at a cut, unlike at a
freeze, a second answer may come after later ones.
"""

import asyncio
import time
from pathlib import Path

from bot.fake_telegram.server import fake_telegram
from tests.servers.cluster import cluster
from tests.servers.crowd import LAST_SECOND, answered, come, counted, readiness, ready, stop
from tests.servers.network import network

PEOPLE = 100
IN_HAND = 100  # connections of the webhook
REDIS = 3  # its place in the network, after the bots


async def test_nothing_is_lost_while_the_network_is_cut_between_instances(weights: Path) -> None:
    with network(4) as net:
        async with fake_telegram(host=net.host) as telegram:
            with cluster(telegram.address, weights, 3, net) as (found, start):
                await asyncio.to_thread(start)
                await ready(found, 0, 1, 2)
                crowd = await come(telegram, PEOPLE)

                await telegram.until("sendMessage", 80)
                cut = time.monotonic()
                net.cut(0)
                await telegram.until("sendMessage", 150)
                net.part(1, REDIS)
                await telegram.until("sendMessage", 250)

                assert telegram.push is not None
                async with asyncio.timeout(120):
                    await telegram.push.settled()
                alone = await readiness(found, 1)
                net.mend(0)
                net.join(1, REDIS)
                async with asyncio.timeout(60):
                    for number in range(3):
                        while not all((await readiness(found, number)).values()):  # noqa: ASYNC110  # in others
                            await asyncio.sleep(0.1)
                await stop(found, 0, 1, 2)
                in_counters, said = counted(found), answered(telegram)

    in_hand = answered(telegram, "0", since=cut - LAST_SECOND)
    print(f"answered {said}, twice {crowd.twice}, {in_hand} by the one that was cut off, counted {in_counters}")
    assert crowd.first() == [crowd.expected] * PEOPLE
    assert crowd.twice <= IN_HAND
    assert alone == {"content": True, "telegram": True, "redis": False, "database": True}
    assert said - in_hand <= in_counters <= said

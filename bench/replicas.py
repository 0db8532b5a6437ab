"""`python -m bench.replicas CACHE`: answers a second from 1, 2 and 3 instances behind nginx, and what each costs.

CACHE is the folder cache/ of a DATA_DIR. The fake Telegram and all servers share the machine's cores, so the cost of an
answer says more than the rate; the last line is how long it takes until everything is answered after a kill -9.
"""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

from bot.fake_telegram.people import Posted
from bot.fake_telegram.server import FakeTelegram, fake_telegram
from tests.servers import Server
from tests.servers.cluster import cluster
from tests.servers.crowd import QUESTIONS, ready

PEOPLE = 200


async def measure(count: int, cache: Path) -> None:
    """So many instances, each question from every person."""
    async with fake_telegram() as telegram:
        with cluster(telegram.address, cache, count) as (found, start):
            await asyncio.to_thread(start)
            await ready(found, *range(count))
            before = sum(map(_seconds, found.bots))
            took, answers = await ask(telegram, PEOPLE, len(QUESTIONS)), PEOPLE * len(QUESTIONS)
            cost = 1000 * (sum(map(_seconds, found.bots)) - before) / answers
            redis = 1000 * _seconds(found.redis) / answers
            print(
                f"{count}: {answers / took:.0f} answers/s, {cost:.1f} ms of a core each, Redis {redis:.2f} ms",
                flush=True,
            )
            if count > 1:
                asking = asyncio.create_task(ask(telegram, 60, 1))
                await asyncio.sleep(0.05)
                found.bots[0].signal(signal.SIGKILL)
                print(f"   60 asked, one killed: all answered after {await asking:.1f} s", flush=True)


async def ask(telegram: FakeTelegram, people: int, questions: int) -> float:
    """How long it took until all were answered."""
    assert telegram.push is not None
    phones = [Posted(telegram).phone() for _ in range(people)]
    began = time.monotonic()
    for words in QUESTIONS[:questions]:
        for phone in phones:
            await phone.say(words)
    await telegram.push.settled()
    return time.monotonic() - began


def _seconds(server: Server) -> float:
    assert server.process is not None
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    for instances in (1, 2, 3):
        asyncio.run(measure(instances, Path(sys.argv[1])))

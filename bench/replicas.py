"""`python -m bench.replicas`: answers a second from 1, 2 and 3 instances behind nginx, what each costs, and failover.

Ends by itself within four minutes. The fake Telegram and all servers share the machine's cores, so the cost of an
answer says more than the rate: on as few cores as there are instances no rate can grow. Failover is measured twice:
one of several is killed, and one is frozen, while people ask; the time ends when everything is answered.
"""

import asyncio
import os
import signal
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import Library
from bot.fake_telegram.people import Posted
from bot.fake_telegram.server import FakeTelegram, fake_telegram
from bot.settings import Settings
from tests.servers import Server
from tests.servers.cluster import Cluster, cluster
from tests.servers.crowd import QUESTIONS, ready

PEOPLE = 200
IN_ALL = 230.0  # seconds
_MILLION = 1_000_000


async def measure(count: int, cache: Path) -> None:
    """So many instances, each question from every person; then what a death and a freeze cost in time."""
    async with fake_telegram() as telegram:
        with cluster(telegram.address, cache, count) as (found, start):
            await asyncio.to_thread(start)
            await ready(found, *range(count))
            await ask(telegram, 10, len(QUESTIONS))  # so that all is warm
            before, redis_before = sum(map(_seconds, found.bots)), _seconds(found.redis)
            took, answers = await ask(telegram, PEOPLE, len(QUESTIONS)), PEOPLE * len(QUESTIONS)
            cost = (sum(map(_seconds, found.bots)) - before) / answers
            redis = (_seconds(found.redis) - redis_before) / answers
            memory = max(map(_megabytes, found.bots))
            print(
                f"{count}: {answers / took:.0f} answers/s; {1000 * cost:.1f} ms of a core each, Redis"
                f" {1000 * redis:.2f} ms; a million messages: {cost * _MILLION / 3600:.1f} hours of a core, and"
                f" {redis * _MILLION / 3600:.2f} of Redis'; memory of an instance {memory:.0f} MB",
                flush=True,
            )
            if count > 1:
                await fail_over(telegram, found, count)


async def fail_over(telegram: FakeTelegram, found: Cluster, count: int) -> None:
    """The last is frozen where there are three, and thawed; then the first is killed."""
    acts = [(0, signal.SIGKILL, "killed")]
    if count > 2:
        acts.insert(0, (count - 1, signal.SIGSTOP, "frozen"))
    for number, sign, what in acts:
        asking = asyncio.create_task(ask(telegram, 60, 1))
        await asyncio.sleep(0.05)
        found.bots[number].signal(sign)
        print(f"   60 ask, one of {count} is {what}: all are answered after {await asking:.1f} s", flush=True)
        if sign == signal.SIGSTOP:
            found.bots[number].signal(signal.SIGCONT)


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
    fields = Path(f"/proc/{server.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(server: Server) -> float:
    for line in Path(f"/proc/{server.pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


async def main(cache: Path) -> None:
    """1, 2 and 3 of them."""
    print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}", flush=True)
    async with asyncio.timeout(IN_ALL):
        for count in (1, 2, 3):
            await measure(count, cache)


if __name__ == "__main__":
    with TemporaryDirectory(prefix="safar-bench-") as name:
        Library(Settings(data_dir=Path(name)))  # learns, so that no instance has to
        asyncio.run(main(Path(name) / "cache"))

"""`python -m bench load --memory MESSAGES`: whether memory and cost stay the same, however many came and were seen."""

import random
from collections.abc import Iterator
from time import perf_counter

from bench.contenders import Contender
from bench.running import Running, running
from bench.traffic import acts

_STEP = 50_000
_CHATS = 200_000  # people, each of whom comes back after all the others


async def grow(one: Contender, mode: str, messages: int) -> None:
    """A line for every step: questions and presses by turns, all the bot can take."""
    async with running(one, mode) as bot:
        seen: set[int] = set()
        chats, done = _people(seen), acts(one.kind)
        print("| messages | people | updates/s | CPU us | MiB now | MiB at its highest |\n|---|---|---|---|---|---|")
        _print(bot, 0, 0, "- | -")
        for begun in range(0, messages, _STEP):
            count = min(_STEP, messages - begun)
            cpu, clock = bot.cpu, perf_counter()
            await bot.drive(chats, done, count)
            rate, used = count / (perf_counter() - clock), (bot.cpu - cpu) / count * 1e6
            _print(bot, begun + count, len(seen), f"{rate:.0f} | {used:.0f}")


def _people(seen: set[int]) -> Iterator[int]:
    """Numbers as Telegram gives them; each comes back after all the others."""
    chance = random.Random(7)
    chats = [chance.randrange(10**8, 8 * 10**9) for _ in range(_CHATS)]
    while True:
        for chat in chats:
            seen.add(chat)
            yield chat


def _print(bot: Running, messages: int, seen: int, speed: str) -> None:
    memory = f"{bot.memory():.1f} | {bot.memory('VmHWM'):.1f}"
    print(f"| {messages} | {seen} | {speed} | {memory} |", flush=True)

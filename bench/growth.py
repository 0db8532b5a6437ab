"""`python -m bench load --memory MESSAGES`: whether memory and cost stay the same, however many came and were seen."""

from time import perf_counter

from bench.contenders import Contender
from bench.running import Running, running
from bench.traffic import acts, people

_STEP = 50_000
_CHATS = 200_000  # people, each of whom comes back after all the others


async def grow(one: Contender, mode: str, messages: int) -> None:
    """A line for every step: questions and presses by turns, all the bot can take."""
    async with running(one, mode) as bot:
        chats, done = people(_CHATS), acts(one.kind)
        print("| messages | people | updates/s | CPU us | MiB now | MiB at its highest |\n|---|---|---|---|---|---|")
        _print(bot, 0, "- | -")
        for begun in range(0, messages, _STEP):
            count = min(_STEP, messages - begun)
            cpu, clock = bot.cpu, perf_counter()
            await bot.drive(chats, done, count)
            rate, used = count / (perf_counter() - clock), (bot.cpu - cpu) / count * 1e6
            _print(bot, begun + count, f"{rate:.0f} | {used:.0f}")


def _print(bot: Running, messages: int, speed: str) -> None:
    memory = f"{bot.memory():.1f} | {bot.memory('VmHWM'):.1f}"
    print(f"| {messages} | {min(messages, _CHATS)} | {speed} | {memory} |", flush=True)

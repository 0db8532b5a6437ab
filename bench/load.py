"""`python -m bench load`: Safar over HTTP beside bare echo bots, in the same run and in turn.

    python -m bench load [--rounds 3] [--updates 8000] [--only safar,aiogram] [--mode polling]
    python -m bench load --memory 1000000

Each contender is a process of its own against bench/telegram.py on loopback; the bots of others live in bench/bots, and
their packages are installed beside the temporary files, not into our environment. Figures of different runs do not
compare: the machine is shared and drifts. With `--memory` Safar alone answers so many messages, and is looked at.
"""

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.contenders import MODES, Contender, contenders, safar
from bench.growth import grow
from bench.running import running
from bench.traffic import acts, people

_PACE = 200  # updates a second
_PACED = 2000
_CHATS = 20_000
_WARM = 300


@dataclass(frozen=True)
class Figures:
    """What one run gave; delays in milliseconds."""

    start: float
    rate: float
    full: tuple[float, float]
    paced: tuple[float, float]
    cpu: float  # microseconds an update
    memory: float  # MiB at its highest


def main(arguments: Sequence[str]) -> int:
    """Every contender in turn, as many rounds as asked for; a table of medians at the end."""
    parser = argparse.ArgumentParser(prog="python -m bench load")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--updates", type=int, default=8000, help="of the full load")
    parser.add_argument("--only", default="", help="names of contenders, by commas")
    parser.add_argument("--mode", choices=MODES, action="append", help="default: both")
    parser.add_argument("--memory", type=int, metavar="MESSAGES", help="what Safar's memory does while so many come")
    options = parser.parse_args(arguments)
    wanted = options.only.split(",") if options.only else []
    data = Path(tempfile.mkdtemp(prefix="safar-bench-data-"))
    try:
        asyncio.run(run(safar(data, "questions"), "polling", 100))  # the first start learns, and keeps what it learned
        if options.memory:
            asyncio.run(grow(safar(data, "mixed"), (options.mode or MODES)[0], options.memory))
            return 0
        chosen = [one for one in contenders(data) if not wanted or one.name.split()[0] in wanted]
        for mode in options.mode or MODES:
            measure([one for one in chosen if mode in one.modes], mode, options.rounds, options.updates)
    finally:
        shutil.rmtree(data, ignore_errors=True)
    return 0


def measure(chosen: list[Contender], mode: str, rounds: int, updates: int) -> None:
    """Rounds in turn, so that drift of the machine meets all alike."""
    found: dict[str, list[Figures]] = {one.name: [] for one in chosen}
    for number in range(rounds):
        for one in chosen:
            try:
                figures = asyncio.run(run(one, mode, updates))
            except (TimeoutError, OSError, RuntimeError) as error:
                print(f"{mode} {number + 1} {one.name}: {type(error).__name__} {error}", file=sys.stderr)
                continue
            found[one.name].append(figures)
            print(f"{mode} {number + 1} {one.name}: {figures.rate:.0f}/s", file=sys.stderr)
    show(mode, found)


def show(mode: str, found: dict[str, list[Figures]]) -> None:
    """Medians, and the range of the rate; ratios to bare aiogram as its documentation begins, which calls."""
    bare = statistics.median([one.rate for one in found["aiogram"]]) if found.get("aiogram") else 0.0
    print(f"\n**{mode}**\n")
    print(
        "| bot | updates/s (min-max) | to aiogram | full p50 / p99 ms | paced p50 / p99 ms | CPU us | MiB | start s |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, runs in found.items():
        if not runs:
            print(f"| {name} | did not finish |")
            continue
        rates = [one.rate for one in runs]
        ratio = f"{statistics.median(rates) / bare:.2f}" if bare else "-"

        def middle(values: Iterator[float]) -> float:
            return statistics.median(values)

        print(
            f"| {name} | {middle(iter(rates)):.0f} ({min(rates):.0f}-{max(rates):.0f}) | {ratio} "
            f"| {middle(one.full[0] for one in runs):.1f} / {middle(one.full[1] for one in runs):.0f} "
            f"| {middle(one.paced[0] for one in runs):.2f} / {middle(one.paced[1] for one in runs):.1f} "
            f"| {middle(one.cpu for one in runs):.0f} | {middle(one.memory for one in runs):.0f} "
            f"| {middle(one.start for one in runs):.2f} |"
        )


async def run(one: Contender, mode: str, updates: int) -> Figures:
    """Start the bot; a given pace from the first user on, then all it can take."""
    async with running(one, mode) as bot:
        chats, done = people(_CHATS), acts(one.kind)
        paced = await bot.drive(chats, done, _PACED, _PACE)
        await bot.drive(chats, done, _WARM)
        before, clock = bot.cpu, perf_counter()
        full = await bot.drive(chats, done, updates)
        seconds = perf_counter() - clock
        cpu = (bot.cpu - before) / updates * 1e6
        figures = _percentiles(full), _percentiles(paced)
        return Figures(bot.start, updates / seconds, *figures, cpu, bot.memory("VmHWM"))


def _percentiles(delays: list[float]) -> tuple[float, float]:
    ordered = sorted(delays)
    return 1000 * ordered[len(ordered) // 2], 1000 * ordered[int(len(ordered) * 0.99)]

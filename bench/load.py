"""`python -m bench load`: Safar over HTTP beside bare echo bots, in the same run and in turn.

    python -m bench load [--rounds 3] [--updates 8000] [--only safar,aiogram] [--mode polling]

Each contender is a process of its own against bench/telegram.py on loopback; the bots of others live in bench/bots, and
their packages are installed beside the temporary files, not into our environment. Figures of different runs do not
compare: the machine is shared and drifts.
"""

import argparse
import asyncio
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import questions
from bench.telegram import HOOK, Connection, Telegram, people, push
from bot.settings import ROOT

_BOTS = ROOT / "bench" / "bots"
_KEPT = Path(tempfile.gettempdir()) / "safar-bench"
_TOKEN = "123456789:bench-token-that-is-valid-nowhere-00"
_SECRET = "bench-secret-000000000000000000000000"
_PYTHON_PACKAGES = ("python-telegram-bot[webhooks]==22.8", "pyTelegramBotAPI==4.37.1", "aiohttp")
_NODE_PACKAGES = ("grammy@1.46.0", "@grammyjs/runner@2.0.3")
_PACE = 200  # updates a second
_PACED = 2000
_CHATS = 20_000
_WARM = 300
MODES = ("polling", "webhook")
_BOT = {"id": 123456789, "is_bot": True, "first_name": "B"}
_PRESSES = (
    "ru/menu", "ru/stay", "ru/stay/registration", "kk/menu", "kk/stay", "uz/stay/iin", "tg/menu", "en/permits",
    "ru/permits/which", "uz/rights/wages", "ru/help", "kk/quotas/current", "tg/life/health", "uzc/stay/registration",
)  # fmt: skip


@dataclass(frozen=True)
class Contender:
    """A bot, how it is started, and what it is asked."""

    name: str
    command: tuple[str, ...]
    kind: str = "echo"  # echo | questions | presses
    settings: dict[str, str] = field(default_factory=dict)
    modes: tuple[str, ...] = MODES
    folder: Path = ROOT


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
    options = parser.parse_args(arguments)
    wanted = options.only.split(",") if options.only else []
    data = Path(tempfile.mkdtemp(prefix="safar-bench-data-"))
    try:
        chosen = [one for one in contenders(data) if not wanted or one.name.split()[0] in wanted]
        asyncio.run(run(contenders(data)[0], "polling", 100))  # the first start learns, and keeps what it learned
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
    """Medians, and the range of the rate; ratios to bare aiogram."""
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
    telegram = Telegram()
    loop = asyncio.get_running_loop()
    _forget(one.settings.get("DATA_DIR"))
    server = await loop.create_server(lambda: Connection(telegram), "127.0.0.1", 0)
    port, hook = server.sockets[0].getsockname()[1], _free_port()
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: ASYNC220  # it only starts it
        one.command, cwd=one.folder, env=_environment(one, mode, port, hook), stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("BENCH_VERBOSE") else subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    pushing: asyncio.Task[None] | None = None
    try:
        await _ready(telegram, mode, hook, process)
        start = time.perf_counter() - begun
        if mode == "webhook":
            pushing = asyncio.create_task(push(telegram, "127.0.0.1", hook, "/hook", _SECRET))
        chats, asked = people(_CHATS), _updates(one.kind)
        telegram.is_paced = True
        paced = await _drive(telegram, chats, asked, _PACED, _PACE)
        telegram.is_paced = False
        await _drive(telegram, chats, asked, _WARM, 0)
        before, clock = _cpu(process.pid), time.perf_counter()
        full = await _drive(telegram, chats, asked, updates, 0)
        seconds = time.perf_counter() - clock
        cpu = (_cpu(process.pid) - before) / updates * 1e6
        return Figures(start, updates / seconds, _percentiles(full), _percentiles(paced), cpu, _memory(process.pid))
    finally:
        if pushing:
            pushing.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await pushing
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        server.close()


def _forget(data: str | None) -> None:
    """What the run before left, but for what it learned: it would know our updates again, and not answer them."""
    for path in Path(data).iterdir() if data else ():
        if path.is_file():
            path.unlink()


async def _ready(telegram: Telegram, mode: str, hook: int, process: "subprocess.Popen[bytes]") -> None:
    async with asyncio.timeout(90):
        while not telegram.polled.is_set():
            if process.poll() is not None:
                raise RuntimeError(f"ended with {process.returncode}")
            if mode == "webhook":
                with suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", hook)
                    writer.close()
                    return
            with suppress(TimeoutError):
                await asyncio.wait_for(telegram.polled.wait(), 0.01)


async def _drive(
    telegram: Telegram, chats: Iterator[int], asked: Iterator[dict[str, Any]], count: int, pace: int
) -> list[float]:
    """Let so many updates come about, and wait until each was answered."""
    telegram.expect(count)
    begun = time.perf_counter()
    for number in range(count):
        if pace and (left := begun + number / pace - time.perf_counter()) > 0:
            await asyncio.sleep(left)
        chat = next(chats)
        telegram.put(chat, _of(next(asked), chat))
    async with asyncio.timeout(60 + count / 50):
        await telegram.answered.wait()
    return telegram.delays


def _updates(kind: str) -> Iterator[dict[str, Any]]:
    """What people do, the same in every run."""
    chance = random.Random(7)
    asked = [one for language in questions.read("dev") for _, one in language.asked]
    while True:
        if kind == "presses":
            yield {"data": chance.choice(_PRESSES)}
        else:
            yield {"text": chance.choice(asked)}


def _of(what: dict[str, Any], chat: int) -> dict[str, Any]:
    sender = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "ru"}
    place = {"id": chat, "type": "private", "first_name": "A"}
    message = {"message_id": 1, "date": int(time.time()), "chat": place, "from": sender, "text": what.get("text", "-")}
    if "data" not in what:
        return {"message": message}
    buttons = {"inline_keyboard": [[{"text": "-", "callback_data": what["data"]}]]}
    return {
        "callback_query": {
            "id": "1", "from": sender, "chat_instance": "1", "data": what["data"],
            "message": {**message, "from": _BOT, "reply_markup": buttons},
        }
    }  # fmt: skip


def contenders(data: Path) -> list[Contender]:
    """Safar asked and pressed, and the echo bots of others; those whose tools are missing are left out and named."""
    ours = (sys.executable, "-m", "bot", "run")
    found = [
        Contender("safar questions", ours, "questions", {"DATA_DIR": str(data)}),
        Contender("safar presses", ours, "presses", {"DATA_DIR": str(data)}),
        Contender("plain (LEAN=no) questions", ours, "questions", {"DATA_DIR": str(data), "LEAN": "no"}),
        Contender("plain (LEAN=no) presses", ours, "presses", {"DATA_DIR": str(data), "LEAN": "no"}),
        Contender("aiogram", (sys.executable, str(_BOTS / "aiogram_echo.py"))),
        Contender("raw", (sys.executable, str(_BOTS / "raw.py"))),
    ]
    if python := _python():
        found.append(Contender("ptb", (python, str(_BOTS / "ptb_echo.py"))))
        found.append(Contender("telebot", (python, str(_BOTS / "telebot_echo.py"))))
    if node := _node():
        found.append(Contender("grammy", ("node", str(node / "grammy_echo.mjs")), folder=node))
        found.append(Contender("grammy-runner", ("node", str(node / "grammy_runner.mjs")), modes=("polling",)))
    return found


def _python() -> str:
    """An environment with the other Python libraries."""
    python = _KEPT / "python" / "bin" / "python"
    if not python.exists():
        try:
            _do(sys.executable, "-m", "venv", str(_KEPT / "python"))
            _do(str(python), "-m", "pip", "install", "--quiet", *_PYTHON_PACKAGES)
        except subprocess.CalledProcessError:
            shutil.rmtree(_KEPT / "python", ignore_errors=True)
            print("the other Python bots are left out: their packages could not be installed", file=sys.stderr)
            return ""
    return str(python)


def _node() -> Path | None:
    """A folder with grammY and its bots."""
    folder = _KEPT / "node"
    if shutil.which("npm") is None:
        print("grammY is left out: there is no npm", file=sys.stderr)
        return None
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if not (folder / "node_modules" / "@grammyjs").exists():
            _do("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *_NODE_PACKAGES)
    except subprocess.CalledProcessError:
        print("grammY is left out: its package could not be installed", file=sys.stderr)
        return None
    for name in ("grammy_echo.mjs", "grammy_runner.mjs"):
        shutil.copy(_BOTS / name, folder / name)
    return folder


def _do(*command: str) -> None:
    subprocess.run(command, check=True)


def _environment(one: Contender, mode: str, port: int, hook: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    base = {
        "TELEGRAM_API_BASE": f"http://127.0.0.1:{port}", "BOT_TOKEN": _TOKEN, "BENCH_MODE": mode,
        "BENCH_PORT": str(hook), "BENCH_SECRET": _SECRET, "WEB_PORT": "0", "OPENBLAS_NUM_THREADS": "1",
    }  # fmt: skip
    if mode == "webhook":
        base |= {
            "WEBHOOK_URL": HOOK, "WEBHOOK_SECRET": _SECRET, "WEBHOOK_PORT": str(hook),
        }  # fmt: skip
    return kept | base | one.settings


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _percentiles(delays: list[float]) -> tuple[float, float]:
    ordered = sorted(delays)
    return 1000 * ordered[len(ordered) // 2], 1000 * ordered[int(len(ordered) * 0.99)]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))

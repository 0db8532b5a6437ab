"""The bots that are measured beside Safar, how each is started, and with which settings."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from bench.telegram import HOOK
from bot.settings import ROOT

MODES = ("polling", "webhook")
TOKEN = "123456789:bench-token-that-is-valid-nowhere-00"
SECRET = "bench-secret-000000000000000000000000"
_BOTS = ROOT / "bench" / "bots"
_KEPT = Path(tempfile.gettempdir()) / "safar-bench"
_PYTHON_PACKAGES = ("python-telegram-bot[webhooks]==22.8", "pyTelegramBotAPI==4.37.1", "aiohttp")
_NODE_PACKAGES = ("grammy@1.46.0", "@grammyjs/runner@2.0.3")


@dataclass(frozen=True)
class Contender:
    """A bot, how it is started, and what it is asked."""

    name: str
    command: tuple[str, ...]
    kind: str = "echo"  # echo | questions | presses | mixed
    settings: dict[str, str] = field(default_factory=dict)
    modes: tuple[str, ...] = MODES
    folder: Path = ROOT


def contenders(data: Path) -> list[Contender]:
    """Safar asked and pressed, and the echo bots of others; those whose tools are missing are left out and named."""
    found = [
        *(safar(data, kind) for kind in ("questions", "presses")),
        *(safar(data, kind, "plain (LEAN=no)", LEAN="no") for kind in ("questions", "presses")),
        *_both("aiogram", (sys.executable, str(_BOTS / "aiogram_echo.py"))),
        Contender("raw", (sys.executable, str(_BOTS / "raw.py")), modes=("polling",)),
        Contender("raw replying", (sys.executable, str(_BOTS / "raw.py")), modes=("webhook",)),
    ]
    if python := _python():
        found.append(Contender("ptb", (python, str(_BOTS / "ptb_echo.py"))))
        found.append(Contender("telebot", (python, str(_BOTS / "telebot_echo.py"))))
    if node := _node():
        found.extend(_both("grammy", ("node", str(node / "grammy_echo.mjs")), folder=node))
        found.append(Contender("grammy-runner", ("node", str(node / "grammy_runner.mjs")), modes=("polling",)))
    return found


def safar(data: Path, kind: str, name: str = "safar", **settings: str) -> Contender:
    """Ours, with a folder for what it writes."""
    command = (sys.executable, "-m", "bot", "run")
    return Contender(f"{name} {kind}", command, kind, {"DATA_DIR": str(data), **settings})


def _both(name: str, command: tuple[str, ...], folder: Path = ROOT) -> tuple[Contender, Contender]:
    """One that calls for its answer, as echo bots do, and one that sends it along as the webhook's response."""
    replying = Contender(
        f"{name} replying", command, settings={"BENCH_REPLYING": "yes"}, modes=("webhook",), folder=folder
    )
    return Contender(name, command, folder=folder), replying


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


def environment(one: Contender, mode: str, port: int, hook: int) -> dict[str, str]:
    """Where its Telegram is, and where it may listen."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    base = {
        "TELEGRAM_API_BASE": f"http://127.0.0.1:{port}", "BOT_TOKEN": TOKEN, "BENCH_MODE": mode,
        "BENCH_PORT": str(hook), "BENCH_SECRET": SECRET, "WEB_PORT": "0", "OPENBLAS_NUM_THREADS": "1",
    }  # fmt: skip
    if mode == "webhook":
        base |= {
            "WEBHOOK_URL": HOOK, "WEBHOOK_SECRET": SECRET, "WEBHOOK_PORT": str(hook),
        }  # fmt: skip
    return kept | base | one.settings

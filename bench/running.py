"""A bot at work: a process of its own before `bench/telegram.py`, driven, and looked at from outside."""

import asyncio
import os
import signal
import socket
import subprocess
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.contenders import SECRET, Contender, environment
from bench.telegram import Connection, Telegram, push
from bench.traffic import update_of

_RATE = 50  # updates a second: slower than that is hung


@dataclass(frozen=True)
class Running:
    """The process, its Telegram, and how many seconds it took until it asked for updates."""

    pid: int
    telegram: Telegram
    start: float

    async def drive(
        self, chats: Iterator[int], acts: Iterator[dict[str, Any]], count: int, pace: int = 0
    ) -> list[float]:
        """Let so many updates come about, all at once or so many a second, and wait until each was answered."""
        telegram = self.telegram
        telegram.is_paced = bool(pace)
        telegram.expect(count)
        begun = time.perf_counter()
        for number in range(count):
            if pace and (left := begun + number / pace - time.perf_counter()) > 0:
                await asyncio.sleep(left)
            chat = next(chats)
            telegram.put(chat, update_of(next(acts), chat))
        async with asyncio.timeout(60 + count / _RATE):
            await telegram.answered.wait()
        return telegram.delays

    @property
    def cpu(self) -> float:
        """Seconds of the processor so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self, which: str = "VmRSS") -> float:
        """MiB, now or (VmHWM) at its highest."""
        return memory(self.pid, which)


def memory(pid: int, which: str) -> float:
    """MiB of a process, as the kernel names them."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.partition(f"{which}:")[2].split()[0]) / 1024


@asynccontextmanager
async def running(one: Contender, mode: str) -> AsyncGenerator[Running]:
    """The bot, from its start until it is killed."""
    telegram = Telegram()
    _forget(one.settings.get("DATA_DIR"))
    server = await asyncio.get_running_loop().create_server(lambda: Connection(telegram), "127.0.0.1", 0)
    port, hook = server.sockets[0].getsockname()[1], _free_port()
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: ASYNC220  # it only starts it
        one.command, cwd=one.folder, env=environment(one, mode, port, hook), stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("BENCH_VERBOSE") else subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    pushing: asyncio.Task[None] | None = None
    try:
        await _ready(telegram, mode, hook, process)
        start = time.perf_counter() - begun
        if mode == "webhook":
            pushing = asyncio.create_task(push(telegram, "127.0.0.1", hook, "/hook", SECRET))
        yield Running(process.pid, telegram, start)
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


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])

"""`python -m bench desk`: what a publication costs a running bot, and how soon it says the new words.

    python -m bench desk [--rounds 3]

The real bot polls bench/telegram.py, while questions come about at a steady pace from this other process. Then a text,
a fact and a word of the lexicon are published by the desk's own form, one after the other, each round with new words.
"""

import argparse
import asyncio
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import ClientSession, CookieJar

from bench.contenders import TOKEN
from bench.running import memory
from bench.telegram import Connection, Telegram
from bench.traffic import acts, people, update_of
from bot.content.editing import entry
from bot.settings import ROOT, Settings
from bot.store.staff import Draft, open_staff

PACE = 50  # questions a second, meanwhile
WATCHERS = 5_000_000  # chats from here on look whether the new words are there, each once
LONGEST = 60.0
Figures = tuple[float, float, list[float]]  # seconds until published, and until said; how long each answer took
TEXT, FACTS, LEXICON = "content/stay/registration/ru.md", "content/facts.yaml", "content/lexicon.yaml"
HOST_DAYS = "registration_host_days"


class Listening(Telegram):
    """A Telegram that also keeps what the watcher was told last."""

    def __init__(self) -> None:
        super().__init__()
        self.told = ""
        self.watchers = WATCHERS

    def answer(self, method: bytes, body: bytes) -> bytes:
        """As ever."""
        if body[:1] == b"{" and WATCHERS <= int((given := json.loads(body)).get("chat_id", 0)) < 2 * WATCHERS:
            self.told = f"{given.get('text')} {given.get('reply_markup')}"  # an answer may be a choice of buttons
        return super().answer(method, body)


def main(arguments: Sequence[str]) -> int:
    """Figures of every kind of change, as medians with the worst."""
    parser = argparse.ArgumentParser(prog="python -m bench desk")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    data = Path(tempfile.mkdtemp(prefix="safar-bench-desk-"))
    try:
        asyncio.run(measure(data, options.rounds))
    finally:
        shutil.rmtree(data, ignore_errors=True)
    return 0


async def measure(data: Path, rounds: int) -> None:
    """Start the bot, ask it all the time, and publish."""
    telegram = Listening()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(telegram), "127.0.0.1", 0)
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")} | {
        "TELEGRAM_API_BASE": f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", "BOT_TOKEN": TOKEN,
        "WEB_PORT": "0", "DATA_DIR": str(data), "OPENBLAS_NUM_THREADS": "1",
    }  # fmt: skip
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE,
        stderr=None if os.environ.get("BENCH_VERBOSE") else asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    asking = asyncio.create_task(_ask(telegram))
    try:
        assert bot.stdout is not None
        link = ""
        async with asyncio.timeout(120):
            while "/desk/enter" not in link:
                link = (await bot.stdout.readline()).decode()
        await telegram.polled.wait()
        await asyncio.sleep(15)  # the first answers of each topic are drawn
        telegram.delays.clear()
        await asyncio.sleep(10)
        quiet, before = _said(telegram.delays), memory(bot.pid, "VmHWM")
        print(f"answers while nothing is published: {quiet}; memory {before:.0f} MiB at its highest", flush=True)
        print(f"memory now {memory(bot.pid, 'VmRSS'):.0f}")
        async with Desk(re.findall(r"https?://\S+", link)[0], data) as desk:
            print(f"after sign in {memory(bot.pid, 'VmRSS'):.0f}")
            for name, change in CHANGES.items():
                _published(name, [await _publish(telegram, desk, change, n) for n in range(rounds)])
                print(f"    memory {memory(bot.pid, 'VmRSS'):.0f} MiB", flush=True)
        print(f"memory after {rounds * len(CHANGES)} publications: {memory(bot.pid, 'VmHWM'):.0f} MiB at its highest")
    finally:
        asking.cancel()
        bot.kill()
        await bot.wait()
        server.close()


async def _ask(telegram: Telegram) -> None:
    """Questions of many people at a steady pace, for ever."""
    await telegram.polled.wait()
    telegram.is_paced, chats, asked = True, people(20_000), acts("questions")
    begun = time.perf_counter()
    for number in range(1 << 40):
        if (left := begun + number / PACE - time.perf_counter()) > 0:
            await asyncio.sleep(left)
        chat = next(chats)
        telegram.put(chat, update_of(next(asked), chat))


async def _publish(telegram: Listening, desk: "Desk", change: "Change", number: int) -> Figures:
    """Seconds until it is published, until the bot says it, and the delays of all answers until it has calmed down."""
    letters = "".join("абвгдежзик"[int(sign)] for sign in f"{number}{datetime.now(UTC):%S}")  # a text holds no figure
    words, draft, question = change(desk, f"Зюзя{letters}")
    desk.staff.keep([draft])
    telegram.delays.clear()
    begun = time.perf_counter()
    sending = asyncio.create_task(desk.publish(draft))
    watching = asyncio.create_task(_until_said(telegram, question, words))
    await sending
    published = time.perf_counter() - begun
    async with asyncio.timeout(LONGEST):
        await watching
    served = time.perf_counter() - begun
    await asyncio.sleep(8)  # what is learned after it
    return published, served, list(telegram.delays)


async def _until_said(telegram: Listening, question: str, words: str) -> None:
    telegram.told = ""
    while words not in telegram.told:
        telegram.watchers += 1
        telegram.put(telegram.watchers, update_of({"text": question}, telegram.watchers))
        await asyncio.sleep(0.1)


def _published(name: str, found: list[Figures]) -> None:
    published, served = [one for one, _, _ in found], [one for _, one, _ in found]
    print(
        f"{name}: published after {statistics.median(published):.2f} s (worst {max(published):.2f}), said after"
        f" {statistics.median(served):.2f} s (worst {max(served):.2f}); answers meanwhile:"
        f" {_said([delay for _, _, delays in found for delay in delays])}",
        flush=True,
    )


def _said(delays: list[float]) -> str:
    ordered = sorted(delays)
    middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    return f"{len(ordered)}, {1000 * middle:.0f} ms, p99 {1000 * late:.0f}, longest {1000 * ordered[-1]:.0f}"


Said = tuple[str, Draft, str]  # the new words, the draft that brings them, and the question that is answered by them
Change = Callable[["Desk", str], Said]


class Desk:
    """A browser of the owner's, and the staff database beside it, into which drafts are put."""

    def __init__(self, link: str, data: Path) -> None:
        self._origin, _, self._key = link.partition("/desk/enter?key=")
        settings = Settings(data_dir=data)
        self.folder = data / "content"
        self.staff = open_staff(data / "staff.db", settings.database, "", lambda: datetime.now(UTC))
        self._csrf = ""
        self._http = ClientSession(self._origin, cookie_jar=CookieJar(unsafe=True))

    async def __aenter__(self) -> "Desk":
        async with self._http.post("/desk/enter", data={"key": self._key}, headers=self._headers) as answer:
            self._csrf = re.findall(r'name="csrf" value="([^"]+)"', await answer.text())[0]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.close()
        self.staff.close()

    def read(self, name: str) -> str:
        """A file as it is in force."""
        root = self.folder if (self.folder / ".git").exists() else ROOT
        return (root / name).read_text(encoding="utf-8")

    async def publish(self, draft: Draft) -> None:
        """Press the button."""
        form = {"csrf": self._csrf, "drafts": f"{draft.file}\n{draft.key}", "why": "measured"}
        async with self._http.post("/desk/publish", data=form, headers=self._headers, allow_redirects=False) as answer:
            assert "done=1" in answer.headers.get("Location", ""), await answer.text()

    @property
    def _headers(self) -> dict[str, str]:
        return {"Origin": self._origin}


def _text(desk: Desk, mark: str) -> Said:
    return mark, _draft(desk, TEXT, "", "\n---\n", f"\n---\n{mark}. "), "Регистрация по месту пребывания"


def _fact(desk: Desk, mark: str) -> Said:
    days = re.findall(r"value: (\d+)", entry(desk.read(FACTS), HOST_DAYS))[0]
    new = str(int(days) % 20 + 1)
    draft = _draft(desk, FACTS, HOST_DAYS, f"value: {days},", f"value: {new},")
    return f"{new} рабоч", draft, "Регистрация по месту пребывания"


def _word(desk: Desk, mark: str) -> Said:
    return "ИИН", _draft(desk, LEXICON, "", "\niin: [", f"\niin: [{mark.lower()}, "), mark.lower()


def _draft(desk: Desk, file: str, key: str, old: str, new: str) -> Draft:
    base = entry(desk.read(file), key) if key else desk.read(file)
    assert old in base, (file, key, old)
    return Draft(file, key, base, base.replace(old, new, 1), "owner", "", "draft", False)


CHANGES = {"a text": _text, "a fact": _fact, "a word of the lexicon": _word}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

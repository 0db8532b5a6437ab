"""`python -m bench chaos [CHATS]`: everything goes wrong at once, a kill -9 in the middle, and then the sums are drawn.

People write the same ten things each, every one of which has an answer of its own, so that each answer tells which
question it belongs to. The bot is a process of its own over HTTP; Telegram is the fake one, with 5 % of each fault.
"""

import asyncio
import os
import random
import signal
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.fake_telegram import FakeTelegram, Faults, Posted, fake_telegram
from bot.settings import ROOT
from bot.simulator import Chat, Message

ASKED = (
    "/menu", "нужен врач", "/privacy", "трудовой договор", "/language",
    "уволили без причины", "как зарегистрироваться", "отпуск", "профсоюз", "не платят зарплату",
)  # fmt: skip
SHARE = 0.05
_KINDS = ("limited", "broken", "refused", "dropped", "slow", "duplicated", "reordered", "old", "unmodified")


@dataclass
class Came:
    """What came of it all; `is_good` holds it to the claims."""

    messages: int
    blocked: int = 0
    unanswered: int = 0
    apologies: int = 0
    twice: int = 0
    in_hand: int = 0
    dropped: int = 0
    counted: int = 0
    countable: int = 0
    last_second: int = 0
    seconds: float = 0.0
    files: list[int] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)  # MiB, after the restart and at the end

    @property
    def is_good(self) -> bool:
        """None lost, twice only what nobody could know of, counted what was answered, nothing leaked."""
        lost = self.unanswered - self.apologies
        return (
            lost <= came_long(self.in_hand)
            and self.twice <= self.in_hand + self.dropped
            and abs(self.counted - self.countable) <= self.last_second + self.dropped
            and self.files[-1] <= self.files[0] + 20
        )


async def chaos(chats: int, folder: Path, share: float = SHARE) -> Came:
    """Run it with so many chats, the bot's data in a folder."""
    began = time.monotonic()
    async with fake_telegram() as telegram:
        telegram.line.is_kept = False
        posted = Posted(telegram)
        came = Came(chats * len(ASKED))
        bot = await _start(telegram, folder)
        expected = await _calm(posted)
        phones = [posted.phone() for _ in range(chats)]
        for kind in _KINDS:
            setattr(telegram.faults, kind, share)
        telegram.faults.blocked = share / 50  # of calls; that is as many people as of the other faults
        told = Answered(telegram, expected)
        await _ask(phones, ASKED[:5])
        await told.until(came.messages // 4)
        came.in_hand, came.last_second = len(telegram.mail.pending), told.lately()
        came.in_hand = min(came.in_hand, 400)
        bot.send_signal(signal.SIGKILL)
        await bot.wait()
        bot = await _start(telegram, folder)
        await _ask(phones, ASKED[5:])
        await told.until(came.messages // 2)
        came.files.append(_files(bot.pid))
        came.memory.append(_memory(bot.pid))
        await _quiet(telegram)
        came.files.append(_files(bot.pid))
        came.memory.append(_memory(bot.pid))
        telegram.faults.__dict__.update(Faults().__dict__)
        bot.send_signal(signal.SIGTERM)
        await bot.wait()
        _draw_sums(came, phones, expected)
        came.dropped = telegram.dropped["sendMessage"]
        came.counted = _counted(folder / "safar.db")
        came.countable = told.countable + sum(one in told.topics for one in ASKED)  # the calm person's, too
        came.seconds = time.monotonic() - began
        return came


def came_long(in_hand: int) -> float:
    """Of those in hand at the kill, how many may have been confirmed because they took long with a hundred behind."""
    return in_hand * SHARE


class Answered:
    """Counts the bot's answers as they come to stand in the chats."""

    def __init__(self, telegram: FakeTelegram, expected: dict[str, str]) -> None:
        self.telegram, self.number, self.countable = telegram, 0, 0
        self.topics = {asked for asked in ASKED if not asked.startswith("/")}
        self._countable = {expected[asked] for asked in self.topics}
        self._times: list[float] = []
        self._seen: dict[int, int] = {}
        self._news = asyncio.Event()
        telegram.world.watch(self._look)

    def _look(self, room: int) -> None:
        newest = next(reversed(self.telegram.world.rooms[room].messages.values()), None)
        if newest is None or not newest.is_from_bot or self._seen.get(room) == newest.id:
            return
        self._seen[room] = newest.id
        self.number += 1
        self.countable += _known(newest) in self._countable
        self._times.append(time.monotonic())
        self._news.set()

    async def until(self, number: int) -> None:
        """Wait until there are so many."""
        while self.number < number:
            self._news.clear()
            await self._news.wait()

    def lately(self) -> int:
        """How many came within the last second, which is how long the counters may wait to be written."""
        return sum(one > time.monotonic() - 1.5 for one in self._times)


async def _start(telegram: FakeTelegram, folder: Path) -> asyncio.subprocess.Process:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, "TELEGRAM_API_BASE": telegram.address, "BOT_TOKEN": telegram.token}
    environment |= {"DATA_DIR": str(folder), "WEB_PORT": "0", "PYTHONUTF8": "1"}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment, stdout=asyncio.subprocess.DEVNULL
    )


async def _calm(posted: Posted) -> dict[str, str]:
    """What each question is answered with while nothing goes wrong."""
    phone = posted.phone()
    expected = {}
    for asked in ASKED:
        await phone.say(asked)
        await _quiet(posted.telegram)
        expected[asked] = _known(phone.last)
    if len(set(expected.values())) != len(ASKED):
        raise SystemExit("Two of the questions have the same answer; choose others.")
    return expected


async def _ask(phones: list[Chat], questions: tuple[str, ...]) -> None:
    order = random.Random(7)
    for asked in questions:
        order.shuffle(phones)
        for phone in phones:
            await phone.say(asked)
        await asyncio.sleep(0)


async def _quiet(telegram: FakeTelegram) -> None:
    """Until the bot has confirmed everything."""
    if telegram.mail.pending:
        await telegram.mail.until_confirmed(telegram.mail.pending[-1]["update_id"])


def _known(message: Message) -> str:
    """A text as it can be compared: what a press or a fault adds below it is left away."""
    return message.text[:200]


def _draw_sums(came: Came, phones: list[Chat], expected: dict[str, str]) -> None:
    for phone in phones:
        if phone.room.is_blocked:
            came.blocked += 1
            continue
        said = Counter(_known(one) for one in phone.messages if one.is_from_bot)
        came.unanswered += sum(said[text] == 0 for text in expected.values())
        came.twice += sum(said[text] - 1 for text in expected.values() if said[text] > 1)
        came.apologies += sum(count for text, count in said.items() if text not in expected.values())


def _counted(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT coalesce(sum(taps), 0) FROM demand").fetchone()[0])


def _files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def _memory(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def main(arguments: list[str]) -> int:
    """Print the sums; 1 where a claim does not hold."""
    with TemporaryDirectory() as folder:
        came = asyncio.run(chaos(int(arguments[0]) if arguments else 10_000, Path(folder)))
    for name, value in vars(came).items():
        print(f"{name:12} {value}")
    print("every claim holds" if came.is_good else "a claim does not hold")
    return 0 if came.is_good else 1

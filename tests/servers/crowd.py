"""Many people who ask several instances at once, and what came of it: all answered, in order, and counted."""

import asyncio
import signal
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

import aiohttp
import psycopg

from bot.fake_telegram.people import Posted
from bot.fake_telegram.server import FakeTelegram
from bot.simulator import Chat
from tests.servers.cluster import Cluster

QUESTIONS = ("как зарегистрироваться", "мне не платят зарплату", "нужен патент", "медицинская страховка")
LAST_SECOND = 1.0  # of what an instance has counted, a kill may take along


@dataclass(frozen=True)
class Crowd:
    """The people, and what each has to be told."""

    telegram: FakeTelegram
    phones: list[Chat]
    expected: list[str]

    def heard(self) -> list[list[str]]:
        """What each was told, with what came twice in a row once."""
        said = answers(self.telegram)
        return [[text for text, _ in groupby(said[phone.person.id])] for phone in self.phones]

    def first(self) -> list[list[str]]:
        """What each was told, every answer where it came first."""
        said = answers(self.telegram)
        return [list(dict.fromkeys(said[phone.person.id])) for phone in self.phones]

    @property
    def twice(self) -> int:
        """How many answers came more than once."""
        said = answers(self.telegram)
        return sum(len(said[phone.person.id]) - len(self.expected) for phone in self.phones)


async def come(telegram: FakeTelegram, people: int) -> Crowd:
    """One person asks in peace, to know the answers; then all ask everything at once."""
    quiet = await asked(telegram)
    phones = [Posted(telegram).phone() for _ in range(people)]
    for words in QUESTIONS:
        for phone in phones:
            await phone.say(words)
    return Crowd(telegram, phones, quiet)


async def asked(telegram: FakeTelegram) -> list[str]:
    """What one person is told who asks everything."""
    assert telegram.push is not None
    quiet = Posted(telegram).phone()
    for words in QUESTIONS:
        await quiet.say(words)
    await telegram.push.settled()
    found = answers(telegram)[quiet.person.id]
    assert len(found) == len(QUESTIONS)
    return found


def answers(telegram: FakeTelegram) -> dict[int, list[str]]:
    """What each chat was told, in order."""
    said: dict[int, list[str]] = defaultdict(list)
    for call in telegram.called("sendMessage"):
        said[int(call["chat_id"])].append(str(call["text"]))
    return said


def answered(telegram: FakeTelegram, by: str = "", since: float = 0.0) -> int:
    """How many messages were sent, by this one bot, from this moment on."""
    return sum(one.method == "sendMessage" and by in ("", one.by) and one.at >= since for one in telegram.line.requests)


def counted(found: Cluster) -> int:
    """How many answers the counters know."""
    with psycopg.connect(found.database) as connection:
        row = connection.execute("SELECT sum(taps) FROM demand").fetchone()
    return int(row[0] or 0) if row else 0


async def stop(found: Cluster, *numbers: int) -> None:
    """Tell bots to end, and wait until they have written the rest."""
    for number in numbers:
        found.bots[number].signal(signal.SIGTERM)
    for number in numbers:
        bot = found.bots[number]
        try:
            assert await asyncio.to_thread(bot.ended) == 0
        except subprocess.TimeoutExpired:
            bot.signal(signal.SIGABRT)  # with PYTHONFAULTHANDLER it says where it stands
            await asyncio.to_thread(bot.ended)
            raise AssertionError(await asyncio.to_thread(bot.log.read_text)) from None


async def ready(found: Cluster, *numbers: int) -> None:
    """Wait until these bots listen and have reached Telegram."""
    for number in numbers:
        async with asyncio.timeout(60):
            while not (await readiness(found, number)).get("telegram"):  # noqa: ASYNC110  # that is in another process
                await asyncio.sleep(0.1)


async def readiness(found: Cluster, number: int) -> dict[str, bool]:
    """What a bot says of itself; nothing while it does not listen yet."""
    try:
        async with aiohttp.ClientSession() as session, session.get(found.ready[number]) as response:
            told: dict[str, bool] = await response.json()
            assert response.status == (200 if told["telegram"] else 503)
            return told
    except aiohttp.ClientConnectionError:
        return {}

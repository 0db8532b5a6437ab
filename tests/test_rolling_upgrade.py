"""Three instances of the release before are followed by this one, one after the other, while people ask on."""

import asyncio
import subprocess
import tarfile
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pytest

from bot.fake_telegram.server import fake_telegram
from bot.settings import ROOT
from tests.servers.cluster import cluster
from tests.servers.crowd import QUESTIONS, answered, answers, asked, come, counted, ready, stop

PEOPLE = 40
_TABLES = "bot/store/migrations.py"  # without a tag, the hardest upgrade: the last that changed the tables
_SHARED = "bot/memory/turns.py"


async def test_nobody_notices_an_upgrade(weights: Path, tmp_path: Path) -> None:
    unpack_the_release_before(tmp_path)
    async with fake_telegram() as telegram:
        with cluster(telegram.address, weights, 3) as (found, start):
            for bot in found.bots:
                bot.folder = tmp_path
            await asyncio.to_thread(start)
            await ready(found, 0, 1, 2)
            crowd = await come(telegram, PEOPLE)

            for number, bot in enumerate(found.bots):
                await stop(found, number)
                bot.folder = ROOT
                await asyncio.to_thread(bot.start)
                await ready(found, number)
                for words in QUESTIONS:
                    for phone in crowd.phones:
                        await phone.say(words)
            assert telegram.push is not None
            async with asyncio.timeout(120):
                await telegram.push.settled()
            newer = await asked(telegram)
            await stop(found, 0, 1, 2)
            in_counters, said = counted(found), answered(telegram)

    heard = [[text for text, _ in groupby(answers(telegram)[phone.person.id])] for phone in crowd.phones]
    twice = said - (len(QUESTIONS) * (4 * PEOPLE + 2))
    print(f"answered {said}, twice {twice}, counted {in_counters}")
    every = list(zip(crowd.expected, newer, strict=True)) * 4
    assert all(len(one) == len(every) for one in heard)
    assert all(text in either for one in heard for text, either in zip(one, every, strict=True))
    assert (twice, in_counters) == (0, said)


def unpack_the_release_before(folder: Path) -> None:
    """The last release; skipped where nobody knows it any more, as in a copy without history."""
    tag = git("tag", "--sort=-creatordate", "--no-contains", "HEAD").split()
    change = git("log", "-1", "--format=%H", "--", _TABLES).strip()
    release = tag[0] if tag else f"{change}~1"
    if not (tag or change) or not git("ls-tree", release, _SHARED):
        pytest.skip("the release before this one is not in the history here (git clone, not a copy of the files)")
    whole = subprocess.run(["git", "archive", release], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=BytesIO(whole)) as archive:
        archive.extractall(folder, filter="data")


def git(*words: str) -> str:
    """What git says; nothing where it cannot."""
    try:
        return subprocess.run(["git", *words], cwd=ROOT, check=False, capture_output=True, text=True).stdout
    except FileNotFoundError:
        return ""

"""`python -m bench.standby`: one small machine and a warm standby: a restore, and how long until another answers.

Backup and restore are of two simulated years. The standby has the program, what was learned and the last backup, and
starts when the first machine dies. Its time ends with the answer to a question that waited with Telegram.
"""

import asyncio
import os
import shutil
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import Library, now
from bot.backup import make_backup, restore
from bot.demand.simulate import Course, simulate
from bot.fake_telegram.people import Posted
from bot.fake_telegram.server import TOKEN, fake_telegram
from bot.settings import ROOT, Settings
from bot.store import write_made_up
from tests.servers import Server, free_port

QUESTION = "как зарегистрироваться"


async def measure(cache: Path, folder: Path) -> None:
    """The file, the backup, the restore, and the standby."""
    first, second = folder / "first", folder / "second"
    first.mkdir()
    topics = ["rights/wages", "stay/registration", "help/violence", "work/permit"]
    write_made_up(first / "safar.db", "", simulate(Course(2, date(2026, 11, 21), 7), topics, ["almaty"]))
    began = time.monotonic()
    saved = make_backup(first, first / "safar.db", folder / "backups", now())
    middle = time.monotonic()
    second.mkdir()
    list(restore(saved, second, second / "safar.db", now()))
    ended = time.monotonic()
    megabytes = (first / "safar.db").stat().st_size / 1e6
    print(f"two years: {megabytes:.1f} MB; backup {middle - began:.2f} s, restore {ended - middle:.2f} s", flush=True)

    shutil.copytree(cache, second / "cache")
    async with fake_telegram() as telegram:
        phone = Posted(telegram).phone()
        for turn in range(3):
            bot = _bot(telegram.address, second)
            await phone.say(QUESTION)
            began = time.monotonic()
            bot.begin()
            await telegram.until("sendMessage", turn + 1)
            print(
                f"standby: the waiting question is answered {time.monotonic() - began:.1f} s after its start",
                flush=True,
            )
            bot.stop()


def _bot(telegram: str, data: Path) -> Server:
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": telegram,
        "DATA_DIR": str(data),
        "WEB_PORT": "0",
        "METRICS_PORT": str(port),
    }
    return Server([sys.executable, "-m", "bot", "run"], port, environment=environment, folder=ROOT)


if __name__ == "__main__":
    with TemporaryDirectory(prefix="safar-standby-") as name:
        Library(Settings(data_dir=Path(name) / "learned"))
        asyncio.run(measure(Path(name) / "learned" / "cache", Path(name)))

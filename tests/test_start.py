"""An ordinary start: nothing is imported or read that answering people does not need."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from bot.fake_telegram import Posted, fake_telegram
from bot.library import Library
from bot.settings import ROOT, Settings

# What a start may not have imported: the desk, the local chat, what draws, other databases, readers of catalogues.
SPARED = (
    "aiohttp", "babel.dates", "babel.numbers", "bot.charts.svg", "bot.demand", "bot.desk.pages", "bot.exchange",
    "bot.fake_telegram", "bot.matching.learning", "bot.simulator", "bot.web.chat", "click", "dateutil", "docx",
    "dulwich", "fontpkg_noto_sans", "jinja2", "multiprocessing", "numpy", "openpyxl", "prometheus_client", "psycopg",
    "redis", "scipy", "segno", "tarfile", "typst", "unittest", "xlsxwriter",
)  # fmt: skip
_RUN = """
import json, sys
from bot.__main__ import main
code = main(["run"])
print("imported", json.dumps(sorted(sys.modules)))
data = sys.modules.get("babel.localedata")
print("locales", json.dumps(sorted(data._cache) if data else []))
sys.exit(code)
"""


async def test_a_bot_that_answers_has_imported_nothing_of_the_desk_nor_opened_babels_languages(tmp_path: Path) -> None:
    Library(Settings(data_dir=tmp_path))
    async with fake_telegram() as telegram:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        told = {"TELEGRAM_API_BASE": telegram.address, "BOT_TOKEN": telegram.token, "DATA_DIR": str(tmp_path)}
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _RUN, cwd=ROOT, env={**kept, **told, "WEB_PORT": "0"}, stdout=-1, stderr=-1
        )
        await telegram.until("getUpdates", 1)
        phone = Posted(telegram).phone()
        await phone.say("не платят зарплату")
        await telegram.until("sendMessage", 1)
        await phone.press_old(phone.last.id, "ru/stay/registration")
        await telegram.until("editMessageText", 1)

        bot.send_signal(signal.SIGTERM)
        said, errors = await asyncio.wait_for(bot.communicate(), 60)

    assert bot.returncode == 0, errors.decode()
    lines = dict(line.split(" ", 1) for line in said.decode().splitlines())
    imported = set(json.loads(lines["imported"]))
    assert {"bot.telegram.polling", "bot.desk.site"} <= imported
    assert imported.isdisjoint(SPARED), imported.intersection(SPARED)
    assert json.loads(lines["locales"]) == []

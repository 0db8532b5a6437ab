"""The bot against a Bot API server that others wrote, so that our reading of the API is not the only one it meets."""

import asyncio
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram import Bot
from aiohttp import ClientSession

from bot.app import Library, now
from bot.bot_api import Json
from bot.memory import Memory
from bot.store import NoStore
from bot.telegram import build_dispatcher
from bot.telegram.hands import Hands
from bot.telegram.lane import Lane
from bot.telegram.pace import Pace
from bot.telegram.polling import poll
from bot.telegram.session import open_session

PACKAGE = "telegram-test-api@4.2.1"
TOKEN = "666666:AAfakefakefakefakefakefakefakefakefake"
PERSON = {"id": 5, "first_name": "A", "is_bot": False, "language_code": "ru"}
CHAT = {"id": 5, "type": "private", "first_name": "A"}
SERVER = """
const TelegramServer = require('telegram-test-api');
const server = new TelegramServer({ port: Number(process.argv[2]), host: '127.0.0.1', storeTimeout: 600 });
server.start().then(() => console.log('ready'));
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the package is installed."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed, so there is no Bot API server of others to try")
    folder = tmp_path_factory.mktemp("telegram-test-api")
    (folder / "server.js").write_text(SERVER, encoding="utf-8")
    install = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]
    subprocess.run(install, cwd=folder, check=True, timeout=180)
    return folder


class Theirs:
    """Their server, and the few acts its users have."""

    def __init__(self, address: str, http: ClientSession) -> None:
        self.address, self.http = address, http

    async def send(self, path: str, body: Json) -> Json:
        async with self.http.post(f"{self.address}/{path}", json=body) as response:
            found: Json = await response.json()
            return found

    async def said(self) -> Json:
        """The next message of the bot."""
        async with asyncio.timeout(60):
            while True:
                found = await self.send("getUpdates", {"token": TOKEN, "chatId": 5})
                if found["result"]:
                    message: Json = found["result"][0]["message"]
                    return message


@pytest.fixture
async def theirs(folder: Path, library: Library) -> AsyncIterator[Theirs]:
    """The bot polls their server while the test runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    node = await asyncio.create_subprocess_exec("node", "server.js", str(port), cwd=folder, stdout=-1)
    assert node.stdout is not None
    assert await asyncio.wait_for(node.stdout.readline(), 60) == b"ready\n"
    memory = Memory()
    dispatcher = build_dispatcher(lambda: library.screens, NoStore(), memory, now)
    bot = Bot(TOKEN, open_session(f"http://127.0.0.1:{port}", None))
    task = asyncio.create_task(
        poll(Hands(Lane(dispatcher, bot).answer, bot, Pace(lambda: library.screens, memory)), bot, library.languages)
    )
    async with ClientSession() as http:
        yield Theirs(f"http://127.0.0.1:{port}", http)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    node.kill()
    await node.communicate()


async def test_the_bot_answers_over_a_server_of_others(theirs: Theirs) -> None:
    words = {"botToken": TOKEN, "from": PERSON, "chat": CHAT, "date": 1}

    await theirs.send("sendMessage", {**words, "text": "/menu"})
    menu = await theirs.said()
    await theirs.send("sendMessage", {**words, "text": "не платят зарплату"})
    answer = await theirs.said()

    assert menu["text"].startswith("<b>Чем помочь?</b>")
    assert menu["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "ru/stay"
    assert "Не платят зарплату" in answer["text"]

"""The commands as a newcomer runs them: what they print, how they end, and how they are stopped."""

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from bot.__main__ import parser
from bot.fake_telegram import Posted, fake_telegram
from bot.settings import ROOT

COMMANDS = sorted(next(action.choices for action in parser()._actions if action.choices) or ())
BOT = [sys.executable, "-W", "error", "-m", "bot"]


@pytest.fixture
def environment(tmp_path: Path, weights: Path) -> dict[str, str]:
    """A clean environment with its own data folder, the weights learned already, and any free port."""
    shutil.copytree(weights, tmp_path / "data" / "cache")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "DATA_DIR": str(tmp_path / "data"), "WEB_PORT": "0", "BOT_TOKEN": "", "PYTHONUTF8": "1"}


def run(environment: dict[str, str], *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*BOT, *words], cwd=ROOT, env=environment, input=given, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*BOT, "run"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_run_prints_its_address_serves_the_chat_and_stops_cleanly(
    running: subprocess.Popen[str], number: signal.Signals
) -> None:
    assert running.stdout is not None
    address = re.search(r"http://127\.0\.0\.1:\d+/", running.stdout.readline())
    assert address is not None
    assert "no BOT_TOKEN" in running.stdout.readline()
    async with ClientSession() as session, session.get(address.group()) as page:
        assert page.status == 200

    running.send_signal(number)
    _, errors = running.communicate(timeout=30)

    assert running.returncode == 0
    assert errors == ""


def test_what_the_bot_writes_is_for_its_own_user_and_a_crash_leaves_no_memory(
    running: subprocess.Popen[str], environment: dict[str, str]
) -> None:
    assert running.stdout is not None
    running.stdout.readline()

    limits = Path(f"/proc/{running.pid}/limits").read_text(encoding="ascii")
    files = [path for path in Path(environment["DATA_DIR"]).glob("*") if path.is_file()]

    assert re.search(r"Max core file size\s+0\s+0", limits)
    assert files
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)


def test_a_backup_is_made_and_put_back(environment: dict[str, str]) -> None:
    made = run(environment, "backup")
    back = run(environment, "restore", made.stdout.strip())
    refused = run(environment, "restore", "no-such-file")

    assert (made.returncode, back.returncode, refused.returncode) == (0, 0, 1)
    assert "This is no whole backup" in refused.stderr


def test_a_bad_setting_stops_the_start_with_one_sentence_and_code_2(environment: dict[str, str]) -> None:
    ended = run({**environment, "WEB_PORT": "many"}, "run")

    assert ended.returncode == 2
    assert ended.stderr == "WEB_PORT cannot be used: give a whole number from 0 to 65535.\n"


def test_a_broken_catalogue_stops_the_start_with_its_file_and_line(environment: dict[str, str], tmp_path: Path) -> None:
    copy = shutil.copytree(ROOT / "content", tmp_path / "content")
    (copy / "topics.yaml").write_text("stay:\n  Registration: x\n", encoding="utf-8")

    ended = run({**environment, "CONTENT_DIR": str(copy)}, "run")

    assert ended.returncode == 2
    assert "topics.yaml:2: `Registration` is no id" in ended.stderr


def test_a_taken_port_is_named_with_the_mend(environment: dict[str, str], running: subprocess.Popen[str]) -> None:
    assert running.stdout is not None
    found = re.search(r":(\d+)/", running.stdout.readline())
    assert found is not None

    ended = run({**environment, "WEB_PORT": found[1]}, "run")

    assert ended.returncode == 2
    assert ended.stderr.startswith(f"WEB_PORT {found[1]} cannot be opened")


def test_ask_answers_one_question_for_a_person(environment: dict[str, str]) -> None:
    ended = run(environment, "ask", "не платят зарплату")

    assert ended.returncode == 0
    assert "Не платят зарплату" in ended.stdout
    assert "rights/wages" in ended.stdout


def test_ask_answers_lines_in_order_and_names_the_bad_ones(environment: dict[str, str]) -> None:
    lines = [
        '{"id": 1, "text": "не платят зарплату", "lang": "uz"}',
        "not json",
        '{"id": "x"}',
        '{"text": "no id"}',
        '{"id": 2, "text": "помогите"}',
        '{"id": 3, "text": "\\ud83d lone", "lang": "xx"}',
        '{"id": 4, "text": "\\ud83d lone"}',
        "[1]",
        '{"id": 5, "text": ""}',
    ]

    ended = run(environment, "ask", "--jsonl", given="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in ended.stdout.splitlines()]

    assert ended.returncode == 1
    assert [answer["id"] for answer in answers] == [1, None, "x", None, 2, 3, 4, None, 5]
    assert [("error" in answer) for answer in answers] == [False, True, True, True, False, True, False, True, False]
    assert answers[0]["topics"][0]["id"] == "rights/wages"
    assert answers[0]["lang"] == "ru"
    assert answers[4]["urgent"] is True
    assert set(answers[0]) == {"id", "lang", "script", "topics", "urgent", "line", "answer"}
    scores = [topic["score"] for topic in answers[0]["topics"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_chat_talks_through_a_pipe(environment: dict[str, str]) -> None:
    ended = run(environment, "chat", "--language", "en", given="/start\n1\nSOS\n/quit\n")

    assert ended.returncode == 0
    assert "Қазақша" in ended.stdout
    assert "Life in danger now?" in ended.stdout


def test_check_is_clean_on_this_content_and_names_what_is_broken(environment: dict[str, str], tmp_path: Path) -> None:
    copy = shutil.copytree(ROOT / "content", tmp_path / "content")
    text = copy / "rights" / "wages" / "en.md"
    text.write_text(text.read_text(encoding="utf-8") + "\nPay within 30 days.\n", encoding="utf-8")

    broken = run({**environment, "CONTENT_DIR": str(copy)}, "check")

    assert run(environment, "check").returncode == 0
    assert broken.returncode == 1
    assert "rights/wages/en.md:" in broken.stdout
    assert "a number stands in the text" in broken.stdout


def test_report_says_that_nothing_was_asked_yet(environment: dict[str, str]) -> None:
    ended = run(environment, "report")

    assert (ended.returncode, ended.stdout) == (0, "Nothing was asked yet, or the first whole week is not over.\n")


def test_profile_needs_a_token(environment: dict[str, str]) -> None:
    ended = run(environment, "profile")

    assert ended.returncode == 2
    assert "BOT_TOKEN is not set" in ended.stderr


async def test_the_first_start_prints_an_owners_link_and_the_second_no_more_once_it_was_used(
    environment: dict[str, str], running: subprocess.Popen[str]
) -> None:
    assert running.stdout is not None
    said = [running.stdout.readline() for _ in range(3)]
    link = re.search(r"(http://127\.0\.0\.1:\d+)/desk/enter\?key=(\S+)", said[2])
    assert link is not None

    async with (
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as http,
        http.post(f"{link[1]}/desk/enter", data={"key": link[2]}, headers={"Origin": link[1]}) as page,
    ):
        assert page.status == 200
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=30)

    assert run(environment, "staff", "list").stdout == "owner: editor, owner\n"


def test_staff_are_added_listed_and_disabled_from_the_command_line(environment: dict[str, str]) -> None:
    added = run(environment, "staff", "add", "Anna", "--role", "editor", "--role", "reviewer", "--telegram", "12345")
    wrong = run(environment, "staff", "add", "Bo", "--role", "king")
    gone = run(environment, "staff", "disable", "Anna")

    assert (added.returncode, wrong.returncode, gone.returncode) == (0, 1, 0)
    assert added.stdout == "Anna is on the list and signs in by /staff in the bot.\n"
    assert run(environment, "staff", "list").stdout == "Anna: editor, reviewer  Telegram 12345  (off the list)\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(environment: dict[str, str], command: str) -> None:
    ended = run(environment, command, "--help")

    assert ended.returncode == 0
    assert len(ended.stdout) > 60


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_run_answers_through_telegram_and_finishes_what_is_in_hand(
    environment: dict[str, str], tmp_path: Path, way: str
) -> None:
    """The whole process over HTTP: a question in hand at SIGTERM is answered, and Telegram need not bring it again."""
    async with fake_telegram() as telegram:
        environment |= {"TELEGRAM_API_BASE": telegram.address, "BOT_TOKEN": telegram.token, "METRICS_PORT": "0"}
        if way == "webhook":
            with socket.create_server(("127.0.0.1", 0)) as free:
                port = free.getsockname()[1]
            environment |= {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_PORT": str(port)}
            environment |= {"WEBHOOK_SECRET": "secret-of-the-tests"}
        bot = await asyncio.create_subprocess_exec(*BOT, "run", cwd=ROOT, env=environment, stderr=-1, stdout=-1)
        await telegram.until("setWebhook" if way == "webhook" else "getUpdates", 1)
        await telegram.until("getMyCommands", 6)
        phone = Posted(telegram).phone()
        telegram.faults.slow, telegram.faults.slow_seconds = 1.0, 0.5
        await phone.say("не платят зарплату")
        await telegram.until("sendMessage", 1)

        bot.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(bot.communicate(), 30)

        assert bot.returncode == 0, errors.decode()
        assert "Не платят зарплату" in phone.text
        assert len(telegram.called("sendMessage")) == 1
        assert telegram.mail.confirmed == 1 if way == "polling" else not telegram.mail.pending


async def test_a_second_signal_stops_at_once(environment: dict[str, str]) -> None:
    async with fake_telegram() as telegram:
        environment |= {"TELEGRAM_API_BASE": telegram.address, "BOT_TOKEN": telegram.token}
        bot = await asyncio.create_subprocess_exec(*BOT, "run", cwd=ROOT, env=environment, stderr=-1, stdout=-1)
        await telegram.until("getUpdates", 1)
        telegram.faults.slow, telegram.faults.slow_seconds = 1.0, 600.0
        await Posted(telegram).phone().say("/menu")
        await telegram.until("sendMessage", 1)

        bot.send_signal(signal.SIGTERM)
        while bot.returncode is None:
            bot.send_signal(signal.SIGTERM)
            with suppress(TimeoutError):
                await asyncio.wait_for(bot.wait(), 0.1)
        await bot.communicate()

        assert bot.returncode == 1


def test_commands_read_what_the_bot_serves_and_not_what_it_began_with(
    environment: dict[str, str], tmp_path: Path
) -> None:
    served = tmp_path / "data" / "content"
    for name in ("content", "locales"):
        shutil.copytree(ROOT / name, served / name)
    (served / ".git").mkdir()
    text = served / "content" / "stay" / "registration" / "ru.md"
    text.write_text("no header at all", encoding="utf-8")
    (served / "content" / "profile.yaml").write_text("][", encoding="utf-8")

    checked = run(environment, "check")
    profile = run({**environment, "BOT_TOKEN": f"123456789:{'A' * 35}"}, "profile")

    assert "stay/registration/ru.md:1:" in checked.stdout
    assert "profile.yaml" in profile.stderr
    (served / "content" / "topics.yaml").write_text("][", encoding="utf-8")
    assert "topics.yaml:1:" in run(environment, "report", "--wrong").stdout

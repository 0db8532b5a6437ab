"""Commands are set at start where they differ; the profile by a command, where it differs."""

import logging
from pathlib import Path

import pytest

from bot.app import Library
from bot.bot_api import too_many_requests
from bot.content.profile import read_profile
from bot.content.reading import Unreadable
from bot.settings import ROOT
from bot.telegram.commands import commands, set_commands
from bot.telegram.profile import set_profile
from tests.conftest import Talk


async def test_commands_are_set_in_every_language_once(talk: Talk, library: Library) -> None:
    bot = talk("ru").bot

    await set_commands(bot, library.languages)

    for code, language in (("tg", "tg"), (None, "ru")):
        listed = await bot.get_my_commands(language_code=code)
        ours = commands(library.languages[language])
        assert [(one.command, one.description) for one in listed] == [(one.command, one.description) for one in ours]


async def test_setting_them_again_sends_nothing(talk: Talk, library: Library) -> None:
    chat = talk("ru")
    await set_commands(chat.bot, library.languages)
    chat.session.requests.clear()

    await set_commands(chat.bot, library.languages)

    assert {request.method for request in chat.session.requests} == {"getMyCommands"}


async def test_a_failure_there_is_one_line_and_nothing_else(
    talk: Talk, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    chat = talk("ru")
    chat.session.fail_next(too_many_requests(600))

    with caplog.at_level(logging.INFO):
        await set_commands(chat.bot, library.languages)

    assert len(caplog.records) == 1
    assert "the list of commands was not set" in caplog.text


async def test_the_profile_is_set_in_every_language_it_has_and_only_where_it_differs(talk: Talk) -> None:
    bot = talk("ru").bot
    said: list[str] = []

    profile = read_profile(ROOT / "content")
    picture = b"\xff\xd8\xff"

    await set_profile(bot, profile, picture, said.append)
    await set_profile(bot, profile, None, said.append)

    assert (await bot.get_my_description(language_code="uz")).description == profile["uz"]["description"]
    assert (await bot.get_my_short_description(language_code="kk")).short_description == profile["kk"]["short"]
    assert said[-1] == "picture set"
    assert len(said) == len(set(said)) > 2 * len(profile)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ru: {name: a, short: b, description: c}\n", "no `default`"),
        ("default: {name: a, short: b}\n", "must say name, short and description"),
        ("default: {name: a, short: '" + "b" * 121 + "', description: c}\n", "short must have 1 to 120"),
        ("default: [\n", "not valid YAML"),
    ],
)
def test_a_broken_profile_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "profile.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(Unreadable) as refused:
        read_profile(tmp_path)

    assert said in str(refused.value.mistake)
    assert str(refused.value.mistake).startswith("profile.yaml:")

"""What people are told is kept is what is kept: every column of the real tables has its sentence, and no other."""

import sqlite3
from pathlib import Path

import pytest

from bot.locales import Languages
from bot.memory import Memory
from bot.screens.kept import sentences
from bot.store import open_store
from tests.conftest import Talk


async def tables(folder: Path) -> dict[str, set[str]]:
    """The columns of every table of a new database, but for the list of migrations."""
    await open_store(f"sqlite:///{folder / 'safar.db'}", pytest.fail).close()
    database = sqlite3.connect(folder / "safar.db")
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: {row[1] for row in database.execute(f"PRAGMA table_info({name})")} for name in names}
    database.close()
    return {name: columns for name, columns in found.items() if name != "_sqlite_migrations"}


@pytest.mark.parametrize("code", ["kk", "ru", "uz", "tg", "en"])
async def test_every_column_that_is_kept_has_its_sentence(languages: Languages, code: str, tmp_path: Path) -> None:
    english, own = sentences(lambda words: words), sentences(languages[code].say)

    assert {table: set(columns) for table, (_, columns) in own.items()} == await tables(tmp_path)
    for table, (_, columns) in own.items():
        for column, sentence in columns.items():
            assert sentence
            assert code == "en" or sentence != english[table][1][column], (code, table, column)


async def test_privacy_leads_to_what_is_kept_and_to_what_is_known(talk: Talk) -> None:
    chat = talk("ru")

    await chat.command("privacy")
    await chat.press("Что лежит на диске")
    assert "сколько людей; каждый считается раз в день" in chat.text
    await chat.press("Назад")
    await chat.press("Что ты знаешь обо мне?")

    assert "На диске: ничего." in chat.text


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "что ты знаешь обо мне"), ("uz", "Men haqimda nimani bilasan"), ("kk", "мен туралы не білесің?")],
)
async def test_what_do_you_know_about_me_may_be_typed(talk: Talk, language: str, words: str) -> None:
    chat = talk(language)

    await chat.say(words)

    assert chat.title.rstrip("?").casefold() == words.rstrip("?").casefold()


async def test_the_button_forgets_as_the_command_does(talk: Talk) -> None:
    memory = Memory()
    chat = talk("ru", memory=memory)
    await chat.command("me")
    await chat.press_old(chat.last.id, "tg/me")
    assert memory.language(chat.person.id) == "tg"

    await chat.press("Забони маро фаромӯш кунед")

    assert memory.language(chat.person.id) is None

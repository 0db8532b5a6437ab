"""Words for staff: what nobody listed, once five chats used it on a day; no name, no number, no word of danger."""

from pathlib import Path

import pytest

from bot import app
from bot.memory import Memory
from bot.simulator import Chat
from bot.store import open_store, read_words
from bot.telegram import build_dispatcher

ODD = "зюмбрик"


async def said_by(
    folder: Path, library: app.Library, people: int, message: str, is_listening: bool = True
) -> list[str]:
    """The words on the disk after so many people wrote the same message twice."""
    url = f"sqlite:///{folder / 'safar.db'}"
    store = open_store(url, pytest.fail)
    dispatcher = build_dispatcher(lambda: library.screens, store, Memory(), app.now, None, is_listening)
    chat = Chat(dispatcher, language_code="ru")
    for _ in range(people):
        await chat.say(message)
        await chat.say(message)
        chat = chat.another(language_code="ru")
    await store.close()
    return [f"{row['word']} {row['language']} {row['chats']}" for row in read_words(url)]


@pytest.mark.parametrize(("people", "kept"), [(4, []), (5, [f"{ODD} ru 5"]), (7, [f"{ODD} ru 7"])])
async def test_a_word_is_written_down_once_five_chats_used_it(
    library: app.Library, tmp_path: Path, people: int, kept: list[str]
) -> None:
    assert await said_by(tmp_path, library, people, f"сколько ждать {ODD}") == kept


@pytest.mark.parametrize(
    "message",
    [
        f"сколько ждать {ODD.capitalize()}",  # like a name
        f"меня зовут {ODD} сколько ждать",
        f"сколько ждать улица {ODD}",
        f"сколько ждать {ODD} 15",
        f"сколько ждать {ODD}25",
        f"сколько ждать t.me/{ODD}",
        f"сколько ждать @{ODD}",
        f"{ODD} держат взаперти и бьют помогите",
        f"{ODD} хочет меня убить",
        f"{ODD} плачет и боится мужа",
    ],
)
async def test_what_could_lead_to_a_person_and_what_speaks_of_danger_never_is(
    library: app.Library, tmp_path: Path, message: str
) -> None:
    assert await said_by(tmp_path, library, 6, message) == []


async def test_a_setting_switches_it_off(library: app.Library, tmp_path: Path) -> None:
    assert await said_by(tmp_path, library, 6, f"сколько ждать {ODD}", is_listening=False) == []


async def test_listed_words_are_no_news(library: app.Library, tmp_path: Path) -> None:
    assert await said_by(tmp_path, library, 6, "сколько ждать бумагу") == []

"""What is counted of a conversation, and what never is."""

from pathlib import Path

import pytest

from bot.memory import Memory
from bot.store import open_store, read_report
from tests.conftest import Talk


async def test_a_conversation_leaves_topics_and_nothing_of_the_person(talk: Talk, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'safar.db'}"
    store = open_store(url, pytest.fail)
    chat = talk("uz", store=store, memory=Memory())
    await chat.command("menu")
    await chat.press_old(chat.last.id, "uz/stay/registration")
    await chat.press_old(chat.last.id, "uz/stay/registration")
    await chat.press_old(chat.last.id, "uzc/stay/registration#helped")
    await chat.press_old(chat.last.id, "ru/rights/wages#choice")
    await chat.say("yordam")
    await chat.command("start", "tg_stay_iinSposter-7")
    await store.close()

    rows = [(row["topic"], row["language"], row["script"], row["door"], row["outcome"], row["people"], row["taps"])
            for row in read_report(url)]  # fmt: skip

    assert sorted(rows) == sorted(
        [
            ("stay/registration", "uz", "Latn", "menu", "shown", 1, 2),
            ("stay/registration", "uz", "Cyrl", "menu", "helped", 0, 1),
            ("rights/wages", "ru", "Cyrl", "choice", "shown", 1, 1),
            ("now", "uz", "Latn", "danger", "shown", 1, 1),
            ("stay/iin", "tg", "Cyrl", "link", "shown", 1, 1),
        ]
    )


async def test_two_people_count_as_two(talk: Talk, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'safar.db'}"
    store = open_store(url, pytest.fail)
    one = talk("ru", store=store)
    other = one.another(language_code="ru")

    for chat in (one, other, one):
        await chat.command("menu")
        await chat.press_old(chat.last.id, "ru/rights/wages")
    await store.close()

    assert [(row["people"], row["taps"]) for row in read_report(url)] == [(2, 3)]

"""What people hand on: a topic typed into another chat, a link of a poster."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.simulator import Chat
from bot.store import Store, open_store, read_report
from tests.conftest import Talk


def rows(url: str) -> list[tuple[object, ...]]:
    return [(row["topic"], row["language"], row["door"], row["outcome"], row["taps"]) for row in read_report(url)]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'safar.db'}"


@pytest.fixture
def store(url: str) -> Store:
    return open_store(url, pytest.fail)


@pytest.mark.parametrize(
    ("code", "asked", "topic"),
    [("ru", "не платят зарплату", "rights/wages"), ("uz", "maosh bermayapti", "rights/wages")],
)
async def test_only_what_was_really_sent_is_counted(
    talk: Talk, store: Store, url: str, code: str, asked: str, topic: str
) -> None:
    chat = talk(code, store=store)

    found = await chat.inline(asked)
    await chat.inline(asked[:5])
    sent = next(one for one in found if one["id"] == topic)
    await chat.choose(sent, asked)
    await store.close()

    assert rows(url) == [(topic, code, "inline", "shown", 1)]
    answer = next(one for one in chat.session.requests if one.method == "answerInlineQuery")
    assert answer.params["is_personal"] is True


async def test_a_shared_topic_carries_a_link_that_opens_it_in_the_same_language(talk: Talk) -> None:
    chat = talk("uz")

    found = await chat.inline("maosh bermayapti")
    url = str(found[0]["reply_markup"]["inline_keyboard"][0][0]["url"])
    reader = chat.another(language_code="ru")
    await reader.command("start", url.partition("?start=")[2])

    assert url.startswith("https://t.me/safar_bot?start=uz_")
    assert reader.title == str(found[0]["title"])


@pytest.mark.parametrize("name", ["help/violence", "trafficking/danger", "no/topic", "<b>", ""])
async def test_a_result_that_was_never_offered_is_not_counted(talk: Talk, store: Store, url: str, name: str) -> None:
    chat = talk("ru", store=store)

    await chat.choose({"id": name}, "x")
    await store.close()

    assert rows(url) == []


@pytest.mark.parametrize(
    ("source", "counted"),
    [("site-shymkent", ["site-shymkent"]), ("border", ["border"]), ("Ivan-77011234567", ["other"])],
)
async def test_a_poster_is_counted_by_its_code_and_words_in_a_link_are_not(
    talk: Talk, tmp_path: Path, store: Store, source: str, counted: list[str]
) -> None:
    chat: Chat = talk("tg", store=store)

    await chat.command("start", f"tg_rights_wagesS{source}")
    await store.close()

    written = list(Database(tmp_path / "safar.db")["sources"].rows)
    assert [row["source"] for row in written] == counted
    assert all(set(row) == {"day", "source", "taps"} for row in written)
    assert chat.text


@pytest.mark.parametrize(("code", "label"), [("ru", "Поделиться"), ("kk", "Бөлісу")])
async def test_a_topic_is_shared_by_a_button_and_a_safety_topic_has_none(talk: Talk, code: str, label: str) -> None:
    chat = talk(code)
    await chat.command("menu")

    await chat.press_old(chat.last.id, f"{code}/rights/wages#near")
    await chat.press(label)
    assert chat.opened
    assert f"start%3D{code}_rights_wages" in chat.opened
    await chat.press_old(chat.last.id, f"{code}/p9#near")

    assert label not in chat.buttons

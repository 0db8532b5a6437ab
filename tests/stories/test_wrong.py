"""A number that did not answer, a text that is wrong: one tap, counted and shown first, and nothing removed."""

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.app import Library
from bot.screens import Address
from bot.screens.wrong import code
from bot.store import open_store, read_report, read_wrong
from tests.conftest import Talk


@pytest.mark.parametrize(
    ("language", "button", "thanks"),
    [("ru", "Тут ошибка", "Спасибо"), ("tg", "Хато ҳаст", "Ташаккур"), ("kk", "Қате бар", "Рақмет")],
)
async def test_a_text_without_phones_is_reported_by_one_tap_and_once_a_day(
    talk: Talk, tmp_path: Path, language: str, button: str, thanks: str
) -> None:
    url = f"sqlite:///{tmp_path / 'safar.db'}"
    store = open_store(url, pytest.fail)
    chat = talk(language, store=store)
    await chat.command("menu")
    await chat.press_old(chat.last.id, f"{language}/stay/how-long")

    await chat.press(button)
    await chat.press(button)

    assert thanks in chat.toasts[-1]
    await store.close()
    assert [(row["thing"], row["taps"]) for row in read_wrong(url)] == [("stay/how-long", 1)]
    assert len(read_report(url)) == 1, "only the text itself was counted as asked"


@pytest.mark.parametrize(
    ("language", "button", "thanks"), [("ru", "Тут ошибка", "Спасибо"), ("uz", "Xato bor", "Rahmat")]
)
async def test_a_number_that_did_not_answer_is_marked_for_a_call_and_another_is_offered(
    talk: Talk, library: Library, tmp_path: Path, language: str, button: str, thanks: str
) -> None:
    url = f"sqlite:///{tmp_path / 'safar.db'}"
    store = open_store(url, pytest.fail)
    chat = talk(language, store=store)
    before = library.screens.at(Address("help/hotlines"), language)
    await chat.command("menu")
    await chat.press_old(chat.last.id, f"{language}/help/hotlines")

    await chat.press(button)
    await chat.press("150")

    assert thanks in chat.text
    assert "112" in chat.text
    await store.close()
    assert [(row["thing"], row["taps"]) for row in read_wrong(url)] == [("line-150", 1)]
    assert library.screens.at(Address("help/hotlines"), language) == before, "a report removes nothing"


async def test_every_text_and_every_part_carries_the_button(library: Library) -> None:
    for id, topic in library.content.topics.items():
        for address in (Address(id), Address(id, (), "steps"), Address(id, (), "who")):
            data = library.screens.codec.data("ru", Address(topic.id, (), "wrong"))
            shown = library.screens.at(address, "ru")
            assert any(one.data == data for row in shown.rows for one in row), address


def test_the_code_of_a_place_says_nothing_and_is_its_own(library: Library) -> None:
    codes = [code(place) for place in library.content.places.values()]

    assert len(set(codes)) == len(codes)
    assert all(len(one) == 6 and int(one, 16) >= 0 for one in codes)


async def test_staff_see_what_is_reported_first_with_the_number_to_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], talk: Talk
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    store = open_store(f"sqlite:///{tmp_path / 'safar.db'}", pytest.fail)
    one = talk("ru", store=store)
    for chat in (one, one.another(language_code="kk")):
        await chat.command("menu")
        await chat.press_old(chat.last.id, "ru/rights/unions#wrong-text")
    await one.press_old(one.last.id, "ru/help/hotlines#wrong")
    await one.press("150")
    await store.close()

    assert main(["report", "--wrong"]) == 0
    wrong = capsys.readouterr().out.splitlines()
    assert main(["report"]) == 0
    report = capsys.readouterr().out.splitlines()

    assert "line-150: test call to 150 (unproven)" in wrong[0], "a number comes before a text, however often"
    assert wrong[1].split()[0] == "2"
    assert "rights/unions" in wrong[1]
    assert report[0].startswith("Reported as wrong: 2.")

"""Nearest help by taps or a location: three who serve the need, proven phones alone, only a chosen region counted."""

import re
import sqlite3
from pathlib import Path

import pytest

from bot import content
from bot.app import Library, now
from bot.content import Spelling
from bot.memory import Memory
from bot.screens import Screens
from bot.simulator import Chat
from bot.store import NoStore, open_store
from bot.telegram import build_dispatcher
from tests.conftest import TODAY, Talk

WAY = {
    "ru": ("Помощь рядом", "Работа и зарплата", "Шымкент", "Сана Сезім"),
    "kk": ("Жақын жердегі көмек", "Жұмыс пен жалақы", "Шымкент", "Сана Сезім"),
    "uz": ("Yaqindagi yordam", "Ish va maosh", "Chimkent", "Sana Sezim"),
    "tg": ("Кумак дар наздикӣ", "Кор ва маош", "Шимкент", "Сана Сезім"),
}


def regions(folder: Path) -> list[tuple[str, int]]:
    database = sqlite3.connect(folder / "safar.db")
    rows = database.execute("SELECT region, taps FROM regions").fetchall()
    database.close()
    return rows


@pytest.mark.parametrize("language", WAY)
async def test_three_nearest_are_found_by_three_taps_and_only_the_region_is_counted(
    talk: Talk, tmp_path: Path, language: str
) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'safar.db'}", pytest.fail)
    chat = talk(language, store=store)
    begin, need, region, name = WAY[language]
    await chat.command("help")

    await chat.press(begin)
    await chat.press(need)
    await chat.press(region)

    assert name.casefold() in chat.text.casefold()
    assert len(re.findall(r"111", chat.text)) >= 1
    await chat.press(next(label for label in chat.buttons if name.casefold() in label.casefold()))
    assert chat.title.strip("«»").casefold().startswith(name.casefold()[:4]) or name.casefold() in chat.title.casefold()
    await store.close()
    assert regions(tmp_path) == [("shymkent", 1)]


async def test_a_region_with_several_towns_asks_for_the_town(talk: Talk) -> None:
    chat = talk("ru")
    await chat.command("menu")
    await chat.press_old(chat.last.id, "ru/near?c.karaganda")

    await chat.press("Темиртау")

    assert "в вашем городе" in chat.text
    assert "Помощь рядом: Карагандинская область" in chat.text


async def test_the_consulate_of_ones_own_country_and_no_other(talk: Talk) -> None:
    chat = talk("ru")
    await chat.command("menu")
    await chat.press_old(chat.last.id, "ru/near?d")

    await chat.press("Таджикистан")
    await chat.press("Алматы")

    assert "Таджикистан" in chat.text
    assert "Узбекистан" not in chat.text


@pytest.mark.parametrize(("language", "gone"), [("ru", "Бот удалил"), ("uz", "xabar")])
async def test_a_location_serves_the_need_chosen_before_and_leaves_the_chat(
    talk: Talk, tmp_path: Path, language: str, gone: str
) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'safar.db'}", pytest.fail)
    chat = talk(language, store=store)
    await chat.command("menu")
    await chat.press_old(chat.last.id, f"{language}/near?d.uz")

    await chat.send_location(43.24, 76.89)

    names = [line for line in chat.text.splitlines() if {"ru": "Узбекистан", "uz": "Oʻzbekiston"}[language] in line]
    assert len(names) == 3
    assert not any(message.kind == "location" for message in chat.messages)
    await store.close()
    assert regions(tmp_path) == [], "a location is no choice of a region"


async def test_only_proven_phones_are_shown_and_no_shelters_street(library: Library, talk: Talk) -> None:
    chat = talk("ru")
    unproven = {p.number for one in library.content.places.values() for p in one.phones if not p.is_proven}
    await chat.command("menu")

    for region in library.content.regions:
        for need in "abc":
            await chat.press_old(chat.last.id, f"ru/near?{need}.{region}")
            assert not set(re.findall(r"\+\d{9,}", chat.text)) & unproven
            assert "ул." not in chat.text


def small(library: Library, folder: Path, spellings: dict[str, Spelling], phones: str, more: str = "") -> Chat:
    """A phone against the small content with one helper."""
    place = (
        "helper:\n  kind: ngo\n  names: {ru: Помощник, uz: Yordamchi}\n  region: shymkent\n  city: shymkent\n"
        f"  serves: [violence]\n  confidence: medium\n{more}  phones:\n{phones}"
    )
    with (folder / "places.yaml").open("a", encoding="utf-8") as file:
        file.write(place)
    screens = Screens(content.load(folder, spellings), library.languages, library.matcher, lambda: TODAY)
    return Chat(build_dispatcher(lambda: screens, NoStore(), Memory(), now), language_code="ru")


CONFIRMED = (
    "  - number: '+77012345678'\n    status: confirmed\n    hours: Mon-Fri 9:00-18:00\n"
    "    confirmed: [{role: lawyer, on: 2026-11-20, by: call}, {role: coordinator, on: 2026-11-21}]\n"
)


async def test_a_confirmed_phone_shows_its_hours_and_is_saved_under_a_name_that_says_nothing(
    library: Library, folder: Path, spellings: dict[str, Spelling]
) -> None:
    chat = small(library, folder, spellings, CONFIRMED, "  lat: '42.32'\n  lon: '69.6'\n")
    await chat.command("menu")
    await chat.press_old(chat.last.id, "ru/near?b.shymkent")
    assert "+77012345678 (пн-пт 9:00-18:00)" in chat.text

    await chat.press("Помощник")
    assert any(one.label == "На карте" and "42.32" in one.value for row in chat.last.rows for one in row)
    await chat.press("Сохранить контакт")

    file = chat.world.files[chat.last.content["document"]["file_id"]]
    assert file.name == "contact.vcf"
    assert b"FN:\xd0\x97\xd0\xbd\xd0\xb0\xd0\xba\xd0\xbe\xd0\xbc\xd1\x8b\xd0\xb9\r\nTEL:+77012345678" in file.content
    assert "Помощник" not in chat.text
    await chat.press("Назад")
    assert chat.title == "Помощник"


async def test_a_phone_that_did_not_answer_is_reported_from_the_page_of_its_place(
    library: Library, folder: Path, spellings: dict[str, Spelling]
) -> None:
    chat = small(library, folder, spellings, CONFIRMED)
    await chat.command("menu")
    await chat.press_old(chat.last.id, "ru/near?b.shymkent")
    await chat.press("Помощник")

    await chat.press("Тут ошибка")

    assert "Мы позвоним по этому номеру" in chat.text


@pytest.mark.parametrize("data", ["near?z", "near?a.nowhere", "near?a.shymkent.nowhere", "near?d.xx", "at?000000"])
async def test_an_answer_nobody_knows_opens_the_menu(talk: Talk, data: str) -> None:
    chat = talk("ru")
    await chat.command("menu")

    await chat.press_old(chat.last.id, f"ru/{data}")

    assert "от старой версии" in chat.text

"""Which permit do I need: from citizenship to what it costs in tenge today, with a way back and a link to share."""

from datetime import date
from urllib.parse import unquote

import pytest

from bot.app import Library, now
from bot.memory import Memory
from bot.screens import Screens
from bot.simulator import Chat
from bot.store import NoStore
from bot.telegram import build_dispatcher
from tests.conftest import Talk


def in_june(library: Library, language: str) -> Chat:
    """A phone in June 2026, when the index of all the months to come is known."""
    screens = Screens(library.content, library.languages, library.matcher, lambda: date(2026, 6, 10))
    return Chat(build_dispatcher(lambda: screens, NoStore(), Memory(), now), language_code=language)


WAYS = {
    "ru": ("Узбекистан", "В доме у частного человека", "Уборка, готовка, сад, скот", "3 месяца", "Изменить ответ"),
    "kk": ("Өзбекстан", "Жеке адамның үйінде", "Тазалау, тамақ, бақ, мал", "3 ай", "Жауапты өзгерту"),
    "tg": ("Ӯзбекистон", "", "", "3 моҳ", ""),
}


@pytest.mark.parametrize("language", ["ru", "kk"])
async def test_five_taps_lead_from_citizenship_to_the_price_in_tenge_today(library: Library, language: str) -> None:
    chat = in_june(library, language)
    await chat.command("menu")
    await chat.press_old(chat.last.id, f"{language}/permits/which?start")

    for label in WAYS[language][:4]:
        await chat.press(label)

    assert "51 900 ₸" in chat.text.replace("\xa0", " ")
    assert "21.11.2026" in chat.text
    await chat.press(WAYS[language][4])
    await chat.press(WAYS[language][4])
    assert WAYS[language][2] in chat.buttons, "two steps back"


@pytest.mark.parametrize("language", ["ru", "uz", "tg"])
async def test_the_result_is_shared_by_a_link_that_opens_the_same_result(talk: Talk, language: str) -> None:
    chat = talk(language)
    await chat.command("menu")
    await chat.press_old(chat.last.id, f"{language}/permits/which?uz.private.house.m1")
    shown = chat.text

    link = next(one.value for row in chat.last.rows for one in row if "share/url" in one.value)
    target = unquote(link.partition("url=")[2])
    other = chat.another(language_code="en")
    await other.command("start", target.partition("?start=")[2])

    assert target.startswith("https://t.me/")
    assert other.text == shown


@pytest.mark.parametrize("language", ["ru", "kk", "uz", "tg", "en"])
async def test_building_in_a_home_and_a_season_have_answers_of_their_own(talk: Talk, language: str) -> None:
    chat = talk(language)
    await chat.command("menu")
    titles = []

    for way in ("uz.private.build", "uz.company.farm.season", "uz.company.farm.long", "uz.season", "uz.company.other"):
        await chat.press_old(chat.last.id, f"{language}/permits/which?{way}")
        titles.append(chat.title)

    assert titles[1] == titles[3]
    assert titles[2] == titles[4]
    assert len(set(titles)) == 3

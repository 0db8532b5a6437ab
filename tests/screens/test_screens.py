"""Every screen in every language: within Telegram's rules, with a way on, and true to its facts."""

import re
from datetime import date, timedelta

import pytest

from bot.app import Library, today
from bot.bot_api.keyboard import check_keyboard
from bot.bot_api.text import check_caption, check_text
from bot.safety import is_safety
from bot.screens import Address, Screen, Screens, danger
from bot.screens.every import addresses
from bot.telegram.show import inline_keyboard
from bot.telegram.split import split

CODES = ["kk", "ru", "uz", "uzc", "tg", "en"]


def check_screen(screen: Screen) -> None:
    """Telegram takes each piece, and every button leads somewhere."""
    if screen.toast:
        assert 1 <= len(screen.toast) <= 200
        return
    if screen.attachment:
        check_caption(screen.text, "HTML")
    for piece in split(screen.text):
        check_text(piece, "HTML")
    assert "{" not in screen.text
    markup = inline_keyboard(screen)
    if markup is not None:
        check_keyboard(markup.model_dump(exclude_none=True))


@pytest.mark.parametrize("code", CODES)
def test_every_screen_of_every_language_is_one_that_telegram_takes(library: Library, code: str) -> None:
    for address in addresses(library.content):
        screen = library.screens.at(address, code)
        check_screen(screen)
        assert len(split(screen.text)) == 1, f"{address} is too long for one message"


@pytest.mark.parametrize("code", CODES)
def test_every_button_of_every_screen_leads_to_a_screen(library: Library, code: str) -> None:
    lost = library.screens.lost(code).text

    for address in addresses(library.content):
        for row in library.screens.at(address, code).rows:
            for button in row:
                if button.data:
                    opened = library.screens.press(button.data)
                    assert opened is not None, button
                    assert opened.screen.text != lost, f"{address}: {button} leads nowhere"


@pytest.mark.parametrize("code", CODES)
def test_help_is_one_tap_away_on_every_screen(library: Library, code: str) -> None:
    ways = {f"{code}/help", f"{code}/now", f"{code}/menu"}

    for address in addresses(library.content):
        screen = library.screens.at(address, code)
        if screen.toast or address.path in ("language", "welcome"):
            continue
        data = {button.data for row in screen.rows for button in row}
        if screen.asks:  # a message that opens a reply can carry no buttons; a command in it is a tap as well
            assert "/help" in screen.text
            continue
        assert data & ways, f"{address} has no way to help"


@pytest.mark.parametrize("days", [-400, -1, 0, 1, 41, 400, 800])
def test_every_screen_can_be_drawn_on_any_day(library: Library, days: int) -> None:
    day = today() + timedelta(days=days)
    screens = Screens(library.content, library.languages, library.matcher, lambda: day)

    for address in addresses(library.content):
        for code in ("ru", "uzc"):
            check_screen(screens.at(address, code))


def test_without_a_new_index_every_sum_is_said_in_indices_or_with_its_year(library: Library) -> None:
    new_year = Screens(library.content, library.languages, library.matcher, lambda: date(2027, 1, 1))

    for address in addresses(library.content):
        text = new_year.at(address, "ru").text
        for amount in re.findall(r"МРП \(([\d\s]+) ₸", text):
            assert int(re.sub(r"\s", "", amount)) % 3932 == 0, f"{address}: a sum that is not of the named year 2025"
        for before, after in re.findall(r"(.{0,10})4\s325 ₸(.{0,25})", text):
            assert "данные 2026 года" in after or before == "2026 год: ", address


def test_a_text_nobody_reviewed_says_so_in_the_readers_language(library: Library) -> None:
    assert "юрист ещё не читал" in library.screens.at(Address("stay/registration"), "ru").text
    assert "yurist hali oʻqimagan" in library.screens.at(Address("stay/registration"), "uz").text


@pytest.mark.parametrize("code", CODES)
def test_safety_topics_are_never_missing(library: Library, code: str) -> None:
    for topic in library.content.topics:
        if is_safety(topic):
            assert library.content.text(topic, code) is not None, f"{topic} in {code}"


def test_an_unknown_address_opens_the_menu_with_a_word_why(library: Library) -> None:
    screen = library.screens.at(Address("stay/no-such-topic"), "ru")

    assert screen.text.startswith("Эта кнопка от старой версии")
    assert screen.rows == library.screens.at(Address("menu"), "ru").rows


def test_the_numbers_of_the_danger_screen_are_official_in_the_directory(library: Library) -> None:
    official = {
        phone.number
        for place in library.content.places.values()
        for phone in place.phones
        if phone.status == "official"
    }

    for code in CODES:
        for door in ("", *"abcdefghim"):
            screen = danger.screen((door,) if door else (), code, library.screens.codec)
            assert set(re.findall(r"\b\d{3,}\b", screen.text)) <= official
            assert {button.copy for row in screen.rows for button in row if button.copy} <= official


def test_the_danger_screen_is_short_and_has_two_doors_of_equal_weight(library: Library) -> None:
    for code in CODES:
        screen = library.screens.at(Address("now"), code)
        assert len(re.sub("<[^>]+>", "", screen.text)) < 400
        doors = [row for row in screen.rows if row[0].data in (f"{code}/now?a", f"{code}/now?b")]
        assert [len(row) for row in doors] == [1, 1]

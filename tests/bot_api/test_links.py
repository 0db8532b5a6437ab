"""What a phone makes tappable by itself, and what it leaves alone."""

import pytest

from bot.bot_api import find_links, parse_html


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://gov.kz/a.", [("url", "https://gov.kz/a")]),
        ("egov.kz and migration.gov.kz/page?x=1", [("url", "egov.kz"), ("url", "migration.gov.kz/page?x=1")]),
        ("write to help@sana-sezim.kz", [("email", "help@sana-sezim.kz")]),
        ("/start or /help@safar_bot", [("bot_command", "/start"), ("bot_command", "/help@safar_bot")]),
        ("ask @safar_bot", [("mention", "@safar_bot")]),
        ("#помощь", [("hashtag", "#помощь")]),
        ("+7 727 222 21 13", [("phone_number", "+7 727 222 21 13")]),
        ("+77272222113, or so", [("phone_number", "+77272222113")]),
        ("112, 102 and 111", []),
        ("8 727 222 21 13", []),
        ("and/or, 1/2, km/h", []),
        ("3932 tenge. 10.5 days", []),
        ("#1 of 5", []),
    ],
)
def test_plain_texts(text: str, found: list[tuple[str, str]]) -> None:
    links = find_links(text)

    assert [(link["type"], text[link["offset"] : link["offset"] + link["length"]]) for link in links] == found


def test_places_are_counted_in_utf16() -> None:
    assert find_links("😀 /help") == ({"type": "bot_command", "offset": 3, "length": 5},)


def test_a_link_or_code_of_the_author_is_not_searched() -> None:
    formatted = parse_html('<a href="https://a.kz">b.kz</a> <code>/help</code> <b>c.kz</b>')

    links = find_links(formatted.text, formatted.entities)

    assert [link["type"] for link in links] == ["text_link", "code", "bold", "url"]

"""Whatever is written, the rules answer with a text or with a refusal, never with a crash."""

from contextlib import suppress
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as some

from bot.bot_api import BotApiError, Formatted, check_text, find_links, parse_html, to_html, utf16_length

PIECES = [
    "<b>",
    "</b>",
    "<a href=",
    '"',
    "'",
    ">",
    "</",
    "<",
    "&",
    "&lt;",
    "&#x1F600;",
    "=",
    " ",
    "/",
    "x",
    "қ",
    "😀",
    "\n",
]
markup = some.lists(some.sampled_from(PIECES), max_size=12).map("".join)


@settings(deadline=None)
@given(some.text() | markup)
def test_markup_is_read_or_refused(text: str) -> None:
    formatted = Formatted("")
    with suppress(BotApiError):
        formatted = check_text(text, "HTML")

    assert_sound(formatted)


def assert_sound(formatted: Formatted) -> None:
    end = utf16_length(formatted.text)
    assert all(0 <= one["offset"] < one["offset"] + one["length"] <= end for one in formatted.entities)
    again = parse_html(to_html(formatted.text, formatted.entities))
    assert again.text == formatted.text


@settings(deadline=None)
@given(some.text())
def test_an_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(escape(text)).text == text


@settings(deadline=None)
@given(some.text())
def test_links_are_found_inside_the_text(text: str) -> None:
    end = utf16_length(text)

    assert all(0 <= link["offset"] < link["offset"] + link["length"] <= end for link in find_links(text))

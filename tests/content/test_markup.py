"""Our small Markdown becomes Telegram's HTML, and nothing a person or editor writes becomes more than that."""

import pytest

from bot.bot_api.markup import parse_html
from bot.content.markup import foreign_marks, to_html, topic_links


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One **two**.", "One <b>two</b>."),
        ("One\ntwo", "One\ntwo"),
        ("One\n\nTwo", "One\n\nTwo"),
        ("- a\n- b", "• a\n• b"),
        ("1. a\n2. b", "1. a\n2. b"),
        ("Intro\n\n1. a\n2. b\n\nEnd", "Intro\n\n1. a\n2. b\n\nEnd"),
        ("[eGov](https://egov.kz?a=1&b=2)", '<a href="https://egov.kz?a=1&amp;b=2">eGov</a>'),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("see [that](permits/which)", "see <b>that</b>"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<b>raw</b>", "&lt;b&gt;raw&lt;/b&gt;"),
        ("*one* _two_", "*one* _two_"),
        ("112 – **112**", "112 – <b>112</b>"),
    ],
)
def test_markup(markdown: str, html: str) -> None:
    assert to_html(markdown) == html
    parse_html(html)


def test_links_to_topics_are_found_once_and_in_order() -> None:
    assert topic_links("[a](stay/overstay) [b](https://x.kz) [c](help/hotlines) [d](stay/overstay)") == (
        "stay/overstay",
        "help/hotlines",
    )


def test_marks_of_other_dialects_are_named() -> None:
    assert foreign_marks("> quote\n\n| a | b |\n\n`code` <u>x</u>") == [">", "| a | b |", "`", "<u>", "</u>"]

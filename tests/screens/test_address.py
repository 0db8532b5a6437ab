"""Addresses: two spellings of one thing, both within Telegram's limits, and neutral where safety asks for it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import Library
from bot.safety import is_safety
from bot.screens import Address, Codec
from bot.screens.address import MOST_BYTES, Link, fits
from bot.screens.every import addresses

LONGEST_SOURCE = "market-12"


def test_every_address_fits_a_button_in_every_language_and_comes_back(library: Library) -> None:
    codec = library.screens.codec

    for address in addresses(library.content):
        for language in library.languages:
            data = codec.data(language.code, address)
            assert fits(data), data
            assert codec.parse(data) == (language.code, address)


def test_every_address_fits_a_link_with_the_longest_source_and_comes_back(library: Library) -> None:
    codec = library.screens.codec

    for address in addresses(library.content):
        for language in library.languages:
            link = Link(language.code, address, LONGEST_SOURCE)
            start = codec.start(link)
            assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start), start
            assert codec.from_start(start) == link


def test_a_safety_topic_goes_under_a_name_that_says_nothing(library: Library) -> None:
    codec = library.screens.codec

    for topic in library.content.topics:
        if is_safety(topic):
            data = codec.data("en", Address(topic))
            assert not any(word in data for word in topic.replace("/", "-").split("-")), data


@pytest.mark.parametrize(
    "data", ["", "ru", "ru/", "xx/menu", "ru/../menu", "ru/menu?", "ru/a/b/c", "RU/menu", "ru/menu\n"]
)
def test_what_was_never_ours_is_no_address(data: str) -> None:
    assert Codec({}, ["ru"]).parse(data) is None


@given(st.text(max_size=80))
def test_no_text_at_all_breaks_the_codec(text: str) -> None:
    codec = Codec({"help/violence": "k2"}, ["ru", "uzc"])

    parsed = codec.parse(text)

    assert parsed is None or codec.parse(codec.data(*parsed)) == parsed
    codec.from_start(text)


def test_a_link_is_never_longer_than_telegram_takes() -> None:
    assert MOST_BYTES == 64
    assert Codec({}, ["ru"]).from_start("ru_menu" + "S" + "a" * 64) is None

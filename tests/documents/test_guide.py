"""The guide and the card: light, whole, dated, every letter drawn, the same bytes until the content changes."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.charts.font import missing_letters
from bot.content import Content
from bot.documents import guide
from bot.documents.shelf import Shelf
from bot.locales import Languages
from tests.conftest import TODAY
from tests.documents.conftest import page_count

CODES = ("kk", "ru", "uz", "uzc", "tg", "en")


@pytest.mark.parametrize("code", CODES)
def test_a_guide_is_light_and_holds_every_text_with_its_sources_and_dates(
    real: Content, languages: Languages, code: str
) -> None:
    data = guide.data("all", real, languages[code], TODAY)

    topics = [topic for group in data["groups"] for topic in group["topics"]]
    assert [topic["id"] for topic in topics] == [id for id in real.topics if real.text(id, code)]
    assert all(re.search(r"\d\d\.\d\d\.\d{4}", topic["compared"]) for topic in topics)
    assert all(topic["sources"] for topic in topics)
    assert "{" not in json.dumps([topic["short"] for topic in topics]).replace('{"', "")
    assert not missing_letters(json.dumps(data, ensure_ascii=False)) - {"\\"}


@pytest.mark.parametrize("code", ["kk", "tg"])
def test_the_file_weighs_less_than_a_megabyte_and_is_the_same_twice(
    real: Content, languages: Languages, code: str
) -> None:
    data = guide.data("all", real, languages[code], TODAY)

    made = guide.to_file("all", data)

    assert made.startswith(b"%PDF")
    assert len(made) < 1_000_000
    assert page_count(made) > 50
    assert guide.to_file("all", guide.data("all", real, languages[code], TODAY)) == made


@pytest.mark.parametrize("code", CODES)
def test_a_card_is_one_small_page_and_a_sheet_of_four_with_proven_numbers_alone(
    real: Content, languages: Languages, code: str
) -> None:
    data = guide.data("card", real, languages[code], TODAY)

    assert page_count(guide.to_file("card", data)) == 2
    assert [one["number"] for one in data["numbers"]] == ["112", "101", "102", "103", "104", "111"]
    assert all(one["who"] for one in data["numbers"])
    assert not missing_letters(json.dumps(data, ensure_ascii=False))


def test_a_file_changes_with_a_text_and_not_with_the_day(real: Content, languages: Languages) -> None:
    before = guide.fingerprint(guide.data("all", real, languages["ru"], TODAY))

    tomorrow = guide.fingerprint(guide.data("all", real, languages["ru"], TODAY + timedelta(days=1)))
    text = replace(real.texts["stay/registration", "ru"], short="Другое.")
    edited = replace(real, texts={**real.texts, ("stay/registration", "ru"): text})

    assert tomorrow == before
    assert guide.fingerprint(guide.data("all", edited, languages["ru"], TODAY)) != before


def test_words_of_a_text_are_words_and_no_code(languages: Languages, real: Content) -> None:
    text = replace(real.texts["stay/registration", "ru"], short='#read("/etc/passwd") $x$ *a* \\ @b <c> [d]')
    only = replace(real, texts={("stay/registration", "ru"): text})

    made = guide.to_file("all", guide.data("all", only, languages["ru"], date(2026, 11, 22)))

    assert made.startswith(b"%PDF")


def test_a_shelf_makes_a_file_once() -> None:
    shelf, made = Shelf(), []

    def make() -> bytes:
        made.append(1)
        return b"x"

    assert shelf.take("a", make) == shelf.take("a", make) == b"x"
    assert len(made) == 1

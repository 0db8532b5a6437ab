"""The bot's phrases: complete in every language, with the same gaps, and safe where a translator slipped."""

import shutil
from pathlib import Path

import pytest

from bot import locales
from bot.app import check_locales
from bot.locales import Languages
from bot.phrases import said_in_code
from bot.settings import ROOT


def test_every_phrase_the_code_says_is_translated_into_every_language(languages: Languages) -> None:
    assert [str(mistake) for mistake in check_locales(languages, ROOT / "locales")] == []


@pytest.mark.parametrize("code", ["kk", "ru", "uz", "uzc", "tg", "en"])
def test_every_phrase_can_be_said_with_its_gaps_filled(languages: Languages, code: str) -> None:
    for phrase in said_in_code():
        gaps = dict.fromkeys(locales.gaps(phrase), "7")

        assert "{" not in languages[code].say(phrase, **gaps)


def test_the_languages_stand_in_their_order_each_in_its_own_name(languages: Languages) -> None:
    assert [language.name for language in languages] == [
        "Қазақша",
        "Русский",
        "Oʻzbekcha",
        "Ўзбекча",
        "Тоҷикӣ",
        "English",
    ]


def test_a_clients_language_we_do_not_have_gets_russian(languages: Languages) -> None:
    assert languages.for_client("pt-br").code == "ru"
    assert languages.for_client("uz").code == "uz"
    assert languages.for_client(None).code == "ru"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "locales", tmp_path / "locales"))


def spoil(copy: Path, old: str, new: str) -> None:
    path = copy / "ru" / "LC_MESSAGES" / "messages.po"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_translation_with_another_gap_is_named_and_english_is_said(copy: Path) -> None:
    spoil(copy, "Прочитать: {language}", "Прочитать: {langauge}")

    found = locales.load(copy)

    assert found["ru"].say("Read it: {language}", language="X") == "Read it: X"
    assert "langauge" in found.mistakes[0][2]


def test_a_lost_quote_is_named_and_the_rest_is_still_said(copy: Path) -> None:
    spoil(copy, 'msgstr "Назад"', 'msgstr "Назад')

    found = locales.load(copy)
    mistakes = [str(mistake) for mistake in check_locales(found, copy)]

    assert found["kk"].say("Back") == "Артқа"
    assert any("ru/LC_MESSAGES/messages.po" in mistake for mistake in mistakes)


def test_a_missing_and_an_unused_phrase_are_named_with_their_lines(copy: Path) -> None:
    spoil(copy, 'msgid "Back"', 'msgid "Backwards"')

    mistakes = [str(mistake) for mistake in check_locales(locales.load(copy), copy)]

    assert any("“Back” is missing" in mistake for mistake in mistakes)
    assert any("“Backwards” is no phrase of the bot any more" in mistake for mistake in mistakes)


def test_a_new_language_is_a_folder_and_nothing_else(copy: Path) -> None:
    shutil.copytree(copy / "ru", copy / "ky")
    (copy / "ky" / "language.yaml").write_text("name: Кыргызча\ncldr: ky\nscript: Cyrl\norder: 7\n", encoding="utf-8")

    found = locales.load(copy)

    assert found["ky"].name == "Кыргызча"
    assert [language.code for language in found][-1] == "ky"


def test_a_folder_without_any_language_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(locales.BadLocales):
        locales.load(tmp_path)

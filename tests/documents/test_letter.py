"""The complaint as files: a page each, every letter drawn, the same bytes for the same words."""

from dataclasses import astuple
from pathlib import Path

import pytest

from bot import content
from bot.charts.font import missing_letters
from bot.content import Content, Spelling
from bot.content.check import check
from bot.documents import letter
from bot.settings import ROOT
from tests.conftest import TODAY
from tests.documents.conftest import page_count

CODES = ("kk", "ru", "uz", "uzc", "tg", "en")
LONGEST = ("Щ" * 200, " ".join(["Щщщщщщщ"] * 25), "30.12.2026", "9 999 999 999 ₸")


@pytest.mark.parametrize(("official", "own"), [(one, own) for one in ("ru", "kk") for own in CODES])
@pytest.mark.parametrize("values", [LONGEST, (None,) * 4])
def test_each_language_is_one_page_and_each_letter_is_drawn(
    real: Content, official: str, own: str, values: tuple[str | None, ...]
) -> None:
    pages = letter.pages(real, official, own, values, TODAY)

    assert pages
    made = letter.make(pages)
    assert page_count(made["document.pdf"]) == len(pages) == len({official, own})
    assert not missing_letters("".join(str(astuple(page)) for page in pages)) - {"\u200b", "\\"}
    assert made == letter.make(pages)
    assert sum(map(len, made.values())) < 200_000


def test_the_official_page_comes_first_and_only_the_other_is_called_a_translation(real: Content) -> None:
    pages = letter.pages(real, "kk", "uz", (None,) * 4, TODAY)

    assert pages
    assert [page.title for page in pages] == ["ШАҒЫМ", "SHIKOYAT"]
    assert [bool(page.note) for page in pages] == [False, True]


def test_a_sum_is_written_in_the_numerals_of_each_page(real: Content) -> None:
    pages = letter.pages(real, "ru", "en", (None, None, None, "250,000 ₸"), TODAY)

    assert pages
    assert "250\xa0000 ₸" in " ".join(pages[0].body)
    assert "250,000 ₸" in " ".join(pages[1].body)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("[employer]", "фирма", "[employer] does not stand in the body exactly once"),
        ("  employer: Кто не платит", '  employer: "Кто: он"', "may hold no colon"),
        ("  date: Дата\n", "", "`date` is missing"),
        ("{wage_article}", "113", "a number stands in the text"),
        ("{wage_article}", "{wage_payday}", "its figures differ"),
        ("{wage_article}", "{nobody}", "neither a fact nor a place"),
    ],
)
def test_a_mistake_in_the_words_of_the_letter_is_named(
    folder: Path, spellings: dict[str, Spelling], old: str, new: str, what: str
) -> None:
    source = ROOT / "content"
    (folder / "topics.yaml").write_text("rights:\n  wages: about pay\n", encoding="utf-8")
    for name in ("facts.yaml", "sources.yaml"):
        (folder / name).write_text((source / name).read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "rights/wages").mkdir(parents=True)
    for code in ("ru", "kk"):
        words = (source / f"rights/wages/letter.{code}.yaml").read_text(encoding="utf-8")
        spoiled = words.replace(old, new) if code == "ru" else words
        (folder / f"rights/wages/letter.{code}.yaml").write_text(spoiled, encoding="utf-8")

    found = check(content.load(folder, spellings), folder, TODAY)

    assert any(what in str(mistake) for mistake in found if "letter." in mistake.file)

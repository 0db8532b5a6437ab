"""Files that are odd in shape rather than in words: named, left out or refused, and never a crash."""

import shutil
from pathlib import Path

import pytest

from bot import content, locales
from bot.content import Spelling, Unreadable
from bot.settings import ROOT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x [*x]\n", "means something else here"),
        ("a: &a [l]\nb: &b [*a, *a]\n", "means something else here"),
        ("a: " + "[" * 40 + "]" * 40 + "\n", "nested too deeply"),
        ("law: {title: {a: b}}\n", "needs at least a title"),
        ("law: {title: t, url: [x]}\n", "needs at least a title"),
    ],
)
def test_a_trick_in_the_sources_is_named(folder: Path, spellings: dict[str, Spelling], text: str, said: str) -> None:
    (folder / "sources.yaml").write_text(text, encoding="utf-8")

    found = content.load(folder, spellings)

    assert any(said in str(mistake) for mistake in found.mistakes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("days: {ru: {other: '{menu}'}}\n", "cannot be filled in"),
        ("days: {ru: {other: '{n'}}\n", "cannot be filled in"),
        ("days: many\n", "give its forms"),
        ("days: {ru: many}\n", "write the forms in braces"),
        ("date: {ru: {pattern: '{day}', months: a b}}\n", "twelve months"),
    ],
)
def test_a_broken_unit_stops_the_start_with_its_line(
    folder: Path, spellings: dict[str, Spelling], text: str, said: str
) -> None:
    (folder / "units.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(Unreadable, match=said):
        content.load(folder, spellings)


@pytest.mark.parametrize("entry", ["alias: [k9]", "near: {a: b}", "about: [x]"])
def test_a_catalogue_of_another_shape_is_refused(folder: Path, spellings: dict[str, Spelling], entry: str) -> None:
    (folder / "topics.yaml").write_text(f"stay:\n  registration:\n    {entry}\n", encoding="utf-8")

    with pytest.raises(Unreadable, match="plain words"):
        content.load(folder, spellings)


def test_an_id_too_long_for_a_button_is_refused(folder: Path, spellings: dict[str, Spelling]) -> None:
    (folder / "topics.yaml").write_text(f"stay:\n  {'a' * 60}: x\n", encoding="utf-8")

    with pytest.raises(Unreadable, match="at most"):
        content.load(folder, spellings)


def test_a_year_that_cannot_be_is_named(folder: Path, spellings: dict[str, Spelling]) -> None:
    path = folder / "stay/registration/ru.md"
    path.write_text(path.read_text(encoding="utf-8").replace("{host_days}", "{host_days@0000}"), encoding="utf-8")

    content.load(folder, spellings)


@pytest.mark.parametrize("line", ["cldr: nowhere", "cldr: ''", "name: ''"])
def test_a_language_that_cannot_be_used_is_left_out_and_named(tmp_path: Path, line: str) -> None:
    copy = shutil.copytree(ROOT / "locales", tmp_path / "locales")
    key = line.split(":", maxsplit=1)[0]
    settings = copy / "en" / "language.yaml"
    lines = [one for one in settings.read_text(encoding="utf-8").splitlines() if not one.startswith(f"{key}:")]
    settings.write_text("\n".join([*lines, line]) + "\n", encoding="utf-8")

    found = locales.load(copy)

    assert "en" not in found
    assert "ru" in found
    assert any(file == "en/language.yaml" for file, _, _ in found.mistakes)

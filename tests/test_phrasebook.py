"""The phrases of the last start: the same as those read, read anew when a file changes, and never trusted."""

import shutil
from pathlib import Path

import pytest

from bot import locales, phrasebook
from bot.settings import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "locales", tmp_path / "locales")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_what_is_kept_says_what_was_read(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = phrasebook.load(folder, cache)
    monkeypatch.setattr("bot.locales.read", lambda *_: pytest.fail("read anew"))

    kept = phrasebook.load(folder, cache)

    assert (kept.labels, kept.mistakes) == (read.labels, ())
    assert read.labels
    for one, other in zip(kept, read, strict=True):
        assert (one.code, one.name, one.cldr, one.script, one.spelled_from, one.words) == (
            other.code, other.name, other.cldr, other.script, other.spelled_from, other.words
        )  # fmt: skip
        catalogue = vars(other.phrases).get("_catalog", {})
        assert len(catalogue) > 100 or one.code == "en"
        assert vars(one.phrases).get("_catalog", {}) == catalogue
        assert one.say("Menu") == other.say("Menu")
        for count in (1, 2, 5, 21):
            said = one.say_count("{count} article", "{count} articles", count)
            assert said == other.say_count("{count} article", "{count} articles", count)


@pytest.mark.parametrize("file", ["ru/LC_MESSAGES/messages.po", "uzc/words.txt", "labels.txt", "kk/language.yaml"])
def test_a_changed_file_is_read_anew(folder: Path, cache: Path, file: str) -> None:
    phrasebook.load(folder, cache)
    before = (cache / "languages").read_bytes()

    with (folder / file).open("a", encoding="utf-8") as changed:
        changed.write("\n")
    phrasebook.load(folder, cache)

    assert (cache / "languages").read_bytes() != before


def test_a_new_phrase_is_said(folder: Path, cache: Path) -> None:
    phrasebook.load(folder, cache)
    file = folder / "ru" / "LC_MESSAGES" / "messages.po"

    file.write_text(file.read_text("utf-8") + '\nmsgid "A new phrase"\nmsgstr "Новая фраза"\n', "utf-8")

    assert phrasebook.load(folder, cache)["ru"].say("A new phrase") == "Новая фраза"


def test_a_folder_with_a_mistake_is_never_kept(folder: Path, cache: Path) -> None:
    with (folder / "ru" / "LC_MESSAGES" / "messages.po").open("a", encoding="utf-8") as file:
        file.write('\nmsgid "A {gap}"\nmsgstr "Без"\n')

    assert phrasebook.load(folder, cache).mistakes
    assert phrasebook.load(folder, cache).mistakes
    assert not (cache / "languages").exists()


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'{"told": [{}], "labels": []}', b'{"told": [', b"\xff", None])
def test_what_somebody_wrote_over_it_is_read_anew(folder: Path, cache: Path, body: bytes | None) -> None:
    phrasebook.load(folder, cache)
    file = cache / "languages"
    whole = file.read_bytes()
    file.write_bytes(whole[:64] + (whole[64:-100] if body is None else body))

    assert phrasebook.load(folder, cache)["ru"].say("Help now") == locales.load(folder)["ru"].say("Help now")

    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_costs_only_time(folder: Path, cache: Path) -> None:
    cache.write_text("no folder")

    assert phrasebook.load(folder, cache)["ru"].name == "Русский"


def test_a_folder_without_languages_cannot_be_used(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(locales.BadLocales):
        phrasebook.load(tmp_path, cache)


def test_a_file_that_cannot_be_read_is_named_and_the_rest_serves(folder: Path, cache: Path) -> None:
    (folder / "ru/LC_MESSAGES/messages.po").unlink()
    (folder / "ru/LC_MESSAGES/messages.po").mkdir()

    found = phrasebook.load(folder, cache)

    assert [one.code for one in found] == [one.code for one in locales.load(folder)]

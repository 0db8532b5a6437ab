"""The snapshot of the last start: taken up where nothing has changed, and never trusted with code."""

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import app, snapshot
from bot.app import Library
from bot.settings import ROOT, Settings
from tests.conftest import TODAY


@pytest.fixture
def small(tmp_path: Path, folder: Path) -> Settings:
    """A bot over the small content, with a data folder of its own."""
    return Settings(data_dir=tmp_path / "data", content_dir=folder, locales_dir=ROOT / "locales")


@pytest.fixture
def kept(small: Settings) -> Path:
    """The snapshot of a first start."""
    Library(small)
    return small.data_dir / "cache" / "snapshot"


def mark(settings: Settings) -> str:
    return snapshot.fingerprint(settings.content_dir, settings.locales_dir, today=app.today())


def test_the_second_start_reads_nothing_and_answers_alike(
    small: Settings, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Library(small)
    monkeypatch.setattr("bot.content.load", lambda *_: pytest.fail("read anew"))

    second = Library(small)

    assert second.content.texts == first.content.texts
    assert second.content.fill("{host_days}, {line-112}", "uzc", TODAY) == "3 иш куни, **112**"
    for question in ("Как зарегистрироваться?", "Регистрация", "roʻyxatdan oʻtish", "меня бьют, помогите", "112"):
        assert second.matcher.match(question) == first.matcher.match(question)


@pytest.mark.parametrize("is_first", [True, False])
def test_no_start_of_the_bot_needs_numpy_and_a_first_one_learns_beside(small: Settings, *, is_first: bool) -> None:
    if not is_first:
        Library(small)
    code = f"""
import sys
from pathlib import Path
from bot.app import Library
from bot.settings import Settings
from bot.desk import site
from bot.store import sqlite, staff
from bot.telegram import polling
settings = Settings(data_dir=Path({str(small.data_dir)!r}), content_dir=Path({str(small.content_dir)!r}))
library = Library(settings, learns_apart=True)
assert library.matcher.match("Регистрация где").answer == "confident"
sys.exit("numpy" in sys.modules)
"""
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (found.returncode, found.stderr) == (0, "")


def test_the_whole_content_comes_back_as_it_was(library: Library, settings: Settings) -> None:
    languages = app.spellings(library.languages)

    found = snapshot.load(settings.data_dir / "cache", mark(settings), languages, settings.content_dir)

    assert found is not None
    content, matcher = found
    for name in ("groups", "texts", "flows", "flow_words", "regions", "places", "sources", "notices", "charts"):
        assert getattr(content, name) == getattr(library.content, name), name
    for asked in ("где взять ИИН", "patent narxi qancha", "хозяин забрал паспорт"):
        assert matcher.match(asked) == library.matcher.match(asked)


def test_a_changed_file_a_new_one_and_a_new_day_are_read_anew(small: Settings) -> None:
    folder = small.content_dir
    seen = {mark(small), snapshot.fingerprint(folder, small.locales_dir, today=app.today() + timedelta(1))}

    (folder / "stay" / "ru.md").write_text("---\ntitle: Другое\n---\nДругое.\n", "utf-8")
    seen.add(mark(small))
    (folder / "lexicon.yaml").write_text("host: [хозяин]\n", "utf-8")
    seen.add(mark(small))

    assert len(seen) == 4
    assert Library(small).content.texts["stay", "ru"].title == "Другое"


def test_a_newer_library_reads_anew(small: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = mark(small)
    monkeypatch.setattr("bot.snapshot.version", lambda name: f"{name} of tomorrow")

    assert mark(small) != before


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_a_torn_snapshot_is_read_anew_and_written_over(small: Settings, kept: Path, share: float) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(whole[: int(len(whole) * share)])

    assert Library(small).content.topics

    assert snapshot.load(kept.parent, mark(small), {}, small.content_dir) is not None


class Bomb:
    """What a stranger who can write into DATA_DIR would put there."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.target),)


@pytest.mark.parametrize("named", [b"cos\nmkdir\n", b"cbot.content\nload\n", b"cbot.content.reading\nyaml.load\n"])
def test_a_snapshot_may_name_no_function(small: Settings, kept: Path, named: bytes) -> None:
    kept.write_bytes(mark(small).encode() + named + b".")

    assert snapshot.load(kept.parent, mark(small), {}, small.content_dir) is None


def test_a_snapshot_runs_nothing(small: Settings, kept: Path, tmp_path: Path) -> None:
    kept.write_bytes(mark(small).encode() + pickle.dumps(Bomb(tmp_path / "ran")))

    assert Library(small).content.topics

    assert not (tmp_path / "ran").exists()


def test_a_folder_that_cannot_be_written_costs_only_time(small: Settings, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "cache").write_text("no folder")

    assert Library(small).content.topics


def test_lean_no_keeps_no_snapshot(small: Settings) -> None:
    assert Library(replace(small, is_lean=False)).content.topics

    assert not (small.data_dir / "cache" / "snapshot").exists()


def test_a_cache_that_is_cleared_under_a_running_bot_changes_nothing(small: Settings, kept: Path) -> None:
    library = Library(small)
    kept.unlink()

    assert library.matcher.match("помогите").urgent
    assert library.matcher.match("Регистрация где").answer == "confident"


def test_a_bit_that_fell_over_is_noticed_before_it_is_believed(small: Settings, kept: Path) -> None:
    whole = bytearray(kept.read_bytes())
    whole[-5000] ^= 1
    kept.write_bytes(whole)

    assert snapshot.load(kept.parent, mark(small), {}, small.content_dir) is None
    assert Library(small).matcher.match("Регистрация где").answer == "confident"


def test_a_table_beyond_the_end_is_no_snapshot(small: Settings, kept: Path) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(whole[:64] + (1 << 40).to_bytes(8, "little") + whole[72:])

    assert snapshot.load(kept.parent, mark(small), {}, small.content_dir) is None

"""The library: what was edited is in force as a whole and at once, with what is learned of it right after."""

import gc
import shutil
from pathlib import Path
from weakref import ref

import pytest

from bot import app, snapshot
from bot.library import Library
from bot.settings import ROOT, Settings


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Library:
    """A bot over the small content, with a data folder of its own."""
    return Library(Settings(data_dir=tmp_path / "data", content_dir=folder, locales_dir=ROOT / "locales"))


def test_new_words_facts_and_questions_are_in_force_at_once(library: Library, folder: Path) -> None:
    edit(folder / "stay/registration/ru.md", "Хозяин сообщает", "Хозяин жилья сообщает")
    edit(folder / "stay/registration/ru.md", "Регистрация как;", "где мой штампик; Регистрация как;")
    edit(folder / "facts.yaml", "value: 3", "value: 5")
    (folder / "lexicon.yaml").write_text("register: [зюзюка]\n", encoding="utf-8")

    library.take_up()

    text = library.content.texts["stay/registration", "ru"]
    assert library.content.fill(text.short, "ru", app.today()) == "Хозяин жилья сообщает за **5 рабочих дней**."
    assert library.matcher.match("Где мой штампик?").topics[0][0] == "stay/registration"
    assert library.matcher.judge.is_known("зюзюка")
    assert library.screens.content is library.content


def test_what_is_learned_of_it_is_in_force_soon_and_at_the_next_start(library: Library, folder: Path) -> None:
    edit(folder / "stay/registration/ru.md", "Регистрация как;", "незнакомое словечко; Регистрация как;")
    library.take_up()

    library.learn()

    assert library.matcher.judge.is_known("словечко")
    mark = snapshot.fingerprint(*library.folders, today=app.today())
    assert snapshot.load(library._cache, mark, library.content.spellings, folder) is not None


def test_no_question_leads_to_a_topic_that_is_gone(library: Library, folder: Path) -> None:
    assert library.matcher.match("Телефоны").topics[0][0] == "help/lines"
    edit(folder / "topics.yaml", "  lines:\n    about: y\n    alias: k9\n", "  others:\n    about: y\n")
    edit(folder / "topics.yaml", "    near: help/lines\n", "")
    shutil.move(folder / "help/lines", folder / "help/others")

    library.take_up()

    assert "help/lines" not in [topic for topic, _ in library.matcher.match("Телефоны").topics]


def test_a_text_that_is_broken_now_stays_as_it_was(library: Library, folder: Path) -> None:
    (folder / "stay/registration/uz.md").write_text("no header at all", encoding="utf-8")
    edit(folder / "stay/registration/ru.md", "Хозяин сообщает", "Хозяин жилья сообщает")

    library.take_up()

    assert library.content.texts["stay/registration", "uz"].title == "Roʻyxatdan oʻtish"
    assert "Хозяин жилья" in library.content.texts["stay/registration", "ru"].short
    assert [mistake.file for mistake in library.content.mistakes] == ["stay/registration/uz.md"]


def test_a_broken_catalogue_changes_nothing(library: Library, folder: Path) -> None:
    before = library.content
    (folder / "topics.yaml").write_text("][", encoding="utf-8")

    library.take_up()

    assert library.content is before


def test_a_recording_is_found_after_the_next_start_too(library: Library, folder: Path, tmp_path: Path) -> None:
    (folder / "stay/registration/ru.ogg").write_bytes(b"voice")
    settings = Settings(data_dir=tmp_path / "data", content_dir=folder, locales_dir=ROOT / "locales")
    assert Library(settings).content.texts["stay/registration", "ru"].recording
    moved = shutil.move(folder, tmp_path / "moved" / "content")

    kept = snapshot.load(
        tmp_path / "data" / "cache",
        snapshot.fingerprint(Path(moved), ROOT / "locales", today=app.today()),
        library.content.spellings,
        Path(moved),
    )

    assert kept is not None
    assert kept[0].texts["stay/registration", "ru"].recording == tmp_path / "moved/content/stay/registration/ru.ogg"


def edit(file: Path, old: str, new: str) -> None:
    """Change some words of a file."""
    words = file.read_text(encoding="utf-8")
    assert old in words
    file.write_text(words.replace(old, new), encoding="utf-8")


def test_an_old_version_is_let_go_without_a_collection_which_would_hold_up_answers(
    library: Library, folder: Path
) -> None:
    for question in ("Регистрация", "Телефоны", "меня бьют"):
        library.screens.for_question(question, "ru")
    found = library.content
    old: list[ref[object]] = [ref(library.screens), ref(found), ref(found.facts), ref(library.matcher)]
    del found
    edit(folder / "facts.yaml", "value: 3", "value: 5")
    gc.collect()
    gc.disable()
    try:
        library.take_up()
        library.learn()
        assert [one() for one in old] == [None] * 4
    finally:
        gc.enable()

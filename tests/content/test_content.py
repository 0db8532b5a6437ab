"""Reading the folder: what is broken is left out and named, the rest serves, and the last good version stays."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import content
from bot.content import Content, Spelling, Unreadable

Load = Callable[..., Content]


@pytest.fixture
def load(folder: Path, spellings: dict[str, Spelling]) -> Load:
    def read(last: Content | None = None) -> Content:
        return content.load(folder, spellings, last)

    return read


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def named(found: Content) -> list[str]:
    return [str(mistake) for mistake in found.mistakes]


def test_a_text_is_read_with_its_parts_and_spelled_in_cyrillic_too(load: Load) -> None:
    found = load()

    russian, cyrillic = found.text("stay/registration", "ru"), found.text("stay/registration", "uzc")
    assert russian is not None
    assert cyrillic is not None
    assert russian.parts == {"steps": "1. Раз.\n2. Ещё."}
    assert cyrillic.title == "Рўйхатдан ўтиш"
    assert cyrillic.short == "Уй эгаси **{host_days}** ичида хабар беради."
    assert named(found) == []


def test_a_draft_is_never_shown_but_lends_its_title(folder: Path, load: Load) -> None:
    edit(folder, "help/lines/ru.md", "compared: 2026-11-21\n", "")

    found = load()

    assert found.text("help/lines", "ru") is None
    assert found.title("help/lines", "tg") == "Телефоны"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("stay/registration/ru.md", "---\ntitle", "title", "must begin with a header"),
        ("stay/registration/ru.md", "title: Регистрация\n", "", "title is missing"),
        ("stay/registration/ru.md", "asked:", "askd:", "unknown header line `askd`"),
        ("stay/registration/ru.md", "## steps", "## Steps", "not the heading of a part"),
        ("stay/registration/ru.md", "## steps", "# steps", "not the heading of a part"),
        ("stay/registration/ru.md", "2026-11-21", "21.11.2026", "is no date"),
        ("stay/registration/ru.md", "{host_days}", "{host_day}", "{host_day} is neither a fact"),
        ("facts.yaml", "kind: working_days", "kind: working_days\n\tx: y", "not valid YAML"),
    ],
)
def test_a_broken_text_is_left_out_at_start_and_stays_as_it_was_while_running(
    folder: Path, load: Load, name: str, old: str, new: str, said: str
) -> None:
    good = load()
    edit(folder, name, old, new)

    at_start, while_running = load(), load(good)

    assert at_start.text("stay/registration", "ru") is None
    assert while_running.text("stay/registration", "ru") == good.text("stay/registration", "ru")
    assert any(said in one for one in named(at_start))
    assert any(said in one for one in named(while_running))
    assert at_start.text("help/lines", "ru") is not None


def test_a_text_that_was_removed_on_purpose_goes(folder: Path, load: Load) -> None:
    good = load()
    (folder / "stay/registration/ru.md").unlink()

    assert load(good).text("stay/registration", "ru") is None


def test_a_phone_that_broke_keeps_the_text_with_its_last_good_number(folder: Path, load: Load) -> None:
    good = load()
    edit(folder, "places.yaml", "'112'", "'one one two'")

    found = load(good)

    assert found.places["line-112"].phones[0].number == "112"
    assert found.text("help/lines", "ru") is not None
    assert any("places.yaml:" in one for one in named(found))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "catalogue is empty"),
        ("stay:\n  registration: x\n  registration: y\n", "stands here twice"),
        ("stay: x\n", "list its topics"),
        ("stay:\n  Reg!: x\n", "no id"),
        ("stay:\n  a:\n    near: stay/b\n", "not in the catalogue"),
        ("stay:\n  a:\n    alias: k1\n  b:\n    alias: k1\n", "taken by another"),
        ("- stay\n", "list of `name: value`"),
    ],
)
def test_a_broken_catalogue_stops_the_start_with_its_line(folder: Path, load: Load, text: str, said: str) -> None:
    (folder / "topics.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(Unreadable) as refused:
        load()

    assert said in str(refused.value.mistake)
    assert str(refused.value.mistake).startswith("topics.yaml:")


def test_a_file_in_another_encoding_is_named(folder: Path, load: Load) -> None:
    (folder / "stay/registration/ru.md").write_bytes("---\ntitle: Привет\n---\n".encode("cp1251"))

    assert any("not in UTF-8" in one for one in named(load()))


def test_windows_line_ends_and_a_byte_order_mark_are_fine(folder: Path, load: Load) -> None:
    path = folder / "stay/registration/ru.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    found = load()

    assert found.text("stay/registration", "ru") is not None
    assert named(found) == []


def test_a_shelters_street_is_refused(folder: Path, load: Load) -> None:
    with (folder / "places.yaml").open("a", encoding="utf-8") as file:
        file.write("safe-house:\n  kind: crisis_center\n  names: {ru: Центр}\n  region: all\n  address: ул. Тихая, 1\n")

    found = load()

    assert "safe-house" not in found.places
    assert any("street is never written down" in one for one in named(found))

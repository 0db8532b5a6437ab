"""check names every mistake an editor can make, with file, line and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import content
from bot.content import Content, Mistake, Spelling
from bot.content.check import check
from bot.settings import ROOT
from tests.conftest import TODAY, article

Check = Callable[[], list[str]]


@pytest.fixture
def found(folder: Path, spellings: dict[str, Spelling]) -> Check:
    def read() -> list[str]:
        return [str(one) for one in _mistakes(folder, spellings)]

    return read


def _mistakes(folder: Path, spellings: dict[str, Spelling]) -> list[Mistake]:
    only = {code: spelling for code, spelling in spellings.items() if code in ("ru", "uz", "uzc")}
    return [one for one in check(content.load(folder, only), folder, TODAY) if not one.is_advice]


def write(folder: Path, short: str, header: str = "compared: 2026-11-21\nsources: law\n") -> None:
    (folder / "stay/registration/uz.md").unlink(missing_ok=True)
    (folder / "stay/registration/ru.md").write_text(article("Регистрация", short, header), encoding="utf-8")


@pytest.mark.parametrize(
    ("short", "line", "said"),
    [
        ("Срок 30 дней.", 7, "a number stands in the text: “Срок 30 дней.”"),
        ("Первая строка.\nЗвоните +77011112233.", 8, "a number stands in the text"),
        ("Срок {host_days}, штраф {fine_x}.", 7, "{fine_x} is neither a fact nor a place"),
        ("Срок {host days}.", 7, "a brace that is no fact"),
        ("> Цитата {host_days}", 7, "would stand in the text as it is"),
        ("Смотрите [там](stay/nowhere).", 7, "the link to stay/nowhere leads nowhere"),
        ("слово " * 200, 7, "longer than 900 characters"),
    ],
)
def test_a_mistake_in_a_text_is_named_with_its_line(
    folder: Path, found: Check, short: str, line: int, said: str
) -> None:
    write(folder, short)

    assert any(one.startswith(f"stay/registration/ru.md:{line}: ") and said in one for one in found()), found()


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("compared: 2026-11-21\n", "name the sources"),
        ("compared: 2026-11-21\nsources: lore\n", "`lore` is not in sources.yaml"),
    ],
)
def test_a_header_is_read_too(folder: Path, found: Check, header: str, said: str) -> None:
    write(folder, "Хозяин сообщает за {host_days}.", header)

    assert any(said in one for one in found())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("confidence: high", "confidence: low", "its confidence is low"),
        ("confidence: high", "confidence: medium, as_of: 2025", "say {host_days:asof} in the text as well"),
        ("sources: [law]", "sources: [lore]", "the source `lore` is not in sources.yaml"),
    ],
)
def test_how_sure_we_are_of_a_fact_is_kept(folder: Path, found: Check, old: str, new: str, said: str) -> None:
    path = folder / "facts.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    assert any(said in one for one in found())


def test_a_number_nobody_has_called_may_not_stand_in_any_text(folder: Path, found: Check) -> None:
    with (folder / "places.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "new-line:\n  kind: hotline\n  names: {ru: Линия, en: Line, uz: Liniya}\n  region: all\n"
            "  phones:\n  - {number: '1488', status: unproven}\n  sources:\n  - {title: t}\n"
        )
    write(folder, "Звоните {new-line} за {host_days}.")

    assert any("nobody has called this number yet" in one for one in found())


def test_a_translation_with_other_figures_or_of_an_older_text_is_named(folder: Path, found: Check) -> None:
    (folder / "stay/registration/uz.md").write_text(article("Roʻyxat", "Uy egasi xabar beradi."), encoding="utf-8")

    said = found()

    assert any("stay/registration/uz.md:7: the short answer lacks {host_days}" in one for one in said)
    assert any("write `follows: " in one for one in said)


def test_the_glossary_holds_the_texts_to_its_words(folder: Path, found: Check) -> None:
    (folder / "glossary").mkdir()
    (folder / "glossary/ru.yaml").write_text(
        "terms:\n  permit: {say: разрешение, avoid: [патент*]}\nwith_digits: [форма 086]\n"
        "number_words: [три, десять]\nunits: [дн, месяц]\n",
        encoding="utf-8",
    )
    write(folder, "Возьмите форма 086 за {host_days}.\nПатенты дают за три рабочих дня.")

    said = found()

    assert any(":8: “Патенты”: the glossary says “разрешение”" in one for one in said)
    assert any(":8: a figure stands in words: “три рабочих дня”" in one for one in said)
    assert not any("086" in one for one in said)


def test_letters_that_stand_for_words_are_explained_where_a_text_first_uses_them(folder: Path, found: Check) -> None:
    (folder / "glossary").mkdir()
    (folder / "glossary/ru.yaml").write_text("short:\n  ЦОН: [обслуживани*]\n", encoding="utf-8")

    write(folder, "Идите в ЦОН.\n\n## who\n- ЦОН: центр обслуживания населения.")
    assert any(":7: ЦОН: say what it means" in one for one in found()), found()

    for explained in ("Идите в ЦОН (центр обслуживания).", "Идите в [ЦОН](stay/registration).", "Идите домой."):
        write(folder, explained)
        assert not any("ЦОН" in one for one in found()), found()


def test_files_that_nothing_reads_are_named(folder: Path, found: Check) -> None:
    (folder / "stay/registraton").mkdir()
    (folder / "stay/registraton/ru.md").write_text("x", encoding="utf-8")
    (folder / "stay/registration/rus.md").write_text("x", encoding="utf-8")

    said = found()

    assert any("stay/registraton/ru.md:1: this folder is no topic" in one for one in said)
    assert any("stay/registration/rus.md:1: `rus` is no language" in one for one in said)


FLOW = """
first: citizenship
questions:
  citizenship: {uz: work, kg: end:free}
  work: {home: end:permit}
endings: {free: stay/registration, permit: help/lines}
"""
WORDS = """
questions:
  citizenship: {ask: Откуда вы?, answers: {uz: Узбекистан, kg: Кыргызстан}}
  work: {ask: Где?, answers: {home: Дома}}
endings:
  free: {title: Свободно, text: "За {host_days}."}
  permit: {title: Нужно, text: Сделайте это.}
"""


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("flow.yaml", "end:permit", "end:permt", "neither a question nor `end:`"),
        ("flow.yaml", "end:permit", "citizenship", "lead in a circle"),
        ("flow.yaml", "uz: work, ", "", "no way leads to the question `work`"),
        ("flow.yaml", "help/lines", "help/line", "help/line is no topic"),
        ("flow.yaml", "{uz: work", "{" + "u" * 60 + ": work", "address is too long"),
        ("flow.ru.yaml", "home: Дома", "hom: Дома", "`home` is missing"),
        ("flow.ru.yaml", "Сделайте это", "Сделайте за 5 дней", "a number stands in the text"),
        ("flow.ru.yaml", "{host_days}", "{host_day}", "neither a fact"),
    ],
)
def test_a_broken_flow_is_named(folder: Path, found: Check, name: str, old: str, new: str, said: str) -> None:
    where = folder / "stay/registration"
    (where / "flow.yaml").write_text(FLOW, encoding="utf-8")
    (where / "flow.ru.yaml").write_text(WORDS, encoding="utf-8")
    path = where / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    assert any(said in one for one in found()), found()


def test_a_good_flow_is_clean(folder: Path, found: Check) -> None:
    (folder / "stay/registration/flow.yaml").write_text(FLOW, encoding="utf-8")
    (folder / "stay/registration/flow.ru.yaml").write_text(WORDS, encoding="utf-8")

    assert not [one for one in found() if "flow" in one]


def test_our_own_content_is_clean(real: Content) -> None:
    assert [str(one) for one in check(real, ROOT / "content", TODAY) if not one.is_advice] == []

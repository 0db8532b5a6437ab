"""The launch list: what staff must still confirm, the most important first."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot import content, findings
from bot.__main__ import main
from bot.content import Content, Spelling
from bot.content.launch import Matter, Task, launch_list, written
from bot.settings import Settings
from tests.conftest import TODAY

Load = Callable[[], Content]


@pytest.fixture
def load(folder: Path, spellings: dict[str, Spelling]) -> Load:
    return lambda: content.load(folder, spellings)


def add(folder: Path, name: str, text: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(text)


def place(id: str, kind: str, region: str = "shymkent", more: str = "") -> str:
    return f"{id}:\n  kind: {kind}\n  names: {{ru: {id}}}\n  region: {region}\n  confidence: medium\n{more}"


def phone(number: str, status: str, more: str = "") -> str:
    return f"  phones:\n  - {{number: '{number}', status: {status}{more}}}\n"


def about(found: list[Task], subject: str) -> list[tuple[Matter, str]]:
    return [(task.matter, task.what) for task in found if task.subject == subject]


def test_phones_come_first_and_sana_sezim_before_all(folder: Path, load: Load) -> None:
    add(folder, "places.yaml", place("their-consulate", "consulate", more="  serves: [consular]\n"))
    add(folder, "places.yaml", place("line-150", "hotline", "all", phone("111", "unproven", ", what: violence")))
    add(folder, "places.yaml", place("umit", "crisis_center", "turkistan"))
    add(folder, "places.yaml", place("sana-sezim", "ngo", "turkistan"))
    add(folder, "places.yaml", place("komek", "crisis_center", more="  as_of: '2025-03'\n"))

    found = launch_list(load(), TODAY)

    phones = [task.subject for task in found if "PHONES" in task.matter.name]
    assert phones == ["sana-sezim", "komek", "umit", "line-150", "their-consulate"]
    assert about(found, "line-150") == [
        (Matter.NATIONAL_PHONES, "call 111 (violence); its source is undated"),
        (Matter.LINES, "111 (violence): hours and languages not confirmed"),
    ]
    assert about(found, "komek") == [
        (Matter.SHELTER_PHONES, "no phone is known; find one, and have two people check it")
    ]


def test_what_is_confirmed_leaves_the_list(folder: Path, load: Load) -> None:
    two = ", confirmed: [{role: lawyer, on: 2026-11-20, by: call}, {role: coordinator, on: 2026-11-21}]"
    open_ = ", hours: 24/7, languages: [ru, kk]"
    add(folder, "places.yaml", place("good", "hotline", "all", phone("111", "confirmed", two + open_)))
    add(folder, "places.yaml", place("half", "ngo", "all", phone("+77012345678", "confirmed")))

    found = launch_list(load(), TODAY)

    assert about(found, "good") == []
    assert about(found, "half") == [(Matter.NATIONAL_PHONES, "call +77012345678; its source is undated")]


def test_a_place_of_low_confidence_is_asked_about_with_the_editors_note(folder: Path, load: Load) -> None:
    text = place("lead", "ngo", more="  as_of: '2009'\n  note: A lead of 2009 only.\n").replace("medium", "low")
    add(folder, "places.yaml", text)

    found = about(launch_list(load(), TODAY), "lead")

    asked = "find out whether it works and whom it takes; its source is of 2009. A lead of 2009 only."
    assert (Matter.PLACES, asked) in found


def test_a_fact_is_listed_while_somebody_can_read_it(folder: Path, load: Load) -> None:
    head = "  kind: days\n  about: a stay\n  values:\n"
    sure = "checked: 2026-01-01, review: 2026-06-01, sources: [law]"
    add(folder, "facts.yaml", f"late:\n{head}    - {{value: 3, from: 2025-01-01, confidence: high, {sure}}}\n")
    add(
        folder,
        "facts.yaml",
        f"replaced:\n{head}    - {{value: 3, from: 2024-01-01, until: 2024-12-31, confidence: high, {sure}}}\n",
    )
    add(folder, "facts.yaml", f"unsure:\n{head}    - {{value: 9, from: 2026-01-01, confidence: medium, {sure}}}\n")
    add(folder, "stay/registration/ru.md", "3. {unsure}\n")

    before, after = launch_list(load(), date(2026, 6, 1)), launch_list(load(), date(2026, 6, 2))

    assert about(before, "late") == []
    assert about(after, "late") == [(Matter.OVERDUE, "2025: 3 (a stay); stands in no text")]
    assert about(after, "replaced") == []
    assert about(before, "unsure") == [(Matter.MEDIUM_FACTS, "2026: 9 (a stay); stands in stay/registration")]


def test_a_law_nobody_could_read_stands_there_with_the_texts_that_cite_it(folder: Path, load: Load) -> None:
    path = folder / "sources.yaml"
    path.write_text("law:\n  title: The law\n  unread: articles 16 to 18\n", encoding="utf-8")

    found = about(launch_list(load(), TODAY), "law")

    assert found == [(Matter.LAWS, "read articles 16 to 18. Cited by help/lines, stay/registration.")]


def test_a_text_waits_in_the_languages_nobody_has_reviewed(folder: Path, load: Load) -> None:
    path = folder / "stay/registration/uz.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("sources: law\n", "sources: law\nreviewed: 2026-11-22, yurist\n"), encoding="utf-8")

    found = launch_list(load(), TODAY)

    assert about(found, "stay/registration") == [(Matter.TEXTS, "to be read in ru")]
    assert about(found, "help/lines") == [(Matter.SAFETY_TEXTS, "to be read in ru")]


def test_the_list_is_printed_with_counts_the_most_important_first(folder: Path, load: Load) -> None:
    add(folder, "places.yaml", place("sana-sezim", "ngo"))
    tasks = launch_list(load(), TODAY)

    lines = list(written(tasks))

    assert lines[0] == "Phones of Sana Sezim and the crisis centres: 1"
    assert lines[1].startswith("  shymkent  sana-sezim: no phone is known")
    assert lines[-1] == f"{len(tasks)} things to confirm"
    titles = [line.rpartition(":")[0] for line in lines[:-1] if line and not line.startswith(" ")]
    assert titles == [matter.value for matter in Matter if matter.value in titles]


def test_the_real_list_holds_what_we_know_nobody_has_confirmed(real: Content) -> None:
    found = launch_list(real, TODAY)

    assert found[0].subject == "sana-sezim"
    assert any(matter is Matter.NATIONAL_PHONES for matter, _ in about(found, "line-11616"))
    assert "languages not confirmed" in about(found, "line-111")[0][1]
    assert "articles 16" in about(found, "law-trafficking")[0][1]
    unproven = [one for place in real.places.values() for one in place.phones if not one.is_proven]
    assert sum(task.what.startswith("call ") for task in found) == len(unproven)


def test_check_prints_the_list_and_finds_no_fault_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--launch"]) == 0

    assert "things to confirm" in capsys.readouterr().out


def test_a_broken_catalogue_is_named_instead(folder: Path) -> None:
    (folder / "topics.yaml").write_text("", encoding="utf-8")
    lines: list[str] = []

    assert findings.launch(Settings(content_dir=folder), lines.append) == 1
    assert lines[0].startswith("topics.yaml:1:")

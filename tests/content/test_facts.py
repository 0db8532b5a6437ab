"""Facts: the value in force on a day, said in each language, and the law's clock."""

from datetime import date
from pathlib import Path

import pytest

from bot import content
from bot.content import Spelling

FACTS = """
mci:
  kind: money
  values:
    - {value: 3932, from: 2025-01-01, until: 2025-12-31, confidence: high, checked: 2026-01-01, sources: [law]}
    - {value: 4325, from: 2026-01-01, until: 2026-12-31, confidence: high, checked: 2026-01-01, sources: [law]}
fine:
  kind: mci
  values:
    - {value: 10, from: 2020-01-01, confidence: high, checked: 2026-01-01, sources: [law]}
host_days:
  kind: working_days
  values:
    - {value: 1, from: 2020-01-01, until: 2024-12-31, confidence: high, checked: 2026-01-01, sources: [law]}
    - {value: 3, from: 2025-01-01, until: 2026-06-30, confidence: high, checked: 2026-01-01, sources: [law]}
    - {value: 5, from: 2026-07-01, confidence: medium, as_of: 2026-05, checked: 2026-01-01, sources: [law]}
free_days:
  kind: days
  for: citizenship
  values:
    - {value: 30, for: uz, from: 2020-01-01, confidence: high, checked: 2026-01-01, sources: [law]}
    - {value: 90, for: kg, from: 2020-01-01, confidence: high, checked: 2026-01-01, sources: [law]}
law_date:
  kind: date
  values:
    - {value: 2024-07-05, from: 2024-07-05, confidence: high, checked: 2026-01-01, sources: [law]}
"""


@pytest.fixture
def facts(folder: Path, spellings: dict[str, Spelling]) -> content.Content:
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
    return content.load(folder, spellings)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2024, 12, 31), "1 рабочий день"),
        (date(2025, 1, 1), "3 рабочих дня"),
        (date(2026, 6, 30), "3 рабочих дня"),
        (date(2026, 7, 1), "5 рабочих дней"),
        (date(2030, 1, 1), "5 рабочих дней"),
    ],
)
def test_a_figure_changes_on_its_day(facts: content.Content, day: date, said: str) -> None:
    assert facts.fill("{host_days}", "ru", day) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "3 жұмыс күні"),
        ("ru", "3 рабочих дня"),
        ("uz", "3 ish kuni"),
        ("uzc", "3 иш куни"),
        ("tg", "3 рӯзи корӣ"),
        ("en", "3 working days"),
    ],
)
def test_number_and_noun_agree_in_each_language(facts: content.Content, language: str, said: str) -> None:
    assert facts.fill("{host_days}", language, date(2026, 1, 1)) == said


def test_a_figure_that_is_still_to_come_says_from_when(facts: content.Content) -> None:
    assert facts.fill("{law_date}", "en", date(2024, 1, 1)) == "5 July 2024 (from 5 July 2024)"


def test_a_full_stop_is_not_doubled_behind_a_date(facts: content.Content) -> None:
    said = facts.fill("С **{law_date}**. Потом. Или {law_date}, вот", "ru", date(2026, 1, 1))

    assert said == "С **5 июля 2024\u202fг.** Потом. Или 5 июля 2024\u202fг., вот"


def test_an_amount_in_indices_is_said_in_tenge_of_the_day(facts: content.Content) -> None:
    assert facts.fill("{fine}", "ru", date(2025, 5, 5)) == "10 МРП (39\u00a0320 ₸)"
    assert facts.fill("{fine}", "ru", date(2026, 5, 5)) == "10 МРП (43\u00a0250 ₸)"


def test_a_year_that_is_named_takes_that_years_value_and_index(facts: content.Content) -> None:
    assert facts.fill("{mci@2025}", "en", date(2026, 5, 5)) == "3,932 ₸"
    assert facts.fill("{fine@2025}", "en", date(2026, 5, 5)) == "10 MCI (39,320 ₸)"


def test_without_a_new_index_no_sum_is_made_up(facts: content.Content) -> None:
    assert facts.fill("{fine}", "ru", date(2027, 1, 1)) == "10 МРП"
    assert facts.fill("{mci}", "ru", date(2027, 1, 1)) == "4\u00a0325 ₸ (данные 2026 года)"


def test_what_was_not_in_force_yet_or_is_unknown_is_refused(facts: content.Content) -> None:
    for written in ("{host_days@2019}", "{nobody_knows}", "{free_days}", "{free_days.us}"):
        with pytest.raises(KeyError):
            facts.fill(written, "ru", date(2026, 1, 1))


def test_variants_dates_and_the_day_of_a_source_are_said(facts: content.Content) -> None:
    today = date(2026, 8, 1)

    assert facts.fill("{free_days.uz}, {free_days.kg}", "ru", today) == "30 дней, 90 дней"
    assert facts.fill("{host_days:asof}, {host_days:from}", "ru", today) == "05.2026, 1 июля 2026\u202fг."
    assert facts.fill("{host_days:year}", "ru", today) == "2026"
    assert facts.fill("{law_date}", "uz", today) == "2024-yil 5-iyul"
    assert facts.fill("{law_date}", "uzc", today) == "2024-йил 5-июль"
    assert facts.fill("{law_date}", "tg", today) == "5 июли соли 2024"
    assert facts.fill("{law_date}", "kk", today) == "2024\u202fж. 5 шілде"


@pytest.mark.parametrize(
    ("spoiled", "what"),
    [
        ("kind: money", "kind must be one of"),
        ("value: three", "is not a plain number"),
        ("from: 2025-13-01", "is no date"),
        ("confidence: sure", "confidence must be one of"),
        ("until: 2026-07-05", "two values are in force on 2026-07-01"),
        ("sources: law", "in brackets"),
    ],
)
def test_a_broken_fact_is_left_out_and_named_with_its_line(
    folder: Path, spellings: dict[str, Spelling], spoiled: str, what: str
) -> None:
    key = spoiled.split(":", maxsplit=1)[0]
    host = FACTS[FACTS.index("host_days") : FACTS.index("free_days")]
    import re

    values = {"kind": r"kind: \w+", "value": "value: 3", "from": "from: 2025-01-01", "confidence": "confidence: high",
              "until": "until: 2026-06-30", "sources": r"sources: \[law\]"}  # fmt: skip
    spoiled = spoiled.replace("money", "gold")
    broken = re.sub(values[key], spoiled, host, count=1)
    assert broken != host
    (folder / "facts.yaml").write_text(FACTS.replace(host, broken), encoding="utf-8")

    found = content.load(folder, spellings)

    assert "host_days" not in found.facts.all
    assert "mci" in found.facts.all
    assert any(what in mistake.what and mistake.line > 1 for mistake in found.mistakes if mistake.file == "facts.yaml")

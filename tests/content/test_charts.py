"""charts.yaml: a chart with a mistake is named with its line, left out, or stays as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content import Content, Mistake
from bot.content.charts import WORDS, Chart, read_charts
from bot.content.facts import Fact, read_facts
from bot.settings import ROOT

OWN = {"kk", "ru", "uz", "tg", "en"}
FACTS = """
places:
  kind: number
  values:
    - {value: 5, from: 2025-01-01, until: 2025-12-31, confidence: high, checked: 2026-01-01, sources: [law]}
people:
  kind: people
  for: country
  values:
    - {for: uz, value: 5, from: 2025-01-01, confidence: high, checked: 2026-01-01, sources: [law]}
jobs:
  kind: people
  for: sector
  values:
    - {for: farms, value: 5, from: 2025-01-01, confidence: high, checked: 2026-01-01, sources: [law]}
rumour:
  kind: number
  values:
    - {value: 5, from: 2025-01-01, confidence: low, checked: 2026-01-01, sources: [law]}
when:
  kind: date
  values:
    - {value: 2025-01-01, from: 2025-01-01, confidence: high, checked: 2026-01-01, sources: [law]}
"""
CHARTS = """
words:
  sources: {ru: Источники, en: Sources}
  thousands: {ru: Тысячи, en: Thousands}
  gap: {ru: Нет, en: None}
  nothing: {ru: Ничего, en: Nothing}
by-year:
  topic: help/lines
  kind: years
  facts: [places]
  titles: {ru: Места, en: Places}
  subtitles: {ru: Места по годам, en: Places by year}
  notes: {ru: "В {places@2025:year} году — {places@2025}", en: Nothing more}
by-country:
  topic: help/lines
  kind: bars
  facts: [people]
  titles:
    ru: Страны
    en: Countries
  subtitles:
    ru: На {people.uz:year} год
    en: In {people.uz:year}
  notes: {ru: Всё, en: All}
by-job:
  topic: help/lines
  kind: bars
  facts: [jobs]
  titles: {ru: Работа}
  subtitles: {ru: "{jobs.farms:year}"}
  notes: {ru: Всё}
  labels: {farms: {ru: Фермы}}
"""

Read = Callable[..., tuple[dict[str, Chart], list[Mistake]]]


@pytest.fixture
def read(folder: Path) -> Read:
    """The small charts with `old` changed to `new`, after the version `last`."""
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
    facts, mistakes = read_facts(folder, {})
    assert mistakes == []

    def write(
        old: str = "", new: str = "", last: dict[str, Chart] | None = None, facts: dict[str, Fact] = facts
    ) -> tuple[dict[str, Chart], list[Mistake]]:
        assert old in CHARTS
        (folder / "charts.yaml").write_text(CHARTS.replace(old, new, 1) if old else CHARTS, encoding="utf-8")
        return read_charts(folder, facts, {"help/lines"}, last or {})

    return write


def test_charts_are_read(read: Read) -> None:
    charts, mistakes = read()

    assert mistakes == []
    assert list(charts) == ["by-year", "by-country", "by-job"]
    assert charts["by-year"].facts == ("places",)
    assert charts["by-country"].titles == {"ru": "Страны", "en": "Countries"}
    assert charts["by-job"].labels == {"farms": {"ru": "Фермы"}}
    assert charts["by-job"].words["gap"] == {"ru": "Нет", "en": "None"}


def test_without_the_file_there_are_no_charts(tmp_path: Path) -> None:
    assert read_charts(tmp_path, {}, [], {}) == ({}, [])


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("by-year:", "By Year:", 7, "`By Year` is no name for a chart"),
        ("  kind: years\n", "", 7, "by-year: `kind` is missing"),
        ("  topic: help/lines", "  topic: help/nobody", 8, "by-year: help/nobody is no topic"),
        ("kind: years", "kind: pie", 9, "kind must be one of years, bars, groups"),
        ("kind: years", "kind: bars", 10, "bars draw a fact whose values say `for`"),
        ("facts: [places]", "facts: places", 10, "write facts in brackets"),
        ("facts: [places]", "facts: [places, people]", 10, "only groups draw several"),
        ("facts: [places]", "facts: [plaices]", 10, "plaices is no fact of facts.yaml"),
        ("facts: [places]", "facts: [when]", 10, "a date cannot be drawn"),
        ("facts: [places]", "facts: [people]", 10, "years and groups one without"),
        ("titles: {ru: Места, en: Places}", "titles: Места", 11, "titles gives the words of each language"),
        ("titles: {ru: Места, en: Places}", "titles: {en: Places}", 11, "titles lacks the Russian words"),
        ("titles: {ru: Места", 'titles: {ru: "Места {places}"', 11, "places} is no fact that can be said"),
        ("notes: {ru: ", "colour: blue\n  notes: {ru: ", 13, "by-year: unknown `colour`"),
        (", en: Nothing more", "", 13, "notes lacks `en`, which titles have"),
        ("en: Nothing more", "en: Five and 20 more", 13, "a number stands in the words: “20”"),
        ("{places@2025}", "{places@2031}", 13, "{places@2031} is no fact that can be said"),
        ("{places@2025}", "{plaices}", 13, "{plaices} is no fact that can be said"),
        ("{places@2025}", "{rumour}", 13, "{rumour}: its confidence is low"),
        ("{places@2025}", "{Places}", 13, "a brace that is no fact"),
        ("ru: На {people.uz:year} год", "ru: Сейчас", 22, "say of which year or day the figures are"),
        ("en: In {people.uz:year}", "en: In {people.kg:year}", 23, "{people.kg:year} is no fact that can be said"),
        ("labels: {farms: {ru: Фермы}}", "labels: {}", 32, "farms has no name in ru; give it in labels"),
        ("labels: {farms: {ru: Фермы}}", "labels: {mines: {ru: Шахты}}", 32, "nothing here is called `mines`"),
        ("labels: {farms: {ru: Фермы}}", "labels: {farms: {ru: 7 ферм}}", 32, "must be plain words"),
        ("  gap: {ru: Нет, en: None}\n", "", 2, "words: give sources, thousands, gap, nothing"),
    ],
)
def test_a_mistake_is_named_and_the_chart_left_out(read: Read, old: str, new: str, line: int, said: str) -> None:
    charts, mistakes = read(old, new)

    assert len(mistakes) == 1
    assert (mistakes[0].file, mistakes[0].line) == ("charts.yaml", line)
    assert said in mistakes[0].what
    assert len(charts) == (3 if said.startswith("words:") else 2)


def test_the_last_good_version_stays(read: Read) -> None:
    good, _ = read()

    charts, mistakes = read("kind: years", "kind: pie", good)

    assert charts == good
    assert len(mistakes) == 1


def test_the_last_good_words_stay(read: Read) -> None:
    good, _ = read()

    charts, mistakes = read("thousands: {ru: Тысячи", "thousands: {kk: Тысячи", good)

    assert charts == good
    assert "thousands lacks the Russian words" in mistakes[0].what


def test_all_stay_when_the_file_cannot_be_read(read: Read) -> None:
    good, _ = read()

    charts, mistakes = read("words:", "words: [", good)

    assert charts == good
    assert "not valid YAML" in mistakes[0].what


def test_a_chart_whose_fact_is_gone_does_not_stay(read: Read, folder: Path) -> None:
    good, _ = read()
    facts = {name: fact for name, fact in read_facts(folder, {})[0].items() if name != "places"}

    charts, mistakes = read("", "", good, facts)

    assert list(charts) == ["by-country", "by-job"]
    assert "places is no fact" in mistakes[0].what


def test_the_charts_of_this_repository_speak_every_language(real: Content) -> None:
    charts, mistakes = read_charts(ROOT / "content", real.facts.all, real.topics, {})

    assert mistakes == []
    assert {code for code, spelling in real.spellings.items() if spelling.source is None} == OWN
    for chart in charts.values():
        assert all(set(words) == OWN for words in (chart.titles, chart.subtitles, chart.notes)), chart.id
        assert {name: set(words) for name, words in chart.words.items()} == dict.fromkeys(WORDS, OWN)

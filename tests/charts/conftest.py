"""The charts of this repository, and one chart over small content whose figures a test can choose."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import content
from bot.content import Content, Spelling
from bot.content.charts import Chart, read_charts
from bot.settings import ROOT

Draft = Callable[..., tuple[Chart, Content]]

_WORDS = """
words:
  sources: {ru: Источники}
  thousands: {ru: Числа — в тысячах}
  gap: {ru: "? — данных нет"}
  nothing: {ru: Данных пока нет.}
"""


@pytest.fixture(scope="session")
def charts(real: Content) -> dict[str, Chart]:
    found, mistakes = read_charts(ROOT / "content", real.facts.all, real.topics, {})

    assert mistakes == []
    return found


@pytest.fixture
def draft(folder: Path, spellings: dict[str, Spelling]) -> Draft:
    """A chart of `kind` over `facts` (YAML), with `labels` (YAML in braces)."""

    def write(kind: str, facts: str, labels: str = "{}") -> tuple[Chart, Content]:
        (folder / "facts.yaml").write_text(facts, encoding="utf-8")
        found = content.load(folder, spellings)
        names = ", ".join(found.facts.all)
        first = next(iter(found.facts.all.values()))
        key = f".{first.values[0].key}" if first.values[0].key else ""
        (folder / "charts.yaml").write_text(
            f"{_WORDS}\nsome:\n  topic: help/lines\n  kind: {kind}\n  facts: [{names}]\n  labels: {labels}\n"
            "  titles: {ru: Сколько людей}\n  notes: {ru: Больше ничего.}\n"
            f'  subtitles: {{ru: "Год {{{first.id}{key}:year}}"}}\n',
            encoding="utf-8",
        )
        charts, mistakes = read_charts(folder, found.facts.all, found.topics, {})
        assert mistakes == []
        return charts["some"], found

    return write


def value(figure: str, since: str, until: str = "", key: str = "", confidence: str = "high") -> str:
    """A line of `values` in facts.yaml."""
    rest = (f", until: {until}" if until else "") + (f", for: {key}" if key else "")
    return (
        f"    - {{value: {figure}, from: {since}{rest}, confidence: {confidence}, checked: 2026-01-01,"
        " as_of: 2026, sources: [law]}\n"
    )

"""Picture: a chart with everything said in the reader's language and figures chosen for a day; neither drawn nor sent.

A figure that has not begun and one we are not sure of are left out; the words are said as of the last day that the
figures belong to, so that they and the figures agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.content import Content, Source
from bot.content.charts import Chart, Words, in_language
from bot.content.facts import Fact, Value, short_date

_MOST_YEARS = 12


@dataclass(frozen=True)
class Mark:
    """One column or bar: its name, its figure, and the figure in numerals, exact and in thousands; a gap has none."""

    label: str
    value: Decimal | None
    said: str = ""
    in_thousands: str = ""


@dataclass(frozen=True)
class Picture:
    """All that a reader sees of a chart; `locale` is a language tag such as uz-Cyrl."""

    id: str
    locale: str
    title: str
    subtitle: str
    note: str
    marks: tuple[Mark, ...]
    is_by_year: bool
    sources: tuple[Source, ...]
    words: Mapping[str, str]

    @property
    def figures(self) -> str:
        """The figures as a sentence, for those who cannot see the picture."""
        return "; ".join(f"{mark.label} – {mark.said}" for mark in self.marks if mark.value is not None)

    @property
    def cited(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Who published the figures, each with the dates and addresses of what was read."""
        found: dict[str, dict[str, str]] = {}
        for source in self.sources:
            day = short_date(source.date) if source.date[:1].isdigit() else ""
            found.setdefault(source.publisher or source.title, {}).setdefault(day, source.url)
        return [(publisher, list(dates.items())) for publisher, dates in found.items()]


def title(chart: Chart, content: Content, language: str) -> str:
    """What a chart is called in this language and script; short enough for a button."""
    return _said(chart.titles, content, language)


def compose(chart: Chart, content: Content, language: str, today: date) -> Picture:
    """The chart as it stands today in this language."""
    chosen = _by_year(chart, content, today) if chart.kind == "years" else _newest(chart, content, today)
    values = [value for _, value in chosen if value is not None]
    day = min(today, date(max(_year(value, today) for value in values), 12, 31)) if values else today
    kind = content.facts.all[chart.facts[0]].kind
    marks = [_mark(_label(chart, key, content, language), value, kind, content, language) for key, value in chosen]
    if chart.kind != "years":
        marks.sort(key=lambda mark: -(mark.value or 0))
    newest_first = sorted(values, key=lambda value: value.since, reverse=True)
    ids = dict.fromkeys(id for value in newest_first for id in value.sources)
    return Picture(
        chart.id,
        content.spellings[language].cldr.replace("_", "-"),
        title(chart, content, language),
        content.fill(_said(chart.subtitles, content, language), language, day),
        content.fill(_said(chart.notes, content, language), language, day),
        tuple(marks),
        chart.kind == "years",
        tuple(content.sources[id] for id in ids if id in content.sources),
        {name: _said(words, content, language) for name, words in chart.words.items()},
    )


def _by_year(chart: Chart, content: Content, today: date) -> list[tuple[str, Value | None]]:
    """Each year from the first figure to the last; a year without one stands as a gap."""
    fact = content.facts.all[chart.facts[0]]
    found = {year: value for year in _years(fact, today) if (value := _of_year(fact, None, year, today))}
    if not found:
        return []
    last = max(found)
    first = max(min(found), last - _MOST_YEARS + 1)
    return [(str(year), found.get(year)) for year in range(first, last + 1)]


def _newest(chart: Chart, content: Content, today: date) -> list[tuple[str, Value | None]]:
    """The figures of the newest year; of several facts, the newest year that all of them have."""
    facts = [content.facts.all[id] for id in chart.facts]
    best: list[tuple[str, Value | None]] = []
    for year in sorted({year for fact in facts for year in _years(fact, today)}, reverse=True):
        found: list[tuple[str, Value | None]] = [
            (key or fact.id, value)
            for fact in facts
            for key in dict.fromkeys(value.key for value in fact.values)
            if (value := _of_year(fact, key, year, today))
        ]
        if found and (chart.kind == "bars" or len(found) == len(facts)):
            return found
        best = best or found
    return best


def _years(fact: Fact, today: date) -> range:
    """The years that may have a figure by today."""
    begun = [value for value in fact.values if value.since <= today]
    if not begun:
        return range(0)
    return range(min(value.since.year for value in begun), max(_year(value, today) for value in begun) + 1)


def _year(value: Value, today: date) -> int:
    """The last year a value is of; one without an end goes on until today."""
    return min(value.until or today, today).year


def _of_year(fact: Fact, key: str | None, year: int, today: date) -> Value | None:
    """The figure in force at the end of a year, or today; None for one to come, past, or of low confidence."""
    day = min(today, date(year, 12, 31))
    value = fact.on(day, key)
    if value is None or value.since > day or value.confidence == "low":
        return None
    return value if year <= (value.until or date.max).year else None


def _mark(label: str, value: Value | None, kind: str, content: Content, language: str) -> Mark:
    if value is None:
        return Mark(label, None)
    amount = Decimal(value.value)
    units = content.facts.units
    said = units.count("share" if kind == "share" else "number", amount, language)
    return Mark(label, amount, said, units.customs[language].number(amount / 1000, digits=1))


def _label(chart: Chart, key: str, content: Content, language: str) -> str:
    spelling = content.spellings[language]
    own = chart.labels.get(key, {})
    known = content.facts.units.customs[language].countries
    if language not in own and spelling.source not in own and key.upper() in known:
        return known[key.upper()]
    return _said(own, content, language) or key


def _said(words: Words, content: Content, language: str) -> str:
    """Words in this language, spelled in its letters."""
    spelling = content.spellings[language]
    said, code = in_language(words, language, spelling.source)
    return spelling.respell(said) if code == spelling.source else said

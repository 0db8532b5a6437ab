"""Chart: which facts a picture shows and the words around them, from charts.yaml; bot.charts draws it."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.facts import COUNTED, Fact, Reference, Value, references
from bot.content.reading import Mistake, Table, Unreadable, read_table
from bot.sentence import Sentence

NAME = "charts.yaml"
KINDS = ("years", "bars", "groups")
DRAWN = ("number", "share", *COUNTED)
WORDS = ("sources", "thousands", "gap", "nothing")  # what all charts say; they stand once, on top of the file
FIRST = "ru"

Words = Mapping[str, str]  # by language

_KEYS = {"topic", "kind", "facts", "titles", "subtitles", "notes", "labels"}
_ASKED = {None, "year", "from", "checked", "asof"}
_DAYS = {"year", "asof"}


@dataclass(frozen=True)
class Chart:
    """A picture that stands under a topic; `titles` also name its button, `subtitles` say what was counted and when.

    `years` draws one fact year by year, `bars` the keys of one fact, `groups` several facts beside each other.
    """

    id: str
    topic: str
    kind: str
    facts: tuple[str, ...]
    titles: Words
    subtitles: Words
    notes: Words
    labels: Mapping[str, Words]
    words: Mapping[str, Words]


def in_language(words: Words, language: str, source: str | None = None) -> tuple[str, str]:
    """The words and the language they are in: this one, or the one it is spelled from, or the nearest we have."""
    for code in (language, source, FIRST, "en", *words):
        if code and code in words:
            return words[code], code
    return "", language


def read_charts(
    folder: Path, facts: Mapping[str, Fact], topics: Collection[str], last: Mapping[str, Chart]
) -> tuple[dict[str, Chart], list[Mistake]]:
    """The charts of charts.yaml; one with a mistake is named, and stays as it `last` was or is left out.

    It stays only as long as its facts can still be said.
    """
    if not (folder / NAME).is_file():
        return {}, []
    kept = {id: chart for id, chart in last.items() if _still_stands(chart, facts)}
    try:
        table = read_table(folder / NAME, NAME)
    except Unreadable as error:
        return kept, [error.mistake]
    words, mistakes = _shared(table, next((chart.words for chart in last.values()), {}))
    charts = {}
    for id, entry in table.items():
        if id == "words":
            continue
        try:
            charts[id] = _chart(id, entry, table.line_of(id), facts, topics, words)
        except Unreadable as error:
            mistakes.append(error.mistake)
            if id in kept:
                charts[id] = kept[id]
    return charts, mistakes


def _still_stands(chart: Chart, facts: Mapping[str, Fact]) -> bool:
    said = [*chart.subtitles.values(), *chart.notes.values()]
    return all(name in facts for name in chart.facts) and not any(list(_faults(text, facts)) for text in said)


def _shared(table: Table, last: Mapping[str, Words]) -> tuple[Mapping[str, Words], list[Mistake]]:
    entry = table.get("words")
    line = table.line_of("words")
    try:
        if not isinstance(entry, Table) or set(entry) != set(WORDS):
            what = Sentence("words: give {known}, each in every language", known=", ".join(WORDS))
            raise Unreadable(NAME, line, what)
        return {name: _words("words", name, entry, {}) for name in WORDS}, []
    except Unreadable as error:
        return last, [error.mistake]


def _chart(
    id: str,
    entry: object,
    line: int,
    facts: Mapping[str, Fact],
    topics: Collection[str],
    words: Mapping[str, Words],
) -> Chart:
    if not re.fullmatch(r"[a-z][a-z0-9-]*", id):
        raise Unreadable(NAME, line, Sentence("`{id}` is no name for a chart: use a-z, 0-9 and -", id=id))
    if not isinstance(entry, Table) or (missing := sorted(_KEYS - {"labels"} - set(entry))):
        lacks = missing[0] if isinstance(entry, Table) else "topic"
        raise Unreadable(NAME, line, Sentence("{where}: `{key}` is missing", where=id, key=lacks))
    if unknown := set(entry) - _KEYS:
        raise Unreadable(NAME, entry.line_of(min(unknown)), Sentence("{id}: unknown `{key}`", id=id, key=min(unknown)))
    if entry["topic"] not in topics:
        what = Sentence("{id}: {topic} is no topic", id=id, topic=entry["topic"])
        raise Unreadable(NAME, entry.line_of("topic"), what)
    if entry["kind"] not in KINDS:
        what = Sentence("{id}: kind must be one of {known}", id=id, known=", ".join(KINDS))
        raise Unreadable(NAME, entry.line_of("kind"), what)
    drawn = _facts(id, entry, facts)
    titles = _words(id, "titles", entry, {})
    if has_reference := next((code for code, title in titles.items() if "{" in title), None):
        what = Sentence("{id}: a title is plain words, for it stands on a button too", id=id)
        raise Unreadable(NAME, entry["titles"].line_of(has_reference), what)
    subtitles, notes = (_words(id, key, entry, facts, titles) for key in ("subtitles", "notes"))
    if entry["kind"] != "years":
        _refuse_dayless(id, subtitles, entry)
    return Chart(
        id, entry["topic"], entry["kind"], tuple(fact.id for fact in drawn), titles, subtitles, notes,
        _labels(id, entry, drawn, titles), words,
    )  # fmt: skip


def _facts(id: str, entry: Table, facts: Mapping[str, Fact]) -> list[Fact]:
    names, line, kind = entry["facts"], entry.line_of("facts"), entry["kind"]
    if not isinstance(names, list) or not names or (kind != "groups" and len(names) != 1):
        what = Sentence("{id}: write facts in brackets, like [quota_total]; only groups draw several", id=id)
        raise Unreadable(NAME, line, what)
    for name in names:
        if name not in facts:
            raise Unreadable(NAME, line, Sentence("{id}: {name} is no fact of facts.yaml", id=id, name=name))
        if facts[name].kind not in DRAWN:
            what = Sentence(
                "{id}: {name} is no plain number; a {kind} cannot be drawn", id=id, name=name, kind=facts[name].kind
            )
            raise Unreadable(NAME, line, what)
        if any((value.key is None) == (kind == "bars") for value in facts[name].values):
            what = Sentence("{id}: bars draw a fact whose values say `for`; years and groups one without", id=id)
            raise Unreadable(NAME, line, what)
    return [facts[name] for name in names]


def _words(id: str, key: str, entry: Table, facts: Mapping[str, Fact], like: Words | None = None) -> Words:
    """Words by language, in Russian at least, and in the languages of the titles; figures only as {facts}."""
    words = entry[key]
    if not isinstance(words, Table) or not all(isinstance(text, str) and text.strip() for text in words.values()):
        what = Sentence("{id}: {key} gives the words of each language", id=id, key=key)
        raise Unreadable(NAME, entry.line_of(key), what)
    if FIRST not in words:
        what = Sentence("{id}: {key} lacks the Russian words, which all others follow", id=id, key=key)
        raise Unreadable(NAME, entry.line_of(key), what)
    if like is not None and (missing := sorted(set(like) - set(words))):
        what = Sentence("{id}: {key} lacks `{language}`, which titles have", id=id, key=key, language=missing[0])
        raise Unreadable(NAME, entry.line_of(key), what)
    for code, text in words.items():
        if wrong := next(_faults(text, facts), None):
            raise Unreadable(NAME, words.line_of(code), Sentence("{id}: {what}", id=id, what=wrong))
    return dict(words)


def _faults(text: str, facts: Mapping[str, Fact]) -> Iterator[Sentence]:
    rest = text
    for reference in references(text):
        rest = rest.replace(reference.written, "")
        if not _meant(reference, facts):
            yield Sentence("{written} is no fact that can be said", written=reference.written)
        elif any(value.confidence == "low" for value in _meant(reference, facts)):
            yield Sentence("{written}: its confidence is low, so it may not be stated", written=reference.written)
    if found := re.search(r"\S*\d\S*", rest):
        yield Sentence(
            "a number stands in the words: “{around}”; write it in facts.yaml and use {name}",
            around=found.group(), name="{its_name}",
        )  # fmt: skip
    if "{" in rest or "}" in rest:
        yield Sentence("a brace that is no fact; write {name} with a name from facts.yaml", name="{name}")


def _meant(reference: Reference, facts: Mapping[str, Fact]) -> list[Value]:
    """The values a reference can show: of the year it names, or the newest."""
    fact = facts.get(reference.name)
    if fact is None or reference.ask not in _ASKED:
        return []
    ours = [value for value in fact.values if value.key == reference.key]
    if reference.year is None:
        return [max(ours, key=lambda value: value.since)] if ours else []
    return [value for value in ours if value.since.year <= reference.year <= (value.until or value.since).year]


def _refuse_dayless(id: str, subtitles: Words, entry: Table) -> None:
    for code, text in subtitles.items():
        if not any(reference.ask in _DAYS for reference in references(text)):
            what = Sentence(
                "{id}: say of which year or day the figures are, with {year} or {asof}",
                id=id, year="{a_fact:year}", asof="{a_fact:asof}",
            )  # fmt: skip
            raise Unreadable(NAME, entry["subtitles"].line_of(code), what)


def _labels(id: str, entry: Table, drawn: list[Fact], titles: Words) -> Mapping[str, Words]:
    """Names of what is drawn; a country needs none, as far as CLDR has it in every language."""
    if entry["kind"] == "years":
        keys: set[str] = set()
    elif entry["kind"] == "groups":
        keys = {fact.id for fact in drawn}
    else:
        keys = {value.key for fact in drawn for value in fact.values if value.key}
    given = entry.get("labels", Table())
    line = entry.line_of("labels")
    if not isinstance(given, Table) or not all(isinstance(words, Table) for words in given.values()):
        raise Unreadable(NAME, line, Sentence("{id}: labels give each name in each language", id=id))
    if unknown := sorted(set(given) - keys):
        what = Sentence("{id}: nothing here is called `{name}`", id=id, name=unknown[0])
        raise Unreadable(NAME, given.line_of(unknown[0]), what)
    for key in sorted(keys):
        words = given.get(key, {})
        for code, text in words.items():
            if not isinstance(text, str) or not text.strip() or re.search(r"[\d{}]", text):
                what = Sentence(
                    "{id}: the name of {key} in {language} must be plain words", id=id, key=key, language=code
                )
                raise Unreadable(NAME, given.line_of(key), what)
        for code in titles:
            if code not in words and not (entry["kind"] == "bars" and _is_known(key, code)):
                what = Sentence(
                    "{id}: {key} has no name in {language}; give it in labels", id=id, key=key, language=code
                )
                raise Unreadable(NAME, given.line_of(key), what)
    return {key: dict(words) for key, words in given.items()}


def _is_known(key: str, code: str) -> bool:
    from babel import Locale, UnknownLocaleError

    try:
        return key.upper() in Locale.parse(code).territories
    except (UnknownLocaleError, ValueError):
        return False

"""Fact: a number, deadline or amount that a law can change; the value in force on a day, filled into texts."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache, partial
from itertools import pairwise
from pathlib import Path
from weakref import proxy

from bot.content.reading import Mistake, Table, Unreadable, read_table
from bot.content.units import Units
from bot.sentence import Sentence

CONFIDENCE = ("high", "medium", "low")
COUNTED = (
    "days",
    "working_days",
    "calendar_days",
    "weeks",
    "months",
    "years",
    "age",
    "hours",
    "minutes",
    "people",
    "times",
)
KINDS = ("number", "money", "mci", "share", "date", "text", *COUNTED)
_FULL_STOP = re.compile(r"(\**)\.(?!\.)")
REFERENCE = re.compile(
    r"\{(?P<name>[a-z][a-z0-9_-]*)(?:\.(?P<key>[a-z0-9-]+))?(?:@(?P<year>[12]\d{3}))?"
    r"(?::(?P<ask>year|from|until|checked|asof))?\}"
)


@dataclass(frozen=True)
class Value:
    """What a fact is worth from a day, until a day; `key` is the citizenship or other variant it is for."""

    value: str
    since: date
    until: date | None
    confidence: str
    checked: date
    review: date | None
    sources: tuple[str, ...]
    key: str | None
    as_of: str
    line: int


@dataclass(frozen=True)
class Fact:
    """All that was ever true of one figure; written once and used everywhere."""

    id: str
    kind: str
    about: str
    values: tuple[Value, ...]
    line: int

    def on(self, day: date, key: str | None = None) -> Value | None:
        """The value in force; where there is none, the last one that was, else the first one to come."""
        ours = sorted((value for value in self.values if value.key == key), key=lambda value: value.since)
        begun = [value for value in ours if value.since <= day]
        return begun[-1] if begun else next(iter(ours), None)


@dataclass(frozen=True)
class Reference:
    """One {name} in a text, taken apart: {name.key@2025:asof}."""

    written: str
    name: str
    key: str | None
    year: int | None
    ask: str | None


def references(text: str) -> Iterator[Reference]:
    """Every {fact} or {place} that a text names, in order."""
    for found in REFERENCE.finditer(text):
        year = found["year"]
        yield Reference(found.group(), found["name"], found["key"], int(year) if year else None, found["ask"])


class Facts:
    """All facts, with the words for their units, and a way to say a place's phone."""

    def __init__(self, facts: Mapping[str, Fact], units: Units, phone: Callable[[Reference], str | None]) -> None:
        self.all = dict(facts)
        self.units = units
        self._phone = phone
        # A text reads the same all day; this is half a MiB. By way of a proxy, so that an old version goes at once.
        self.fill = lru_cache(maxsize=512)(partial(Facts._fill, proxy(self)))

    def with_fact(self, fact: Fact) -> "Facts":
        """All facts, with this one in place of what it was."""
        return Facts({**self.all, fact.id: fact}, self.units, self._phone)

    def _fill(self, text: str, language: str, today: date) -> str:
        """The text with every {name} said in its language; raises KeyError for one nobody knows."""
        parts, end = [], 0
        for found in REFERENCE.finditer(text):
            said = self.say(next(references(found.group())), language, today)
            parts += [text[end : found.start()], said]
            # A date may end in the full stop of an abbreviation (“2026 г.”), which is then the sentence's too.
            end = found.end()
            if said.endswith(".") and (doubled := _FULL_STOP.match(text, end)):
                parts.append(doubled[1])
                end = doubled.end()
        return "".join([*parts, text[end:]])

    def say(self, reference: Reference, language: str, today: date) -> str:
        """One reference as a person reads it."""
        fact = self.all.get(reference.name)
        if fact is None:
            phone = self._phone(reference)
            if phone is None:
                raise KeyError(reference.written)
            return phone
        value = self.value(reference, today)
        if value is None:
            raise KeyError(reference.written)
        if reference.ask:
            return self._asked(value, reference.ask, language)
        said = self._said(fact, value, language, date(reference.year, 12, 31) if reference.year else today)
        if reference.year is None and value.since > today:
            return self.units.not_yet(said, value.since, language)
        if reference.year is None and value.until is not None and value.until < today:
            return self.units.of_year(said, value.since.year, language)
        return said

    def value(self, reference: Reference, today: date) -> Value | None:
        """The value a reference means on a day: in force today, or in the year it names."""
        fact = self.all.get(reference.name)
        if fact is None:
            return None
        if reference.year is None:
            return fact.on(today, reference.key)
        value = fact.on(date(reference.year, 12, 31), reference.key)
        is_of_year = value and value.since.year <= reference.year <= (value.until or date.max).year
        return value if is_of_year else None

    def _asked(self, value: Value, ask: str, language: str) -> str:
        if ask == "year":
            return str(value.since.year)
        if ask == "asof":
            return short_date(value.as_of) or str(value.checked.year)
        day = {"from": value.since, "until": value.until, "checked": value.checked}[ask]
        if day is None:
            raise KeyError(ask)
        return self.units.day(day, language)

    def _said(self, fact: Fact, value: Value, language: str, today: date) -> str:
        if fact.kind == "text":
            return value.value
        if fact.kind == "date":
            return self.units.day(date.fromisoformat(value.value), language)
        amount = Decimal(value.value)
        if fact.kind != "mci":
            return self.units.count(fact.kind, amount, language)
        index = self.all["mci"].on(today) if "mci" in self.all else None
        if index is None or (index.until is not None and index.until < today):
            return self.units.count("mci_alone", amount, language)
        money = self.units.count("money", amount * Decimal(index.value), language)
        return self.units.count("mci", amount, language, money=money)


def short_date(written: str) -> str:
    """A day or month in figures, the same in every language; a bare year, or words, as they stand."""
    if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", written):
        return ".".join(reversed(written.split("-")))
    return written


def read_facts(folder: Path, last: Mapping[str, Fact]) -> tuple[dict[str, Fact], list[Mistake]]:
    """The facts of facts.yaml; one with a mistake is named, and stays as it `last` was or is left out."""
    name = "facts.yaml"
    if not (folder / name).exists():
        what = Sentence("the file is missing; without it no text can say a number")
        return dict(last), [Mistake(name, 1, what)]
    try:
        table = read_table(folder / name, name)
    except Unreadable as error:
        return dict(last), [error.mistake]
    facts, mistakes = {}, []
    for id, entry in table.items():
        try:
            facts[id] = _fact(id, entry, table.line_of(id), name)
        except Unreadable as error:
            mistakes.append(error.mistake)
            if id in last:
                facts[id] = last[id]
    return facts, mistakes


def _fact(id: str, entry: object, line: int, name: str) -> Fact:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", id):
        raise Unreadable(name, line, Sentence("`{id}` is no name for a fact: use a-z, 0-9 and _", id=id))
    if not isinstance(entry, Table) or not isinstance(entry.get("values"), list) or not entry["values"]:
        raise Unreadable(name, line, Sentence("{id}: give its `kind` and at least one line below `values`", id=id))
    if entry.get("kind") not in KINDS:
        what = Sentence("{id}: the kind must be one of {known}", id=id, known=", ".join(KINDS))
        raise Unreadable(name, entry.line_of("kind"), what)
    unknown = set(entry) - {"kind", "about", "for", "values"}
    if unknown:
        raise Unreadable(name, entry.line_of(min(unknown)), Sentence("{id}: unknown `{key}`", id=id, key=min(unknown)))
    values = tuple(_value(id, entry["kind"], value, "for" in entry, line, name) for value in entry["values"])
    _refuse_overlaps(id, values, name)
    return Fact(id, entry["kind"], entry.get("about", ""), values, line)


def _value(id: str, kind: str, entry: object, is_keyed: bool, line: int, name: str) -> Value:
    if not isinstance(entry, Table):
        form = "{value: ..., from: ..., confidence: ..., checked: ..., sources: [...]}"
        raise Unreadable(name, line, Sentence("{id}: each value is {form}", id=id, form=form))
    missing = [key for key in ("value", "from", "confidence", "checked", "sources") if not entry.get(key)]
    if is_keyed and not entry.get("for"):
        missing.append("for")
    if missing:
        raise Unreadable(name, entry.line, Sentence("{id}: this value lacks `{key}`", id=id, key=missing[0]))
    unknown = set(entry) - {
        "value",
        "from",
        "until",
        "confidence",
        "checked",
        "review",
        "sources",
        "for",
        "as_of",
        "note",
    }
    if unknown:
        raise Unreadable(name, entry.line, Sentence("{id}: unknown `{key}` in a value", id=id, key=min(unknown)))
    if entry["confidence"] not in CONFIDENCE:
        what = Sentence("{id}: confidence must be one of {known}", id=id, known=", ".join(CONFIDENCE))
        raise Unreadable(name, entry.line, what)
    if not isinstance(entry["sources"], list):
        raise Unreadable(name, entry.line, Sentence("{id}: write the sources in brackets, like [law-migration]", id=id))
    _refuse_shape(id, kind, entry, name)
    days = {key: _day(id, entry, key, name) for key in ("from", "until", "checked", "review")}
    since, checked = days["from"], days["checked"]
    assert since is not None
    assert checked is not None
    if days["until"] and days["until"] < since:
        raise Unreadable(name, entry.line, Sentence("{id}: `until` lies before `from`", id=id))
    return Value(
        entry["value"], since, days["until"], entry["confidence"], checked, days["review"],
        tuple(entry["sources"]), entry.get("for"), entry.get("as_of", ""), entry.line,
    )  # fmt: skip


def _refuse_shape(id: str, kind: str, entry: Table, name: str) -> None:
    if kind == "text":
        return
    try:
        if kind == "date":
            date.fromisoformat(entry["value"])
        elif not Decimal(entry["value"]).is_finite():
            raise InvalidOperation
    except (ValueError, InvalidOperation) as error:
        value = entry["value"]
        if kind == "date":
            what = Sentence("{id}: `{value}` is not a date like 2026-01-31", id=id, value=value)
        else:
            what = Sentence("{id}: `{value}` is not a plain number like 4325 or 0.5", id=id, value=value)
        raise Unreadable(name, entry.line, what) from error


def _day(id: str, entry: Table, key: str, name: str) -> date | None:
    if not entry.get(key):
        return None
    try:
        return date.fromisoformat(entry[key])
    except ValueError as error:
        what = Sentence("{id}: `{key}: {value}` is no date; write it like 2026-11-22", id=id, key=key, value=entry[key])
        raise Unreadable(name, entry.line, what) from error


def _refuse_overlaps(id: str, values: tuple[Value, ...], name: str) -> None:
    ordered = sorted(values, key=lambda value: (value.key or "", value.since))
    for one, other in pairwise(ordered):
        if one.key == other.key and (other.since == one.since or (one.until and other.since <= one.until)):
            what = Sentence("{id}: two values are in force on {day}; end the earlier one", id=id, day=other.since)
            raise Unreadable(name, other.line, what)

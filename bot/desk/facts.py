"""Facts: one form for a number, deadline or amount; a change shows every sentence that will read differently first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from aiohttp import web
from markupsafe import Markup

from bot.content import Content, Mistake
from bot.content.editing import scalar, value_at, with_value
from bot.content.facts import CONFIDENCE, KINDS, Fact, Facts, Reference, read_facts, references
from bot.desk.drafts import Newer, mark
from bot.desk.sentences import difference, sentences
from bot.desk.visit import EDITORS, STAFF, Page, Refused, Visit
from bot.sentence import Sentence

FILE = "content/facts.yaml"
FIELDS = ("value", "for", "from", "until", "confidence", "as_of", "checked", "review", "sources", "note")
_NAME = re.compile(r"[a-z][a-z0-9_]{1,60}")
_SOON = 30  # days


@dataclass(frozen=True)
class Reads:
    """A sentence of a text, as it reads and as it would read."""

    title: str
    id: str
    language: str
    words: Markup


def pages() -> list[Page]:
    return [
        Page("GET", "/facts", show_all, STAFF),
        Page("GET", "/fact", show, STAFF),
        Page("POST", "/fact", change, EDITORS),
        Page("POST", "/fact/drop", drop, EDITORS),
    ]


def show_all(visit: Visit) -> web.Response:
    """Every fact with its value today; those to look at first."""
    content, today = visit.desk.drafts.content(), visit.desk.today
    code = reading_language(visit, content)
    users = used_in(content)
    lines = [
        (fact, said(content.facts, fact, code, today), due(fact, today), len(users.get(fact.id, ())))
        for fact in content.facts.all.values()
    ]
    if visit.query.get("due"):
        lines = [line for line in lines if line[2]]
    return visit.page("facts.html", lines=lines, states=states(visit))


def states(visit: Visit) -> dict[str, tuple[str, str]]:
    say = visit.say
    return {
        "overdue": (say("review is overdue"), "bad"),
        "ended": (say("ended, nothing follows"), "bad"),
        "soon": (say("review is near"), "warn"),
        "low": (say("not sure enough to be said"), "warn"),
    }


def due(fact: Fact, today: date) -> str:
    """Why somebody should look at a fact; nothing where all is well."""
    running = [value for value in fact.values if (value.until or date.max) >= today]
    if not running:
        return "ended"
    if any(value.review and value.review < today for value in running):
        return "overdue"
    if any(value.review and (value.review - today).days <= _SOON for value in running):
        return "soon"
    return "low" if any(value.confidence == "low" for value in running) else ""


def said(facts: Facts, fact: Fact, code: str, today: date) -> str:
    """The fact as a reader sees it today, for each variant."""
    keys = dict.fromkeys(value.key for value in fact.values)
    found = []
    for key in keys:
        try:
            words = facts.say(Reference("", fact.id, key, None, None), code, today)
        except (KeyError, ValueError):
            continue
        found.append(f"{key}: {words}" if key else words)
    return "; ".join(found)


def reading_language(visit: Visit, content: Content) -> str:
    return visit.language.code if visit.language.code in content.spellings else "ru"


def used_in(content: Content) -> dict[str, set[str]]:
    """The topics each fact or place stands in."""
    users: dict[str, set[str]] = {}
    for _, id, passage in _passages(content):
        for reference in references(passage):
            users.setdefault(reference.name, set()).add(id)
    return users


def show(visit: Visit) -> web.Response:
    content = visit.desk.drafts.content()
    id = visit.query.get("id", "")
    words = visit.desk.drafts.words((FILE, id)) if _NAME.fullmatch(id) else ""
    if id and not words:
        raise Refused(visit.say("There is nothing here."), 404)
    return _form(visit, content, id, words)


def change(visit: Visit) -> web.Response:
    """First what would read differently, then the draft."""
    desk, form = visit.desk, visit.form
    id = form.get("id", "").strip()
    if not _NAME.fullmatch(id):
        raise Refused(visit.say("A name of a fact has letters a to z, digits and _, like minimum_wage."))
    old = desk.drafts.words((FILE, id))
    new = _filled(visit, id, old)
    content = desk.drafts.content()
    fact, mistakes = _read(visit, id, new)
    if fact is None or mistakes:
        return _form(visit, content, id, new, mistakes, mark(old), 409)
    if form.get("do") != "save":
        reads = list(_reads(content, fact, desk.today))
        return visit.page("fact_look.html", id=id, fields=_fields(visit), reads=reads[:400], many=len(reads))
    try:
        desk.drafts.save((FILE, id), new, form.get("mark", ""), visit.person.name)
    except Newer as newer:
        what = Sentence(
            "Somebody has changed this fact meanwhile; it stands here as it is now. Enter your change again."
        )
        return _form(visit, content, id, newer.words, [Mistake("facts.yaml", 1, what)], mark(newer.words), 409)
    visit.note("save draft", id)
    return visit.go("/fact", id=id, saved="1")


def drop(visit: Visit) -> web.Response:
    visit.desk.staff.drop([(FILE, visit.form.get("id", ""))])
    visit.note("drop draft", visit.form.get("id", "")[:60])
    return visit.go("/facts")


def _form(
    visit: Visit, content: Content, id: str, words: str, mistakes: list[Mistake] | None = None, seen: str = "",
    status: int = 200,
) -> web.Response:  # fmt: skip
    fact, _ = _read(visit, id, words) if words else (None, [])
    rows = [_row(words, number) for number in range(len(fact.values))] if fact else []
    code = reading_language(visit, content)
    return visit.page(
        "fact.html", status, id=id, fact=fact, rows=list(enumerate([*rows, {}])),
        kinds=KINDS, levels=CONFIDENCE, fields=FIELDS,
        draft=visit.desk.staff.draft(FILE, id), mark=seen or mark(visit.desk.drafts.words((FILE, id)) if id else ""),
        used=sorted(used_in(content).get(id, ())), mistakes=mistakes or [], names=field_names(visit),
        said=said(content.facts, fact, code, visit.desk.today) if fact and id in content.facts.all else "",
        titles={topic: content.title(topic, code) for topic in content.topics}, today=visit.desk.today,
        source_ids=sorted(content.sources), levels_said=level_names(visit),
    )  # fmt: skip


def field_names(visit: Visit) -> dict[str, str]:
    say = visit.say
    return {
        "value": say("Value"),
        "for": say("For whom"),
        "from": say("Valid from"),
        "until": say("Until"),
        "confidence": say("How sure"),
        "as_of": say("As of"),
        "checked": say("Checked on"),
        "review": say("Review by"),
        "sources": say("Sources, with commas"),
        "note": say("Note for editors"),
    }


def level_names(visit: Visit) -> dict[str, str]:
    say = visit.say
    return {"high": say("sure"), "medium": say("fairly sure: said with its day"), "low": say("not sure: not said")}


def _row(words: str, number: int) -> dict[str, str]:
    """One value of a fact as the form shows it."""
    found = {}
    for name in FIELDS:
        value = value_at(words, [*_top(words), "values", number, name])
        found[name] = ", ".join(value) if isinstance(value, list) else value or ""
    return found


def _top(words: str) -> list[str]:
    return [words.partition(":")[0]]


def _fields(visit: Visit) -> list[tuple[str, str]]:
    """The form once more, to be sent again after a look."""
    return [(name, value) for name, value in visit.form.items() if name not in ("csrf", "do")]


def _filled(visit: Visit, id: str, old: str) -> str:
    """The entry with what the form says; values that were not touched keep their bytes."""
    form, words = visit.form, old
    if not words:
        words = f"{id}:\n  kind: {scalar(form.get('kind', ''))}\n  about: {scalar(form.get('about', ''))}\n  values:\n"
    else:
        words = with_value(words, [id, "about"], form.get("about", "").strip() or None)
    number = 0
    while f"{number}.value" in form:
        given = {name: _given(name, form.get(f"{number}.{name}", "")) for name in FIELDS}
        is_there = bool(words) and value_at(words, [id, "values", number]) is not None
        if is_there and f"{number}.new" not in form:
            for name, value in given.items():
                words = with_value(words, [id, "values", number, name], value)
        elif given["value"]:
            pairs = ((name, value) for name, value in given.items() if value)
            said = ", ".join(f"{name}: {_flow(value)}" for name, value in pairs)
            words = words.rstrip("\n") + f"\n    - {{{said}}}\n"
        number += 1
    return words


def _given(name: str, value: str) -> str | list[str] | None:
    value = value.strip()
    if name == "sources":
        return [one.strip() for one in value.split(",") if one.strip()] or None
    return value or None


def _flow(value: str | list[str] | None) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, list) else scalar(value or "")


def _read(visit: Visit, id: str, words: str) -> tuple[Fact | None, list[Mistake]]:
    """The fact these words are, read as the bot reads it."""
    with visit.desk.drafts.scratch("facts.yaml", words) as folder:
        found, mistakes = read_facts(folder, {})
    return found.get(id), mistakes


def _reads(content: Content, fact: Fact, today: date) -> Iterator[Reads]:
    """Every sentence that reads differently with this fact."""
    newer = content.facts.with_fact(fact)
    for language, id, passage in _passages(content):
        for line in passage.split("\n"):
            if "{" not in line:
                continue
            for sentence in sentences(line):
                old, new = (
                    _filled_in(content.facts, sentence, language, today),
                    _filled_in(newer, sentence, language, today),
                )
                if old != new:
                    yield Reads(content.title(id, language), id, language, difference(old, new))


def _filled_in(facts: Facts, sentence: str, language: str, today: date) -> str:
    try:
        return facts.fill(sentence, language, today)
    except (KeyError, ValueError):
        return sentence


def _passages(content: Content) -> Iterator[tuple[str, str, str]]:
    """Language, topic and words of everything facts stand in; scripts spelled by rule are left out."""
    own = {code for code, spelling in content.spellings.items() if spelling.source is None}
    for (id, language), text in content.texts.items():
        if language in own:
            for passage in (text.short, text.risk, *text.parts.values()):
                yield language, id, passage
    for (id, language), words in content.flow_words.items():
        if language in own:
            for passage in (*words.texts.values(), *words.asks.values()):
                yield language, id, passage

"""The form of a text: from the words of its file to fields, and from fields back to the file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.content import Content, Source, Text
from bot.content.editing import header, section, with_header, with_section
from bot.content.facts import Reference, references
from bot.content.topics import PARTS, split
from bot.desk.sentences import Row, joined, rows
from bot.desk.visit import Visit

if TYPE_CHECKING:
    from bot.desk.texts import Place

SHORT = "short"


@dataclass(frozen=True)
class Part:
    """One part of a text in the form: as a whole where the source is edited, in rows where it is translated."""

    name: str
    words: str
    rows: list[Row]


def parts(words: str, source: Text | None, then: str | None, place: "Place") -> list[Part]:
    """The parts of a text; where the source of a translation is not known as it was, it stands as it is."""
    found = []
    for name in (SHORT, *(PARTS if "/" in place.id else ())):
        own = section(words, "" if name == SHORT else name)
        if place.is_source or source is None:
            found.append(Part(name, own, []))
            continue
        now = source.short if name == SHORT else source.parts.get(name, "")
        known = section(then, "" if name == SHORT else name) if then else now
        found.append(Part(name, own, rows(now, known, own)))
    return found


def part_names(visit: Visit) -> dict[str, str]:
    say = visit.say
    return {
        SHORT: say("Short answer"),
        "steps": say("What to do"),
        "cost": say("Cost"),
        "deadlines": say("Deadlines"),
        "dont": say("Avoid"),
        "who": say("Who helps"),
        "others": say("Countries"),
    }


def facts(content: Content, language: str, today: date) -> list[tuple[str, str, str]]:
    """Every fact and phone that can be put into a text: its name, what it says today, what it is about."""
    found = []
    for fact in content.facts.all.values():
        key = fact.values[0].key
        written = f"{fact.id}.{key}" if key else fact.id
        try:
            said = content.facts.say(Reference("", fact.id, key, None, None), language, today)
        except (KeyError, ValueError):
            continue
        found.append((f"{{{written}}}", said, fact.about))
    found += [(f"{{{one.id}}}", one.phones[0].number, one.id) for one in content.places.values() if one.phones]
    return found


def said_in(content: Content, words: str, language: str, today: date) -> dict[str, str]:
    """What each {name} of these words says today."""
    found = {}
    for reference in references(words):
        try:
            found[reference.written] = content.facts.say(reference, language, today).strip("*")
        except (KeyError, ValueError):
            continue
    return found


def chipper(content: Content, today: date) -> Callable[[Markup], Markup]:
    """Makes a chip of each {name} of the source: its value in sight, its name at the pointer."""

    def chipped(shown: Markup) -> Markup:
        said = said_in(content, str(shown), "ru", today)
        for written, words in said.items():
            chip = Markup('<span class="chip" title="{}">{}</span>').format(written.strip("{}"), words)
            shown = shown.replace(written, chip)
        return shown

    return chipped


def sources(content: Content, words: str) -> list[tuple[str, Source | None]]:
    """The sources of a text with what they are."""
    return [(id, content.sources.get(id)) for id in split(header(words, "sources"), ",")]


def filled(visit: Visit, old: str, place: "Place") -> str:
    """The file with what the form says; a text whose words changed was not read by anybody yet."""
    form, text = visit.form, old
    for name in ("title", "risk", "sources"):
        if name in form:
            text = with_header(text, name, form[name])
    if "asked" in form:
        lines = [" ".join(line.replace(";", ",").split()) for line in form["asked"].split("\n")]
        asked = "; ".join(line for line in lines if line)
        if [*split(header(text, "asked"), ";")] != [line for line in lines if line]:
            text = with_header(text, "asked", asked)
    for name in (SHORT, *PARTS):
        part = "" if name == SHORT else name
        if f"p.{name}" in form:
            text = with_section(text, part, form[f"p.{name}"])
        elif f"r.{name}" in visit.lists:
            pieces, glues = visit.lists[f"r.{name}"], [_glue(one) for one in visit.lists.get(f"g.{name}", [])]
            if len(pieces) == len(glues):
                text = with_section(text, part, joined(pieces, glues))
    if header(text, "reviewed") and _body(text) != _body(old):
        text = with_header(text, "reviewed", "")
    if "compared" in form:
        text = with_header(text, "compared", visit.desk.today.isoformat())
    source = visit.desk.drafts.content().texts.get((place.id, "ru"))
    if "follows" in form and source and not place.is_source and "/" in place.id:
        text = with_header(text, "follows", source.fingerprint)
    return text if text.endswith("\n") else text + "\n"


def reviewed(words: str, today: date, title: str) -> str:
    """The text with the word of whoever read it."""
    return with_header(words, "reviewed", f"{today.isoformat()}, {title}")


def _body(text: str) -> list[str]:
    return [header(text, "title"), header(text, "risk"), *(section(text, part) for part in ("", *PARTS))]


def _glue(code: str) -> str:
    """`s` a space, `n` a line end, `nn` a paragraph's end: a form's fields lose line ends."""
    return " " if code == "s" else "\n" * min(max(code.count("n"), 1), 4)

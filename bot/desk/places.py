"""Places: one form for an office, a line or a shelter; its numbers, and who has confirmed them."""

import re

from aiohttp import web

from bot.content import Content, Mistake
from bot.content.editing import Path, scalar, value_at, with_value
from bot.content.places import CALL, KINDS, SERVES, WAYS, Place, read_places
from bot.content.regions import read_regions
from bot.desk import four_eyes
from bot.desk.drafts import Newer, Unit, mark
from bot.desk.facts import level_names, reading_language, used_in
from bot.desk.four_eyes import FILE
from bot.desk.visit import EDITORS, PUBLISHERS, STAFF, Page, Refused, Visit
from bot.store.staff import Checked

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,60}")
_LINES = ("region", "city", "web", "as_of", "confidence", "note")
_PHONE = ("number", "what", "hours", "languages")
_SOURCE = ("title", "url", "publisher", "date")
_ROLES = ("reviewer", "editor", "owner")


def pages() -> list[Page]:
    return [
        Page("GET", "/places", show_all, STAFF),
        Page("GET", "/place", show, STAFF),
        Page("POST", "/place", change, EDITORS),
        Page("POST", "/place/confirm", confirm, PUBLISHERS),
        Page("POST", "/place/drop", drop, EDITORS),
    ]


def show_all(visit: Visit) -> web.Response:
    """Every place with its numbers and whether they may be shown."""
    content = visit.desk.drafts.content()
    code = reading_language(visit, content)
    spelling = content.spellings[code]
    lines = [
        (
            place,
            place.name(spelling),
            content.regions[place.region].name(spelling) if place.region in content.regions else "",
        )
        for place in content.places.values()
        if not visit.query.get("unproven") or any(not phone.is_proven for phone in place.phones)
    ]
    return visit.page("places.html", lines=lines, statuses=status_names(visit))


def status_names(visit: Visit) -> dict[str, tuple[str, str]]:
    say = visit.say
    return {
        "confirmed": (say("confirmed"), "good"),
        "official": (say("from an official source"), "good"),
        "unproven": (say("nobody has called it yet"), "warn"),
    }


def show(visit: Visit) -> web.Response:
    id = visit.query.get("id", "")
    words = visit.desk.drafts.words((FILE, id)) if _NAME.fullmatch(id) else ""
    if id and not words:
        raise Refused(visit.say("There is nothing here."), 404)
    return _form(visit, id, words, [])


def change(visit: Visit) -> web.Response:
    """Keep the form as a draft. A number that is new or was changed is unproven until two people confirm it."""
    id = visit.form.get("id", "").strip()
    if not _NAME.fullmatch(id):
        raise Refused(visit.say("A name of a place has letters a to z, digits and hyphens, like line-111."))
    old = visit.desk.drafts.words((FILE, id))
    new = _filled(visit, id, old)
    place, mistakes = _read(visit, id, new)
    if place is None or mistakes:
        return _form(visit, id, new, mistakes, 409)
    _save(visit, (FILE, id), new, visit.form.get("mark", ""))
    visit.note("save draft", id)
    return visit.go("/place", id=id, saved="1")


def confirm(visit: Visit) -> web.Response:
    """“I called it today”, or another way; with two different people and a call the number becomes confirmed."""
    desk, form = visit.desk, visit.form
    id, number, by = form.get("id", ""), form.get("number", ""), form.get("by", "")
    words = desk.drafts.words((FILE, id)) if _NAME.fullmatch(id) else ""
    place, _ = _read(visit, id, words) if words else (None, [])
    index = next((n for n, phone in enumerate(place.phones if place else ()) if phone.number == number), None)
    if index is None or by not in WAYS:
        raise Refused(visit.say("There is nothing here."), 404)
    role = next(role for role in _ROLES if role in visit.person.roles)
    desk.staff.confirm(id, number, Checked(visit.person.id, role, by, desk.today.isoformat()))
    visit.note("confirm phone", f"{id} {number}: {by}")
    checked = desk.staff.confirmations(id, number)
    if four_eyes.is_proven(checked):
        path: Path = [id, "phones", index]
        new = with_value(words, [*path, "status"], "confirmed")
        new = with_value(new, [*path, "confirmed"], None)
        new = with_value(new, [*path, "confirmed"], "SAID").replace(
            "confirmed: SAID", f"confirmed: {four_eyes.written(checked)}", 1
        )
        _save(visit, (FILE, id), new, mark(words))
    return visit.go("/place", id=id, saved="1")


def drop(visit: Visit) -> web.Response:
    visit.desk.staff.drop([(FILE, visit.form.get("id", ""))])
    visit.note("drop draft", visit.form.get("id", "")[:60])
    return visit.go("/places")


def _save(visit: Visit, unit: Unit, new: str, seen: str) -> None:
    try:
        visit.desk.drafts.save(unit, new, seen, visit.person.name)
    except Newer as newer:
        message = visit.say("Somebody has changed this place meanwhile. Go back, load the page again and repeat.")
        raise Refused(message, 409) from newer


def _form(visit: Visit, id: str, words: str, mistakes: list[Mistake], status: int = 200) -> web.Response:
    content = visit.desk.drafts.content()
    place, found = _read(visit, id, words) if words else (None, [])
    phones = place.phones if place else ()
    checked = {
        phone.number: [(_who(visit, one.staff), one) for one in visit.desk.staff.confirmations(id, phone.number)]
        for phone in phones
    }
    code = reading_language(visit, content)
    return visit.page(
        "place.html", status, id=id, place=place, mistakes=mistakes or found, kinds=KINDS, all_serves=SERVES,
        regions=[(region, one.name(content.spellings[code])) for region, one in content.regions.items()],
        towns={region: list(one.towns) for region, one in content.regions.items()},
        lines={name: _line(words, id, name) for name in _LINES}, names_of=_names(content, words, id),
        draft=visit.desk.staff.draft(FILE, id), checked=checked, statuses=status_names(visit), call=CALL,
        ways=way_names(visit), mark=mark(visit.desk.drafts.words((FILE, id)) if id else ""),
        levels_said=level_names(visit), kind_names=kind_names(visit),
        may_confirm=visit.may(PUBLISHERS), used=sorted(used_in(content).get(id, ())),
    )  # fmt: skip


def way_names(visit: Visit) -> dict[str, str]:
    say = visit.say
    return {
        "call": say("I called it today"),
        "visit": say("I was there today"),
        "letter": say("They wrote it to me today"),
        "page": say("I saw it on their own page today"),
    }


def kind_names(visit: Visit) -> dict[str, str]:
    say = visit.say
    return {
        "hotline": say("line"),
        "government": say("office of the state"),
        "crisis_center": say("shelter"),
        "consulate": say("consulate"),
        "ngo": say("organisation"),
        "legal_aid": say("lawyers"),
        "medical": say("doctors"),
    }


def _who(visit: Visit, id: int) -> str:
    person = visit.desk.staff.find(id)
    return person.name if person else "?"


def _line(words: str, id: str, name: str) -> str:
    value = value_at(words, [id, name]) if words else ""
    return value if isinstance(value, str) else ""


def _names(content: Content, words: str, id: str) -> dict[str, str]:
    codes = [code for code, spelling in content.spellings.items() if spelling.source is None]
    found = {code: value_at(words, [id, "names", code]) if words else "" for code in codes}
    return {code: value if isinstance(value, str) else "" for code, value in found.items()}


def _filled(visit: Visit, id: str, old: str) -> str:
    """The entry with what the form says; what was not touched keeps its bytes."""
    form = visit.form
    words = (
        old or f"{id}:\n  kind: {scalar(form.get('kind', ''))}\n  names:\n    ru: {scalar(form.get('name.ru', ''))}\n"
    )
    if old:
        words = with_value(words, [id, "kind"], form.get("kind") or None)
    for name, value in form.items():
        if name.startswith("name."):
            words = with_value(words, [id, "names", name.removeprefix("name.")], value.strip() or None)
    for name in _LINES:
        if name in form:
            words = with_value(words, [id, name], form[name].strip() or None)
    if "serves.shown" in form:
        words = with_value(words, [id, "serves"], [one for one in SERVES if one in visit.lists.get("serves", [])])
    number = 0
    while f"{number}.number" in form:
        words = _phone_filled(visit, id, words, number)
        number += 1
    return _with_source(words, id, {name: form.get(f"source.{name}", "").strip() for name in _SOURCE})


def _with_source(words: str, id: str, given: dict[str, str]) -> str:
    """The entry with one more source; no title, no source."""
    if not given["title"]:
        return words
    lines = [f"{name}: {scalar(value)}" for name, value in given.items() if value]
    fresh = f"  - {lines[0]}\n" + "".join(f"    {line}\n" for line in lines[1:])
    if value_at(words, [id, "sources"]) is None:
        return words.rstrip("\n") + f"\n  sources:\n{fresh}"
    return _appended(words, "sources", fresh)


def _phone_filled(visit: Visit, id: str, words: str, number: int) -> str:
    given = {name: visit.form.get(f"{number}.{name}", "").strip() for name in _PHONE}
    path: Path = [id, "phones", number]
    old = value_at(words, [*path, "number"])
    if old is None:
        if not given["number"]:
            return words
        lines = "".join(
            f"    {name}: {_said(name, value)}\n" for name, value in given.items() if value and name != "number"
        )
        fresh = f"  - number: '{given['number']}'\n    status: unproven\n{lines}"
        if value_at(words, [id, "phones"]) is None:
            return words.rstrip("\n") + f"\n  phones:\n{fresh}"
        return _appended(words, "phones", fresh)
    if given["number"] and given["number"] != old:
        words = with_value(words, [*path, "status"], "unproven")
        words = with_value(words, [*path, "confirmed"], None)
        words = with_value(words, [*path, "number"], given["number"])
    for name in ("what", "hours"):
        words = with_value(words, [*path, name], given[name] or None)
    languages = [one.strip() for one in given["languages"].split(",") if one.strip()]
    return with_value(words, [*path, "languages"], languages or None)


def _appended(words: str, name: str, fresh: str) -> str:
    """One more after the last of a list, wherever the list stands in the entry."""
    lines = words.split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith(f"  {name}:"))
    if lines[start].strip() != f"{name}:":
        return "\n".join([*lines[:start], f"  {name}:", *fresh.rstrip("\n").split("\n"), *lines[start + 1 :]])
    end = start + 1
    while end < len(lines) and lines[end].startswith(("  -", "   ")):
        end += 1
    return "\n".join([*lines[:end], *fresh.rstrip("\n").split("\n"), *lines[end:]])


def _said(name: str, value: str) -> str:
    return f"[{', '.join(one.strip() for one in value.split(','))}]" if name == "languages" else scalar(value)


def _read(visit: Visit, id: str, words: str) -> tuple[Place | None, list[Mistake]]:
    """The place these words are, read as the bot reads it."""
    regions, _ = read_regions(visit.desk.library.editions.content, {})
    with visit.desk.drafts.scratch("places.yaml", words) as folder:
        found, mistakes = read_places(folder, regions, {})
    return found.get(id), mistakes

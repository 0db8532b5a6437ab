"""Texts: all of them with their state, and one of them beside its source; saved as a draft, sent to review, read."""

from dataclasses import dataclass

from aiohttp import web

from bot.content import Content, Text
from bot.content.editing import header, new_text, with_header
from bot.content.topics import HEADER
from bot.desk import reading, text_form
from bot.desk.drafts import Newer, Unit, mark
from bot.desk.visit import REVIEWERS, STAFF, WRITERS, Page, Refused, Visit

SOURCE = "ru"
MOST_LETTERS = 60_000


def pages() -> list[Page]:
    return [
        Page("GET", "/texts", show_all, STAFF),
        Page("GET", "/text", show, STAFF),
        Page("POST", "/text", save, WRITERS),
        Page("POST", "/text/whole", save_whole, WRITERS),
        Page("POST", "/text/review", review, REVIEWERS),
        Page("POST", "/text/drop", drop, WRITERS),
    ]


@dataclass(frozen=True)
class Place:
    """Which text a request is about; both names are ones the catalogue knows, so no path comes from a form."""

    id: str
    language: str

    @property
    def unit(self) -> Unit:
        return (f"content/{self.id}/{self.language}.md" if self.id != "home" else f"content/{self.language}.md"), ""

    @property
    def is_source(self) -> bool:
        return self.language == SOURCE


def place_of(visit: Visit, content: Content, id: str, language: str) -> Place:
    """The text a form or address names; refuses what is not in the catalogue."""
    known = {"home", *content.topics, *(group.id for group in content.groups)}
    if id not in known or language not in own_languages(content):
        raise Refused(visit.say("There is nothing here."), 404)
    return Place(id, language)


def own_languages(content: Content) -> list[str]:
    """The languages texts are written in, the source first."""
    codes = [code for code, spelling in content.spellings.items() if spelling.source is None]
    return sorted(codes, key=lambda code: code != SOURCE)


def may_write(visit: Visit, language: str) -> bool:
    """Translators write in their own languages."""
    person = visit.person
    return person.has(WRITERS - {"translator"}) or (person.has({"translator"}) and language in person.languages)


def state(content: Content, id: str, language: str) -> str:
    """What a text is in: missing, draft, stale, unread or good; staleness is computed from both texts."""
    text = content.texts.get((id, language))
    if text is None:
        return "missing"
    if "/" not in id:
        return "good"
    if text.is_draft:
        return "draft"
    source = content.texts.get((id, SOURCE))
    if language != SOURCE and source and text.follows != source.fingerprint:
        return "stale"
    return "good" if text.reviewed else "unread"


def show_all(visit: Visit) -> web.Response:
    """Every topic in every language."""
    content, drafts = visit.desk.drafts.content(), visit.desk.staff.drafts()
    drafted = {draft.file: draft for draft in drafts if not draft.key}
    codes = own_languages(content)
    groups = []
    for group in content.groups:
        ids = [group.id, *(topic.id for topic in group.topics)]
        lines = [
            (content.title(id, visit.language.code if visit.language.code in content.spellings else SOURCE), id,
             [(code, state(content, id, code), drafted.get(Place(id, code).unit[0])) for code in codes])
            for id in ids
        ]  # fmt: skip
        groups.append(lines)
    home = [(code, state(content, "home", code), drafted.get(Place("home", code).unit[0])) for code in codes]
    return visit.page("texts.html", groups=groups, home=home, codes=codes, names=state_names(visit))


def state_names(visit: Visit) -> dict[str, tuple[str, str]]:
    """Each state with its word and its colour."""
    say = visit.say
    return {
        "missing": (say("missing"), "bad"),
        "draft": (say("never shown"), "warn"),
        "stale": (say("behind the source"), "warn"),
        "unread": (say("not read by a lawyer"), ""),
        "good": (say("good"), "good"),
    }


def show(visit: Visit) -> web.Response:
    content = visit.desk.drafts.content()
    place = place_of(visit, content, visit.query.get("id", ""), visit.query.get("language", SOURCE))
    return form_page(visit, place)


def form_page(visit: Visit, place: Place, status: int = 200) -> web.Response:
    """The form of one text, with all there is to say about it."""
    desk, content = visit.desk, visit.desk.drafts.content()
    draft = desk.staff.draft(*place.unit)
    words = desk.drafts.words(place.unit) or new_text("")
    text, source = content.texts.get((place.id, place.language)), content.texts.get((place.id, SOURCE))
    then = source_then(visit, place, text, source)
    editable = may_write(visit, place.language)
    return visit.page(
        "text.html", status, place=place, title=content.title(place.id, place.language), draft=draft, text=text,
        source=source, head={name: header(words, name) for name in HEADER},
        mark=mark(desk.drafts.words(place.unit)), then=then,
        parts=text_form.parts(words, source, then, place), editable=editable,
        state=state(content, place.id, place.language), names=state_names(visit),
        mistakes=reading.mistakes(visit, place, content, text), level=reading.level(content, text),
        confused=reading.confused(visit, content, text), facts=text_form.facts(content, place.language, desk.today),
        sources=text_form.sources(content, words), languages_of=own_languages(content),
        is_overtaken=draft is not None and desk.drafts.is_overtaken(draft), can_review=visit.may(REVIEWERS),
        part_names=text_form.part_names(visit), has_parts="/" in place.id,
        in_text=text_form.said_in(content, words, place.language, desk.today),
        chipped=text_form.chipper(content, desk.today),
    )  # fmt: skip


def source_then(visit: Visit, place: Place, text: Text | None, source: Text | None) -> str | None:
    """The source as the translation knew it: the past text whose fingerprint it follows; None where nobody knows."""
    if place.is_source or text is None or source is None:
        return None
    unit = Place(place.id, SOURCE).unit
    current = visit.desk.drafts.words(unit)
    if text.follows == source.fingerprint:
        return current
    published = visit.desk.drafts.published(unit)
    candidates = (published, *visit.desk.library.editions.past(unit[0]))
    return next((old for old in candidates if reading.fingerprint(visit, old) == text.follows), None)


def save(visit: Visit) -> web.Response:
    """Keep a draft; what somebody else has saved meanwhile is shown and not written over."""
    place = _named(visit)
    drafts = visit.desk.drafts
    old = drafts.words(place.unit) or new_text("")
    new = text_form.filled(visit, old, place)
    return _keep(visit, place, new)


def save_whole(visit: Visit) -> web.Response:
    """Keep a text joined by hand out of two."""
    place = _named(visit)
    visit.desk.drafts.rebase(place.unit)
    new = visit.form.get("body", "").strip("\n") + "\n"
    return _keep(visit, place, with_header(new, "reviewed", ""))


def _keep(visit: Visit, place: Place, new: str) -> web.Response:
    if len(new) > MOST_LETTERS:
        raise Refused(visit.say("This is too long for one text."))
    is_machine = "machine" in visit.form
    to = "review" if visit.form.get("do") == "review" else "draft"
    seen = visit.form.get("mark", "")
    try:
        visit.desk.drafts.save(place.unit, new, seen, visit.person.name, to, is_machine)
    except Newer as newer:
        return visit.page(
            "conflict.html", 409, place=place, theirs=newer.words, mine=new, mark=mark(newer.words),
        )  # fmt: skip
    visit.note("send to review" if to == "review" else "save draft", place.unit[0].removeprefix("content/"))
    return visit.go("/text", id=place.id, language=place.language, saved=to)


def review(visit: Visit) -> web.Response:
    """A reviewer has read exactly this text; the word stands in the header as a profession, never a name."""
    place = _named(visit)
    words = visit.desk.drafts.words(place.unit)
    if not visit.person.title:
        raise Refused(visit.say("Your profession is not on the list of people yet. Ask the owner to write it there."))
    if visit.form.get("mark") != mark(words) or not words:
        raise Refused(visit.say("The text was changed while you were reading. Read it again."), 409)
    new = text_form.reviewed(words, visit.desk.today, visit.person.title)
    visit.desk.drafts.save(place.unit, new, mark(words), visit.person.name, "draft")
    visit.note("review", place.unit[0].removeprefix("content/"))
    return visit.go("/text", id=place.id, language=place.language, saved="review")


def drop(visit: Visit) -> web.Response:
    """Throw a draft away."""
    place = _named(visit)
    visit.desk.staff.drop([place.unit])
    visit.note("drop draft", place.unit[0].removeprefix("content/"))
    return visit.go("/text", id=place.id, language=place.language)


def _named(visit: Visit) -> Place:
    form = visit.form
    place = place_of(visit, visit.desk.drafts.content(), form.get("id", ""), form.get("language", ""))
    if not may_write(visit, place.language):
        raise Refused(visit.say("You translate into other languages."), 403)
    return place

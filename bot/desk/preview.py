"""A text as the chat shows it, on a phone's width, by day and by night; drawn from what stands in the form now."""

from dataclasses import replace

from aiohttp import web
from markupsafe import Markup

from bot.content.editing import header, new_text, with_header
from bot.content.topics import PARTS
from bot.desk import reading, text_form
from bot.desk.texts import place_of
from bot.desk.visit import STAFF, Page, Refused, Visit
from bot.screens import Address, Screen, Screens

_TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote"}


def pages() -> list[Page]:
    return [Page("POST", "/preview", show, STAFF)]


def show(visit: Visit) -> web.Response:
    """Every screen of the text: the short answer, its parts, its sources."""
    content, languages = visit.desk.drafts.content(), visit.desk.drafts.languages()
    place = place_of(visit, content, visit.form.get("id", ""), visit.form.get("language", ""))
    words = text_form.filled(visit, visit.desk.drafts.words(place.unit) or new_text(""), place)
    if not header(words, "compared"):
        words = with_header(words, "compared", visit.desk.today.isoformat())
    text, mistakes = reading.parsed(visit, words, place.id, place.language)
    if text is None:
        return visit.page("phone.html", 200, screens=[], mistakes=mistakes, code=place.language)
    changed = replace(content, texts={**content.texts, (place.id, place.language): text})
    screens = Screens(changed, languages, visit.desk.library.matcher, lambda: visit.desk.today)
    names = ["", *(part for part in PARTS if part in text.parts), "sources"] if "/" in place.id else [""]
    path = "menu" if place.id == "home" else place.id
    try:
        shown = [screens.at(Address(path, part=name), place.language) for name in names]
    except KeyError as error:
        raise Refused(visit.say("{name} is no fact: choose one from the list.", name=str(error.args[0]))) from error
    return visit.page("phone.html", screens=[drawn(one) for one in shown], mistakes=[], code=place.language)


def drawn(screen: Screen) -> tuple[Markup, list[list[str]]]:
    """The words of a screen as HTML that holds our own tags only, and its buttons."""
    import nh3

    clean = nh3.clean(screen.text, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https", "http", "tel"})
    return Markup(clean), [[button.label for button in row] for row in screen.rows]  # noqa: S704  # cleaned right here

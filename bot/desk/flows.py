"""Flows: the words of guided questions beside the Russian ones, and a walk through them as the chat shows it."""

from aiohttp import web

from bot.content import Content
from bot.content.flows import Flow
from bot.desk import changes, flow_words, text_form, texts
from bot.desk.drafts import Newer, mark
from bot.desk.facts import reading_language
from bot.desk.flow_words import Passage, file_of
from bot.desk.preview import drawn
from bot.desk.texts import SOURCE
from bot.desk.visit import STAFF, WRITERS, Page, Refused, Visit
from bot.screens import Address, Screens
from bot.screens.flow import START


def pages() -> list[Page]:
    return [
        Page("GET", "/flow", show, WRITERS),
        Page("POST", "/flow", save, WRITERS),
        Page("POST", "/flow/drop", drop, WRITERS),
        Page("GET", "/preview/walk", walk, STAFF),
    ]


def show(visit: Visit) -> web.Response:
    flow, language = named(visit, visit.query.get("topic", ""), visit.query.get("language", SOURCE))
    words = visit.desk.drafts.file(file_of(flow.topic, language))
    return _form(visit, flow, language, _passages(visit, flow, words), words, mark(words))


def save(visit: Visit) -> web.Response:
    """Keep what was changed in the form; where somebody else was quicker, both stand side by side."""
    form, drafts = visit.form, visit.desk.drafts
    flow, language = named(visit, form.get("topic", ""), form.get("language", ""))
    if not texts.may_write(visit, language):
        raise Refused(visit.say("You translate into other languages."), 403)
    file = file_of(flow.topic, language)
    old, seen = drafts.file(file), form.get("mark", "")
    all = _passages(visit, flow, old)
    changed = flow_words.typed(form, all)
    new = flow_words.filled(old or f"compared: {visit.desk.today.isoformat()}\n", changed)
    to = "review" if form.get("do") == "review" else "draft"
    try:
        if mark(old) != seen:
            raise Newer(old)
        drafts.save((file, ""), new, mark(old), visit.person.name, to)
    except Newer as newer:
        theirs = flow_words.joined(_passages(visit, flow, newer.words), changed, form)
        return _form(visit, flow, language, theirs, newer.words, mark(newer.words), is_late=True, status=409)
    visit.note("send to review" if to == "review" else "save draft", file.removeprefix("content/"))
    return visit.go("/flow", topic=flow.topic, language=language, saved="1")


def drop(visit: Visit) -> web.Response:
    flow, language = named(visit, visit.form.get("topic", ""), visit.form.get("language", ""))
    if not texts.may_write(visit, language):
        raise Refused(visit.say("You translate into other languages."), 403)
    visit.desk.staff.drop([(file_of(flow.topic, language), "")])
    visit.note("drop draft", file_of(flow.topic, language).removeprefix("content/"))
    return visit.go("/flow", topic=flow.topic, language=language)


def walk(visit: Visit) -> web.Response:
    """One screen of the flow with every draft; its buttons lead on, as in the chat."""
    flow, language = named(visit, visit.query.get("topic", ""), visit.query.get("language", SOURCE))
    desk = visit.desk
    screens = Screens(desk.drafts.content(), desk.drafts.languages(), desk.library.matcher, lambda: desk.today)
    answers = tuple(one for one in visit.query.get("at", START).split(".") if one)
    try:
        screen = screens.at(Address(flow.topic, answers or (START,)), language)
    except KeyError as error:
        raise Refused(visit.say("{name} is no fact: choose one from the list.", name=str(error.args[0]))) from error
    rows = []
    for row in screen.rows:
        found = [(button.label, screens.codec.parse(button.data) if button.data else None) for button in row]
        rows.append([(label, _on(flow, at[1]) if at else "") for label, at in found])
    return visit.page("walk.html", html=drawn(screen)[0], rows=rows, topic=flow.topic, code=language, answers=answers)


def _on(flow: Flow, address: Address) -> str:
    """Where a button leads within this flow; nothing where it leads out."""
    return ".".join(address.answers or (START,)) if address.path == flow.topic and not address.part else ""


def named(visit: Visit, topic: str, language: str) -> tuple[Flow, str]:
    """The flow and language a request names; ones that are there, so that no path comes from a form."""
    content = visit.desk.drafts.content()
    flow = content.flows.get(topic)
    if flow is None or language not in texts.own_languages(content):
        raise Refused(visit.say("There is nothing here."), 404)
    return flow, language


def names(visit: Visit) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """For the page of all words: each flow with its title, and what each language lacks."""
    content = visit.desk.drafts.content()
    codes, reading = texts.own_languages(content), reading_language(visit, content)
    return [
        (topic, content.title(topic, reading), list(flow_words.lacking(visit, flow, codes).items()))
        for topic, flow in content.flows.items()
    ]


def _passages(visit: Visit, flow: Flow, words: str) -> list[Passage]:
    return flow_words.passages(flow, visit.desk.drafts.file(file_of(flow.topic, SOURCE)), words or "{}")


def _form(
    visit: Visit, flow: Flow, language: str, all: list[Passage], words: str, seen: str, is_late: bool = False,
    status: int = 200,
) -> web.Response:  # fmt: skip
    desk, content = visit.desk, visit.desk.drafts.content()
    file = file_of(flow.topic, language)
    found = flow_words.mistakes(visit, content, flow, language, words or "{}")
    all, others = flow_words.with_mistakes(all, words or "{}", found)
    draft = desk.staff.draft(file, "")
    return visit.page(
        "flow.html", status, flow=flow, language=language, passages=all, mark=seen, is_late=is_late,
        mistakes=others, limit=flow_words.LABEL, draft=draft, title=_title(content, flow, visit),
        is_overtaken=draft is not None and desk.drafts.is_overtaken(draft), may=texts.may_write(visit, language),
        codes=texts.own_languages(content), is_source=language == SOURCE, file=file,
        changed=changes.passages(visit, file, draft.base, draft.body) if draft else [],
        facts=text_form.facts(content, language, desk.today), chipped=text_form.chipper(content, desk.today),
        in_text=text_form.said_in(content, words, language, desk.today),
    )  # fmt: skip


def _title(content: Content, flow: Flow, visit: Visit) -> str:
    return content.title(flow.topic, reading_language(visit, content))

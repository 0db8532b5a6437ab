"""The map of a flow at the desk: a picture, and a form in which each answer says where it leads."""

import re
from collections.abc import Iterator, Mapping

from aiohttp import web

from bot.content import Content, Mistake
from bot.content.check_flows import check_flow
from bot.content.editing import leaves, with_value, with_words
from bot.content.flows import Flow, read_flow
from bot.content.reading import Unreadable
from bot.content.topics import ID, split
from bot.desk import changes, flow_picture, flow_words, texts
from bot.desk.drafts import Newer, mark
from bot.desk.facts import reading_language
from bot.desk.flows import named
from bot.desk.visit import EDITORS, Page, Refused, Visit
from bot.safety import is_safety
from bot.sentence import Sentence

LONGEST = 20  # letters of an id: a button holds the whole way in 64
_QUOTED = re.compile(r"`([^`]+)`|^([a-z0-9-]+):")


def pages() -> list[Page]:
    return [
        Page("GET", "/flow/map", show, EDITORS),
        Page("POST", "/flow/map", save, EDITORS),
        Page("POST", "/flow/map/drop", drop, EDITORS),
    ]


def file_of(flow: Flow) -> str:
    return f"content/{flow.topic}/flow.yaml"


def show(visit: Visit) -> web.Response:
    flow, _ = named(visit, visit.query.get("topic", ""), texts.SOURCE)
    words = visit.desk.drafts.file(file_of(flow))
    return _form(visit, flow, words, mark(words))


def save(visit: Visit) -> web.Response:
    """Keep the map as a draft, if every way of it leads somewhere."""
    flow, _ = named(visit, visit.form.get("topic", ""), texts.SOURCE)
    drafts, seen = visit.desk.drafts, visit.form.get("mark", "")
    old = drafts.file(file_of(flow))
    new = _filled(visit, old)
    changed, broken = _read(visit, flow, new)
    if mark(old) != seen or changed is None:
        late = new if mark(old) != seen else ""
        return _form(
            visit, flow, old, mark(old), [broken] if broken else [], typed=_typed(visit), mine=late, status=409
        )
    try:
        drafts.save((file_of(flow), ""), new, seen, visit.person.name)
    except Newer as newer:
        return _form(visit, flow, newer.words, mark(newer.words), typed=_typed(visit), mine=new, status=409)
    visit.note("save draft", file_of(flow).removeprefix("content/"))
    return visit.go("/flow/map", topic=flow.topic, saved="1")


def drop(visit: Visit) -> web.Response:
    flow, _ = named(visit, visit.form.get("topic", ""), texts.SOURCE)
    visit.desk.staff.drop([(file_of(flow), "")])
    visit.note("drop draft", file_of(flow).removeprefix("content/"))
    return visit.go("/flow/map", topic=flow.topic)


def _typed(visit: Visit) -> dict[str, str]:
    """What this person has really changed in the form, to stand in it once more."""
    form = visit.form
    chosen = {name: said for name, said in form.items() if said != form.get(f"b.{name.removeprefix('t.')}", "")}
    return chosen | {f"gone.{one}": "1" for one in visit.lists.get("gone", [])}


def _filled(visit: Visit, words: str) -> str:
    """The file with what the form says: first what is new, then where answers lead, then what goes."""
    form = visit.form
    for path, value in _new(visit, words):
        words = with_words(words, path, value)
    for path, (old, _, _) in leaves(words).items():
        said = form.get("t." + ".".join(path), "").strip()
        if said and said != old and form.get("b." + ".".join(path), old) != said:
            words = with_words(words, path, said)
    if form.get("first") and form.get("first") != form.get("b.first"):
        words = with_words(words, ("first",), form["first"])
    gone = [tuple(one.split(".")) for one in visit.lists.get("gone", [])]
    for one in sorted(gone, key=len, reverse=True):
        if any(path[: len(one)] == one for path in leaves(words)) and one[0] in ("questions", "endings"):
            words = with_value(words, one, None)
    return words


def _new(visit: Visit, words: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """What the empty fields at the end of each list were filled with."""
    form, known = visit.form, leaves(words)
    if id := form.get("new.ending", "").strip():
        yield ("endings", _id(visit, id)), form.get("new.topics", "").strip() or "stay/registration"
    if id := form.get("new.question", "").strip():
        yield ("questions", _id(visit, id), _id(visit, form.get("new.answer", "").strip())), form.get("new.to", "")
    for name, id in form.items():
        if name.startswith("add.") and id.strip():
            path = "questions", name.removeprefix("add."), _id(visit, id.strip())
            if path in known:
                raise Refused(visit.say("{name} is there already.", name=id.strip()))
            yield path, form.get(f"to.{path[1]}", "")


def _id(visit: Visit, id: str) -> str:
    if not ID.fullmatch(id) or len(id) > LONGEST:
        raise Refused(visit.say("A short name has letters a to z, digits and hyphens, like own or m3."))
    return id


def _read(visit: Visit, flow: Flow, words: str) -> tuple[Flow | None, Mistake | None]:
    """The map these words are, or why they are none."""
    with visit.desk.drafts.scratch("flow.yaml", words) as folder:
        try:
            return read_flow(folder / "flow.yaml", f"{flow.topic}/flow.yaml", flow.topic), None
        except Unreadable as error:
            return None, error.mistake


def _form(
    visit: Visit, flow: Flow, words: str, seen: str, found: list[Mistake] | None = None, mine: str = "",
    typed: Mapping[str, str] | None = None, status: int = 200,
) -> web.Response:  # fmt: skip
    desk, content = visit.desk, visit.desk.drafts.content()
    code = reading_language(visit, content)
    said = content.flow_words.get((flow.topic, code)) or content.flow_words.get((flow.topic, texts.SOURCE))
    file, draft = file_of(flow), desk.staff.draft(file_of(flow), "")
    mistakes = found or [one for one in check_flow(content, flow.topic, flow) if not one.is_advice]
    at, elsewhere = _placed(flow, mistakes)
    return visit.page(
        "flow_map.html", status, flow=flow, mark=seen, mistakes=elsewhere, at=at, said=said, draft=draft, file=file,
        picture=flow_picture.draw(flow, said), title=content.title(flow.topic, code), typed=typed or {},
        targets=[*flow.questions, *(f"end:{id}" for id in flow.endings)], codes=texts.own_languages(content),
        names=_names(content, flow, code), lacking=flow_words.lacking(visit, flow, texts.own_languages(content)),
        is_safety=is_safety(flow.topic), is_late=bool(mine), topics=sorted(content.topics),
        against=changes.passages(visit, file, words, mine) if mine else [],
        is_overtaken=draft is not None and desk.drafts.is_overtaken(draft),
        changed=changes.passages(visit, file, draft.base, draft.body) if draft else [], split=split,
    )  # fmt: skip


def _names(content: Content, flow: Flow, code: str) -> dict[str, str]:
    """Each question and ending with its words, for the lists to choose from."""
    said = content.flow_words.get((flow.topic, code)) or content.flow_words.get((flow.topic, texts.SOURCE))
    asks, titles = (said.asks, said.titles) if said else ({}, {})
    questions = {id: f"{id} · {asks[id]}" if id in asks else id for id in flow.questions}
    return questions | {f"end:{id}": f"→ {id} · {titles[id]}" if id in titles else f"→ {id}" for id in flow.endings}


def _placed(flow: Flow, mistakes: list[Mistake]) -> tuple[dict[str, list[Sentence]], list[Sentence]]:
    """Each mistake at the question or ending it names; the others."""
    at: dict[str, list[Sentence]] = {}
    elsewhere: list[Sentence] = []
    for one in mistakes:
        named = [name for pair in _QUOTED.findall(one.what) for name in pair if name]
        place = next((name for name in named if name in flow.questions or name in flow.endings), None)
        if place is None:
            elsewhere.append(one.what)
        else:
            at.setdefault(place, []).append(one.what)
    return at, elsewhere

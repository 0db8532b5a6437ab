"""Translators: all sentences of a language, or what is stale, out as a file and back; a mistake changes nothing."""

from collections.abc import Iterator

from aiohttp import web
from aiohttp.web import FileField

from bot.apart import Failed, apart
from bot.content import Content
from bot.content.editing import header, new_text, section, with_header, with_section
from bot.content.facts import references
from bot.content.topics import PARTS
from bot.desk import reading, texts
from bot.desk.drafts import Unit, mark
from bot.desk.sentences import SAME, Row, joined, rows
from bot.desk.texts import SOURCE, Place
from bot.desk.visit import WRITERS, Page, Refused, Visit
from bot.exchange import FORMATS, Line, write
from bot.exchange.reading import Outcome, read_safely

MOST_BYTES = 5 * 1024 * 1024
_HEADER = ("title", "risk", "asked")


def pages() -> list[Page]:
    return [
        Page("GET", "/translators", show, WRITERS),
        Page("GET", "/translators/file", give, WRITERS),
        Page("POST", "/translators", take, WRITERS),
    ]


def show(visit: Visit) -> web.Response:
    return _page(visit, [])


def give(visit: Visit) -> web.Response:
    """The file of a language."""
    content = visit.desk.drafts.content()
    language, format = visit.query.get("language", ""), visit.query.get("format", "")
    if language not in _languages(visit, content) or format not in FORMATS:
        raise Refused(visit.say("There is nothing here."), 404)
    only_stale = visit.query.get("only") == "stale"
    lines = [line for place in _places(content, language) for line in lines_of(visit, content, place, only_stale)]
    form = FORMATS[format]
    body = write(format, lines, language)
    visit.note("export", f"{language} {format} {len(lines)}")
    name = f"safar-{language}{'-stale' if only_stale else ''}.{form.ending}"
    response = web.Response(body=body, content_type=form.kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def take(visit: Visit) -> web.Response:
    """A file that came back: every line is looked at first, then all become drafts, or none."""
    upload = visit.files.get("file")
    if not isinstance(upload, FileField):
        raise Refused(visit.say("Choose a file."))
    body = upload.file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Refused(visit.say("This file is larger than five megabytes."), 413)
    try:
        found: Outcome = apart(read_safely, upload.filename, body, megabytes=1024, seconds=30)
    except Failed as error:
        return _page(visit, [error.what], 400)
    if found.mistake:
        return _page(visit, [found.mistake], 400)
    changed, mistakes = _changed(visit, visit.desk.drafts.content(), found.lines)
    if mistakes:
        return _page(visit, mistakes, 400)
    many = visit.desk.drafts.keep_all(changed, visit.person.name, "machine" in visit.form)
    visit.note("import", f"{upload.filename[-40:]}: {many}")
    return visit.go("/translators", done=str(many))


def lines_of(visit: Visit, content: Content, place: Place, only_stale: bool) -> Iterator[Line]:
    """The sentences of one text; only_stale leaves out what agrees with its source."""
    for id, row, version in _rows(visit, content, place):
        if not only_stale or row.state != SAME:
            where = f"{content.title(place.id, SOURCE)} · {id.split('#')[1]}"
            yield Line(id, where, row.now, row.words, row.state, version)


def _rows(visit: Visit, content: Content, place: Place) -> Iterator[tuple[str, Row, str]]:
    """Each row with its id, and the version of both texts it is of."""
    words, source = visit.desk.drafts.words(place.unit), content.texts.get((place.id, SOURCE))
    if source is None:
        return
    origin = visit.desk.drafts.words(Place(place.id, SOURCE).unit)
    version = f"{mark(words)}.{source.fingerprint}"
    text = content.texts.get((place.id, place.language))
    then = texts.source_then(visit, place, text, source)
    for name in _HEADER if "/" in place.id else ("title",):
        now, own = header(origin, name), header(words, name)
        was = header(then, name) if then else now
        if name == "asked":
            now = was = ""  # people's own words are not translated
        if now or own:
            state = SAME if own and now == was else "changed"
            yield f"{place.id}#{name}#0", Row(state if name != "asked" else SAME, now, was, own, ""), version  # type: ignore[arg-type]  # one of the states
    for name in ("short", *(PARTS if "/" in place.id else ())):
        part = "" if name == "short" else name
        now = section(origin, part)
        found = rows(now, section(then, part) if then else now, section(words, part))
        for number, row in enumerate(found):
            yield f"{place.id}#{name}#{number}", row, version


def _changed(visit: Visit, content: Content, lines: list[Line]) -> tuple[list[tuple[Unit, str]], list[str]]:
    """The new words of each text, and every mistake with its row and cell."""
    mistakes, by_place = [], dict[Place, dict[str, Line]]()
    names = set(content.facts.all) | set(content.places)
    for line in lines:
        id, _, rest = line.id.partition("#")
        language = visit.form.get("language", "")
        if language not in _languages(visit, content):
            return [], [visit.say("Choose the language of this file.")]
        if not rest or (id not in content.topics and id != "home" and id not in {one.id for one in content.groups}):
            mistakes.append(
                visit.say("{place}: the id “{id}” is none of ours", place=visit.told(line.place), id=line.id[:60])
            )
            continue
        for reference in references(line.target):
            if reference.name not in names:
                mistakes.append(
                    visit.say("{place}: {name} is no fact", place=_cell(visit, line), name=reference.written)
                )
        by_place.setdefault(Place(id, language), {})[line.id] = line
    changed = []
    for place, given in by_place.items():
        new, wrong = _joined(visit, content, place, given)
        mistakes += wrong
        changed.append((place.unit, new))
    return changed, mistakes


def _joined(visit: Visit, content: Content, place: Place, given: dict[str, Line]) -> tuple[str, list[str]]:
    """A text with the sentences that came back; byte for byte the old one where none differs."""
    old = visit.desk.drafts.words(place.unit)
    known = {id: (row, version) for id, row, version in _rows(visit, content, place)}
    mistakes = []
    for id, line in given.items():
        if id not in known:
            mistakes.append(
                visit.say("{place}: the id “{id}” is none of ours", place=visit.told(line.place), id=id[:60])
            )
        elif line.version != known[id][1]:
            mistakes.append(
                visit.say(
                    "{place}: this text was changed after the file was made; export it anew",
                    place=visit.told(line.place),
                )
            )
    if mistakes:
        return old, mistakes[:1]
    text = old or new_text("")
    for name in _HEADER:
        if found := given.get(f"{place.id}#{name}#0"):
            text = with_header(text, name, found.target)
    for name in ("short", *PARTS):
        own = [(id, row) for id, (row, _) in known.items() if id.startswith(f"{place.id}#{name}#")]
        if own:
            pieces = [given[id].target if id in given else row.words for id, row in own]
            text = with_section(text, "" if name == "short" else name, joined(pieces, [row.glue for _, row in own]))
    if text == (old or new_text("")):
        return old, []
    source = content.texts[place.id, SOURCE]
    if "/" in place.id and _is_done(known, given):
        text = with_header(text, "follows", source.fingerprint)
    text = with_header(text, "reviewed", "")
    if not header(text, "compared") and header(old, "compared"):
        text = with_header(text, "compared", header(old, "compared"))
    parsed, wrong = reading.parsed(visit, text, place.id, place.language)
    first = next(iter(given.values()))
    if parsed is None:
        mistakes = [f"{_cell(visit, first)}: {visit.told(one.what)}" for one in wrong]
    return text, mistakes


def _is_done(known: dict[str, tuple[Row, str]], given: dict[str, Line]) -> bool:
    """Whether every sentence whose source changed came back with other words; else the text stays behind."""
    touched = {id for id, line in given.items() if id in known and line.target != known[id][0].words}
    return all(row.state == SAME or id in touched for id, (row, _) in known.items())


def _unknown(visit: Visit, line: Line) -> str:
    return visit.say("{place}: the id “{id}” is none of ours", place=visit.told(line.place), id=line.id[:60])


def _cell(visit: Visit, line: Line) -> str:
    """The row and cell of a spreadsheet, or the place in another file."""
    number, place = line.place.removeprefix("row "), visit.told(line.place)
    return f"{place}, D{number}" if number.isdecimal() else place


def _places(content: Content, language: str) -> list[Place]:
    ids = ["home", *(id for group in content.groups for id in (group.id, *(topic.id for topic in group.topics)))]
    return [Place(id, language) for id in ids]


def _languages(visit: Visit, content: Content) -> list[str]:
    return [code for code in texts.own_languages(content) if code != SOURCE and texts.may_write(visit, code)]


def _page(visit: Visit, mistakes: list[str], status: int = 200) -> web.Response:
    content = visit.desk.drafts.content()
    codes = _languages(visit, content)
    stale = {
        code: sum(texts.state(content, id, code) in ("stale", "missing", "draft") for id in content.topics)
        for code in codes
    }
    return visit.page("translators.html", status, codes=codes, stale=stale, formats=list(FORMATS), mistakes=mistakes)

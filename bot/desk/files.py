"""Words and flows: the way to each of their forms, and the files that have none: sources, notices, glossaries.

Those have a shape of their own, so they are edited as they are, proof-read on the spot and tried in the chat.
"""

from aiohttp import web

from bot.content import Mistake
from bot.desk import changes, flows, phrases
from bot.desk.drafts import Newer, mark
from bot.desk.visit import EDITORS, WRITERS, Page, Refused, Visit
from bot.tree import CannotBeRead

OPTIONAL = ("content/notices.yaml",)
_FORMS_OF_THEIR_OWN = ("facts.yaml", "places.yaml", "lexicon.yaml", "danger.yaml")
MOST_LETTERS = 900_000


def pages() -> list[Page]:
    return [
        Page("GET", "/files", show_all, WRITERS),
        Page("GET", "/file", show, EDITORS),
        Page("POST", "/file", save, EDITORS),
        Page("POST", "/file/drop", drop, EDITORS),
    ]


def editable(visit: Visit) -> list[str]:
    """The files that may be edited here: those of the edition in force, never a name from a form."""
    editions = visit.desk.library.editions
    content = [f"content/{path.relative_to(editions.content).as_posix()}" for path in editions.content.rglob("*.yaml")]
    words = [f"locales/{path.relative_to(editions.locales).as_posix()}" for path in editions.locales.rglob("words.txt")]
    return sorted({*content, *words, *OPTIONAL} - {f"content/{name}" for name in _FORMS_OF_THEIR_OWN})


def show_all(visit: Visit) -> web.Response:
    drafted = {draft.file for draft in visit.desk.staff.drafts()}
    names = group_names(visit)
    groups: dict[str, list[str]] = {name: [] for name in names}
    for file in editable(visit) if visit.may_edit else ():
        if "/flow" not in file:
            groups[group_of(file)].append(file)
    return visit.page(
        "files.html", groups=groups, names=names, drafted=drafted, phrases=list(phrases.names(visit)),
        flows=flows.names(visit),
    )  # fmt: skip


def group_of(file: str) -> str:
    if file.startswith("locales/"):
        return "spelling"
    if "/glossary/" in file:
        return "glossary"
    return "words" if file in OPTIONAL else "rest"


def group_names(visit: Visit) -> dict[str, str]:
    say = visit.say
    return {
        "words": say("Notices"),
        "spelling": say("Spelling of Uzbek in Cyrillic"),
        "glossary": say("Glossaries"),
        "rest": say("Catalogue, sources and the rest"),
    }


def show(visit: Visit) -> web.Response:
    file = _known(visit, visit.query.get("name", ""))
    words = visit.desk.drafts.file(file)
    return _page(visit, file, words, mark(words))


def save(visit: Visit) -> web.Response:
    """Keep the file as a draft; newer words of somebody else are shown and not written over."""
    file = _known(visit, visit.form.get("name", ""))
    body = visit.form.get("body", "").rstrip("\n") + "\n"
    if len(body) > MOST_LETTERS:
        raise Refused(visit.say("This is too long for one file."))
    try:
        visit.desk.drafts.save_whole((file, ""), body, visit.form.get("mark", ""), visit.person.name)
    except Newer as newer:
        return _page(visit, file, body, mark(newer.words), newer.words, status=409)
    except CannotBeRead as error:
        return _page(visit, file, body, visit.form.get("mark", ""), found=[error.mistake], status=409)
    visit.note("save draft", file)
    return visit.go("/file", name=file, saved="1")


def drop(visit: Visit) -> web.Response:
    file = _known(visit, visit.form.get("name", ""))
    visit.desk.staff.drop([(file, "")])
    visit.note("drop draft", file)
    return visit.go("/file", name=file)


def _known(visit: Visit, name: str) -> str:
    if name not in editable(visit):
        raise Refused(visit.say("There is nothing here."), 404)
    return name


def _page(
    visit: Visit, file: str, words: str, seen: str, theirs: str = "", found: list[Mistake] | None = None,
    status: int = 200,
) -> web.Response:  # fmt: skip
    content = visit.desk.drafts.content()
    mistakes = found or [one for one in content.mistakes if f"content/{one.file}" == file]
    draft = visit.desk.staff.draft(file, "")
    return visit.page(
        "file.html", status, file=file, words=words, mark=seen, theirs=theirs, mistakes=mistakes, draft=draft,
        passages=changes.passages(visit, file, draft.base, draft.body) if draft else [],
    )  # fmt: skip

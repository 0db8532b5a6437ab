"""History: every publication with who, when, why and what; one click takes it back."""

from aiohttp import web

from bot.desk import changes
from bot.desk.publish import put_in_force
from bot.desk.visit import PUBLISHERS, STAFF, Page, Refused, Visit
from bot.editions import Conflict, Version


def pages() -> list[Page]:
    return [
        Page("GET", "/history", show_all, STAFF),
        Page("GET", "/version", show, STAFF),
        Page("POST", "/history/back", back, PUBLISHERS),
    ]


def show_all(visit: Visit) -> web.Response:
    """All versions, the newest first."""
    editions = visit.desk.library.editions
    return visit.page("history.html", versions=editions.versions(), remote=editions.remote())


def show(visit: Visit) -> web.Response:
    """One version: what it changed, and the button that takes it back."""
    version = _named(visit, visit.query.get("id", ""))
    changed = [
        (change.file, changes.passages(visit, change.file, _words(change.before), _words(change.after)))
        for change in visit.desk.library.editions.changes(version.id)[:60]
    ]
    return visit.page("version.html", version=version, changed=changed, may=visit.may(PUBLISHERS), mistakes=[])


def back(visit: Visit) -> web.Response:
    """Publish the files of a version as they were before it."""
    version = _named(visit, visit.form.get("id", ""))
    over = visit.desk.library.editions.version
    try:
        files = visit.desk.library.editions.undoing(version.id)
    except Conflict as conflict:
        message = visit.say("{name} was changed again since. Take the later version back first.", name=str(conflict))
        raise Refused(message, 409) from conflict
    mistakes = put_in_force(visit, files, over, visit.say("Taken back: {why}", why=version.why)[:200])
    if mistakes:
        return visit.page("version.html", 409, version=version, changed=[], may=True, mistakes=mistakes)
    return visit.go("/history", done="1")


def _named(visit: Visit, id: str) -> Version:
    """A version by its id; only ones of the history, never any other object of the repository."""
    found = next((one for one in visit.desk.library.editions.versions(1000) if one.id == id), None)
    if found is None:
        raise Refused(visit.say("There is nothing here."), 404)
    return found


def _words(body: bytes | None) -> str:
    return body.decode("utf-8", "replace") if body else ""

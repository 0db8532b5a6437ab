"""Staying in step with teams who work in files or in git hosting: send ours, take theirs in; conflicts are shown."""

from aiohttp import web

from bot.desk.publish import overtaken
from bot.desk.visit import EDITORS, Page, Refused, Visit
from bot.editions import Behind, Files


def pages() -> list[Page]:
    return [Page("POST", "/remote/push", push, EDITORS), Page("POST", "/remote/pull", pull, EDITORS)]


def push(visit: Visit) -> web.Response:
    """Send our versions on; where others were quicker, theirs come in first."""
    from bot.editions.repository import Diverged

    try:
        visit.desk.library.editions.push()
    except Diverged as error:
        message = visit.say("Others have published meanwhile. Take theirs in first, then send.")
        raise Refused(message, 409) from error
    except Exception as error:
        raise _unreachable(visit, error) from error
    visit.note("send to remote")
    return visit.go("/history", sent="1")


def pull(visit: Visit) -> web.Response:
    """Take theirs in as a version of its own; a file both changed is chosen by a person."""
    desk = visit.desk
    editions = desk.library.editions
    over = editions.version
    try:
        theirs, ours, version = editions.fetch()
    except Exception as error:
        raise _unreachable(visit, error) from error
    if not version:
        return visit.go("/history", same="1")
    both = sorted(name for name in theirs if name in ours and ours[name] != theirs[name])
    picked = {name: visit.form.get(f"pick.{number}", "") for number, name in enumerate(both)}
    if any(choice not in ("ours", "theirs") for choice in picked.values()):
        shown = [(name, _words(ours[name]), _words(theirs[name])) for name in both]
        return visit.page("join.html", 409, both=shown)
    files: Files = {name: body for name, body in theirs.items() if picked.get(name) != "ours"}
    mistakes = [one for one in desk.drafts.mistakes_in(files, desk.today) if not one.is_advice]
    if mistakes:
        said = "; ".join(str(one) for one in mistakes[:5])
        raise Refused(visit.say("Their version has mistakes: {mistakes}", mistakes=said), 409)
    try:
        editions.join(files, version, visit.person.name, visit.say("Joined with the others' work"), desk.now(), over)
    except Behind as error:
        raise overtaken(visit) from error
    desk.library.take_up()
    visit.note("take from remote", version[:10])
    return visit.go("/history", done="1")


def _unreachable(visit: Visit, error: Exception) -> Refused:
    name = type(error).__name__
    return Refused(visit.say("The other repository did not answer ({name}). Try again later.", name=name), 502)


def _words(body: bytes | None) -> str:
    return body.decode("utf-8", "replace") if body else ""

"""Signing in by a one-time link, choosing a language, signing out.

The link only shows a page with a button; the button's POST uses it up. So a messenger that looks at the link for a
preview uses up nothing, and after the click the address bar holds no secret.
"""

from aiohttp import web

from bot.desk.cookies import drop_session, keep_language, keep_session
from bot.desk.visit import ANYBODY, LANGUAGES, STAFF, Page, Refused, Visit


def pages() -> list[Page]:
    return [
        Page("GET", "/enter", ask, ANYBODY),
        Page("POST", "/enter", enter, ANYBODY),
        Page("POST", "/language", choose_language, ANYBODY),
        Page("POST", "/leave", leave, STAFF),
    ]


def ask(visit: Visit) -> web.Response:
    """The page a link opens: nothing is used up yet."""
    return visit.page("enter.html", key=visit.query.get("key", ""))


def enter(visit: Visit) -> web.Response:
    """Use up the link and begin a new session, whatever session this browser had before."""
    desk = visit.desk
    if not desk.tries.is_allowed():
        raise Refused(visit.say("Too many tries. Wait a minute."), 429)
    token = desk.staff.enter(visit.form.get("key", ""), visit.client)
    if token is None:
        raise Refused(
            visit.say("This link was used already, or it is too old. Send /staff to the bot for a new one."), 403
        )
    if visit.session:
        desk.staff.end(visit.session.number)
    session = desk.staff.session(token)
    assert session is not None
    desk.staff.note(session.person.name, "sign in", visit.client)
    return keep_session(visit.go("/"), token, bool(desk.origin))


def leave(visit: Visit) -> web.Response:
    """End this session on the server too."""
    assert visit.session is not None
    visit.desk.staff.end(visit.session.number)
    visit.note("sign out")
    return drop_session(visit.go("/"), bool(visit.desk.origin))


def choose_language(visit: Visit) -> web.Response:
    """The language of the desk, and back to where one was."""
    code, back = visit.form.get("to", ""), visit.form.get("back", "")
    if code not in LANGUAGES:
        raise Refused(visit.say("There is nothing here."), 404)
    response = visit.go("/")
    if back.startswith("/desk/") and "\\" not in back and "\n" not in back:
        response.headers["Location"] = back
    return keep_language(response, code, bool(visit.desk.origin))

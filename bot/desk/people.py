"""People: who is on the staff with which roles, which browsers are signed in, and what was done."""

from dataclasses import replace

from aiohttp import web

from bot.desk.visit import OWNERS, Page, Refused, Visit
from bot.store.staff import ROLES, Person

_LONGEST_NAME = 40


def pages() -> list[Page]:
    return [
        Page("GET", "/people", show, OWNERS),
        Page("POST", "/people/add", add, OWNERS),
        Page("POST", "/people/change", change, OWNERS),
        Page("POST", "/people/link", link, OWNERS),
        Page("POST", "/sessions/end", end, OWNERS),
        Page("GET", "/audit", audit, OWNERS),
    ]


def show(visit: Visit) -> web.Response:
    """Everybody, and every open session."""
    return _page(visit, "")


def add(visit: Visit) -> web.Response:
    """Somebody new; the owner then makes a link, or the person sends /staff to the bot."""
    person = _said(visit, Person(0, "", frozenset()))
    try:
        visit.desk.staff.add(person)
    except ValueError as error:
        raise Refused(visit.say("This name or Telegram id is on the list already."), 409) from error
    visit.note("add person", f"{person.name}: {', '.join(sorted(person.roles))}")
    return visit.go("/people")


def change(visit: Visit) -> web.Response:
    """Roles and the rest; whoever is struck off is signed out at once. The last owner stays."""
    old = _named(visit)
    person = replace(_said(visit, old), is_active="is_active" in visit.form)
    owners = [one for one in visit.desk.staff.everyone() if one.is_active and "owner" in one.roles and one.id != old.id]
    if not owners and not (person.is_active and "owner" in person.roles):
        raise Refused(visit.say("Somebody must stay the owner."), 409)
    try:
        visit.desk.staff.change(person)
    except ValueError as error:
        raise Refused(visit.say("This name or Telegram id is on the list already."), 409) from error
    state = ", ".join(sorted(person.roles)) if person.is_active else "off the list"
    visit.note("change person", f"{person.name}: {state}")
    return visit.go("/people")


def link(visit: Visit) -> web.Response:
    """A one-time link to hand over, for somebody who is not on Telegram yet."""
    person = _named(visit)
    key = visit.desk.staff.link(person) if person.is_active else None
    if key is None:
        raise Refused(visit.say("Enough links wait unused. Try again in ten minutes."), 429)
    visit.note("make link", person.name)
    return _page(visit, f"{visit.desk.origin}/desk/enter?key={key}", person.name)


def end(visit: Visit) -> web.Response:
    """Sign a browser out: a lost phone."""
    number = visit.form.get("number", "")
    if not number.isdecimal():
        raise Refused(visit.say("There is nothing here."), 404)
    visit.desk.staff.end(int(number[:12]))
    visit.note("end session", number[:12])
    return visit.go("/people")


def audit(visit: Visit) -> web.Response:
    """What was done, newest first."""
    return visit.page("audit.html", deeds=visit.desk.staff.audit(), acts=act_names(visit))


def act_names(visit: Visit) -> dict[str, str]:
    """What the audit list notes, in words."""
    say = visit.say
    return {
        "add person": say("Added a person"),
        "change person": say("Changed a person"),
        "confirm phone": say("Confirmed a number"),
        "drop draft": say("Threw a draft away"),
        "end session": say("Signed a browser out"),
        "export": say("Took out a file"),
        "import": say("Brought back a file"),
        "make link": say("Made a link to sign in"),
        "publish": say("Published"),
        "review": say("Read and confirmed a text"),
        "save draft": say("Saved a draft"),
        "send to remote": say("Sent versions to the others"),
        "send to review": say("Sent to review"),
        "sign in": say("Signed in"),
        "sign out": say("Signed out"),
        "take from remote": say("Took in the others' versions"),
    }


def _page(visit: Visit, made: str, name: str = "") -> web.Response:
    staff = visit.desk.staff
    codes = [language.code for language in visit.desk.library.languages if language.spelled_from is None]
    return visit.page(
        "people.html", people=staff.everyone(), sessions=staff.sessions(), roles=ROLES, codes=codes, link=made,
        link_name=name,
    )  # fmt: skip


def _named(visit: Visit) -> Person:
    id = visit.form.get("id", "")
    person = visit.desk.staff.find(int(id[:12])) if id.isdecimal() else None
    if person is None:
        raise Refused(visit.say("There is nothing here."), 404)
    return person


def _said(visit: Visit, old: Person) -> Person:
    """The person as the form says."""
    name = " ".join(visit.form.get("name", "").split())[:_LONGEST_NAME]
    telegram = visit.form.get("telegram", "").strip()
    roles = frozenset(visit.lists.get("roles", [])) & frozenset(ROLES)
    known = {language.code for language in visit.desk.library.languages if language.spelled_from is None}
    if not name or not roles:
        raise Refused(visit.say("Give a name and at least one role."))
    if telegram and not (telegram.isdecimal() and len(telegram) < 16):
        raise Refused(visit.say("A Telegram id is a number, not a name with @."))
    languages = frozenset(visit.lists.get("languages", [])) & known
    title = " ".join(visit.form.get("title", "").split())[:_LONGEST_NAME]
    return replace(
        old, name=name, roles=roles, languages=languages, title=title, telegram=int(telegram) if telegram else None
    )

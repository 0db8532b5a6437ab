"""Publishing: drafts become a version, as a whole or not at all, and the bot says it at once."""

import time
from dataclasses import dataclass

from aiohttp import web
from markupsafe import Markup

from bot.apart import Failed
from bot.content import Mistake
from bot.content.reading import Unreadable
from bot.desk import changes, four_eyes
from bot.desk.drafts import Overtaken
from bot.desk.visit import PUBLISHERS, WRITERS, Page, Refused, Visit, address_of
from bot.editions import Behind, Files
from bot.store.staff import Draft

LONGEST_WHY = 200


def pages() -> list[Page]:
    return [Page("GET", "/publish", show, WRITERS), Page("POST", "/publish", publish, PUBLISHERS)]


@dataclass(frozen=True)
class Waiting:
    """A draft with what it changes, as a lawyer can read it."""

    draft: Draft
    name: str
    address: str
    is_overtaken: bool
    passages: list[tuple[str, Markup]]

    @property
    def key(self) -> str:
        return f"{self.draft.file}\n{self.draft.key}"


def show(visit: Visit) -> web.Response:
    """All drafts."""
    return _page(visit, [])


def publish(visit: Visit) -> web.Response:
    """The chosen drafts, if the version they make has no mistake."""
    desk, chosen = visit.desk, set(visit.lists.get("drafts", []))
    drafts = [draft for draft in desk.staff.drafts() if f"{draft.file}\n{draft.key}" in chosen]
    if not drafts:
        raise Refused(visit.say("Choose at least one draft."))
    if any(draft.is_machine for draft in drafts):
        raise Refused(
            visit.say("A machine translation waits for a person to confirm it. Open it and take off the tick."), 409
        )
    over = desk.library.editions.version
    try:
        files = desk.drafts.files(drafts)
    except Overtaken as overtaken:
        name = " ".join(overtaken.unit)
        message = visit.say(
            "{name}: somebody has published newer words meanwhile. Open the draft and join both.", name=name
        )
        raise Refused(message, 409) from overtaken
    why = " ".join(visit.form.get("why", "").split())[:LONGEST_WHY]
    mistakes = put_in_force(visit, files, over, why or ", ".join(name_of(draft) for draft in drafts)[:LONGEST_WHY])
    if mistakes:
        return _page(visit, mistakes, 409)
    desk.staff.drop((draft.file, draft.key) for draft in drafts)
    return visit.go("/history", done="1")


def put_in_force(visit: Visit, files: Files, over: str, why: str) -> list[Mistake]:
    """Proof-read the whole version; without mistakes it is committed and the running bot takes it up.

    The mistakes, where there are any; then nothing was changed.
    """
    desk, began = visit.desk, time.monotonic()
    try:
        unproven = four_eyes.missing(desk, files)
    except Unreadable as error:
        return [error.mistake]
    if unproven:
        message = visit.say(
            "{numbers}: two different people must confirm a number, one of them by a call.", numbers=", ".join(unproven)
        )
        raise Refused(message, 409)
    try:
        found = desk.drafts.mistakes_in(files, desk.today)
    except Failed as error:
        message = visit.say(
            "Nothing was published: the proof-reading did not finish ({why}).", why=visit.told(error.what)
        )
        raise Refused(message, 503) from error
    mistakes = [one for one in found if not one.is_advice]
    if mistakes:
        return mistakes
    try:
        version = desk.library.editions.publish(files, visit.person.name, why, desk.now(), over)
    except Behind as error:
        raise overtaken(visit) from error
    desk.library.take_up()
    visit.note("publish", f"{version.id[:10]} {why} ({time.monotonic() - began:.1f} s)")
    return []


def overtaken(visit: Visit) -> Refused:
    """Somebody was quicker, at this instance or another; what they published is in force here first."""
    visit.desk.library.catch_up()
    return Refused(
        visit.say("Somebody has published at the same moment. Nothing of yours is lost: look again, then publish."), 409
    )


def _page(visit: Visit, mistakes: list[Mistake], status: int = 200) -> web.Response:
    desk = visit.desk
    waiting = [
        Waiting(
            draft, name_of(draft), address_of(draft.file, draft.key), desk.drafts.is_overtaken(draft),
            changes.passages(visit, draft.file, draft.base, draft.body),
        )
        for draft in desk.staff.drafts()
    ]  # fmt: skip
    return visit.page("publish.html", status, waiting=waiting, mistakes=mistakes, may=visit.may(PUBLISHERS))


def name_of(draft: Draft) -> str:
    if draft.file.endswith(".po"):
        return f"{draft.file.split('/')[1]}: {draft.key}"
    return draft.key or draft.file.removeprefix("content/").removesuffix(".md")

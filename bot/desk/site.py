"""The house on WEB_PORT: on this machine the local chat at / and the desk below it; away from it, the desk alone."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from aiohttp import web

from bot.demand import Source
from bot.demand.figures import Figures
from bot.desk import build_desk
from bot.desk.drafts import Drafts, FindMistakes, Load
from bot.desk.own_words import OwnWords
from bot.desk.trial import Learn, Trial
from bot.desk.tries import Tries
from bot.desk.visit import Desk, Library
from bot.settings import Settings
from bot.store.staff import NoStaff, Person, Staff, open_staff

_DAY = 24 * 60


def staff_of(settings: Settings, now: Callable[[], datetime]) -> Staff:
    """The staff database of these settings; raises NoStaff."""
    return open_staff(settings.data_dir / "staff.db", settings.database, settings.secret, now)


def open_desk(
    settings: Settings,
    library: Library,
    load: Load,
    mistakes: FindMistakes,
    learn: Learn,
    now: Callable[[], datetime],
    warn: Callable[[str], None],
) -> Desk | None:
    """What the desk works with; None where its database cannot be opened, for the bot answers all the same."""
    try:
        staff = staff_of(settings, now)
    except NoStaff as error:
        warn(f"The desk stays closed: {error}.")
        return None
    folder, cache = settings.data_dir / "desk", settings.data_dir / "cache"
    drafts = Drafts(staff, library.editions, folder, cache, load, mistakes)
    source = Source(settings.database, settings.smallest_count, settings.keep_days, cache)
    trial = Trial(drafts, lambda: library.screens, lambda: library.matcher, folder, learn)
    words = OwnWords(library.editions)
    return Desk(staff, library, drafts, words, now, Tries(), trial, Figures(source), settings.public_origin)


class Site:
    """Knows where it was opened, so that links to it can be made."""

    def __init__(self, desk: Desk | None) -> None:
        self._desk = desk
        self._address = ""

    def around(self, chat: web.Application) -> web.Application:
        """One application for the listener; the chat is left out where strangers could reach it."""
        if self._desk is None:
            return chat
        is_public = bool(self._desk.origin)
        root = web.Application() if is_public else chat
        if is_public:
            root.router.add_get("/", _to_the_desk)
        root.router.add_get("/desk", _to_the_desk)
        root.add_subapp("/desk", build_desk(self._desk))
        return root

    def opened(self, address: str) -> str:
        """What to say at start: where to go."""
        desk = self._desk
        self._address = (desk.origin if desk else "") or address.rstrip("/")
        if desk and desk.origin:
            return f"The desk is open at {desk.origin}/desk/ (Ctrl-C stops)"
        return f"The local chat is open at {address} (Ctrl-C stops)"

    def owner_link(self) -> str:
        """The first owner's way in, until an owner has used one; then nothing."""
        if self._desk is None or self._desk.staff.has_owner():
            return ""
        staff = self._desk.staff
        owner = staff.named("owner")
        if owner is None:
            with suppress(ValueError):  # another instance was quicker
                staff.add(Person(0, "owner", frozenset({"owner", "editor"})))
            owner = staff.named("owner")
        assert owner is not None
        key = staff.link(owner, _DAY)
        return f"The owner signs in to the desk once at {self._address}/desk/enter?key={key}" if key else ""

    def staff_link(self, telegram: int) -> str | None:
        """What /staff in the bot answers: a link for those on the list, nothing for all others."""
        person = self._desk.staff.on_telegram(telegram) if self._desk else None
        key = self._desk.staff.link(person) if self._desk and person else None
        return f"{self._address}/desk/enter?key={key}" if key else None

    def close(self) -> None:
        if self._desk:
            self._desk.staff.close()
            self._desk.library.editions.close()


async def _to_the_desk(_: web.Request) -> web.Response:
    raise web.HTTPSeeOther("/desk/")

"""The house on WEB_PORT: on this machine the local chat at / and the desk below it; away from it, the desk alone."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.demand import Source
from bot.demand.figures import Figures
from bot.desk.drafts import Drafts, FindMistakes, Load
from bot.desk.own_words import OwnWords
from bot.desk.pages import build_desk
from bot.desk.trial import Learn, Trial
from bot.desk.tries import Tries
from bot.desk.visit import Desk, Library
from bot.settings import Settings
from bot.store.staff import Staff


def open_desk(
    settings: Settings,
    staff: Staff,
    library: Library,
    load: Load,
    mistakes: FindMistakes,
    learn: Learn,
    now: Callable[[], datetime],
) -> Desk:
    """What the desk works with."""
    folder, cache = settings.data_dir / "desk", settings.data_dir / "cache"
    drafts = Drafts(staff, library.editions, folder, cache, load, mistakes)
    source = Source(settings.database, settings.smallest_count, settings.keep_days, cache)
    trial = Trial(drafts, lambda: library.screens, lambda: library.matcher, folder, learn)
    words = OwnWords(library.editions)
    return Desk(staff, library, drafts, words, now, Tries(), trial, Figures(source), settings.public_origin)


def around(desk: Desk, chat: web.Application) -> web.Application:
    """One application for the listener; the chat is left out where strangers could reach it."""
    is_public = bool(desk.origin)
    root = web.Application() if is_public else chat
    if is_public:
        root.router.add_get("/", _to_the_desk)
    root.router.add_get("/desk", _to_the_desk)
    root.add_subapp("/desk", build_desk(desk))
    return root


async def _to_the_desk(_: web.Request) -> web.Response:
    raise web.HTTPSeeOther("/desk/")

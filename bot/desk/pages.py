"""The table of pages, and the desk as an application."""

from concurrent.futures import ThreadPoolExecutor

from aiohttp import web

from bot.desk import (
    asked,
    demand,
    facts,
    files,
    flow_map,
    flows,
    history,
    home,
    joining,
    meanings,
    people,
    phrases,
    places,
    preview,
    publish,
    remote,
    sign_in,
    texts,
    translators,
    trying,
)
from bot.desk.door import open_doors
from bot.desk.trial import build_trial_chat
from bot.desk.visit import Desk, Page

_FILES = (
    sign_in,
    home,
    demand,
    texts,
    preview,
    facts,
    places,
    files,
    flows,
    flow_map,
    phrases,
    meanings,
    asked,
    joining,
    translators,
    trying,
    publish,
    history,
    remote,
    people,
)


def pages() -> list[Page]:
    """Every page and action of the desk, with the roles that may."""
    return [page for file in _FILES for page in file.pages()]


def build_desk(desk: Desk) -> web.Application:
    """The desk as an application to be mounted under /desk."""
    app = web.Application()
    threads = ThreadPoolExecutor(4, thread_name_prefix="desk")
    open_doors(app, desk, pages(), threads)
    app.add_subapp("/chat", build_trial_chat(desk.trial, desk.now))

    async def let_go(_: web.Application) -> None:
        threads.shutdown(wait=True)

    app.on_cleanup.append(let_go)
    return app

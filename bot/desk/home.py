"""Home: what needs me."""

from aiohttp import web

from bot.desk.visit import STAFF, Page, Visit


def pages() -> list[Page]:
    return [Page("GET", "/", show, STAFF)]


def show(visit: Visit) -> web.Response:
    return visit.page("home.html")

"""The page beside the editor on which the drafts can be talked to."""

from aiohttp import web

from bot.desk.visit import STAFF, Page, Visit


def pages() -> list[Page]:
    return [Page("GET", "/try", show, STAFF)]


def show(visit: Visit) -> web.Response:
    is_learning = visit.desk.trial.take_up(lambda: visit.desk.today)
    return visit.page("try.html", is_learning=is_learning, drafts=len(visit.desk.staff.drafts()))

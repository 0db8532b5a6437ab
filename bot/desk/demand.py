"""Demand: what people ask, from the numbers that may be shown, with every table as a file."""

from dataclasses import dataclass, replace
from datetime import date

from aiohttp import web
from markupsafe import Markup

from bot.charts.plots import to_plot_svg
from bot.demand.figures import Figures
from bot.demand.gaps import Gap, gaps
from bot.demand.overview import Line, overview
from bot.demand.release import Release
from bot.demand.table import Choice, Names, Table, made_up_word, names_of, plot
from bot.demand.tables import safety_weeks, tables
from bot.demand.writing import TYPES, write
from bot.desk.visit import ANALYSTS, Page, Refused, Visit

_CHOICES = ("month", "other", "quarter", "week")


def pages() -> list[Page]:
    return [Page("GET", "/demand", show, ANALYSTS), Page("GET", "/demand/file", give, ANALYSTS)]


@dataclass(frozen=True)
class Chart:
    """A table with its picture."""

    table: Table
    svg: Markup
    has_file: bool


def show(visit: Visit) -> web.Response:
    """The overview, the list of work, and every chart with its table."""
    figures, release = _release(visit)
    choice = _choice(visit)
    key = ("page", visit.language.code, choice)
    lines, charts = figures.made(key, lambda: _drawn(visit, release, choice))
    return visit.page(
        "demand.html", lines=lines, charts=charts, work=work(visit), choice=choice, kinds=list(TYPES), release=release,
        months=release.months[::-1][:60], quarters=release.quarters[::-1][:20],
        query={name: visit.query[name] for name in _CHOICES if name in visit.query},
    )  # fmt: skip


def give(visit: Visit) -> web.Response:
    """One table as a file; in it is only what may leave the desk."""
    id, kind = visit.query.get("table", ""), visit.query.get("kind", "")
    if kind not in TYPES:
        raise Refused(visit.say("There is nothing here."), 404)
    figures, release = _release(visit)
    choice, names = _choice(visit), _names(visit)

    def make() -> bytes:
        for table in tables(release.outside(), names, choice):
            if table.id == id:
                return write(table, kind, made_up_word(release, _names(visit)))
        return b""

    body = figures.made(("file", visit.language.code, choice, id, kind), make)
    if not body:
        raise Refused(visit.say("There is nothing in this table that may be shown."), 404)
    headers = {"Content-Disposition": f'attachment; filename="safar-{id}.{kind}"'}
    return web.Response(body=body, content_type=TYPES[kind], headers=headers)


def work(visit: Visit) -> list[tuple[Gap, str]]:
    """What to write next, most people first, each in words and with the language of its text."""
    if visit.desk.figures is None or not visit.may(ANALYSTS):
        return []
    figures, release = _release(visit)
    names, missing, spellings = _names(visit), _missing(visit), visit.desk.library.content.spellings

    def make() -> list[tuple[Gap, str]]:
        own = {code: one.source or code for code, one in spellings.items()}
        found = gaps(release, missing)
        return [(replace(gap, language=own.get(gap.language, "")), _said(gap, names)) for gap in found]

    return figures.made(("work", visit.language.code, frozenset(missing)), make)


def _drawn(visit: Visit, release: Release, choice: Choice) -> tuple[list[Line], list[Chart]]:
    names = _names(visit)
    own = safety_weeks(release, names, choice)
    charts = [Chart(table, _svg(table, visit, release), True) for table in tables(release, names, choice)]
    if not own.is_empty:
        charts.insert(2, Chart(own, _svg(own, visit, release), False))
    return overview(release, names), charts


def _svg(table: Table, visit: Visit, release: Release) -> Markup:
    footer = made_up_word(release, _names(visit))
    return Markup(to_plot_svg(plot(table, footer)))  # noqa: S704  # drawn by a template that escapes


def _release(visit: Visit) -> tuple[Figures, Release]:
    figures = visit.desk.figures
    if figures is None:
        raise web.HTTPNotFound
    return figures, figures.release(visit.desk.library.content.topics, _today(visit))


def _today(visit: Visit) -> date:
    return visit.desk.now().date()


def _choice(visit: Visit) -> Choice:
    """What the address asks for; what is not there shows the newest."""
    return Choice(*(visit.query.get(name, "")[:10] for name in _CHOICES))


def _names(visit: Visit) -> Names:
    return names_of(visit.desk.library.content, visit.desk.phrases, visit.language.code)


def _missing(visit: Visit) -> set[tuple[str, str]]:
    """Texts that are not written in a language of readers."""
    content = visit.desk.library.content
    return {
        (topic, code) for topic in content.topics for code in content.spellings if content.text(topic, code) is None
    }


def _said(gap: Gap, names: Names) -> str:
    """A piece of work in words."""
    say = names.say
    if gap.kind == "unanswered":
        return say(
            "Questions in this language that found nothing: {language}, {people} a month",
            language=names.language(gap.language), people=gap.people,
        )  # fmt: skip
    if gap.kind == "unhelpful":
        return say(
            "“{topic}” did not help {people} people in a quarter", topic=names.topic(gap.topic), people=gap.people
        )
    return say(
        "“{topic}” is not written in this language: {language}; {people} a month ask for it",
        topic=names.topic(gap.topic), language=names.language(gap.language), people=gap.people,
    )  # fmt: skip

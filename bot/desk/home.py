"""Home: what needs me. Stale translations, facts to look at, what people reported, gaps, the launch list, mistakes."""

from datetime import timedelta

from aiohttp import web

from bot.content import Content
from bot.content.launch import launch_list
from bot.content.reported import reports
from bot.desk import demand, facts, texts
from bot.desk.publish import name_of
from bot.desk.visit import ANALYSTS, STAFF, Page, Visit
from bot.store import read_wrong
from bot.store.demand import monday

_MOST = 8
_LATELY = timedelta(weeks=8)  # a number that was called since then works, or was changed


def pages() -> list[Page]:
    return [Page("GET", "/", show, STAFF), Page("GET", "/launch", launch, STAFF)]


def show(visit: Visit) -> web.Response:
    """The shortest way to what waits for this person."""
    desk, content = visit.desk, visit.desk.drafts.content()
    codes = [code for code in texts.own_languages(content) if texts.may_write(visit, code)]
    stale = [
        (id, code, content.title(id, code))
        for code in codes
        for id in content.topics
        if texts.state(content, id, code) in ("stale", "missing", "draft")
    ]
    due = [
        (fact, why) for fact in content.facts.all.values() if (why := facts.due(fact, desk.today)) not in ("", "low")
    ]
    languages = texts.own_languages(content)
    unread = sum(texts.state(content, id, code) == "unread" for code in languages for id in content.topics)
    drafts = [(draft, name_of(draft)) for draft in desk.staff.drafts()]
    gaps, wrong = demand.work(visit), _wrong(visit, content)
    return visit.page(
        "home.html", gaps=gaps[:_MOST], gaps_many=len(gaps), sees_demand=visit.may(ANALYSTS),
        wrong=wrong[:_MOST], wrong_many=len(wrong),
        stale=stale[:_MOST], stale_many=len(stale), due=due[:_MOST], due_many=len(due), unread=unread,
        drafts=drafts[:_MOST], drafts_many=len(drafts), due_names=facts.states(visit),
        mistakes=content.mistakes[:_MOST], content=content,
        calls=sum(not phone.is_proven for place in content.places.values() for phone in place.phones),
        tasks=len(launch_list(content, desk.today)), names=texts.state_names(visit), states=texts.state,
    )  # fmt: skip


def _wrong(visit: Visit, content: Content) -> list[tuple[str, str, bool]]:
    """What is still there of what people reported within the last weeks: id, name, whether it is a place to call.

    Not how often: one tap is one person's.
    """
    if visit.desk.figures is None:
        return []
    since = (monday(visit.desk.today) - _LATELY).isoformat()
    rows = [row for row in read_wrong(visit.desk.figures.source.url) if str(row["week"]) >= since]
    things = [one.thing for one in reports(content, rows)]
    spelling = content.spellings[visit.language.code]
    return [
        (id, content.places[id].name(spelling) if id in content.places else content.title(id, spelling.code), is_place)
        for id in things
        if (is_place := id in content.places) or id in content.topics
    ]


def launch(visit: Visit) -> web.Response:
    """Everything staff must still confirm, by importance."""
    tasks = launch_list(visit.desk.drafts.content(), visit.desk.today)
    groups: dict[str, list[object]] = {}
    for task in tasks:
        groups.setdefault(task.matter.value, []).append(task)
    return visit.page("launch.html", groups=groups, many=len(tasks))

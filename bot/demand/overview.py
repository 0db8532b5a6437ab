"""The overview: what an outreach worker wants to know in ten seconds, as a few sentences."""

from dataclasses import dataclass

from bot.demand.periods import name_of
from bot.demand.release import LANGUAGES, Release
from bot.demand.rises import Rise, rises
from bot.demand.table import Choice, Names, topic_name
from bot.demand.tables import hours

_MOST = 5


@dataclass(frozen=True)
class Line:
    """A question, its answer in big type, and what goes with it."""

    title: str
    big: str
    words: str = ""


def overview(release: Release, names: Names, found: list[Rise] | None = None) -> list[Line]:
    """How many asked, what rises, what finds no answer, in which languages, when."""
    say = names.say
    nothing = say("too few to show")
    week = release.last
    if week is None:
        return []
    whole, before = (release.of(f"open/week/{name_of(one)}") for one in (week, release.weeks[-2:][0]))
    change = f"{100 * (whole - before) / before:+.0f}%" if whole and before and release.first != week else ""
    none = release.of(f"open/week/{name_of(week)}", "topic/none")
    risen = rises(release) if found is None else found
    return [
        Line(
            say("How many asked"),
            f"{whole}" if whole is not None else nothing,
            say("in the week of {day}; {change} against the week before", day=f"{week:%d.%m.%Y}", change=change)
            if change
            else say("in the week of {day}", day=f"{week:%d.%m.%Y}"),
        ),
        Line(
            say("What rises"),
            topic_name(risen[0].topic, names) if risen else say("nothing unusual"),
            "; ".join(told(rise, names) for rise in risen[:_MOST]),
        ),
        Line(
            say("What finds no answer"),
            f"{100 * none / whole:.0f}%" if none is not None and whole else nothing,
            say("{people} questions found nothing", people=none) if none is not None else "",
        ),
        _languages(release, names, nothing),
        _hours(release, names, nothing),
    ]


def told(rise: Rise, names: Names) -> str:
    """A rise in words."""
    return names.say(
        "{topic}: {people}, usually {usual}", topic=topic_name(rise.topic, names), people=rise.people, usual=rise.usual
    )


def _languages(release: Release, names: Names, nothing: str) -> Line:
    month = release.months[-1] if release.months else ""
    found = [(release.of(f"open/month/{month}", f"language/{one}"), one) for one in LANGUAGES]
    shown = sorted(((count, one) for count, one in found if count is not None), reverse=True)
    whole = sum(count for count, _ in shown)
    parts = [f"{names.language(one)} {100 * count / whole:.0f}%" for count, one in shown]
    title = names.say("In which languages")
    return Line(title, parts[0] if parts else nothing, ", ".join(parts[1:]))


def _hours(release: Release, names: Names, nothing: str) -> Line:
    table = hours(release, names, Choice())
    cells = [
        (cell, day, hour)
        for (_, day), row in zip(table.rows, table.cells, strict=True)
        for (hour, _), cell in zip(table.columns, row, strict=True)
        if cell is not None
    ]
    title = names.say("When")
    if not cells:
        return Line(title, nothing)
    _, day, hour = max(cells)
    return Line(title, f"{day} {hour}:00", names.say("most questions in an hour of the week"))

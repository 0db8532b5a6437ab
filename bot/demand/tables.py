"""Tables: what is shown of a release, each one thing that page, picture and file are made from alike."""

from collections.abc import Callable, Sequence

from bot.demand.periods import name_of
from bot.demand.release import DOORS, LANGUAGES, STREAMS, Release, stream_of
from bot.demand.table import Choice, Names, Table, topic_name

WEEKS = 26
MOST_ROWS = 24
_DAYS = 7
TILES = {
    "north-kazakhstan": (3, 0), "west-kazakhstan": (0, 1), "kostanay": (2, 1), "akmola": (3, 1), "astana": (4, 1),
    "pavlodar": (5, 1), "atyrau": (0, 2), "aktobe": (1, 2), "ulytau": (2, 2), "karaganda": (3, 2), "abai": (4, 2),
    "east-kazakhstan": (5, 2), "mangystau": (0, 3), "kyzylorda": (1, 3), "turkistan": (2, 3), "zhambyl": (3, 3),
    "almaty-region": (4, 3), "zhetysu": (5, 3), "shymkent": (2, 4), "almaty": (4, 4),
}  # fmt: skip


def tables(release: Release, names: Names, choice: Choice) -> list[Table]:
    """Every table there is something in, in the order of the page."""
    makers = (
        weeks,
        topics,
        safety,
        languages,
        unanswered,
        helped,
        hours,
        doors,
        regions,
        posters,
        periods,
        seasons,
        words,
    )
    return [table for table in (make(release, names, choice) for make in makers) if not table.is_empty]


def weeks(release: Release, names: Names, choice: Choice) -> Table:
    """How many asked, week by week."""
    shown = _weeks(release, choice)
    cells = tuple(release.of(f"open/week/{week}") for week, _ in shown)
    note = names.say("One person who asks about two topics on a day counts twice. Safety topics are not in this sum.")
    return Table("weeks", names.say("How many asked, by week"), (("all", names.say("people")),), shown, (cells,), note)


def topics(release: Release, names: Names, choice: Choice) -> Table:
    """Topics by weeks."""
    return _topic_weeks(release, names, choice, "topics", names.say("Topics by week"), ("open",))


def safety(release: Release, names: Names, choice: Choice) -> Table:
    """Safety topics by months: all that may be known of them outside the desk."""
    months = _months(release, choice)[-12:]
    ids = [topic for topic in release.topics if stream_of(topic) == "safety"]
    note = names.say("About safety, files and messages hold only the whole country and the month.")
    return _grid(
        "safety", names.say("Safety topics by month"), ids, months, names,
        lambda topic, month: release.of(f"safety/month/{month}", f"topic/{topic}"), note,
    )  # fmt: skip


def safety_weeks(release: Release, names: Names, choice: Choice) -> Table:
    """Safety topics by weeks; for the desk alone."""
    return _topic_weeks(release, names, choice, "topics", names.say("Safety topics by week"), ("safety",))


def languages(release: Release, names: Names, choice: Choice) -> Table:
    """Languages by topics in a month."""
    month = _month(release, choice)
    ids = [topic for topic in release.topics if stream_of(topic) in STREAMS]

    def cell(topic: str, language: str) -> int | None:
        return release.of(f"{stream_of(topic)}/month/{month}", f"cell/{language}/{topic}")

    return _grid(
        "languages", names.say("Languages and topics, {month}", month=month), ids, LANGUAGES, names, cell,
        _hidden(names), names.language,
    )  # fmt: skip


def hours(release: Release, names: Names, choice: Choice) -> Table:
    """Hours by weekdays in a quarter."""
    quarter = choice.quarter if f"hour/{choice.quarter}" in release.tables else _last(release, "hour")
    say = names.say
    days = (say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun"))
    rows = tuple((str(place), name) for place, name in enumerate(days))
    columns = tuple((f"{hour:02}", f"{hour:02}") for hour in range(24))
    cells = tuple(tuple(release.of(f"hour/{quarter}", f"{day}/{hour}") for hour, _ in columns) for day, _ in rows)
    return Table("hours", say("When people ask, {quarter}", quarter=quarter), rows, columns, cells, _hidden(names))


def unanswered(release: Release, names: Names, choice: Choice) -> Table:
    """The share of all that found nothing, by week; from two numbers that are both shown."""
    shown = _weeks(release, choice)
    cells = tuple(
        _share(release.of(f"open/week/{week}", "topic/none"), release.of(f"open/week/{week}")) for week, _ in shown
    )
    title = names.say("Found no answer, by week")
    return Table("unanswered", title, (("none", names.say("found nothing")),), shown, (cells,), _hidden(names), "%")


def helped(release: Release, names: Names, choice: Choice) -> Table:
    """How many said that a text helped, of those who said anything."""
    quarter = choice.quarter if f"verdict/{choice.quarter}" in release.tables else _last(release, "verdict")
    table = f"verdict/{quarter}"
    found = []
    for topic in release.topics:
        good, bad = release.of(table, f"helped/{topic}"), release.of(table, f"not_helped/{topic}")
        if good is not None and bad is not None:
            found.append((topic, _share(good, good + bad)))
    found.sort(key=lambda one: (one[1] or 0, one[0]))
    rows = tuple((topic, topic_name(topic, names)) for topic, _ in found[:MOST_ROWS])
    cells = tuple((share,) for _, share in found[:MOST_ROWS])
    title = names.say("Helped, of those who said so, {quarter}", quarter=quarter)
    columns = (("helped", names.say("helped")),)
    return Table("helped", title, rows, columns, cells, _hidden(names), "%")


def doors(release: Release, names: Names, choice: Choice) -> Table:
    """By which door people came to an answer in a month."""
    month, say = _month(release, choice), names.say
    called = {
        "menu": say("the menu"), "question": say("a question in their own words"),
        "choice": say("a choice after a question"), "danger": say("a call for help"), "link": say("a link or poster"),
        "inline": say("a message shared by somebody"),
    }  # fmt: skip
    found = [(door, release.of(f"open/month/{month}", f"door/{door}")) for door in DOORS]
    rows = tuple((door, called[door]) for door, count in found if count is not None)
    cells = tuple((count,) for _, count in found if count is not None)
    title = say("How people came to an answer, {month}", month=month)
    return Table("doors", title, rows, (("people", say("people")),), cells, _hidden(names))


def regions(release: Release, names: Names, choice: Choice) -> Table:
    """Regions chosen in a month; never beside a topic."""
    month = _month(release, choice)
    rows = tuple((region, names.region(region)) for region in TILES)
    cells = tuple((release.of(f"region/{month}", region),) for region in TILES)
    title = names.say("Where help was looked for, {month}", month=month)
    columns = (("times", names.say("people")),)
    return Table("regions", title, rows, columns, cells, _hidden(names), places=tuple(TILES.values()))


def posters(release: Release, names: Names, choice: Choice) -> Table:
    """Posters and links by months; never beside a topic."""
    months = _months(release, choice)[-12:]
    ids = sorted({source for month in months for source in release.listed(f"source/{month}")})
    return _grid(
        "posters", names.say("Posters and links by month"), ids, months, names,
        lambda source, month: release.of(f"source/{month}", source), _hidden(names), row_name=lambda id: id,
    )  # fmt: skip


def periods(release: Release, names: Names, choice: Choice) -> Table:
    """Two months beside each other: the newer one, the older one, and by how much."""
    month = _month(release, choice)
    other = choice.other if choice.other in release.months else _year_before(release, month)
    rows, cells = [], []
    for topic in release.topics:
        table = f"{stream_of(topic)}/month/"
        new, old = release.of(table + month, f"topic/{topic}"), release.of(table + other, f"topic/{topic}")
        if new is not None and old is not None:
            rows.append((topic, topic_name(topic, names)))
            cells.append((new, old))
    order = sorted(range(len(rows)), key=lambda place: -abs(cells[place][0] - cells[place][1]))[:MOST_ROWS]
    title = names.say("{month} beside {other}", month=month, other=other)
    note = names.say("Only topics whose number may be shown in both months.")
    columns = ((month, month), (other, other))
    return Table("periods", title, tuple(rows[n] for n in order), columns, tuple(cells[n] for n in order), note)


def seasons(release: Release, names: Names, choice: Choice) -> Table:
    """A usual year: the mean of each month over all years in which it is shown."""
    months = [f"{number:02}" for number in range(1, 13)]
    past = _months(release, choice)

    def mean(topic: str, number: str) -> float | None:
        every = [month for month in past if month.endswith(f"-{number}")]
        found = [release.of(f"open/month/{month}", f"topic/{topic}") for month in every]
        shown = [count for count in found if count is not None]
        return round(sum(shown) / len(shown)) if shown else None

    ids = [topic for topic in release.topics if stream_of(topic) == "open"]
    return _grid("seasons", names.say("A usual year, by month"), ids, months, names, mean, _hidden(names))


def words(release: Release, names: Names, choice: Choice) -> Table:
    """Words the bot does not know, by weeks."""
    shown = [week for week, _ in _weeks(release, choice)][-8:]
    ids = sorted({word for week in shown for word in release.listed(f"word/{week}")})
    return _grid(
        "words", names.say("Words the bot does not know, by week"), ids, shown, names,
        lambda word, week: release.of(f"word/{week}", word), _hidden(names), row_name=lambda id: id.partition("/")[2],
    )  # fmt: skip


def _topic_weeks(release: Release, names: Names, choice: Choice, id: str, title: str, streams: Sequence[str]) -> Table:
    shown = _weeks(release, choice)
    ids = [topic for topic in release.topics if stream_of(topic) in streams]

    def cell(topic: str, week: str) -> int | None:
        return release.of(f"{stream_of(topic)}/week/{week}", f"topic/{topic}")

    labels = dict(shown)
    return _grid(id, title, ids, [week for week, _ in shown], names, cell, _hidden(names), labels.__getitem__)


def _grid(
    id: str,
    title: str,
    rows: Sequence[str],
    columns: Sequence[str],
    names: Names,
    cell: Callable[[str, str], float | None],
    note: str,
    column_name: Callable[[str], str] = str,
    row_name: Callable[[str], str] | None = None,
) -> Table:
    """The rows with the most in them; rows with nothing shown are left out."""
    counted = [(row, tuple(cell(row, column) for column in columns)) for row in rows]
    full = [(row, cells) for row, cells in counted if any(one is not None for one in cells)]
    full.sort(key=lambda one: (-sum(cell or 0 for cell in one[1]), one[0]))
    called = row_name or (lambda topic: topic_name(topic, names))
    return Table(
        id, title,
        tuple((row, called(row)) for row, _ in full[:MOST_ROWS]),
        tuple((column, column_name(column)) for column in columns),
        tuple(cells for _, cells in full[:MOST_ROWS]),
        note,
    )  # fmt: skip


def _hidden(names: Names) -> str:
    return names.say(
        "A dot is fewer people than may be shown, or a number kept back so that no such number can be computed."
    )


def _weeks(release: Release, choice: Choice) -> tuple[tuple[str, str], ...]:
    """The weeks to show, each with the day it begins."""
    found = [(name_of(week), f"{week:%d.%m}") for week in release.weeks]
    if choice.week and any(name == choice.week for name, _ in found):
        found = found[: next(place for place, (name, _) in enumerate(found) if name == choice.week) + 1]
    return tuple(found[-WEEKS:])


def _months(release: Release, choice: Choice) -> list[str]:
    return [month for month in release.months if not choice.month or month <= choice.month]


def _month(release: Release, choice: Choice) -> str:
    return choice.month if choice.month in release.months else release.months[-1] if release.months else ""


def _last(release: Release, kind: str) -> str:
    return max((table.partition("/")[2] for table in release.tables if table.startswith(f"{kind}/")), default="")


def _year_before(release: Release, month: str) -> str:
    if not month:
        return ""
    before = f"{int(month[:4]) - 1}{month[4:]}"
    earlier = [one for one in release.months if one < month]
    return before if before in release.months else earlier[-1] if earlier else month


def _share(part: int | None, whole: int | None) -> float | None:
    return round(100 * part / whole) if part is not None and whole else None


MAKERS = (
    weeks, topics, safety, languages, unanswered, helped, hours, doors, regions, posters, periods, seasons, words
)  # fmt: skip

"""Release: every number that may be shown of what was counted, decided once; all that is shown is made from it.

Page, picture, table, file, digest and alert take their numbers from here and nowhere else, and add up only what
stands here. So a cell that is hidden once is hidden everywhere, whatever is subtracted from whatever.

- Numbers of people stand by the week, and by months made of whole weeks. A week is decided when it is over, a month
  when its last week is; neither is ever decided again, so that yesterday's file and today's say the same.
- Safety topics are a stream of their own: no total holds both. Outside the desk there is of them only a number for
  the whole country and month (`outside`).
- Hours, sources, regions and verdicts have no total but the sum of what is shown of them, so nothing can be subtracted.
- A number below `least` is hidden, and nothing at all looks the same: `None` is “fewer than that, or kept back”.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.demand.periods import WEEK, is_over, monday, month_of, name_of, quarter_of, weeks_between, weeks_of
from bot.demand.protect import NEVER, Cell, protect
from bot.safety import is_safety
from bot.store import Counted

NONE, CHOICES = "none", "choices"  # in place of a topic: nothing was found; several were offered
LANGUAGES = ("kk", "ru", "uz", "uzc", "tg", "en")
DOORS = ("menu", "question", "choice", "danger", "link", "inline")
VERDICTS = ("helped", "not_helped")
STREAMS = ("open", "safety")


@dataclass(frozen=True)
class Release:
    """What may be shown, and nothing else: `tables` are named like `open/week/2026-W41`, their cells `topic/stay/iin`.

    The cell named "" is a table's whole.
    """

    least: int
    made_up: str = ""
    first: date | None = None  # the Monday of the first week
    last: date | None = None  # the Monday of the last week that is over
    topics: tuple[str, ...] = ()  # everything that could have been asked, in the order of the catalogue
    tables: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def weeks(self) -> list[date]:
        """Every week that was decided."""
        return weeks_between(self.first, self.last) if self.first and self.last else []

    @property
    def months(self) -> list[str]:
        """Every month that is over."""
        return self._over(month_of)

    @property
    def quarters(self) -> list[str]:
        """Every quarter that is over."""
        return self._over(quarter_of)

    def of(self, table: str, cell: str = "") -> int | None:
        """A number, or None where it is hidden."""
        return self.tables.get(table, {}).get(cell)

    def listed(self, table: str, kind: str = "") -> dict[str, int]:
        """The shown cells of a kind in a table, by the rest of their names."""
        start = f"{kind}/" if kind else ""
        cells = self.tables.get(table, {})
        return {name.removeprefix(start): count for name, count in cells.items() if name and name.startswith(start)}

    def outside(self) -> "Release":
        """What may leave the desk: of safety topics, only the whole country by month."""
        kept = {
            table: {cell: count for cell, count in cells.items() if may_leave(table, cell)}
            for table, cells in self.tables.items()
        }
        return replace(self, tables=kept)

    def _over(self, of: Callable[[date], str]) -> list[str]:
        last = self.last
        return [one for one in dict.fromkeys(map(of, self.weeks)) if last and is_over(one, last)]


def may_leave(table: str, cell: str) -> bool:
    """Whether a number may be shown outside the desk."""
    if table.startswith("safety/"):
        return table.startswith("safety/month/") and cell.startswith("topic/")
    return not (table.startswith("verdict/") and is_safety(cell.partition("/")[2]))


def stream_of(topic: str) -> str:
    """Which stream a topic belongs to; the danger screen is about safety."""
    return "safety" if is_safety(topic) or topic == "now" else "open"


def decide(before: Release, counted: Counted, topics: Iterable[str], today: date) -> Release:
    """The release with every week, month and quarter that has ended by today; what was decided before stays.

    `counted` holds everything since the beginning of the first quarter that `before` has not decided.
    """
    known = tuple(dict.fromkeys((*before.topics, *topics, *(row.topic for row in counted.demand if row.topic))))
    known = tuple(dict.fromkeys((*known, NONE, CHOICES, "now")))
    first, last = before.first or counted.first, monday(today) - WEEK
    if first is None or last < first or (before.last and last <= before.last):
        return replace(before, topics=known)
    tables = dict(before.tables)
    fresh = [week for week in weeks_between(first, last) if before.last is None or week > before.last]
    for stream in STREAMS:
        own = [topic for topic in known if stream_of(topic) == stream]
        sums = _Sums(counted, stream)
        for week in fresh:
            tables[f"{stream}/week/{name_of(week)}"] = dict(_week(sums, week, own, before.least))
        for month in _ended(map(month_of, fresh), last):
            tables[f"{stream}/month/{month}"] = dict(_month(sums, stream, month, own, tables, before.least))
    tables.update(_apart(counted, fresh, last, before.least))
    return replace(before, first=first, last=last, topics=known, tables=tables)


class _Sums:
    """What was counted in one stream, by week and month."""

    def __init__(self, counted: Counted, stream: str) -> None:
        self.cells: Counter[tuple[date, str]] = Counter()
        self.languages: Counter[tuple[str, str, str]] = Counter()
        self.doors: Counter[tuple[str, str]] = Counter()
        for row in counted.demand:
            topic = row.topic or (NONE if row.outcome == "none" else CHOICES)
            if row.outcome in VERDICTS or stream_of(topic) != stream:
                continue
            month = month_of(row.week)
            self.cells[row.week, topic] += row.people
            self.languages[month, topic, spelled(row.language, row.script)] += row.people
            self.doors[month, row.door] += row.people

    def of_month(self, month: str, topic: str) -> int:
        return sum(self.cells[week, topic] for week in weeks_of(month))


def spelled(language: str, script: str) -> str:
    """The language as readers choose it: Uzbek in Cyrillic is one of its own."""
    return "uzc" if (language, script) == ("uz", "Cyrl") else language


def _week(sums: _Sums, week: date, topics: list[str], least: int) -> Iterator[tuple[str, int]]:
    """A week alone: its topics and their whole. What is hidden adds up to enough beside each small cell."""
    counts = {topic: sums.cells[week, topic] for topic in topics}
    small = {topic for topic, people in counts.items() if people < least}
    hidden = set(small)
    missing = least + max((counts[topic] for topic in small), default=0) - sum(counts[topic] for topic in small)
    for people, topic in sorted((people, topic) for topic, people in counts.items() if topic not in small):
        if small and missing > 0:
            hidden.add(topic)
            missing -= people
    whole = sum(counts.values())
    if small and missing > 0:
        hidden = small  # there is not enough to hide them behind, so the whole is what stays away
    elif whole >= least:
        yield "", whole
    for topic, people in counts.items():
        if topic not in hidden:
            yield f"topic/{topic}", people


def _month(
    sums: _Sums, stream: str, month: str, topics: list[str], tables: Mapping[str, Mapping[str, int]], least: int
) -> Iterator[tuple[str, int]]:
    """A month: its topics, languages and doors, beside its weeks as they were decided."""
    cells: list[Cell] = []
    decided = 0

    def add(name: str, start: str, end: str, people: int, weight: int) -> None:
        cells.append(Cell(name, start, end, people, weight * people + 1, people < least))

    for week in weeks_of(month):
        shown = tables.get(f"{stream}/week/{name_of(week)}", {})
        people = sum(sums.cells[week, topic] for topic in topics)
        cells.append(Cell("", "whole", f"{week}", people, NEVER, "" not in shown))
        for topic in topics:
            is_hidden = f"topic/{topic}" not in shown
            cells.append(Cell(topic, f"{week}", f"in {topic}", sums.cells[week, topic], NEVER, is_hidden))
    decided = len(cells)
    for topic in topics:
        add(f"topic/{topic}", f"in {topic}", f"out {topic}", sums.of_month(month, topic), 3)
        for language in LANGUAGES:
            spoken = sums.languages[month, topic, language]
            add(f"cell/{language}/{topic}", f"out {topic}", f"speaks {language}", spoken, 1)
    for language in LANGUAGES:
        spoken = sum(sums.languages[month, topic, language] for topic in topics)
        add(f"language/{language}", f"speaks {language}", "doors", spoken, 10)
    for door in DOORS:
        add(f"door/{door}", "doors", "end", sums.doors[month, door], 10)
    add("", "end", "whole", sum(sums.of_month(month, topic) for topic in topics), 100)
    protect(cells, least)
    for cell in cells[decided:]:
        if not cell.is_hidden:
            yield cell.name, cell.people


def _apart(counted: Counted, fresh: list[date], last: date, least: int) -> dict[str, dict[str, int]]:
    """The counters that have no whole: small ones are left out, and there is nothing to subtract them from."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in counted.demand:
        if row.outcome in VERDICTS:
            found[f"verdict/{quarter_of(row.week)}"][f"{row.outcome}/{row.topic}"] += row.taps
    for day, hour, taps in counted.hours:
        found[f"hour/{quarter_of(monday(day))}"][f"{day.weekday()}/{hour:02}"] += taps
    for week, source, taps in counted.sources:
        found[f"source/{month_of(week)}"][source] += taps
    for week, region, taps in counted.regions:
        found[f"region/{month_of(week)}"][region] += taps
    for week, word, language, chats in counted.words:
        found[f"word/{name_of(week)}"][f"{language}/{word}"] += chats
    ended = {
        *map(name_of, fresh),
        *_ended(map(month_of, fresh), last),
        *_ended(map(quarter_of, fresh), last),
    }
    return {
        table: {cell: count for cell, count in cells.items() if count >= least}
        for table, cells in found.items()
        if table.partition("/")[2] in ended
    }


def _ended(periods: Iterable[str], last: date) -> list[str]:
    """The periods that these weeks have brought to their end."""
    return [one for one in dict.fromkeys(periods) if is_over(one, last)]

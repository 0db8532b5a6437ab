"""Demand: what was counted -> what may be shown. `read_release` is the only door to it."""

import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from bot.demand.periods import WEEK, monday, quarter_of, weeks_between
from bot.demand.release import Release, decide
from bot.store import Counted, read_counted

__all__ = ["Release", "Source", "read_release"]

_FORMAT = 1


@dataclass(frozen=True)
class Source:
    """Where the counters are, how small a number may be, for how long days stay days, and where decisions are kept."""

    url: str
    least: int
    keep_days: int
    cache: Path | None = None


def read_release(source: Source, topics: Iterable[str], today: date) -> Release:
    """Everything that may be shown today. What was decided is kept in a file, so that only new weeks are read."""
    ids = tuple(topics)
    release = _kept(source, today)
    while True:
        start = _first_open(release) or monday(read_counted(source.url, date.min, date.min).first or today)
        if start >= monday(today) or (release.last and release.last >= monday(today) - WEEK):
            return replace(release, topics=tuple(dict.fromkeys((*ids, *release.topics))))
        end = min(_next_quarter(start), monday(today))
        counted = _of_days(read_counted(source.url, start, end), today - timedelta(days=source.keep_days))
        release = decide(replace(release, made_up=counted.made_up), counted, ids, end)
        if end == monday(today):
            _keep(source, release)


def _first_open(release: Release) -> date | None:
    """The first week of the quarter that the next undecided week belongs to."""
    if release.first is None or release.last is None:
        return None
    quarter = quarter_of(release.last + WEEK)
    start = release.last + WEEK
    while start - WEEK >= release.first and quarter_of(start - WEEK) == quarter:
        start -= WEEK
    return start


def _next_quarter(start: date) -> date:
    return next(week for week in weeks_between(start, start + 15 * WEEK) if quarter_of(week) != quarter_of(start))


def _of_days(counted: Counted, oldest: date) -> Counted:
    """Without hours of a quarter whose days have become weeks in part: they would all fall on a Monday."""
    rolled = {quarter_of(monday(day)) for day, _, _ in counted.hours if day < oldest}
    return replace(counted, hours=tuple(row for row in counted.hours if quarter_of(monday(row[0])) not in rolled))


def _kept(source: Source, today: date) -> Release:
    """What was decided before; from the beginning where that is of another database, setting or a clock gone wrong."""
    fresh = Release(source.least)
    counted = read_counted(source.url, date.min, date.min)
    if source.cache is None:
        return fresh
    try:
        kept = json.loads(_file(source).read_text(encoding="utf-8"))
        first, last = date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"])
    except (OSError, ValueError, KeyError, TypeError):
        return fresh
    if last >= monday(today) or kept["mark"] != _mark(source, counted):
        return fresh
    return Release(source.least, counted.made_up, first, last, tuple(kept["topics"]), kept["tables"])


def _keep(source: Source, release: Release) -> None:
    """Write beside, then rename; where the folder cannot be written, the next start decides anew, the same."""
    if source.cache is None or release.first is None or release.last is None:
        return
    kept = {
        "mark": _mark(source, Counted(made_up=release.made_up, first=release.first)),
        "first": release.first.isoformat(),
        "last": release.last.isoformat(),
        "topics": release.topics,
        "tables": release.tables,
    }
    with suppress(OSError):
        source.cache.mkdir(parents=True, exist_ok=True)
        handle, side = tempfile.mkstemp(dir=source.cache, suffix=".new")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False)
        os.replace(side, _file(source))


def _mark(source: Source, counted: Counted) -> list[object]:
    return [_FORMAT, source.url, source.least, counted.made_up, counted.first.isoformat() if counted.first else ""]


def _file(source: Source) -> Path:
    assert source.cache is not None
    return source.cache / "demand.json"

"""The release as rows of one plain table, for datasette and other tools; each number is one that may be shown."""

from bot.demand.bulletin import hidden, whole_weeks
from bot.demand.release import Release
from bot.demand.table import Names, topic_name
from bot.demand.writing import SOURCE

Row = tuple[str, str, str, str, str, int]


def opened(release: Release, names: Names, made_up: str) -> tuple[list[Row], dict[str, str]]:
    """(stream, period, kind, item, language, people), and what a reader must know of them; topics with their titles."""
    rows = [
        _row(table, cell, people) for table, cells in sorted(release.tables.items()) for cell, people in cells.items()
    ]
    notes = {
        "source": made_up or SOURCE,
        "hidden": hidden(names, release.least),
        "periods": whole_weeks(names),
        **{f"topic {topic}": topic_name(topic, names) for topic in release.topics},
    }
    return sorted(rows), notes


def _row(table: str, cell: str, people: int) -> Row:
    stream, _, period = table.partition("/")
    if stream not in ("open", "safety"):
        kind, _, item = cell.partition("/") if stream in ("verdict", "hour", "word") else (stream, "", cell)
        return stream, period, kind, item, "", people
    period = period.partition("/")[2]
    kind, _, item = cell.partition("/")
    if kind == "cell":
        language, _, topic = item.partition("/")
        return stream, period, kind, topic, language, people
    return stream, period, kind or "all", item, item if kind == "language" else "", people

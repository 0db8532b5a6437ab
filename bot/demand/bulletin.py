"""The bulletin: a month as a PDF and as open data that anybody may publish; safe because it is made of the release.

The open data are a Frictionless data package: a CSV, and `datapackage.json` that says what each field means. The same
month of the same release gives the same bytes.
"""

import json
from datetime import UTC, datetime

from bot.charts.typeset import typeset
from bot.demand.periods import name_of, weeks_of
from bot.demand.release import Release
from bot.demand.table import Choice, Names, Table
from bot.demand.tables import doors, languages, periods, regions, safety, seasons, unanswered, weeks
from bot.demand.writing import FIELDS, csv_text, to_svg

_MEANING = {
    "table": "which table: " + "weeks, safety, languages, unanswered, doors, regions, periods, seasons",
    "row": "the row's permanent id: a topic, a region, a door",
    "row_name": "the row as people read it",
    "column": "the column's permanent id: a week as ISO 8601 writes it, a month of whole weeks, a language",
    "column_name": "the column as people read it",
    "value": "how many people, or a share in per cent; empty where it is hidden",
    "unit": "people, or %",
    "source": "who counted; made-up figures say so here",
}
_PAGE = """
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, author: "Safar", date: datetime(year: d.year, month: d.month, day: 1))
#set page(paper: "a4", margin: 18mm, numbering: "1")
#set text(font: "Noto Sans", size: 10.5pt, lang: d.language)
#set par(leading: 0.65em)
#if d.made_up != "" { block(fill: rgb("#fdf0d0"), inset: 8pt, width: 100%, strong(d.made_up)) }
#text(size: 19pt, weight: "bold", d.title)

#d.weeks

#d.about
#for chart in d.charts {
  block(breakable: false, width: 100%, {
    image(bytes(chart.svg), format: "svg", width: 100%, alt: chart.title)
    text(size: 8.5pt, fill: rgb("#4c5b57"), chart.note)
  })
  v(6pt)
}
#block(breakable: false, {
  text(size: 13pt, weight: "bold", d.how)
  for words in d.notes { par(words) }
})
"""


def bulletin(release: Release, names: Names, language: str, month: str, made_up: str) -> dict[str, bytes]:
    """The files of a month, by name; nothing where the month is not over or has nothing to show."""
    if month not in release.months:
        return {}
    safe, choice = release.outside(), Choice(month=month, week=name_of(weeks_of(month)[-1]))
    makers = (weeks, safety, languages, unanswered, doors, regions, periods, seasons)
    shown = [table for table in (make(safe, names, choice) for make in makers) if not table.is_empty]
    if not shown:
        return {}
    return {
        f"safar-{month}.pdf": _pdf(shown, names, language, month, release.least, made_up),
        "demand.csv": csv_text(shown, made_up).encode(),
        "datapackage.json": _package(month, names, release.least, made_up),
    }


def _pdf(shown: list[Table], names: Names, language: str, month: str, least: int, made_up: str) -> bytes:
    say, its = names.say, weeks_of(month)
    data = {
        "title": say("What migrant workers asked, {month}", month=month),
        "weeks": say("Weeks from {first} to {last}.", first=f"{its[0]:%d.%m.%Y}", last=f"{its[-1]:%d.%m.%Y}"),
        "about": say(
            "Safar answers migrant workers in Kazakhstan in their own languages. It counts how often a topic is asked, "
            "and keeps nothing about anybody."
        ),
        "charts": [{"svg": to_svg(table, made_up), "title": table.title, "note": ""} for table in shown],
        "how": say("How it is counted"),
        "notes": [hidden(names, least), whole_weeks(names)],
        "made_up": made_up, "language": language, "year": int(month[:4]), "month": int(month[5:]),
    }  # fmt: skip
    day = datetime(int(month[:4]), int(month[5:]), 1, tzinfo=UTC)
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    return typeset(_PAGE.encode(), inputs, format="pdf", timestamp=int(day.timestamp()))


def hidden(names: Names, least: int) -> str:
    """What is hidden, and why."""
    return names.say(
        "A number of fewer than {least} people is hidden, so that nobody can be recognised by it. Where a hidden "
        "number could be computed from others, one of those is hidden as well. It is the same on this page, in every "
        "file and in every message.",
        least=least,
    )


def whole_weeks(names: Names) -> str:
    """What a month is here."""
    return names.say(
        "Only whole weeks are shown, and months and quarters made of whole weeks: a week belongs to the month of its "
        "Thursday."
    )


def _package(month: str, names: Names, least: int, made_up: str) -> bytes:
    """The data dictionary, as Frictionless tools read it."""
    numbers = {"value": "number"}
    package = {
        "profile": "tabular-data-package",
        "name": f"safar-{month}",
        "title": names.say("What migrant workers asked, {month}", month=month),
        "description": " ".join(one for one in (made_up, hidden(names, least), whole_weeks(names)) if one),
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [
            {
                "name": "demand", "path": "demand.csv", "profile": "tabular-data-resource", "format": "csv",
                "mediatype": "text/csv", "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": name, "type": numbers.get(name, "string"), "description": _MEANING[name]}
                        for name in FIELDS
                    ],
                    "missingValues": [""], "primaryKey": ["table", "row", "column"],
                },
            }
        ],
    }  # fmt: skip
    return json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n"

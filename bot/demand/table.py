"""Table: rows and columns of figures by id and by name, drawn and said in words; and what everything is called."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.charts.plots import Plot
from bot.content import Content
from bot.demand.release import Release
from bot.locales import Languages

KINDS: dict[str, Literal["heat", "columns", "bars", "tiles"]] = {
    "weeks": "columns", "topics": "heat", "languages": "heat", "hours": "heat", "unanswered": "columns",
    "helped": "bars", "doors": "bars", "posters": "heat", "regions": "tiles", "periods": "bars", "seasons": "heat",
    "safety": "heat", "words": "heat",
}  # fmt: skip


@dataclass(frozen=True)
class Names:
    """How everything is called in a reader's language."""

    say: Callable[..., str]
    topic: Callable[[str], str]
    language: Callable[[str], str]
    region: Callable[[str], str]


def names_of(content: Content, phrases: Languages, code: str) -> Names:
    """The names of this content, in a language that staff read."""

    def region(id: str) -> str:
        found = content.regions.get(id)
        return (found.names.get(code) or found.names.get("ru") or id) if found else id

    def topic(id: str) -> str:
        return content.title(id, code) if id in content.topics else id

    def language(id: str) -> str:
        return phrases[id].name if id in phrases else id

    return Names(phrases[code].say, topic, language, region)


def made_up_word(release: Release, names: Names) -> str:
    """What stands beside every made-up figure; nothing beside real ones."""
    return names.say("Made-up figures: nobody asked this.") if release.made_up else ""


@dataclass(frozen=True)
class Choice:
    """What somebody wants to look at; empty is the newest there is."""

    month: str = ""
    other: str = ""  # the month it is compared with
    quarter: str = ""
    week: str = ""  # the last of the weeks


@dataclass(frozen=True)
class Table:
    """Rows and columns by id and by name; a cell without a number is hidden."""

    id: str
    title: str
    rows: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    cells: tuple[tuple[float | None, ...], ...]
    note: str
    unit: str = ""
    places: tuple[tuple[int, int], ...] = ()

    @property
    def named(self) -> list[tuple[tuple[str, str], tuple[float | None, ...]]]:
        """Each row's names with its cells."""
        return list(zip(self.rows, self.cells, strict=True))

    @property
    def is_empty(self) -> bool:
        return not any(cell is not None for row in self.cells for cell in row)


def plot(table: Table, footer: str = "") -> Plot:
    """The table as it is drawn."""
    return Plot(
        table.id, KINDS[table.id], table.title, about(table),
        [name for _, name in table.rows], [name for _, name in table.columns], table.cells,
        table.unit, footer, table.places,
    )  # fmt: skip


def about(table: Table) -> str:
    """The highest figures in words, for those who cannot see the picture."""
    found = [
        (
            cell,
            f"{row}, {column}"
            if len(table.rows) > 1 and len(table.columns) > 1
            else row
            if len(table.rows) > 1
            else column,
        )
        for (_, row), cells in zip(table.rows, table.cells, strict=True)
        for (_, column), cell in zip(table.columns, cells, strict=True)
        if cell is not None
    ]
    found.sort(key=lambda one: -one[0])
    return "; ".join(f"{name}: {cell:g}{table.unit}" for cell, name in found[:3])


def topic_name(id: str, names: Names) -> str:
    """A topic's title; the rows that are no topic have names of their own."""
    own = {
        "none": names.say("(nothing was found)"),
        "choices": names.say("(several were offered)"),
        "now": names.say("(the emergency screen)"),
    }
    return own.get(id) or names.topic(id)

"""Region and Town: where help stands and how far the next is; regions.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.content.reading import Mistake, Table, Unreadable, read_table
from bot.content.units import Spelling
from bot.sentence import Sentence

ALL = "all"  # the whole country
Point = tuple[float, float]

_NAME = "regions.yaml"
_KEYS = {"names", "near", "towns", "short_numbers"}
_TOWN_KEYS = {"names", "lat", "lon"}
_SOUTH, _NORTH, _WEST, _EAST = 40.5, 55.5, 46.4, 87.4  # degrees: the box Kazakhstan lies in


@dataclass(frozen=True)
class Town:
    """A town where help stands; the point in degrees is the town's, never a building's."""

    id: str
    names: dict[str, str]
    point: Point | None

    def name(self, spelling: Spelling) -> str:
        return said(self.names, spelling)


@dataclass(frozen=True)
class Region:
    """A region or a city that is one, and its neighbours; the whole country knows which short numbers exist."""

    id: str
    names: dict[str, str]
    near: tuple[str, ...]
    towns: dict[str, Town]
    short_numbers: tuple[str, ...]

    def name(self, spelling: Spelling) -> str:
        return said(self.names, spelling)


def said(names: Mapping[str, str], spelling: Spelling) -> str:
    """A name in this language, respelled from its other script, or in the nearest language we have."""
    if spelling.source and spelling.source in names and spelling.code not in names:
        return spelling.respell(names[spelling.source])
    return next(names[code] for code in (spelling.code, "ru", "en", *names) if code in names)


def is_in_kazakhstan(lat: float, lon: float) -> bool:
    """Whether a point in degrees lies in the box around the country."""
    return _SOUTH <= lat <= _NORTH and _WEST <= lon <= _EAST


def read_regions(folder: Path, last: Mapping[str, Region]) -> tuple[dict[str, Region], list[Mistake]]:
    """The regions of regions.yaml; one with a mistake is named, and stays as it `last` was or is left out."""
    try:
        table = read_table(folder / _NAME, _NAME)
    except Unreadable as error:
        return dict(last), [error.mistake]
    regions, mistakes = {}, []
    for id, entry in table.items():
        try:
            regions[id] = _region(id, entry, table)
        except Unreadable as error:
            mistakes.append(error.mistake)
            if id in last:
                regions[id] = last[id]
    return regions, mistakes


def read_point(id: str, entry: Table, name: str) -> Point | None:
    """The lat and lon of an entry, or None where it has neither; raises Unreadable."""
    if not entry.get("lat") and not entry.get("lon"):
        return None
    try:
        point = float(entry["lat"]), float(entry["lon"])
    except (KeyError, ValueError, TypeError) as error:
        what = Sentence("{id}: lat and lon are degrees, like 42.34 and 69.59", id=id)
        raise Unreadable(name, entry.line, what) from error
    if not is_in_kazakhstan(*point):
        raise Unreadable(name, entry.line_of("lat"), Sentence("{id}: this point lies outside Kazakhstan", id=id))
    return point


def read_names(id: str, entry: object, line: int, name: str) -> dict[str, str]:
    """The names of an entry by language; raises Unreadable where there is none."""
    names = entry.get("names") if isinstance(entry, Table) else None
    if not isinstance(names, Table) or not any(isinstance(one, str) and one for one in names.values()):
        what = Sentence("{id}: give its names, like `{form}`", id=id, form="names: {ru: ..., kk: ...}")
        raise Unreadable(name, line, what)
    return {code: one for code, one in names.items() if isinstance(one, str) and one}


def _region(id: str, entry: object, table: Table) -> Region:
    line = table.line_of(id)
    names = read_names(id, entry, line, _NAME)
    assert isinstance(entry, Table)
    _refuse_unknown(id, entry, _KEYS)
    near, towns = entry.get("near") or [], entry.get("towns") or Table()
    if not isinstance(near, list) or not isinstance(towns, Table):
        what = Sentence("{id}: `near` is a list in brackets, `towns` are listed below it, indented", id=id)
        raise Unreadable(_NAME, line, what)
    for one in near:
        if not isinstance(one, str) or one not in table or one in (id, ALL) or near.count(one) > 1:
            what = Sentence("{id}: `near` names {other}; name each other region once", id=id, other=one)
            raise Unreadable(_NAME, entry.line_of("near"), what)
    short = entry.get("short_numbers") or []
    if not isinstance(short, list):
        what = Sentence("{id}: write the short numbers as a list in brackets", id=id)
        raise Unreadable(_NAME, entry.line_of("short_numbers"), what)
    return Region(
        id,
        names,
        tuple(near),
        {town: _town(town, below, towns.line_of(town)) for town, below in towns.items()},
        tuple(short),
    )


def _town(id: str, entry: object, line: int) -> Town:
    names = read_names(id, entry, line, _NAME)
    assert isinstance(entry, Table)
    _refuse_unknown(id, entry, _TOWN_KEYS)
    return Town(id, names, read_point(id, entry, _NAME))


def _refuse_unknown(id: str, entry: Table, known: set[str]) -> None:
    if unknown := set(entry) - known:
        raise Unreadable(_NAME, entry.line_of(min(unknown)), Sentence("{id}: unknown `{key}`", id=id, key=min(unknown)))

"""Place: somebody who helps, with the status of each phone; the help directory of places.yaml."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from bot.content.reading import Mistake, Table, Unreadable, read_table
from bot.content.regions import ALL, Point, Region, read_names, read_point, said
from bot.content.units import Spelling
from bot.sentence import Sentence

KINDS = ("hotline", "government", "crisis_center", "consulate", "ngo", "legal_aid", "medical")
SERVES = (
    "violence", "legal", "consular", "children", "trafficking", "migration", "emergency",
    "city", "medical", "return", "shelter", "labour", "mental",
)  # fmt: skip
STATUSES = ("confirmed", "official", "unproven")
CALL = "call"
WAYS = (CALL, "visit", "letter", "page")  # how a phone can be confirmed
SHELTERS = ("crisis_center",)
OFFICES = ("government",)  # the kind that does not help by itself: somebody without papers may be at risk there

_KEYS = {
    "kind", "names", "region", "city", "address", "lat", "lon", "serves", "phones", "telegram", "whatsapp",
    "email", "web", "confidence", "as_of", "checked", "sources", "note", "way_in",
}  # fmt: skip
_PHONE_KEYS = {"number", "status", "what", "hours", "languages", "free", "confirmed"}
_NAME = "places.yaml"
_EARTH_KM = 6371


@dataclass(frozen=True)
class Confirmation:
    """That somebody of this role has checked a phone, on this day and in this way."""

    role: str
    on: date
    by: str


@dataclass(frozen=True)
class Phone:
    """A number as it is dialled; only confirmed and official ones stand in lists and danger screens."""

    number: str
    status: str
    what: str = ""
    hours: str = ""
    languages: tuple[str, ...] = ()
    confirmed: tuple[Confirmation, ...] = ()

    @property
    def is_proven(self) -> bool:
        return self.status == "official" or (self.status == "confirmed" and self.has_four_eyes)

    @property
    def has_four_eyes(self) -> bool:
        """Two different roles have checked it, at least one of them by a call."""
        roles = {one.role.casefold() for one in self.confirmed}
        return len(roles) > 1 and any(one.by == CALL for one in self.confirmed)

    @property
    def is_short(self) -> bool:
        return len(self.number) < 7

    @property
    def written(self) -> str:
        """As it stands in a text: short ones bold, long ones in the + form that phones make a link of."""
        if not self.is_short:
            return self.number
        return f"**{self.number[:3]} {self.number[3:]}**" if len(self.number) == 5 else f"**{self.number}**"


@dataclass(frozen=True)
class Place:
    """One entry of the directory; `region` and `city` are ids of regions.yaml, `point` is mostly that of the town."""

    id: str
    kind: str
    names: dict[str, str]
    region: str
    city: str
    serves: tuple[str, ...]
    phones: tuple[Phone, ...]
    web: str
    as_of: str
    confidence: str
    note: str
    point: Point | None
    spot: Point | None = None  # its own door, written down only where its public address is confirmed

    def name(self, spelling: Spelling) -> str:
        return said(self.names, spelling)

    @property
    def is_listed(self) -> bool:
        """A place of low confidence is a lead: it stands in no list until staff find out that it exists."""
        return self.confidence != "low"

    @property
    def helps(self) -> bool:
        """Whether somebody can be sent there for help, and not only for papers."""
        return self.is_listed and self.kind not in OFFICES

    @property
    def country(self) -> str:
        """Whose consulate this is, by the letters its id begins with; empty for all others."""
        return self.id.partition("-")[0] if self.kind == "consulate" else ""

    @property
    def proven(self) -> tuple[Phone, ...]:
        return tuple(phone for phone in self.phones if phone.is_proven)

    def km_from(self, lat: float, lon: float) -> float:
        """Kilometres along the ground to a point in degrees; infinite where the place has no town."""
        if self.point is None:
            return float("inf")
        one, two = map(radians, (lat, self.point[0]))
        half = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * sin(radians(self.point[1] - lon) / 2) ** 2
        return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))


def help_for(region: str, regions: Mapping[str, Region], places: Mapping[str, Place]) -> tuple[str, tuple[Place, ...]]:
    """Who helps in a region, or in the nearest one where anybody does, or everywhere; and which region that is."""
    near = regions[region].near if region in regions else ()
    for one in (region, *near):
        found = tuple(place for place in places.values() if place.region == one and place.helps)
        if found:
            return one, found
    return ALL, tuple(place for place in places.values() if place.region == ALL and place.helps)


def nearest(places: Iterable[Place], point: Point, most: int) -> list[tuple[Place, float]]:
    """The places nearest to a point in degrees and how many kilometres away; those without a town are in no list."""
    known = ((place, place.km_from(*point)) for place in places if place.point)
    return sorted(known, key=lambda one: (one[1], one[0].id))[:most]


def read_places(
    folder: Path, regions: Mapping[str, Region], last: Mapping[str, Place]
) -> tuple[dict[str, Place], list[Mistake]]:
    """The places of places.yaml; one with a mistake is named, and stays as it `last` was or is left out.

    A region or a town that regions.yaml does not know is named too, but costs the place only its town.
    """
    try:
        table = read_table(folder / _NAME, _NAME)
    except Unreadable as error:
        return dict(last), [error.mistake]
    places: dict[str, Place] = {}
    mistakes: list[Mistake] = []
    for id, entry in table.items():
        try:
            places[id] = _place(id, entry, table.line_of(id), regions)
        except Unreadable as error:
            mistakes.append(error.mistake)
            if id in last:
                places[id] = last[id]
        else:
            mistakes += _strangers(places[id], entry, regions)
    return places, mistakes


def _strangers(place: Place, entry: Table, regions: Mapping[str, Region]) -> Iterator[Mistake]:
    if not regions:
        return
    if place.region not in regions:
        what = Sentence("{id}: the region `{region}` is not in regions.yaml", id=place.id, region=place.region)
        yield Mistake(_NAME, entry.line_of("region"), what)
    elif place.city and place.city not in regions[place.region].towns:
        what = Sentence(
            "{id}: regions.yaml has no town `{town}` in {region}; add it there or mend the id",
            id=place.id, town=place.city, region=place.region,
        )  # fmt: skip
        yield Mistake(_NAME, entry.line_of("city"), what)


def _place(id: str, entry: object, line: int, regions: Mapping[str, Region]) -> Place:
    names = read_names(id, entry, line, _NAME)
    assert isinstance(entry, Table)
    unknown = set(entry) - _KEYS
    if unknown:
        raise Unreadable(_NAME, entry.line_of(min(unknown)), Sentence("{id}: unknown `{key}`", id=id, key=min(unknown)))
    for key in ("region", "city", "web", "as_of", "confidence", "note"):
        if not isinstance(entry.get(key, ""), str):
            what = Sentence("{id}: `{key}` is one word or line, not a list", id=id, key=key)
            raise Unreadable(_NAME, entry.line_of(key), what)
    if entry.get("kind") not in KINDS:
        raise Unreadable(_NAME, line, Sentence("{id}: kind must be one of {known}", id=id, known=", ".join(KINDS)))
    serves = entry.get("serves") or []
    for one in serves:
        if one not in SERVES:
            known = ", ".join(SERVES)
            what = Sentence("{id}: unknown `{key}` in serves; known are {known}", id=id, key=one, known=known)
            raise Unreadable(_NAME, entry.line_of("serves"), what)
    if entry["kind"] in SHELTERS:
        for key in ("address", "lat", "lon"):
            if entry.get(key):
                what = Sentence("{id}: a shelter's street is never written down; remove `{key}`", id=id, key=key)
                raise Unreadable(_NAME, entry.line_of(key), what)
    phones = tuple(_phone(id, phone, line) for phone in entry.get("phones") or [])
    region, city = entry.get("region", ALL), entry.get("city", "")
    town = regions[region].towns.get(city) if region in regions else None
    spot = read_point(id, entry, _NAME)
    return Place(
        id, entry["kind"], names, region, city, tuple(serves),
        phones, entry.get("web", ""), entry.get("as_of", ""), entry.get("confidence", "low"),
        entry.get("note", ""), spot or (town.point if town else None), spot,
    )  # fmt: skip


def _phone(id: str, entry: object, line: int) -> Phone:
    if not isinstance(entry, Table) or entry.get("status") not in STATUSES:
        line = entry.line if isinstance(entry, Table) else line
        what = Sentence("{id}: a phone has a number and a status, one of {known}", id=id, known=", ".join(STATUSES))
        raise Unreadable(_NAME, line, what)
    if unknown := set(entry) - _PHONE_KEYS:
        what = Sentence("{id}: unknown `{key}` in a phone", id=id, key=min(unknown))
        raise Unreadable(_NAME, entry.line_of(min(unknown)), what)
    number = str(entry.get("number", ""))
    if not re.fullmatch(r"\d{3,5}|\+[1-9]\d{7,14}|8800\d{7}", number):
        what = Sentence("{id}: write the number like +77012345678, or a short one like 112", id=id)
        raise Unreadable(_NAME, entry.line, what)
    languages, confirmed = entry.get("languages") or [], entry.get("confirmed") or []
    if not isinstance(languages, list) or not isinstance(confirmed, list):
        raise Unreadable(_NAME, entry.line, Sentence("{id}: `languages` and `confirmed` are lists in brackets", id=id))
    return Phone(
        number, entry["status"], entry.get("what", ""), entry.get("hours", ""), tuple(languages),
        tuple(_confirmation(id, one, entry.line_of("confirmed")) for one in confirmed),
    )  # fmt: skip


def _confirmation(id: str, entry: object, line: int) -> Confirmation:
    try:
        if not isinstance(entry, Table) or set(entry) - {"role", "on", "by"} or entry.get("by", CALL) not in WAYS:
            raise ValueError
        return Confirmation(entry["role"], date.fromisoformat(entry["on"]), entry.get("by", ""))
    except (ValueError, TypeError, KeyError) as error:
        what = Sentence(
            "{id}: each entry of `confirmed` is {form}, `by` one of {known} or left out",
            id=id, form="{role: lawyer, on: 2026-12-01, by: call}", known=", ".join(WAYS),
        )  # fmt: skip
        raise Unreadable(_NAME, line, what) from error

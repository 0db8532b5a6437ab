"""Place: somebody who helps, with the status of each phone; the help directory of places.yaml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from bot.content.reading import Mistake, Table, Unreadable, read_table

KINDS = ("hotline", "government", "crisis_center", "consulate", "ngo", "legal_aid", "medical")
SERVES = (
    "violence", "legal", "consular", "children", "trafficking", "migration", "emergency",
    "city", "medical", "return", "shelter", "labour", "mental",
)  # fmt: skip
STATUSES = ("confirmed", "official", "unproven")
SHELTERS = ("crisis_center",)

_KEYS = {
    "kind", "names", "region", "city", "address", "lat", "lon", "serves", "phones", "telegram", "whatsapp",
    "email", "web", "confidence", "as_of", "checked", "sources", "note", "way_in",
}  # fmt: skip
_SOUTH, _NORTH, _WEST, _EAST = 40.5, 55.5, 46.4, 87.4  # degrees: the box Kazakhstan lies in
_EARTH_KM = 6371


@dataclass(frozen=True)
class Phone:
    """A number as it is dialled; only confirmed and official ones stand in lists and danger screens."""

    number: str
    status: str
    hours: str = ""

    @property
    def is_proven(self) -> bool:
        return self.status != "unproven"

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
    """One entry of the directory; `lat` and `lon` in degrees are those of the town."""

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
    point: tuple[float, float] | None

    def name(self, language: str, source: str | None = None) -> str:
        """The name in this language, or the nearest we have; `source` is the language of another script."""
        for code in (language, source, "ru", "en"):
            if code and code in self.names:
                return self.names[code]
        return next(iter(self.names.values()))

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


def is_in_kazakhstan(lat: float, lon: float) -> bool:
    """Whether a point in degrees lies in the box around the country."""
    return _SOUTH <= lat <= _NORTH and _WEST <= lon <= _EAST


def read_places(folder: Path, last: Mapping[str, Place]) -> tuple[dict[str, Place], list[Mistake]]:
    """The places of places.yaml; one with a mistake is named, and stays as it `last` was or is left out."""
    name = "places.yaml"
    try:
        table = read_table(folder / name, name)
    except Unreadable as error:
        return dict(last), [error.mistake]
    places, mistakes = {}, []
    for id, entry in table.items():
        try:
            places[id] = _place(id, entry, table.line_of(id), name)
        except Unreadable as error:
            mistakes.append(error.mistake)
            if id in last:
                places[id] = last[id]
    return places, mistakes


def _place(id: str, entry: object, line: int, name: str) -> Place:
    if not isinstance(entry, Table) or not isinstance(entry.get("names"), Table):
        raise Unreadable(name, line, f"{id}: give at least kind, names and region")
    unknown = set(entry) - _KEYS
    if unknown:
        raise Unreadable(name, entry.line_of(min(unknown)), f"{id}: unknown `{min(unknown)}`")
    if entry.get("kind") not in KINDS:
        raise Unreadable(name, line, f"{id}: kind must be one of {', '.join(KINDS)}")
    serves = entry.get("serves") or []
    for one in serves:
        if one not in SERVES:
            raise Unreadable(
                name,
                entry.line_of("serves"),
                f"{id}: unknown `{one}` in serves; known are {', '.join(SERVES)}",
            )
    if entry["kind"] in SHELTERS and entry.get("address"):
        raise Unreadable(
            name,
            entry.line_of("address"),
            f"{id}: a shelter's street is never written down; remove `address`",
        )
    phones = tuple(_phone(id, phone, name) for phone in entry.get("phones") or [])
    if not entry["names"]:
        raise Unreadable(name, line, f"{id}: give its name in at least one language")
    return Place(
        id, entry["kind"], dict(entry["names"]), entry.get("region", "all"), entry.get("city", ""), tuple(serves),
        phones, entry.get("web", ""), entry.get("as_of", ""), entry.get("confidence", "low"), _point(id, entry, name),
    )  # fmt: skip


def _phone(id: str, entry: object, name: str) -> Phone:
    if not isinstance(entry, Table) or entry.get("status") not in STATUSES:
        line = entry.line if isinstance(entry, Table) else 1
        raise Unreadable(name, line, f"{id}: a phone has a number and a status, one of {', '.join(STATUSES)}")
    number = entry.get("number", "")
    if not re.fullmatch(r"\d{3,5}|\+[1-9]\d{7,14}|8800\d{7}", number):
        raise Unreadable(name, entry.line, f"{id}: write the number like +77012345678, or a short one like 112")
    return Phone(number, entry["status"], entry.get("hours", ""))


def _point(id: str, entry: Table, name: str) -> tuple[float, float] | None:
    if not entry.get("lat") and not entry.get("lon"):
        return None
    try:
        point = float(entry["lat"]), float(entry["lon"])
    except (KeyError, ValueError) as error:
        raise Unreadable(name, entry.line, f"{id}: lat and lon are degrees, like 42.34 and 69.59") from error
    if not is_in_kazakhstan(*point):
        raise Unreadable(name, entry.line_of("lat"), f"{id}: this point lies outside Kazakhstan")
    return point

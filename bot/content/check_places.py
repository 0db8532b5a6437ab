"""Every mistake an editor can make in places.yaml and regions.yaml: names, phones, duplicates, regions without help."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.content import Content, Mistake, Place
from bot.content.facts import CONFIDENCE
from bot.content.places import Phone, help_for
from bot.content.reading import Table, Unreadable, read_table
from bot.content.regions import ALL
from bot.sentence import Sentence

LONGEST_NAME = 60

_PLACES, _REGIONS = "places.yaml", "regions.yaml"
_WRONG_SIGN = re.compile("[oOgG][’‘'`´ʼ]")  # oʻ and gʻ are written with ʻ, which no keyboard has


def check_places(content: Content, folder: Path, today: date) -> Iterator[Mistake]:
    """The mistakes that reading does not see; a file that cannot be read has been named already."""
    try:
        places, regions = read_table(folder / _PLACES, _PLACES), read_table(folder / _REGIONS, _REGIONS)
    except Unreadable:
        return
    for place in content.places.values():
        yield from _place(content, place, places[place.id], places.line_of(place.id), today)
    yield from _duplicates(content, places)
    yield from _regions(content, regions)


def _place(content: Content, place: Place, entry: Table, line: int, today: date) -> Iterator[Mistake]:
    yield from _names(content, place.id, place.names, _PLACES, line)
    longest = max(place.names.values(), key=len)
    if len(longest) > LONGEST_NAME:
        what = Sentence(
            "{id}: the name “{name}” has {count} letters; a phone shows about {most}",
            id=place.id, name=longest, count=len(longest), most=LONGEST_NAME,
        )  # fmt: skip
        yield Mistake(_PLACES, line, what, is_advice=True)
    if not entry.get("sources"):
        yield Mistake(_PLACES, line, Sentence("{id}: name at least one source", id=place.id))
    if place.confidence not in CONFIDENCE:
        what = Sentence("{id}: confidence must be one of {known}", id=place.id, known=", ".join(CONFIDENCE))
        yield Mistake(_PLACES, line, what)
    for phone in place.phones:
        yield from _phone(content, place, phone, entry.line_of("phones"), today)


def _names(content: Content, id: str, names: Mapping[str, str], file: str, line: int) -> Iterator[Mistake]:
    own = [code for code, spelling in content.spellings.items() if spelling.source is None]
    if lost := [code for code in own if code not in names]:
        yield Mistake(
            file, line, Sentence("{id}: its name is missing in {languages}", id=id, languages=", ".join(lost))
        )
    if _WRONG_SIGN.search(names.get("uz", "")):
        what = Sentence("{id}: write oʻ and gʻ with ʻ in the Uzbek name “{name}”", id=id, name=names["uz"])
        yield Mistake(file, line, what)


def _phone(content: Content, place: Place, phone: Phone, line: int, today: date) -> Iterator[Mistake]:
    known = content.regions[ALL].short_numbers if ALL in content.regions else ()
    named = {"id": place.id, "number": phone.number}
    if phone.is_short and phone.number not in known:
        what = Sentence(
            "{id}: {number} is no short number we know; add it to `{all}` in regions.yaml or mend it", **named, all=ALL
        )
        yield Mistake(_PLACES, line, what)
    if phone.number.startswith("+7") and len(phone.number) != len("+77012345678"):
        yield Mistake(_PLACES, line, Sentence("{id}: {number} has too few or too many figures for +7", **named))
    if phone.status == "confirmed" and not phone.has_four_eyes:
        what = Sentence(
            "{id}: {number} is confirmed only when two different roles have checked it, one by a call; "
            "until then it counts as unproven",
            **named,
        )
        yield Mistake(_PLACES, line, what)
    if phone.status != "confirmed" and phone.has_four_eyes:
        what = Sentence("{id}: {number} was checked by two; write `status: confirmed`", **named)
        yield Mistake(_PLACES, line, what)
    for one in phone.confirmed:
        if one.on > today:
            what = Sentence("{id}: {number} was checked on {day}, which is yet to come", **named, day=one.on)
            yield Mistake(_PLACES, line, what)


def _duplicates(content: Content, table: Table) -> Iterator[Mistake]:
    """The same number twice, or the same name twice in a region; a short number may serve many regions."""
    seen: dict[tuple[str, str], str] = {}
    for place in content.places.values():
        line = table.line_of(place.id)
        for phone in place.phones:
            where = place.region if phone.is_short else ALL
            other = seen.setdefault((where, phone.number), place.id)
            if other != place.id:
                what = Sentence(
                    "{id}: {number} stands at {other} as well; keep one",
                    id=place.id, number=phone.number, other=other,
                )  # fmt: skip
                yield Mistake(_PLACES, line, what)
        numbers = [phone.number for phone in place.phones]
        for number in sorted({one for one in numbers if numbers.count(one) > 1}):
            what = Sentence("{id}: {number} stands here twice; keep one", id=place.id, number=number)
            yield Mistake(_PLACES, line, what)
        for code, name in place.names.items():
            other = seen.setdefault((f"{place.region} {place.city} {code}", name.casefold()), place.id)
            if other != place.id:
                what = Sentence(
                    "{id}: “{name}” is the name of {other} too; tell them apart", id=place.id, name=name, other=other
                )
                yield Mistake(_PLACES, line, what)


def _regions(content: Content, table: Table) -> Iterator[Mistake]:
    if ALL not in content.regions:
        what = Sentence("the whole country is missing; add `{all}` with its names and short_numbers", all=ALL)
        yield Mistake(_REGIONS, 1, what)
    for region in content.regions.values():
        line, towns = table.line_of(region.id), table[region.id].get("towns") or Table()
        yield from _names(content, region.id, region.names, _REGIONS, line)
        for town in region.towns.values():
            yield from _names(content, town.id, town.names, _REGIONS, towns.line_of(town.id))
        if region.id != ALL and help_for(region.id, content.regions, content.places)[0] == ALL:
            what = Sentence(
                "{id}: nobody helps there or in its `near`; name a region in `near` where somebody does", id=region.id
            )
            yield Mistake(_REGIONS, line, what)

"""What people reported as wrong, as staff read it: numbers to call and texts to read, the most tapped first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.content import Content


@dataclass(frozen=True)
class Report:
    """A place or topic, how often it was reported, and in which week last."""

    thing: str
    taps: int
    last: str


def reports(content: Content, rows: Iterable[Mapping[str, object]]) -> list[Report]:
    """Places come first; a report marks a thing for a test call or a reading and never removes it."""
    taps: dict[str, int] = defaultdict(int)
    last: dict[str, str] = {}
    for row in rows:
        thing = str(row["thing"])
        taps[thing] += int(str(row["taps"]))
        last[thing] = max(last.get(thing, ""), str(row["week"]))
    things = sorted(taps, key=lambda one: (one not in content.places, -taps[one], one))
    return [Report(thing, taps[thing], last[thing]) for thing in things]


def reported(content: Content, rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """One line a phone or text."""
    for one in reports(content, rows):
        yield f"{one.taps:5}  week of {one.last}  {one.thing}: {_to_do(content, one.thing)}"


def _to_do(content: Content, thing: str) -> str:
    place = content.places.get(thing)
    if place is None:
        return "read the text again" if thing in content.topics else "is no longer in the content"
    calls = ", ".join(f"{phone.number} ({phone.status})" for phone in place.phones)
    return f"test call to {calls}" if calls else "has no phone any more"

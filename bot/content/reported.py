"""What people reported as wrong, as staff read it: numbers to call and texts to read, the most tapped first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from bot.content import Content


def reported(content: Content, rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """One line a phone or text; a report marks it for a test call or a reading and never removes it."""
    taps: dict[str, int] = defaultdict(int)
    last: dict[str, str] = {}
    for row in rows:
        thing = str(row["thing"])
        taps[thing] += int(str(row["taps"]))
        last[thing] = max(last.get(thing, ""), str(row["week"]))
    for thing in sorted(taps, key=lambda one: (one not in content.places, -taps[one], one)):
        yield f"{taps[thing]:5}  week of {last[thing]}  {thing}: {_to_do(content, thing)}"


def _to_do(content: Content, thing: str) -> str:
    place = content.places.get(thing)
    if place is None:
        return "read the text again" if thing in content.topics else "is no longer in the content"
    calls = ", ".join(f"{phone.number} ({phone.status})" for phone in place.phones)
    return f"test call to {calls}" if calls else "has no phone any more"

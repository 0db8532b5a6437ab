"""Which codes of links may be counted: made of words of a closed list, towns and small numbers, so that none is a name.

A start link can be written by anybody, and whatever stood behind its source sign would stand in the counters; a code
that is not ours counts as `other`.
"""

from bot.content import Content

OTHER = "other"
KINDS = frozenset(
    (
        "airport", "bazaar", "border", "bus", "card", "clinic", "consulate", "factory", "farm", "field", "flyer",
        "friend", "group", "guide", "hospital", "hostel", "inline", "leaflet", "letter", "market", "mosque", "office",
        "page", "poster", "post", "qr", "radio", "school", "share", "shelter", "site", "station", "sticker", "train",
        "union", "web", "work",
    )
)  # fmt: skip


def places(content: Content) -> frozenset[str]:
    """The ids of regions and towns."""
    return frozenset({*content.regions, *(town for region in content.regions.values() for town in region.towns)})


def counted(source: str, known: frozenset[str]) -> str:
    """The code as it may be counted: the words of the list, places, languages of two or three letters, and numbers."""
    rest = source
    while rest:
        word = next((one for one in _beginnings(rest) if one in KINDS or one in known or _is_number(one)), "")
        if not word:
            return OTHER
        rest = rest[len(word) + 1 :]
    return source


def _beginnings(rest: str) -> list[str]:
    """The whole, then ever fewer of its parts: a place may have a dash in its id."""
    parts = rest.split("-")
    return ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _is_number(word: str) -> bool:
    return word.isdecimal() and word.isascii() and len(word) <= 2

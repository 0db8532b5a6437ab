"""Address: where a button leads, and its two spellings: a button's data and a deep link."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST_BYTES = 64  # Telegram's limit on a button's data and on a link's start parameter

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_DATA = re.compile(
    rf"(?P<language>[a-z]{{2,3}})/(?P<path>{_ID}(?:/{_ID})?)"
    rf"(?:\?(?P<answers>{_ID}(?:\.{_ID})*))?(?:#(?P<part>{_ID}))?"
)
_LINK = str.maketrans({"/": "_", "?": "Q", ".": "D", "#": "P"})
_UNLINK = str.maketrans({"_": "/", "Q": "?", "D": ".", "P": "#"})
_SOURCE = "S"


@dataclass(frozen=True)
class Address:
    """`stay`, `stay/registration`, `stay/registration#steps`, `permits/which?uz.private`, `menu`."""

    path: str
    answers: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True)
class Link:
    """What a deep link leads to: the language and address, and the code of the poster or card it stands on."""

    language: str
    address: Address
    source: str = ""


class Codec:
    """Addresses to strings and back; safety topics go under their neutral alias in both spellings."""

    def __init__(self, aliases: Mapping[str, str], languages: Iterable[str]) -> None:
        self._alias = dict(aliases)
        self._topic = {alias: topic for topic, alias in aliases.items()}
        self._languages = frozenset(languages)

    def data(self, language: str, address: Address) -> str:
        """A button's data: `ru/stay/registration#steps`."""
        answers = "?" + ".".join(address.answers) if address.answers else ""
        part = "#" + address.part if address.part else ""
        return f"{language}/{self._alias.get(address.path, address.path)}{answers}{part}"

    def parse(self, data: str) -> tuple[str, Address] | None:
        """The language and address of a button's data, or None where it is not one of ours."""
        found = _DATA.fullmatch(data)
        if found is None or found["language"] not in self._languages:
            return None
        path = self._topic.get(found["path"], found["path"])
        answers = tuple(found["answers"].split(".")) if found["answers"] else ()
        return found["language"], Address(path, answers, found["part"] or "")

    def start(self, link: Link) -> str:
        """A deep link's start parameter: only letters, digits, `_` and `-`."""
        start = self.data(link.language, link.address).translate(_LINK)
        return f"{start}{_SOURCE}{link.source}" if link.source else start

    def from_start(self, start: str) -> Link | None:
        """What a start parameter leads to, or None where it is not one of ours."""
        spelled, _, source = start.partition(_SOURCE)
        parsed = self.parse(spelled.translate(_UNLINK)) if len(start) <= MOST_BYTES else None
        return Link(*parsed, source) if parsed else None


def fits(data: str) -> bool:
    """Whether a button can carry this data."""
    return 1 <= len(data.encode()) <= MOST_BYTES

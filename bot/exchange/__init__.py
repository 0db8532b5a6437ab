"""Lines that go out to translators and come back: as a spreadsheet, as PO, as XLIFF; bytes in, bytes out, no disk."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sentence import Sentence

__all__ = ["FORMATS", "Broken", "Format", "Line", "read", "write"]


@dataclass(frozen=True)
class Line:
    """One sentence to translate. `version` says of which state of both texts it is, so that an old file is noticed."""

    id: str
    where: str
    source: str
    target: str
    state: str
    version: str
    place: str = ""  # where it stood in a file that came back, like `row 7`


class Broken(Exception):  # a word for the person, as elsewhere in this house
    """A file that came back cannot be read; `what` says where and why."""

    def __init__(self, what: Sentence) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True)
class Format:
    """A kind of file: its ending and its type."""

    ending: str
    kind: str


FORMATS = {
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "po": Format("po", "text/x-gettext-translation"),
    "xliff": Format("xlf", "application/xliff+xml"),
}


def write(format: str, lines: list[Line], language: str) -> bytes:
    """The lines as a file; the same lines give the same bytes."""
    from bot.exchange import po, xliff, xlsx

    writers: dict[str, Callable[[list[Line], str], bytes]] = {"xlsx": xlsx.write, "po": po.write, "xliff": xliff.write}
    return writers[format](lines, language)


def read(name: str, body: bytes) -> list[Line]:
    """The lines of a file by its ending; raises Broken. Hostile files are possible: call it in a process apart."""
    from bot.exchange import po, xliff, xlsx

    ending = name.rpartition(".")[2].lower()
    readers: dict[str, Callable[[bytes], list[Line]]] = {
        "xlsx": xlsx.read, "po": po.read, "xlf": xliff.read, "xliff": xliff.read,
    }  # fmt: skip
    if ending not in readers:
        raise Broken(Sentence("give a file that ends in .xlsx, .po or .xlf"))
    return readers[ending](body)

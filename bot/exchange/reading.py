"""Reads a file that came back, in whatever process it is called; gives a word instead of raising."""

from dataclasses import dataclass, field

from bot.exchange import Broken, Line, read


@dataclass(frozen=True)
class Outcome:
    """The lines, or what is wrong with the file."""

    lines: list[Line] = field(default_factory=list)
    mistake: str = ""


def read_safely(name: str, body: bytes) -> Outcome:
    try:
        return Outcome(read(name, body))
    except Broken as broken:
        return Outcome(mistake=broken.what)

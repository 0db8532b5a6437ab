"""Writes a phrase back into the words of a .po file, changing its own lines and no other byte.

Works on words, never on the disk. Babel reads the file and writes each string as it would stand in one; where an entry
begins and ends is found by its lines, because a file that Babel writes as a whole gets new comments and line breaks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py
from io import BytesIO
from itertools import takewhile

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, normalize, read_po

_HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=6; plural=0;\\n"\n\n'
)
_FORMS = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;\\\"]+);")
_UP_TO = 200  # the numbers that tell the forms of a language apart


@dataclass(frozen=True)
class Phrase:
    """One phrase of a file: the English, its plural where it counts, what it is called here, and the notes about it."""

    id: str
    plural: str
    strings: tuple[str, ...]
    notes: tuple[str, ...]
    message: Message
    words: str  # its lines, comments and all

    @property
    def is_done(self) -> bool:
        return bool(self.strings) and all(self.strings) and not self.message.fuzzy


@lru_cache(maxsize=16)
def phrases(text: str) -> Mapping[str, Phrase]:
    """Every phrase of a file that can be read, in order; the header is none."""
    found = (phrase(words) for words in _pieces(text))
    return {one.id: one for one in found if one is not None}


def phrase(words: str) -> Phrase | None:
    """The phrase of an entry; None where there is none, or its lines cannot be read."""
    try:
        catalogue = read_po(BytesIO((_HEAD + words).encode()), abort_invalid=True)
    except (PoFileError, ValueError):
        return None
    message = next((one for one in catalogue if one.id), None)
    if message is None:
        return None
    if isinstance(message.id, str):
        return Phrase(message.id, "", (str(message.string),), tuple(message.auto_comments), message, words)
    strings = tuple(message.string or ())[: words.count("\nmsgstr[") + words.startswith("msgstr[")]
    return Phrase(message.id[0], message.id[1], strings, tuple(message.auto_comments), message, words)


def entries(text: str) -> list[str]:
    """The phrases of a file, in order."""
    return list(phrases(text))


def entry(text: str, id: str) -> str:
    """The lines of one phrase; empty where there is none."""
    pieces = _pieces(text)
    place = _place(pieces, id)
    return "" if place is None else pieces[place].rstrip("\n") + "\n"


def with_entry(text: str, id: str, words: str) -> str:
    """The file with one phrase written anew; a new one goes to the end, empty words take one out."""
    pieces = _pieces(text)
    place = _place(pieces, id)
    fresh = words.strip("\n") + "\n" if words.strip() else ""
    if place is not None:
        foot = pieces[place][len(pieces[place].rstrip("\n")) + 1 :]
        pieces[place] = fresh + foot if fresh else ""
        return "".join(pieces)
    return text.rstrip("\n") + "\n\n" + fresh if fresh else text


def with_strings(words: str, strings: tuple[str, ...]) -> str:
    """The lines of a phrase with other words; what a person wrote is not fuzzy any more."""
    found = phrase(words)
    if found is None or (found.strings == strings and not found.message.fuzzy):
        return words
    above = takewhile(lambda line: not line.startswith("msgstr"), words.rstrip("\n").split("\n"))
    kept = [line for one in above if (line := _without_fuzzy(one))]
    return "\n".join([*kept, *_said(strings, bool(found.plural))]) + "\n"


def new_words(id: str, plural: str, strings: tuple[str, ...], notes: tuple[str, ...] = ()) -> str:
    """The lines of a phrase that a file does not have yet."""
    comments = [f"#. {note}" for note in notes]
    counted = [f"msgid_plural {_quoted(plural)}"] if plural else []
    return "\n".join([*comments, f"msgid {_quoted(id)}", *counted, *_said(strings, bool(plural))]) + "\n"


def numbers_of(text: str) -> list[str]:
    """For each form a language counts in, some numbers that take it: 1, 21, 31 … in Russian for the first."""
    found = _FORMS.search(text)
    if found is None:
        return ["1", "2, 3, 4"]
    form = c2py(found[2].strip())
    forms: list[list[int]] = [[] for _ in range(int(found[1]))]
    for number in range(1, _UP_TO):
        forms[form(number)].append(number)
    return [", ".join(map(str, one[:3])) for one in forms]


def _without_fuzzy(line: str) -> str:
    """A line of flags without the word that a machine put there."""
    if not line.startswith("#,"):
        return line
    flags = [flag.strip() for flag in line[2:].split(",") if flag.strip() != "fuzzy"]
    return f"#, {', '.join(flags)}" if flags else ""


def _said(strings: tuple[str, ...], is_counted: bool) -> list[str]:
    if not is_counted:
        return [f"msgstr {_quoted(strings[0])}"]
    return [f"msgstr[{number}] {_quoted(string)}" for number, string in enumerate(strings)]


def _quoted(words: str) -> str:
    return normalize(words, width=0)


def _place(pieces: list[str], id: str) -> int | None:
    """Which piece holds a phrase; those that show it as we write it are looked at first."""
    shown = f"msgid {_quoted(id)}\n"
    order = sorted(range(len(pieces)), key=lambda number: shown not in pieces[number])
    return next((number for number in order if (found := phrase(pieces[number])) and found.id == id), None)


def _pieces(text: str) -> list[str]:
    """The text cut before each entry, nothing lost: a comment or a msgid after a msgstr begins a new one."""
    pieces: list[list[str]] = [[]]
    is_said = False
    for line in text.splitlines(keepends=True):
        begins = line.startswith(("#", "msgctxt", "msgid")) and not line.startswith("msgid_plural")
        if begins and is_said:
            pieces.append([])
            is_said = False
        is_said = is_said or line.startswith("msgstr")
        pieces[-1].append(line)
    return ["".join(piece) for piece in pieces]

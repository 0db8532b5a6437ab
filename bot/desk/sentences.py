"""A translation beside its source, sentence by sentence, with what changed in the source since it was made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from markupsafe import Markup, escape

State = Literal["same", "changed", "new", "gone"]
SAME: Final = "same"
CHANGED: Final = "changed"
NEW: Final = "new"
GONE: Final = "gone"
_SHORT = "г|гг|ст|п|пп|ул|д|кв|тел|т|е|см|руб|тг|млн|тыс|ж|б|қ|к|ч|стр|No|St|Mr|Mrs|art|e.g|i.e|st"
_END = re.compile(r"(?<=[.!?…])\s+(?=[«“(*\[{\w])")
_ABBREVIATED = re.compile(rf"(?:^|[\s(«])(?:{_SHORT}|\w)\.$", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*\d{1,2}\. ")
_ITEM = re.compile(r"\s*(?:\d{1,2}\.|-)$")


@dataclass(frozen=True)
class Row:
    """One sentence, or a line where sentences do not pair: the source now, as it was, and its translation.

    `glue` is what stands before it in the file: a space, a line end, or a paragraph's end.
    """

    state: State
    now: str
    then: str
    words: str
    glue: str

    @property
    def shown(self) -> Markup:
        """The source with what was taken out and put in since."""
        if self.state == GONE:
            return Markup("<del>{}</del>").format(self.then)
        if self.state == NEW:
            return Markup("<ins>{}</ins>").format(self.now)
        return escape(self.now) if self.state == SAME else difference(self.then, self.now)


def sentences(line: str) -> list[str]:
    """The sentences of a line; the number or dash of a list item stays with its first one."""
    pieces: list[str] = []
    for piece in _END.split(line):
        is_torn = pieces and (_ABBREVIATED.search(pieces[-1]) or _ITEM.fullmatch(pieces[-1]))
        if is_torn:
            pieces[-1] += f" {piece}"
        else:
            pieces.append(piece)
    return pieces


def difference(old: str, new: str) -> Markup:
    """The new words, with marks where they differ from the old ones."""
    before, after = _words(old), _words(new)
    shown = Markup("")
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            shown += escape("".join(after[c:d]))
            continue
        if b > a:
            shown += Markup("<del>{}</del>").format("".join(before[a:b]))
        if d > c:
            shown += Markup("<ins>{}</ins>").format("".join(after[c:d]))
    return shown


def _words(text: str) -> list[str]:
    return re.findall(r"\{[^}]*\}|\w+|\s+|[^\w\s]", text)


def rows(now: str, then: str, words: str) -> list[Row]:
    """The rows of one part: source now, source as the translation knew it, and the translation."""
    source, known, own = _lines(now), _lines(then), _lines(words)
    pairs = [own[number] if number < len(own) else None for number in range(len(known))]
    found: list[Row] = []
    matcher = SequenceMatcher(None, [_bare(one) for one in known], [_bare(one) for one in source], autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        for number in range(max(b - a, d - c)):
            old = known[a + number] if a + number < b else None
            new = source[c + number] if c + number < d else None
            found += _line_rows(old, new, pairs[a + number] if old else None)
    found += [Row(SAME, "", "", line, glue) for glue, line in own[len(known) :]]
    return found


def _line_rows(old: tuple[str, str] | None, new: tuple[str, str] | None, own: tuple[str, str] | None) -> Iterator[Row]:
    glue = own[0] if own else new[0] if new else "\n"
    words = own[1] if own else ""
    if old is None:
        assert new is not None
        yield Row(NEW, new[1], "", words, glue)
        return
    if new is None:
        if words:
            yield Row(GONE, "", old[1], words, glue)
        return
    olds, news, ours = sentences(old[1]), sentences(new[1]), sentences(words) if words else []
    is_paired = len(olds) == len(ours) and " ".join(ours) == words
    if not is_paired:
        yield Row(SAME if old[1] == new[1] and words else CHANGED, new[1], old[1], words, glue)
        return
    for tag, a, b, c, d in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        for number in range(max(b - a, d - c)):
            before = olds[a + number] if a + number < b else ""
            after = news[c + number] if c + number < d else ""
            said = ours[a + number] if a + number < b else ""
            state: State = SAME if tag == "equal" else CHANGED if before and after else NEW if after else GONE
            yield Row(state, after, before, said, glue)
            glue = " "


def _bare(line: tuple[str, str]) -> str:
    """A line without the number of its step: steps that only moved are the same."""
    return _NUMBER.sub("", line[1])


def _lines(text: str) -> list[tuple[str, str]]:
    """The lines that say something, each with the line ends before it."""
    found, glue = [], ""
    for line in text.split("\n"):
        glue += "\n"
        if line.strip():
            found.append((glue, line))
            glue = ""
    return found


def joined(pieces: list[str], glues: list[str]) -> str:
    """The text of a part from its rows; what was emptied leaves, and its line end passes to what follows."""
    text, waiting = "", ""
    for piece, glue in zip(pieces, glues, strict=True):
        waiting = glue if glue.count("\n") > waiting.count("\n") or not waiting else waiting
        if piece.strip():
            text += (waiting if text else "") + piece.strip("\n").rstrip()
            waiting = ""
    return text

"""Letter: a complaint the bot writes with a person, in one language: what it asks, what it says, the letter itself."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.content.reading import Mistake, Table, Unreadable, read_table
from bot.sentence import Sentence

FIELDS = ("employer", "place", "since", "sum")
TOPIC = "rights/wages"  # the topic the letter stands beside
GAP = re.compile(rf"\[({'|'.join(FIELDS)})\]")
_SPOKEN = ("name", "intro", "ready", "filing", "reading")
_WRITTEN = (
    "to", "region", "from", "person", "number", "address", "phone", "title", "about", "body", "asks_title", "attached",
    "date", "signature",
)  # fmt: skip


@dataclass(frozen=True)
class LetterWords:
    """`asks` and `labels` are by field; `written` are the lines of the letter by name, `requests` what it asks for."""

    language: str
    spoken: dict[str, str]
    asks: dict[str, str]
    labels: dict[str, str]
    written: dict[str, str]
    requests: tuple[str, ...]
    file: str

    @property
    def passages(self) -> list[str]:
        """Everything in which a fact may stand."""
        return [*self.spoken.values(), *self.asks.values(), *self.written.values(), *self.requests]

    def respelled(self, language: str, respell: Callable[[str], str]) -> "LetterWords":
        """The same words in another script."""

        def spell(words: Mapping[str, str]) -> dict[str, str]:
            return {key: between_gaps(word, respell) for key, word in words.items()}

        return replace(
            self,
            language=language,
            spoken=spell(self.spoken),
            asks=spell(self.asks),
            labels=spell(self.labels),
            written=spell(self.written),
            requests=tuple(respell(one) for one in self.requests),
        )


def between_gaps(text: str, change: Callable[[str], str]) -> str:
    """The text with what stands between its [gaps] changed."""
    pieces = GAP.split(text)  # words, the name of a gap, words ...
    return "".join(f"[{one}]" if place % 2 else change(one) for place, one in enumerate(pieces))


def read_letter(path: Path, name: str, language: str) -> tuple[LetterWords | None, list[Mistake]]:
    """The words of a letter.<language>.yaml, or None where some are missing; and the mistakes."""
    try:
        table = read_table(path, name)
    except Unreadable as error:
        return None, [error.mistake]
    mistakes: list[Mistake] = []

    def words(parent: Table, keys: tuple[str, ...], where: str) -> dict[str, str]:
        found = {}
        for key in keys:
            word = parent.get(key)
            if not isinstance(word, str) or not word.strip():
                what = Sentence("{where}: `{key}` is missing", where=where, key=key)
                mistakes.append(Mistake(name, parent.line, what if where else Sentence("`{key}` is missing", key=key)))
                continue
            found[key] = word.strip()
        return found

    def section(key: str) -> Table:
        found = table.get(key)
        return found if isinstance(found, Table) else Table()

    letter = section("letter")
    requests = letter.get("asks")
    if not isinstance(requests, list) or not requests or not all(isinstance(one, str) for one in requests):
        what = Sentence("letter: list in `asks` what the letter asks for")
        mistakes.append(Mistake(name, letter.line_of("asks"), what))
    found = LetterWords(
        language,
        words(table, _SPOKEN, ""),
        words(section("asks"), FIELDS, "asks"),
        words(section("labels"), FIELDS, "labels"),
        words(letter, _WRITTEN, "letter"),
        tuple(requests) if isinstance(requests, list) else (),
        name,
    )
    mistakes += [
        Mistake(
            name,
            letter.line_of("body"),
            Sentence("letter: [{field}] does not stand in the body exactly once", field=field),
        )
        for field in FIELDS
        if found.written.get("body", "").count(f"[{field}]") != 1
    ]
    mistakes += [
        Mistake(
            name,
            section("labels").line_of(field),
            Sentence("labels: {field} may hold no colon; the draft is read by it", field=field),
        )
        for field, label in found.labels.items()
        if ":" in label
    ]
    return (None, mistakes) if mistakes else (found, [])

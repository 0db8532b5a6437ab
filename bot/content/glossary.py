"""Glossary: one word for one term in each language, the words not to use, letters to explain, words for figures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.content.reading import Mistake, Table, Unreadable, read_table
from bot.sentence import Sentence


@dataclass(frozen=True)
class Glossary:
    """What content/glossary/<language>.yaml says.

    `avoid` maps a word not to use to the one to use; `short` maps letters like ЦОН to the words of which one must stand
    in the passage where a text first uses them; `with_digits` are names that carry a digit and are no figure;
    `number_words` before a word of `units` is a figure that belongs into facts.yaml.
    """

    avoid: dict[str, str]
    short: dict[str, tuple[str, ...]]
    with_digits: tuple[str, ...]
    number_words: tuple[str, ...]
    units: tuple[str, ...]

    def unexplained(self, passages: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Letters that stand for words, with the place of the passage that first uses them and does not say which.

        A link to a topic explains its own words.
        """
        bare = [_LINK.sub("", passage) for passage in passages]
        for letters, words in self.short.items():
            uses = (place for place, one in enumerate(bare) if re.search(rf"(?<!\w){re.escape(letters)}", one))
            first = next(uses, None)
            if first is not None and not any(_pattern(word).search(bare[first]) for word in words):
                yield letters, first

    def strangers(self, text: str) -> Iterator[tuple[str, str]]:
        """Each word of a text that should be another, with the one to use. `word*` also finds its endings."""
        if not _any(tuple(self.avoid)).search(text):
            return
        for word, better in self.avoid.items():
            if found := _pattern(word).search(text):
                yield found.group(), better

    def figures(self, text: str) -> Iterator[str]:
        """Figures written as words: a number word, perhaps one word more, and a unit."""
        if not self.number_words or not self.units:
            return
        for found in _figure(self.number_words, self.units).finditer(text):
            yield found.group()


NONE = Glossary({}, {}, (), (), ())
_KEYS = ("terms", "short", "with_digits", "number_words", "units")
_LINK = re.compile(r"\[[^\]]*\]\([a-z]+/[a-z-]+\)")


@cache
def _pattern(word: str) -> re.Pattern[str]:
    return _any((word,))


@cache
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    stems = "|".join(re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
    return re.compile(rf"(?<!\w)(?:{stems or '(?!)'})(?!\w)", re.IGNORECASE)


@cache
def _figure(number_words: tuple[str, ...], units: tuple[str, ...]) -> re.Pattern[str]:
    numbers, things = "|".join(map(re.escape, number_words)), "|".join(map(re.escape, units))
    return re.compile(rf"(?<!\w)(?:{numbers})\s+(?:\w+\s+)?(?:{things})\w*", re.IGNORECASE)


def read_glossary(folder: Path, language: str) -> tuple[Glossary, list[Mistake]]:
    """The glossary of one language; none where there is no file."""
    name = f"glossary/{language}.yaml"
    if not (folder / name).is_file():
        return NONE, []
    try:
        table = read_table(folder / name, name)
    except Unreadable as error:
        return NONE, [error.mistake]
    mistakes = [
        Mistake(
            name, table.line_of(key), Sentence("unknown `{key}`; known are {known}", key=key, known=", ".join(_KEYS))
        )
        for key in table
        if key not in _KEYS
    ]
    avoid: dict[str, str] = {}
    terms = table.get("terms")
    for term, entry in terms.items() if isinstance(terms, Table) else ():
        if not isinstance(entry, Table) or not entry.get("say"):
            what = Sentence("{term}: give the word to use as `say`", term=term)
            mistakes.append(Mistake(name, table["terms"].line_of(term), what))
            continue
        if not isinstance(entry["say"], str) or not isinstance(entry.get("avoid") or [], list):
            what = Sentence("{term}: `say` is a word, `avoid` a list of words", term=term)
            mistakes.append(Mistake(name, table["terms"].line_of(term), what))
            continue
        avoid |= dict.fromkeys((word for word in entry.get("avoid") or [] if isinstance(word, str)), entry["say"])

    short: dict[str, tuple[str, ...]] = {}
    letters = table.get("short")
    for one, said in letters.items() if isinstance(letters, Table) else ():
        if isinstance(said, list) and said and all(isinstance(word, str) for word in said):
            short[one] = tuple(said)
        else:
            what = Sentence("{letters}: list the words of which one explains it, like [обслуживани*]", letters=one)
            mistakes.append(Mistake(name, table["short"].line_of(one), what))

    def words(key: str) -> tuple[str, ...]:
        listed = table.get(key)
        return tuple(one for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()

    return Glossary(avoid, short, words("with_digits"), words("number_words"), words("units")), mistakes

"""Exact doors: a title, an example question, a law's number or a phone, typed as it stands, opens what it names."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.content import Content
from bot.content.facts import references
from bot.matching.fold import fold_all, fold_words
from bot.matching.names import Names
from bot.matching.seeds import seeds

_LAW = re.compile(
    r"закон|приказ|постановлени|заң|бұйрық|қаулы|\border\b|\blaw\b|resolution|qonun|қонун|фармо|қарор", re.I
)
_NUMBER = re.compile(r"(?:№|\bNo\.)\s*(?:ҚР\s*)?([\w/-]*\d[\w/-]*)")
_ROMAN = re.compile("[ивхлск]{1,5}")  # Roman numerals, folded
_BY_KIND = {
    "consulate": "help/consulates", "crisis_center": "help/crisis-centers", "ngo": "help/sana-sezim",
    "legal_aid": "help/legal-aid", "medical": "life/health",
}  # fmt: skip
_LINES = "help/hotlines"


@dataclass(frozen=True)
class Door:
    """The topics that were named, nearest first, and the place whose phone it was."""

    topics: tuple[str, ...]
    place: str = ""


class Doors:
    """Everything that can be named exactly in one version of the content."""

    def __init__(self, content: Content) -> None:
        said = dict(_said(content))
        self._said, self._led = Names.of([*said]), [*said.values()]
        self._phones = dict(_phones(content))
        self._laws = _laws(content)
        self._about_phones = frozenset(fold_words(seeds("doors.yaml")["phones"]))
        self._about_laws = frozenset(fold_words(seeds("doors.yaml")["laws"]))

    def open(self, words: Sequence[str]) -> Door | None:
        """What these folded words name, if they name it and say nothing else."""
        has_number = any(word[0].isdigit() for word in words)
        if has_number and (named := self._phone(words) or self._law(words)):
            return named
        said = self._said.place(" ".join(words))
        return Door((self._led[said],)) if said >= 0 else None

    def _phone(self, words: Sequence[str]) -> Door | None:
        if any(not word.isdigit() and word not in self._about_phones for word in words):
            return None
        return self._phones.get(_dialled("".join(word for word in words if word.isdigit())))

    def _law(self, words: Sequence[str]) -> Door | None:
        numbers = [word for word in words if word[0].isdigit()]
        others = [word for word in words if not word[0].isdigit()]
        is_named = any(word in self._about_laws or _ROMAN.fullmatch(word) for word in others)
        is_only = all(word in self._about_laws or _ROMAN.fullmatch(word) for word in others)
        found = next((self._laws[number] for number in numbers if number in self._laws), ())
        return Door(found) if is_named and is_only and found else None


def _said(content: Content) -> Iterator[tuple[str, str]]:
    """Titles and example questions, folded, that lead to one topic and no other."""
    doors: dict[str, str | None] = {}
    texts = [
        text
        for (id, code), text in sorted(content.texts.items())
        if "/" in id and content.spellings[code].source is None  # other scripts of a language fold alike
    ]
    said = [(text.id, asked) for text in texts for asked in (text.title, *text.asked)]
    for (id, _), words in zip(said, fold_all(asked for _, asked in said), strict=True):
        folded = " ".join(words)
        doors[folded] = id if doors.get(folded, id) == id else None
    return ((folded, id) for folded, id in doors.items() if folded and id)


def _phones(content: Content) -> Iterator[tuple[str, Door]]:
    """Every number of a place, as it is dialled, to the place and a topic about such places."""
    named = _named(content)
    for place in content.places.values():
        topic = named.get(place.id) or _BY_KIND.get(place.kind, _LINES)
        for phone in place.phones:
            if topic in content.topics:
                yield _dialled(re.sub(r"\D", "", phone.number)), Door((topic,), place.id)


def _named(content: Content) -> Mapping[str, str]:
    """The topic that names a place's phone; the list of lines before any other."""
    named: dict[str, str] = {}
    for (id, _), text in sorted(content.texts.items(), key=lambda one: (one[0][0] != _LINES, one[0])):
        for passage in (text.short, *text.parts.values()):
            for reference in references(passage):
                if "/" in id and reference.name in content.places:
                    named.setdefault(reference.name, id)
    return named


def _laws(content: Content) -> Mapping[str, tuple[str, ...]]:
    """The number of every law and order that is a source, to the topics that rest on it; the first sources first."""
    numbers = {
        id: {word for number in _NUMBER.findall(source.title) for word in fold_words(number)[:1]}
        for id, source in content.sources.items()
        if _LAW.search(source.title)
    }
    topics: dict[str, dict[str, int]] = defaultdict(dict)
    for (topic, _), text in sorted(content.texts.items()):
        for place, id in enumerate(text.sources if "/" in topic else ()):
            for number in numbers.get(id, ()):
                topics[number][topic] = min(place, topics[number].get(topic, place))
    order = list(content.topics)
    return {
        number: tuple(sorted(found, key=lambda topic: (found[topic], order.index(topic))))
        for number, found in topics.items()
    }


def _dialled(digits: str) -> str:
    """A number without the country's code or the 8 that stands for it."""
    return digits[-10:] if len(digits) == 11 and digits[0] in "78" else digits

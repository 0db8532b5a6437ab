"""Content: everything editors write, read from one folder; what is broken is left out and named, the rest serves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot.content.charts import Chart, read_charts
from bot.content.facts import Facts, Reference, read_facts, short_date
from bot.content.flows import Flow, FlowWords, read_flow, read_words
from bot.content.letter import TOPIC as LETTER
from bot.content.letter import LetterWords, read_letter
from bot.content.notices import Notice, read_notices
from bot.content.places import Place, read_places
from bot.content.reading import Mistake, Table, Unreadable, line_of, read_table
from bot.content.regions import Region, Town, read_regions
from bot.content.topics import Group, Text, Topic, read_article, read_catalogue
from bot.content.units import Spelling, Units, read_units
from bot.sentence import Sentence

__all__ = [
    "Content",
    "Mistake",
    "Place",
    "Source",
    "Spelling",
    "Text",
    "Topic",
    "Unreadable",
    "load",
    "pack",
    "unpack",
    "without_examples",
]

HOME = "home"
_FALLBACKS = ("ru", "en")
_SOURCE_KEYS = {"title", "publisher", "url", "date", "unread"}
_Words = TypeVar("_Words", Text, FlowWords, LetterWords)


@dataclass(frozen=True)
class Source:
    """Where a figure or a rule was read: a law, an office's page, an article; `unread`: what nobody has read of it."""

    id: str
    title: str
    publisher: str
    url: str
    date: str
    unread: str = ""


@dataclass(frozen=True)
class Content:
    """One version of the folder; replaced as a whole, never changed."""

    groups: tuple[Group, ...]
    topics: dict[str, Topic]
    texts: dict[tuple[str, str], Text]
    flows: dict[str, Flow]
    flow_words: dict[tuple[str, str], FlowWords]
    facts: Facts
    regions: dict[str, Region]
    places: dict[str, Place]
    sources: dict[str, Source]
    spellings: dict[str, Spelling]
    extra_danger: tuple[str, ...]
    lexicon: dict[str, tuple[str, ...]]
    followups: dict[str, tuple[str, ...]]
    neighbours: dict[str, str]
    notices: dict[str, Notice]
    charts: dict[str, Chart]
    letters: dict[tuple[str, str], LetterWords]
    mistakes: tuple[Mistake, ...]

    def text(self, id: str, language: str) -> Text | None:
        """The finished text of a topic in exactly this language."""
        text = self.texts.get((id, language))
        return None if text is None or text.is_draft else text

    def others(self, id: str) -> list[str]:
        """The languages to offer where the reader's own lacks a text, Russian and English first."""
        have = [language for topic, language in self.texts if topic == id and not self.texts[topic, language].is_draft]
        return sorted(
            have,
            key=lambda code: (code not in _FALLBACKS, _FALLBACKS.index(code) if code in _FALLBACKS else 0),
        )

    def letter(self, language: str) -> LetterWords | None:
        """The words of the complaint about unpaid wages in exactly this language."""
        return self.letters.get((LETTER, language))

    def title(self, id: str, language: str) -> str:
        """A topic's title in this language, from a draft if need be, else in the nearest language."""
        for code in (language, self.spellings[language].source, *_FALLBACKS):
            if code and (text := self.texts.get((id, code))):
                return text.title
        return next((text.title for (topic, _), text in self.texts.items() if topic == id), id)

    def news(self, language: str, today: date) -> list[tuple[str, str]]:
        """The notices of the day: their words in this language, and the topic that says more or nothing."""
        spelling = self.spellings[language]
        shown = [notice for notice in self.notices.values() if notice.is_shown(today)]
        return [(spelling.respell(one.words[spelling.source or language]), one.topic) for one in shown]

    def town(self, place: Place) -> Town | None:
        """The town a place stands in, where regions.yaml knows it."""
        region = self.regions.get(place.region)
        return region.towns.get(place.city) if region else None

    def fill(self, text: str, language: str, today: date) -> str:
        """The text with its {facts} as they stand today."""
        return self.facts.fill(text, language, today)


Packed = dict[str, Any]


def without_examples(content: Content) -> Content:
    """A content without what only learning needs, a quarter of its room: example questions, and words by meaning."""
    texts = {key: replace(text, asked=()) for key, text in content.texts.items()}
    return replace(content, texts=texts, lexicon={}, followups={})


def pack(content: Content) -> Packed:
    """All that answering needs of a content, as it can be kept on disk: the spelling of languages only code can do."""
    content = without_examples(content)
    packed = {field.name: getattr(content, field.name) for field in fields(content)}
    recorded = {key for key, text in content.texts.items() if text.recording}
    facts = (content.facts.all, (content.facts.units.table, content.facts.units.customs), recorded)
    texts = {key: replace(text, recording=None) for key, text in content.texts.items()}
    return packed | {"facts": facts, "spellings": None, "texts": texts}


def unpack(packed: Packed, spellings: Mapping[str, Spelling], folder: Path) -> Content:
    """The content again, with the recordings of its folder."""
    facts, (table, customs), recorded = packed["facts"]
    said = Facts(facts, Units(table, spellings, customs), partial(_phone, packed["places"]))
    texts: dict[tuple[str, str], Text] = packed["texts"]
    for key in recorded:
        texts[key] = replace(texts[key], recording=(folder / texts[key].file).with_suffix(".ogg"))
    return Content(**packed | {"facts": said, "spellings": dict(spellings)})


def load(folder: Path, spellings: Mapping[str, Spelling], last: Content | None = None) -> Content:
    """Read the folder; raises Unreadable where the catalogue or the units are broken, and only there.

    A text that is broken now and stood in `last` stays as it was there, where its facts still can be said.
    """
    groups = read_catalogue(folder)
    topics = {topic.id: topic for group in groups for topic in group.topics}
    mistakes: list[Mistake] = []
    regions, more = read_regions(folder, last.regions if last else {})
    mistakes += more
    places, more = read_places(folder, regions, last.places if last else {})
    mistakes += more
    facts, more = read_facts(folder, last.facts.all if last else {})
    mistakes += more
    try:
        units = read_units(folder, spellings)
    except Unreadable as error:
        what = Sentence("{what}; without units no number can be written", what=error.mistake.what)
        raise Unreadable(error.mistake.file, error.mistake.line, what) from error
    own = [code for code, spelling in spellings.items() if spelling.source is None]
    notices, more = read_notices(folder, own, topics, last.notices if last else {})
    mistakes += more
    charts, more = read_charts(folder, facts, topics, last.charts if last else {})
    mistakes += more
    texts = _read_texts(folder, groups, spellings, mistakes)
    flows, words = _read_flows(folder, topics, spellings, mistakes)
    letters = _read_letters(folder, topics, spellings, mistakes)
    if last:
        texts |= {key: text for key, text in last.texts.items() if key not in texts and (folder / text.file).is_file()}
        flows |= {
            id: flow for id, flow in last.flows.items() if id not in flows and (folder / id / "flow.yaml").is_file()
        }
        words |= {
            key: one for key, one in last.flow_words.items() if key not in words and (folder / one.file).is_file()
        }
        letters |= {
            key: one for key, one in last.letters.items() if key not in letters and (folder / one.file).is_file()
        }
    content = Content(
        groups,
        topics,
        {},
        flows,
        {},
        Facts(facts, units, partial(_phone, places)),
        regions,
        places,
        _read_sources(folder, mistakes),
        dict(spellings),
        tuple(_read_list(folder, "danger.yaml", mistakes).get("words", ())),
        _read_list(folder, "lexicon.yaml", mistakes),
        _read_list(folder, "followups.yaml", mistakes),
        _read_sentences(folder, "neighbours.yaml", mistakes),
        notices,
        charts,
        {},
        (),
    )
    return replace(
        content,
        texts=_fit(texts, last.texts if last else {}, content, folder, mistakes, _text_passages),
        flow_words=_fit(words, last.flow_words if last else {}, content, folder, mistakes, _flow_passages),
        letters=_fit(letters, last.letters if last else {}, content, folder, mistakes, lambda words: words.passages),
        mistakes=tuple(sorted(mistakes)),
    )


def _read_texts(
    folder: Path, groups: tuple[Group, ...], spellings: Mapping[str, Spelling], mistakes: list[Mistake]
) -> dict[tuple[str, str], Text]:
    ids = {HOME: ""} | {group.id: group.id for group in groups}
    ids |= {topic.id: topic.id for group in groups for topic in group.topics}
    texts = {}
    for id, place in ids.items():
        for spelling in spellings.values():
            name = f"{place}/{spelling.source or spelling.code}.md".lstrip("/")
            if not (folder / name).is_file():
                continue
            text, more = read_article(folder / name, name, id, spelling.code)
            if text is None:
                mistakes += more if spelling.source is None else []
                continue
            mistakes += more if spelling.source is None else []
            texts[id, spelling.code] = text.respelled(spelling.code, spelling.respell) if spelling.source else text
    return texts


def _read_flows(
    folder: Path, topics: Mapping[str, Topic], spellings: Mapping[str, Spelling], mistakes: list[Mistake]
) -> tuple[dict[str, Flow], dict[tuple[str, str], FlowWords]]:
    flows, words = {}, {}
    for topic in topics:
        if not (folder / topic / "flow.yaml").is_file():
            continue
        try:
            flows[topic] = read_flow(folder / topic / "flow.yaml", f"{topic}/flow.yaml", topic)
        except Unreadable as error:
            mistakes.append(error.mistake)
            continue
        for spelling in spellings.values():
            name = f"{topic}/flow.{spelling.source or spelling.code}.yaml"
            if not (folder / name).is_file():
                continue
            found, more = read_words(folder / name, name, flows[topic], spelling.code)
            mistakes += more if spelling.source is None else []
            if found:
                words[topic, spelling.code] = (
                    found.respelled(spelling.code, spelling.respell) if spelling.source else found
                )
    return flows, words


def _read_letters(
    folder: Path, topics: Mapping[str, Topic], spellings: Mapping[str, Spelling], mistakes: list[Mistake]
) -> dict[tuple[str, str], LetterWords]:
    """The words of the letter by its topic and language; a topic without any has no letter."""
    letters: dict[tuple[str, str], LetterWords] = {}
    for spelling in spellings.values() if LETTER in topics else ():
        name = f"{LETTER}/letter.{spelling.source or spelling.code}.yaml"
        if not (folder / name).is_file():
            continue
        found, more = read_letter(folder / name, name, spelling.code)
        mistakes += more if spelling.source is None else []
        if found:
            letters[LETTER, spelling.code] = (
                found.respelled(spelling.code, spelling.respell) if spelling.source else found
            )
    return letters


def _text_passages(text: Text) -> list[str]:
    return [text.short, text.risk, *text.parts.values()]


def _flow_passages(words: FlowWords) -> list[str]:
    return [*words.texts.values(), *words.asks.values(), words.foot]


def _fit(
    words: Mapping[tuple[str, str], _Words],
    last: Mapping[tuple[str, str], _Words],
    content: Content,
    folder: Path,
    mistakes: list[Mistake],
    written: Callable[[_Words], list[str]],
) -> dict[tuple[str, str], _Words]:
    """Those whose every {fact} can be said today; the others would break in a person's hand and stay as they were."""
    fit = {}
    for key, one in words.items():
        unknown = _unsayable(written(one), content)
        if unknown and content.spellings[key[1]].source is None:
            line = line_of(folder / one.file, unknown)
            what = Sentence("{written} is neither a fact nor a place with a phone", written=unknown)
            mistakes.append(Mistake(one.file, line, what))
        if not unknown:
            fit[key] = one
        elif key in last and not _unsayable(written(last[key]), content):
            fit[key] = last[key]
    return fit


def _unsayable(passages: list[str], content: Content) -> str:
    """The first reference that cannot be said today, or nothing."""
    language = next(iter(content.spellings))
    try:
        for passage in passages:
            content.facts.fill(passage, language, date.today())
    except KeyError as error:
        return str(error.args[0])
    return ""


def _phone(places: Mapping[str, Place], reference: Reference) -> str | None:
    place = places.get(reference.name)
    if place is None:
        return None
    if reference.ask == "asof":
        return short_date(place.as_of) or None
    return place.phones[0].written if place.phones and reference.ask is None else None


def _read_sources(folder: Path, mistakes: list[Mistake]) -> dict[str, Source]:
    name = "sources.yaml"
    try:
        table = read_table(folder / name, name)
    except Unreadable as error:
        mistakes.append(error.mistake)
        return {}
    sources = {}
    for id, entry in table.items():
        if (
            not isinstance(entry, Table)
            or not entry.get("title")
            or not all(isinstance(one, str) for one in entry.values())
        ):
            mistakes.append(Mistake(name, table.line_of(id), Sentence("{id}: a source needs at least a title", id=id)))
            continue
        url = entry.get("url", "")
        if url and not url.startswith(("https://", "http://")):
            what = Sentence("{id}: the url must begin with https://", id=id)
            mistakes.append(Mistake(name, table.line_of(id), what))
            continue
        if unknown := set(entry) - _SOURCE_KEYS:
            what = Sentence(
                "{id}: unknown `{key}`; a title with a comma or a colon stands in quotes", id=id, key=min(unknown)
            )
            mistakes.append(Mistake(name, entry.line_of(min(unknown)), what))
        sources[id] = Source(
            id, entry["title"], entry.get("publisher", ""), url, entry.get("date", ""), entry.get("unread", "")
        )
    return sources


def _read_list(folder: Path, name: str, mistakes: list[Mistake]) -> dict[str, tuple[str, ...]]:
    """A file of `name: word, word ...` lines or lists; missing is fine, broken is named and left out."""
    if not (folder / name).is_file():
        return {}
    try:
        table = read_table(folder / name, name)
    except Unreadable as error:
        mistakes.append(error.mistake)
        return {}
    lists: dict[str, tuple[str, ...]] = {}
    for key, words in table.items():
        listed = words.split() if isinstance(words, str) else words
        if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
            mistakes.append(Mistake(name, table.line_of(key), Sentence("{key}: give a list of words", key=key)))
            continue
        lists[key] = tuple(listed)
    return lists


def _read_sentences(folder: Path, name: str, mistakes: list[Mistake]) -> dict[str, str]:
    """A file of `name: sentence` lines; missing is fine, broken is named and left out."""
    if not (folder / name).is_file():
        return {}
    try:
        table = read_table(folder / name, name)
    except Unreadable as error:
        mistakes.append(error.mistake)
        return {}
    mistakes += [
        Mistake(name, table.line_of(key), Sentence("{key}: write one sentence on one line", key=key))
        for key, sentence in table.items()
        if not isinstance(sentence, str)
    ]
    return {key: sentence for key, sentence in table.items() if isinstance(sentence, str)}

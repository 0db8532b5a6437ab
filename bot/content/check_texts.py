"""What can be wrong with a text: numbers typed in, facts that may not be stated, words the glossary avoids, lengths."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from bot.content import Content, Mistake, Text
from bot.content.facts import Fact, Reference, Value, references
from bot.content.glossary import Glossary
from bot.content.markup import foreign_marks, to_html, topic_links
from bot.sentence import Sentence

RISKY = (
    "stay/overstay", "stay/lost-documents", "stay/police-abuse", "stay/fines-expulsion", "rights/complaint",
    "rights/wages", "help/violence", "trafficking/victim-help", "trafficking/report",
)  # fmt: skip
FIRST_SCREEN, PART = 900, 3200  # characters, after facts are filled in
FEWEST_ASKED = 8
WORDS_A_SENTENCE = 15
UNPROVEN_ALLOWED = ("help/sana-sezim", "help/hotlines", "help/consulates", "help/legal-aid")
EXCEPTION = "line-11616"  # the one unproven line that may stand elsewhere, with its warning

A_FACT = "{its_name}"  # how a fact stands in a text

_DIGITS = re.compile(r"\d")
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}\. ")
_LINK_TARGET = re.compile(r"\]\([^)]*\)")
_SENTENCE = re.compile(r"[.!?…]+[*»”\")]*\s+|\n+")


@dataclass(frozen=True)
class Page:
    """A file being proof-read, with what it is compared with."""

    content: Content
    glossary: Glossary
    today: date
    topic: str
    file: str
    lines: tuple[str, ...]

    def mistake(self, near: str, what: Sentence, is_advice: bool = False) -> Mistake:
        """A mistake on the first line that holds these words."""
        first = near.split("\n", maxsplit=1)[0]
        line = next((number for number, text in enumerate(self.lines, start=1) if first and first in text), 1)
        return Mistake(self.file, line, what, is_advice)


def check_text(page: Page, text: Text) -> Iterator[Mistake]:
    """All mistakes of one text."""
    if text.is_draft:
        what = Sentence("a draft: without `compared:` it is never shown")
        yield page.mistake("title:", what, is_advice=True)
    for id in text.sources:
        if id not in page.content.sources:
            yield page.mistake("sources:", Sentence("sources: `{source}` is not in sources.yaml", source=id))
    if not text.sources and not text.is_draft:
        yield page.mistake("title:", Sentence("name the sources of this text in the header"))
    if text.id in RISKY and not text.risk:
        what = Sentence("this topic must say in `risk:` what going to an office can mean without papers")
        yield page.mistake("title:", what)
    if len(text.asked) < FEWEST_ASKED:
        what = Sentence("{count} example questions; give at least {least}", count=len(text.asked), least=FEWEST_ASKED)
        yield page.mistake("asked:", what, is_advice=True)
    if text.recording and text.is_recording_stale:
        what = Sentence(
            "the recording says older words; record it anew, then write `voice: {mark}`", mark=text.fingerprint
        )
        yield page.mistake("voice:", what, is_advice=True)
    for passage in (text.title, text.risk, text.short, *text.parts.values()):
        yield from check_passage(page, passage)
    yield from _as_of(page, [text.short, *text.parts.values()])
    yield from _unexplained(page, text)
    yield from _lengths(page, text)
    yield from _against_source(page, text)


def check_passage(page: Page, passage: str) -> Iterator[Mistake]:
    """Figures, braces, marks, links and words of a passage."""
    for line in passage.split("\n"):
        rest = _LINK_TARGET.sub("]", _LIST_NUMBER.sub("", line))
        for reference in references(rest):
            rest = rest.replace(reference.written, "")
            yield from _reference(page, reference)
        for term in sorted(page.glossary.with_digits, key=len, reverse=True):
            rest = rest.replace(term, "")
        if place := _DIGITS.search(rest):
            around = rest[max(0, place.start() - 20) : place.end() + 20].strip()
            what = Sentence(
                "a number stands in the text: “{around}”; write it in facts.yaml and use {name}",
                around=around, name=A_FACT,
            )  # fmt: skip
            yield page.mistake(line, what)
        if "{" in rest or "}" in rest:
            what = Sentence(
                "a brace that is no fact: “{around}”; write {name} with a name from facts.yaml",
                around=line.strip()[:60], name="{name}",
            )  # fmt: skip
            yield page.mistake(line, what)
        for figure in page.glossary.figures(line):
            what = Sentence(
                "a figure stands in words: “{figure}”; write it in facts.yaml and use {name}",
                figure=figure, name=A_FACT,
            )  # fmt: skip
            yield page.mistake(line, what)
        for word, better in page.glossary.strangers(line):
            yield page.mistake(line, Sentence("“{word}”: the glossary says “{better}”", word=word, better=better))
    for mark in foreign_marks(passage):
        what = Sentence("`{mark}` would stand in the text as it is; we have bold, lists and links only", mark=mark)
        yield page.mistake(mark, what)
    for link in topic_links(passage):
        if link not in page.content.topics:
            what = Sentence("the link to {link} leads nowhere: there is no such topic", link=link)
            yield page.mistake(f"({link})", what)


def _reference(page: Page, reference: Reference) -> Iterator[Mistake]:
    place = page.content.places.get(reference.name)
    fact = page.content.facts.all.get(reference.name)
    written = reference.written
    if place is not None:
        is_unproven = place.phones and not place.phones[0].is_proven and reference.ask is None
        if is_unproven and page.topic not in UNPROVEN_ALLOWED and place.id != EXCEPTION:
            what = Sentence("{written}: nobody has called this number yet; name the place without it", written=written)
            yield page.mistake(written, what)
    elif fact is None:
        yield page.mistake(written, Sentence("{written} is neither a fact nor a place", written=written))
    elif any(value.confidence == "low" for value in _meant(page, fact, reference)):
        what = Sentence(
            "{written}: its confidence is low, so it may not be stated; say whom to ask instead", written=written
        )
        yield page.mistake(written, what)


def _meant(page: Page, fact: Fact, reference: Reference) -> list[Value]:
    """The values a reference can show: of the year it names, or in force today and later."""
    now = page.content.facts.value(reference, page.today)
    later = (one for one in fact.values if one.key == reference.key and one.since > page.today)
    return [one for one in (now, *(() if reference.year else later)) if one]


def _as_of(page: Page, passages: list[str]) -> Iterator[Mistake]:
    """A figure we are only fairly sure of is said together with the day it is from."""
    named = [reference for passage in passages for reference in references(passage)]
    said = {reference.name for reference in named if reference.ask == "asof"}
    for reference in named:
        fact = page.content.facts.all.get(reference.name)
        if fact is None or fact.id in said:
            continue
        if any(value.confidence == "medium" for value in _meant(page, fact, reference)):
            what = Sentence(
                "{written}: its confidence is medium; say {asof} in the text as well",
                written=reference.written, asof=f"{{{fact.id}:asof}}",
            )  # fmt: skip
            yield page.mistake(reference.written, what)


def _unexplained(page: Page, text: Text) -> Iterator[Mistake]:
    """Letters that stand for words, in the order of reading and with their facts: an amount may say МРП too."""
    written = [text.short, *text.parts.values()]
    try:
        shown = [page.content.fill(passage, text.language, page.today) for passage in written]
    except KeyError:
        return  # the reference itself has been named
    for letters, first in page.glossary.unexplained(shown):
        near = next((line for line in written[first].split("\n") if letters in line), written[first])
        words = ", ".join(page.glossary.short[letters])
        what = Sentence(
            "{letters}: say what it means where the text first uses it ({words})", letters=letters, words=words
        )
        yield page.mistake(near, what)


def _lengths(page: Page, text: Text) -> Iterator[Mistake]:
    if len(text.title) > 60:
        what = Sentence("the title has {count} letters; a button shows about 38", count=len(text.title))
        yield page.mistake("title:", what, is_advice=True)
    for part, passage in {"": text.short, **text.parts}.items():
        try:
            filled = page.content.fill(passage, text.language, page.today)
        except KeyError:
            continue  # the reference itself has been named
        most = PART if part else FIRST_SCREEN
        longest = len(escape(filled)) + filled.count("\n")  # reading Markdown takes long
        if longest > most and len(re.sub(r"<[^>]+>", "", to_html(filled))) > most:
            yield page.mistake(passage, _too_long(part, most))
        for sentence in _SENTENCE.split(passage):
            if len(sentence.split()) > WORDS_A_SENTENCE + 5:
                what = Sentence("{count} words in one sentence; make two of it", count=len(sentence.split()))
                yield page.mistake(sentence, what, is_advice=True)


def _against_source(page: Page, text: Text) -> Iterator[Mistake]:
    """A translation says the same figures as the Russian text, part by part, and follows its newest version."""
    russian = page.content.texts.get((text.id, "ru"))
    if russian is None or text.language == "ru":
        return
    for name in dict.fromkeys(("", *russian.parts, *text.parts)):
        theirs = {one.written for one in references(russian.parts.get(name, "") if name else russian.short)}
        ours = {one.written for one in references(text.parts.get(name, "") if name else text.short)}
        near = f"## {name}" if name else text.short
        if lost := theirs - ours:
            yield page.mistake(near, _lacks(name, ", ".join(sorted(lost))))
        if added := ours - theirs:
            yield page.mistake(near, _has(name, ", ".join(sorted(added))))
    if text.follows != russian.fingerprint:
        what = Sentence(
            "it follows another version of the Russian text; when both agree, write `follows: {mark}`",
            mark=russian.fingerprint,
        )
        yield page.mistake("follows:", what, is_advice=bool(text.follows))


def _too_long(part: str, most: int) -> Sentence:
    if part:
        return Sentence(
            "{part} is longer than {most} characters; move the rest to a part or cut it", part=part, most=most
        )
    return Sentence("the short answer is longer than {most} characters; move the rest to a part or cut it", most=most)


def _lacks(part: str, names: str) -> Sentence:
    if part:
        return Sentence("part `{part}` lacks {names}, which the Russian text has", part=part, names=names)
    return Sentence("the short answer lacks {names}, which the Russian text has", names=names)


def _has(part: str, names: str) -> Sentence:
    if part:
        return Sentence("part `{part}` has {names}, which the Russian text has not", part=part, names=names)
    return Sentence("the short answer has {names}, which the Russian text has not", names=names)

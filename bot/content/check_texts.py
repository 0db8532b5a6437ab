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

RISKY = (
    "stay/overstay", "stay/lost-documents", "stay/police-abuse", "stay/fines-expulsion", "rights/complaint",
    "rights/wages", "help/violence", "trafficking/victim-help", "trafficking/report",
)  # fmt: skip
FIRST_SCREEN, PART = 900, 3200  # characters, after facts are filled in
FEWEST_ASKED = 8
WORDS_A_SENTENCE = 15
UNPROVEN_ALLOWED = ("help/sana-sezim", "help/hotlines", "help/consulates", "help/legal-aid")
EXCEPTION = "line-11616"  # the one unproven line that may stand elsewhere, with its warning

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

    def mistake(self, near: str, what: str, is_advice: bool = False) -> Mistake:
        """A mistake on the first line that holds these words."""
        first = near.split("\n", maxsplit=1)[0]
        line = next((number for number, text in enumerate(self.lines, start=1) if first and first in text), 1)
        return Mistake(self.file, line, what, is_advice)


def check_text(page: Page, text: Text) -> Iterator[Mistake]:
    """All mistakes of one text."""
    if text.is_draft:
        yield page.mistake("title:", "a draft: without `compared:` it is never shown", is_advice=True)
    for id in text.sources:
        if id not in page.content.sources:
            yield page.mistake("sources:", f"sources: `{id}` is not in sources.yaml")
    if not text.sources and not text.is_draft:
        yield page.mistake("title:", "name the sources of this text in the header")
    if text.id in RISKY and not text.risk:
        what = "this topic must say in `risk:` what going to an office can mean without papers"
        yield page.mistake("title:", what)
    if len(text.asked) < FEWEST_ASKED:
        what = f"{len(text.asked)} example questions; give at least {FEWEST_ASKED}"
        yield page.mistake("asked:", what, is_advice=True)
    if text.recording and text.is_recording_stale:
        what = f"the recording says older words; record it anew, then write `voice: {text.fingerprint}`"
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
            what = f"a number stands in the text: “{around}”; write it in facts.yaml and use {{its_name}}"
            yield page.mistake(line, what)
        if "{" in rest or "}" in rest:
            what = f"a brace that is no fact: “{line.strip()[:60]}”; write {{name}} with a name from facts.yaml"
            yield page.mistake(line, what)
        for figure in page.glossary.figures(line):
            what = f"a figure stands in words: “{figure}”; write it in facts.yaml and use {{its_name}}"
            yield page.mistake(line, what)
        for word, better in page.glossary.strangers(line):
            yield page.mistake(line, f"“{word}”: the glossary says “{better}”")
    for mark in foreign_marks(passage):
        yield page.mistake(mark, f"`{mark}` would stand in the text as it is; we have bold, lists and links only")
    for link in topic_links(passage):
        if link not in page.content.topics:
            yield page.mistake(f"({link})", f"the link to {link} leads nowhere: there is no such topic")


def _reference(page: Page, reference: Reference) -> Iterator[Mistake]:
    place = page.content.places.get(reference.name)
    fact = page.content.facts.all.get(reference.name)
    written = reference.written
    if place is not None:
        is_unproven = place.phones and not place.phones[0].is_proven and reference.ask is None
        if is_unproven and page.topic not in UNPROVEN_ALLOWED and place.id != EXCEPTION:
            yield page.mistake(written, f"{written}: nobody has called this number yet; name the place without it")
    elif fact is None:
        yield page.mistake(written, f"{written} is neither a fact nor a place")
    elif any(value.confidence == "low" for value in _meant(page, fact, reference)):
        what = f"{written}: its confidence is low, so it may not be stated; say whom to ask instead"
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
            what = f"{reference.written}: its confidence is medium; say {{{fact.id}:asof}} in the text as well"
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
        yield page.mistake(near, f"{letters}: say what it means where the text first uses it ({words})")


def _lengths(page: Page, text: Text) -> Iterator[Mistake]:
    if len(text.title) > 60:
        what = f"the title has {len(text.title)} letters; a button shows about 38"
        yield page.mistake("title:", what, is_advice=True)
    for name, passage in {"the short answer": text.short, **text.parts}.items():
        try:
            filled = page.content.fill(passage, text.language, page.today)
        except KeyError:
            continue  # the reference itself has been named
        most = FIRST_SCREEN if name == "the short answer" else PART
        longest = len(escape(filled)) + filled.count("\n")  # reading Markdown takes long
        if longest > most and len(re.sub(r"<[^>]+>", "", to_html(filled))) > most:
            yield page.mistake(passage, f"{name} is longer than {most} characters; move the rest to a part or cut it")
        for sentence in _SENTENCE.split(passage):
            if len(sentence.split()) > WORDS_A_SENTENCE + 5:
                what = f"{len(sentence.split())} words in one sentence; make two of it"
                yield page.mistake(sentence, what, is_advice=True)


def _against_source(page: Page, text: Text) -> Iterator[Mistake]:
    """A translation says the same figures as the Russian text, part by part, and follows its newest version."""
    russian = page.content.texts.get((text.id, "ru"))
    if russian is None or text.language == "ru":
        return
    for name in dict.fromkeys(("", *russian.parts, *text.parts)):
        theirs = {one.written for one in references(russian.parts.get(name, "") if name else russian.short)}
        ours = {one.written for one in references(text.parts.get(name, "") if name else text.short)}
        where, near = (f"part `{name}`", f"## {name}") if name else ("the short answer", text.short)
        if lost := theirs - ours:
            yield page.mistake(near, f"{where} lacks {', '.join(sorted(lost))}, which the Russian text has")
        if added := ours - theirs:
            yield page.mistake(near, f"{where} has {', '.join(sorted(added))}, which the Russian text has not")
    if text.follows != russian.fingerprint:
        agree = f"when both agree, write `follows: {russian.fingerprint}`"
        what = f"it follows another version of the Russian text; {agree}"
        yield page.mistake("follows:", what, is_advice=bool(text.follows))

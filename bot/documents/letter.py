"""The complaint as files: the page an office takes, and behind it the same page in the person's own language."""

import re
from dataclasses import asdict, dataclass
from datetime import date

from bot.calculators.reading import read_amount
from bot.content import Content
from bot.content.letter import FIELDS, GAP, LetterWords
from bot.documents.typeset import to_pdf

_BLANK = "_" * 36
_LONG = re.compile(r"[^\s_]{40,}")  # a word that would run off the page may be broken


@dataclass(frozen=True)
class Page:
    """One page of the letter, every word as it will stand; `note` says above a translation what it is."""

    language: str
    note: str
    to: str
    region: str
    sender: str
    lines: tuple[str, ...]
    title: str
    about: str
    body: tuple[str, ...]
    asks_title: str
    asks: tuple[str, ...]
    attached: str
    date: str
    signature: str


def pages(
    content: Content, official: str, own: str, values: tuple[str | None, ...], today: date
) -> tuple[Page, ...] | None:
    """The official page, and the reader's where that is another language; None where one has no words."""
    made = [_page(content, code, values, today) for code in dict.fromkeys((official, own))]
    first, *others = made
    if first is None or None in others:
        return None
    reading = content.letter(own)
    note = reading.spoken["reading"] if reading else ""
    return (first, *(Page(**{**asdict(page), "note": note}) for page in others if page))


def make(written: tuple[Page, ...]) -> dict[str, bytes]:
    """Both files by their neutral names; a page each page, never more."""
    from bot.documents.docx import to_docx  # 0.1 s and some megabytes that only a letter needs

    data = [asdict(page) for page in written]
    return {"document.pdf": to_pdf("letter", data), "document.docx": to_docx(written)}


def _page(content: Content, code: str, values: tuple[str | None, ...], today: date) -> Page | None:
    words = content.letter(code)
    if words is None:
        return None
    say = words.written
    said = dict(zip(FIELDS, values, strict=True))

    def filled(passage: str) -> str:
        text = content.fill(passage, code, today)
        return GAP.sub(lambda found: _said(content, code, found[1], said[found[1]]), text)

    body = tuple(filled(one.strip()) for one in say["body"].split("\n\n"))
    lines = tuple(say[name] for name in ("person", "number", "address", "phone"))
    return Page(
        content.spellings[code].cldr.partition("_")[0],
        "",
        say["to"],
        say["region"],
        say["from"],
        lines,
        say["title"],
        say["about"],
        body,
        say["asks_title"],
        _requests(content, words, today),
        say["attached"],
        say["date"],
        say["signature"],
    )


def _requests(content: Content, words: LetterWords, today: date) -> tuple[str, ...]:
    return tuple(content.fill(one, words.language, today) for one in words.requests)


def _said(content: Content, code: str, field: str, value: str | None) -> str:
    """An answer as this page says it: a sum in its own numerals, a gap as a line to write on."""
    amount = read_amount(value) if value and field == "sum" else None
    if amount is not None:
        return content.facts.units.count("money", amount, code)
    return _LONG.sub(
        lambda word: "\u200b".join(word[0][at : at + 20] for at in range(0, len(word[0]), 20)), value or _BLANK
    )

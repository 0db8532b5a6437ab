"""A day or a sum as people type it: 12.03.2026, 12 марта, kecha, 3 kun oldin; 250 000, 250 тыс, 1,5 mln."""

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import yaml

_FIGURES = re.compile(r"(\d{1,2})\s*[./\- ]\s*(\d{1,2})(?:\s*[./\- ]\s*(\d{4}|\d{2}))?")
_MONTH = re.compile(r"(\d{1,2})\s*[./\- ]\s*(\d{4}|\d{2})(?:\s*(?:г|год|года|ж|yil|сол)\.?)?")
_BACKWARDS = re.compile(r"(\d{4})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{1,2})")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_AMOUNT = re.compile(r"([-−–]?)\s*(\d[\d\s.,]*)\s*([^\W\d_]*)[.\s]*([^\W\d_]*|₸)[.\s]*")
_SIGNS = re.compile("[ʻ‘`ʼ’'´]")
_LONGEST = 60  # letters; a longer text is a story, not a day or a sum


class ImpossibleDay(ValueError):
    """It is meant as a day, but there is no such day: the 31st of April."""


def read_day(text: str, today: date) -> date | None:
    """The day a text names, the last one that fits where the year is not said; None where it names none."""
    text = _SIGNS.sub("", text.strip().casefold())
    if not text or len(text) > _LONGEST:
        return None
    trimmed = re.sub(r"[\s.,!]+$|\s*(?:г|год|года|ж|yil|сол)\.?$", "", text)
    if found := _BACKWARDS.fullmatch(trimmed):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _FIGURES.fullmatch(trimmed):
        return _of_year(int(found[1]), int(found[2]), found[3], today)
    pieces = _PIECE.findall(text)
    if not all(map(_is_known, pieces)):
        return None
    return _relative(pieces, today) or _named(pieces, today)


def read_month(text: str, today: date) -> date | None:
    """The first day of the month a text names: 03.2026, март 2026, mart; None where it names none, or a whole day."""
    text = _SIGNS.sub("", text.strip().casefold())
    if found := _MONTH.fullmatch(text):
        year = int(found[2])
        return _day(year if year > 99 else 2000 + year, int(found[1]), 1)
    pieces = _PIECE.findall(text)
    month = next((number for piece in pieces for number in (_month(piece),) if number), 0)
    figures = [int(piece) for piece in pieces if piece.isdigit()]
    if not month or len(pieces) > 4 or any(figure < 1900 for figure in figures) or len(figures) > 1:
        return None
    year = figures[0] if figures else today.year if month <= today.month else today.year - 1
    return _day(year, month, 1)


def read_amount(text: str) -> Decimal | None:
    """The sum a text names; below nought where it says so."""
    found = _AMOUNT.fullmatch(_SIGNS.sub("", text.strip().casefold())) if len(text) <= _LONGEST else None
    known = {"", "₸", *_words("currency"), *_words("thousand"), *_words("million")}
    if found is None or not {found[3], found[4]} <= known or re.search(r"\d\s+\d{1,2}(?!\d)", found[2]):
        return None
    figures = re.sub(r"\s", "", found[2]).rstrip(".,")
    times = 1000 if found[3] in _words("thousand") else 1_000_000 if found[3] in _words("million") else 1
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", figures):
        figures = re.sub("[.,]", "", figures)
    figures = figures.replace(",", ".")
    if figures.count(".") > 1:
        return None
    amount = (Decimal(figures) * times).quantize(Decimal(1)) if len(figures) <= 15 else Decimal(10) ** 15
    return -amount if found[1] else amount


def _of_year(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this = _day(today.year, month, day) if (month, day) != (2, 29) else _leap(today)
    return this if this <= today else _day(today.year - 1, month, day)


def _leap(today: date) -> date:
    year = next(one for one in range(today.year, 0, -1) if one % 4 == 0 and date(one, 2, 29) <= today)
    return date(year, 2, 29)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ImpossibleDay from error


def _relative(pieces: list[str], today: date) -> date | None:
    """Today, yesterday, so many days, weeks or months ago."""
    if _has(pieces, "before_yesterday"):
        return today - timedelta(2)
    if _has(pieces, "yesterday"):
        return today - timedelta(1)
    if _has(pieces, "today"):
        return today
    if not _has(pieces, "ago"):
        return None
    count = next((_number(piece) for piece in pieces if _number(piece)), 0)
    if not 0 < count < 5000:
        return None
    if _has(pieces, "weeks"):
        return today - timedelta(7 * count)
    if any(piece in _words("spans") or piece.startswith(("месяц", "month")) for piece in pieces):
        months = today.year * 12 + today.month - 1 - count
        last = (date((months + 1) // 12, (months + 1) % 12 + 1, 1) - timedelta(1)).day if months >= 12 else 1
        return date(months // 12, months % 12 + 1, min(today.day, last)) if months >= 12 else None
    return today - timedelta(count) if _has(pieces, "days") else None


def _named(pieces: list[str], today: date) -> date | None:
    """A day with the name of its month: 12 марта 2026, 2026-yil 12-mart, 12 наурыз."""
    month = next((number for piece in pieces for number in (_month(piece),) if number), 0)
    figures = [int(piece) for piece in pieces if piece.isdecimal()]
    if not month or not 1 <= len(figures) <= 2:
        return None
    years = [one for one in figures if one > 31]
    days = [one for one in figures if one <= 31]
    if len(figures) == 2 and not years:
        return _day(2000 + figures[1], month, figures[0])
    if len(days) != 1:
        return None
    return _of_year(days[0], month, str(years[0]) if years else None, today)


def _is_known(piece: str) -> bool:
    """Whether a piece can stand in a day: with any other word the text is a sentence, and perhaps a cry."""
    names = ("today", "yesterday", "before_yesterday", "days", "weeks", "spans", "ago", "fillers")
    return bool(piece.isdecimal() or _number(piece) or _month(piece)) or any(_has([piece], name) for name in names)


def _month(piece: str) -> int:
    for number, stems in enumerate(_table()["months"], start=1):
        if any(piece.startswith(stem) for stem in stems.split()) and not piece.isdecimal():
            return number
    return 0


def _number(piece: str) -> int:
    if piece.isdecimal():
        return int(piece[:5])
    return next((number for number, words in enumerate(_table()["numbers"], 1) if piece in words.split()), 0)


def _has(pieces: list[str], name: str) -> bool:
    """Whether a piece is one of these words, or begins with one long enough to be sure of."""
    return any(piece == word or (len(word) > 4 and piece.startswith(word)) for piece in pieces for word in _words(name))


def _words(name: str) -> list[str]:
    words: list[str] = _table()[name].split()
    return words


@cache
def _table() -> Any:
    return yaml.load((resources.files("bot.calculators") / "reading.yaml").read_text("utf-8"), yaml.CSafeLoader)

"""A small calendar in the reader's language: one month a screen, a tap on a day; or the day is typed."""

import re
from calendar import monthcalendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from string import ascii_lowercase, digits

from bot.screens.address import Address
from bot.screens.screen import Button, Row, Screen
from bot.screens.setting import Setting
from bot.screens.sums import said

Answers = tuple[str, ...]

_BEGIN = date(2000, 1, 1)
_SIGNS = digits + ascii_lowercase


@dataclass(frozen=True)
class Pick:
    """A day to be picked: between which days, and which answers stand for a page and for a day."""

    path: str
    given: Answers  # the answers that a typed day follows
    earliest: date
    latest: date
    page: Callable[[date], Answers]
    picked: Callable[[date], Answers]
    back: Row


def pick(setting: Setting, what: Pick, month: date, lines: list[str]) -> Screen:
    """The month of a day, with the days that can be tapped."""
    month = min(max(month, what.earliest), what.latest).replace(day=1)
    hint = setting.say("Tap a day, or write it: 12.03.2026.")
    rows = [_head(setting, what, month), _weekdays(setting, what, month), *_weeks(setting, what, month)]
    near = [(setting.say("Today"), setting.today), (setting.say("Yesterday"), setting.today - timedelta(1))]
    quick = [
        setting.button(label, what.path, what.picked(day)) for label, day in near if what.earliest <= day <= what.latest
    ]
    if quick:
        rows.append(tuple(quick))
    return said.screen(setting, [*lines, hint], [*rows, what.back], Address(what.path, what.given))


def problem(setting: Setting, answer: object, earliest: date, latest: date) -> str:
    """What is wrong with a typed day, in one sentence; nothing where it can be taken."""
    say = setting.say
    if not isinstance(answer, date):
        return say("There is no such day. Write it like 12.03.2026, or tap it.")
    if answer > setting.today:
        return say("This day is still to come. Choose a day that has passed.")
    if not earliest <= answer <= latest:
        return say(
            "The day must lie between {first} and {last}.", first=f"{earliest:%d.%m.%Y}", last=f"{latest:%d.%m.%Y}"
        )
    return ""


def of_token(token: str) -> date | None:
    """The day of a day's token, or the first of the month of a month's."""
    if not re.fullmatch("[0-9a-z]{2,3}", token):
        return None
    number = int(token, 36)
    if is_month(token):
        return date(_BEGIN.year + number // 12, number % 12 + 1, 1)
    return _BEGIN + timedelta(number)


def is_month(token: str) -> bool:
    return len(token) == 2


def is_day(token: str) -> bool:
    return len(token) == 3


def day_token(day: date) -> str:
    """A day in three signs, so that several fit into one button: days since the century began, to the base of 36."""
    return _base36((day - _BEGIN).days).rjust(3, "0")


def month_token(day: date) -> str:
    """A month in two."""
    return _base36((day.year - _BEGIN.year) * 12 + day.month - 1).rjust(2, "0")


def _base36(number: int) -> str:
    return (_base36(number // 36) if number >= 36 else "") + _SIGNS[number % 36]


def _head(setting: Setting, what: Pick, month: date) -> Row:
    """The month before, this one, the month after, where there are any."""
    before, after = month - timedelta(1), (month + timedelta(31)).replace(day=1)
    here = setting.button(setting.content.facts.units.month(month, setting.code), what.path, what.page(month))
    row = [setting.button("‹", what.path, what.page(before))] if before >= what.earliest else []
    row.append(here)
    return tuple(row + ([setting.button("›", what.path, what.page(after))] if after <= what.latest else []))


def _weekdays(setting: Setting, what: Pick, month: date) -> Row:
    names = setting.content.facts.units.weekdays(setting.code)
    return tuple(setting.button(name, what.path, what.page(month)) for name in names)


def _weeks(setting: Setting, what: Pick, month: date) -> list[Row]:
    def cell(number: int) -> Button:
        day = month.replace(day=number) if number else None
        if day and what.earliest <= day <= what.latest:
            return setting.button(str(number), what.path, what.picked(day))
        return setting.button("·", what.path, what.page(month))

    def is_open(week: list[int]) -> bool:
        return any(number and what.earliest <= month.replace(day=number) <= what.latest for number in week)

    weeks = monthcalendar(month.year, month.month)
    return [tuple(cell(number) for number in week) for week in weeks if is_open(week)]

"""What the calculators say alike: a title, days and amounts, where a figure comes from, how the screen ends."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from html import escape

from bot.content.facts import Value, short_date
from bot.content.markup import to_html
from bot.screens.address import Address
from bot.screens.screen import Row, Screen
from bot.screens.setting import Setting


def bold(words: str) -> str:
    return f"<b>{escape(words, quote=False)}</b>"


def day(setting: Setting, one: date) -> str:
    return bold(setting.content.facts.units.day(one, setting.code))


def count(setting: Setting, kind: str, amount: int | Decimal) -> str:
    return setting.content.facts.units.count(kind, Decimal(amount), setting.code)


def fact(setting: Setting, reference: str) -> str:
    """A fact by its name, with `as of` where it is not sure."""
    said = to_html(setting.content.fill(f"{{{reference}}}", setting.code, setting.today))
    name, _, key = reference.partition(".")
    value = setting.content.facts.all[name].on(setting.today, key or None)
    if value is None or value.confidence == "high":
        return said
    return setting.say("{what} (as of {day})", what=said, day=short_date(value.as_of) or value.checked.year)


def sources(setting: Setting, values: Iterable[Value]) -> str:
    """Where each figure was read first, and when they were last compared with it; the topic names all sources."""
    values = list(values)
    ids = dict.fromkeys(one.sources[0] for one in values)
    found = [setting.content.sources[id] for id in ids if id in setting.content.sources]
    names = [
        f'<a href="{escape(one.url)}">{escape(one.title, quote=False)}</a>' if one.url else escape(one.title)
        for one in found
    ]
    checked = min((one.checked for one in values), default=setting.today)
    line = setting.say("Source: {names}. Checked on {day}.", names="; ".join(names), day=f"{checked:%d.%m.%Y}")
    return f"<i>{line}</i>"


def screen(
    setting: Setting, lines: Iterable[str], rows: Iterable[Row], awaits: Address | None = None, is_safety: bool = False
) -> Screen:
    text = "\n\n".join(line for line in lines if line)
    return Screen(setting.code, text, tuple(rows), awaits=awaits, is_safety=is_safety, is_personal=True)

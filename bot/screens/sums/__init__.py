"""Calculators as guided screens: every choice is a tap and stands in the address; a day or a sum may also be typed.

Nothing of it is counted or kept: what a calculator waits for is remembered for minutes, in memory.
"""

from datetime import date
from decimal import Decimal

from bot.calculators.reading import ImpossibleDay, read_amount, read_day
from bot.screens.address import Address
from bot.screens.screen import Button, Screen
from bot.screens.setting import Setting
from bot.screens.sums import price, registration, stay, wages

__all__ = ["PATHS", "at", "buttons", "samples", "typed"]

_SCREENS = {one.PATH: one for one in (stay, registration, price, wages)}
PATHS = tuple(_SCREENS)


def at(setting: Setting, address: Address) -> Screen | None:
    """The screen of a calculator after these answers; its first one where an answer is unknown."""
    module = _SCREENS.get(address.path)
    return module.at(setting, address.answers) if module else None


def typed(setting: Setting, awaits: Address, text: str) -> Screen | None:
    """What follows when somebody types the awaited day or sum; None where the text is something else."""
    module = _SCREENS.get(awaits.path)
    if module is None:
        return None
    answer = _read(text, setting.today, module.awaits_sum(awaits.answers))
    return module.typed(setting, awaits.answers, answer) if answer is not None else None


def buttons(setting: Setting, topic: str) -> list[Button]:
    """The calculators that belong to a topic."""
    say = setting.say
    known = {
        "stay/how-long": ((stay.PATH, say("Count my days")),),
        "stay/registration": ((registration.PATH, say("Count my last day")),),
        "permits/household": ((price.PATH, say("Count the price")),),
        "permits/cost": ((price.PATH, say("Count the price")),),
        "permits/extend": ((price.PATH, say("Count the price")),),
        "rights/wages": ((wages.PATH, say("Count what I am owed")),),
    }
    return [setting.button(f"🧮 {label}", path) for path, label in known.get(topic, ())]


def samples(today: date) -> list[Address]:
    """Addresses of every kind of calculator screen, for check and tests."""
    return [Address(path, answers) for path, one in _SCREENS.items() for answers in one.samples(today)]


def _read(text: str, today: date, is_sum: bool) -> date | Decimal | str | None:
    """A day or a sum; `impossible` where it is meant as one and is none; None where it is no answer at all."""
    try:
        found = read_amount(text) if is_sum else read_day(text, today)
    except ImpossibleDay:
        return "impossible"
    has_figures = any(sign.isdigit() for sign in text)
    return found if found is not None or not has_figures or len(text.split()) > 4 else "impossible"

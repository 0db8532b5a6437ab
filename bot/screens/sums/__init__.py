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

__all__ = ["IMPOSSIBLE", "PATHS", "at", "buttons", "read", "samples", "typed"]

_SCREENS = {one.PATH: one for one in (stay, registration, price, wages)}
PATHS = tuple(_SCREENS)
Answer = date | Decimal | str
IMPOSSIBLE = "impossible"
_MOST_WORDS = 4  # of what is still taken for a day or a sum that went wrong, and not for a question


def at(setting: Setting, address: Address) -> Screen | None:
    """The screen of a calculator after these answers; its first one where an answer is unknown."""
    module = _SCREENS.get(address.path)
    return module.at(setting, address.answers) if module else None


def read(awaits: Address, text: str, today: date) -> Answer | None:
    """The awaited day or sum in what somebody typed; IMPOSSIBLE where it is meant as one and is none."""
    module = _SCREENS.get(awaits.path)
    if module is None:
        return None
    try:
        found = read_amount(text) if module.awaits_sum(awaits.answers) else read_day(text, today)
    except ImpossibleDay:
        return IMPOSSIBLE
    has_figures = any(sign.isdigit() for sign in text)
    return found if found is not None or not has_figures or len(text.split()) > _MOST_WORDS else IMPOSSIBLE


def typed(setting: Setting, awaits: Address, answer: Answer) -> Screen:
    """What follows a typed day or sum."""
    shown: Screen = _SCREENS[awaits.path].typed(setting, awaits.answers, answer)
    return shown


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
    return [setting.button(f"🔢 {label}", path) for path, label in known.get(topic, ())]


def samples(today: date) -> list[Address]:
    """Addresses of every kind of calculator screen, for check and tests."""
    return [Address(path, answers) for path, one in _SCREENS.items() for answers in one.samples(today)]

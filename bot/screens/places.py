"""A place as a person reads it: its name, how far, its proven phones; a page of its own, and a card to save."""

from html import escape
from urllib.parse import urlencode

from bot.content.places import Phone, Place
from bot.screens import danger, wrong
from bot.screens.screen import Attachment, Button, Row, Screen
from bot.screens.setting import Setting

CARD = "card"
_MAP = "https://www.openstreetmap.org/?"
_SAME_TOWN = 15  # kilometres
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")  # how places.yaml writes them


def entry(setting: Setting, place: Place, km: float) -> str:
    """A place in a list: name, town, distance in round figures, phones."""
    far = setting.say("about {km} km away", km=_rounded(km)) if km >= _SAME_TOWN else setting.say("in your town")
    town = _town(setting, place)
    return f"<b>{_name(setting, place)}</b>\n{f'{town}, {far}' if town else far}\n{_phones(setting, place)}"


def button(setting: Setting, place: Place) -> Button:
    """The way to a place's own page."""
    return setting.button(place.name(setting.content.spellings[setting.code]), wrong.PLACE, (wrong.code(place),))


def page(setting: Setting, place: Place) -> Screen:
    """A place alone: its phones as buttons to copy, a card to save, a map where its address is public."""
    say = setting.say
    lines = [f"<b>{_name(setting, place)}</b>", _town(setting, place), _phones(setting, place)]
    rows: list[Row] = []
    answers = (wrong.code(place),)
    if shorts := [phone.number for phone in place.proven if phone.is_short]:
        rows.append(tuple(Button(say("Copy {number}", number=number), copy=number) for number in shorts))
    if any(not phone.is_short for phone in place.proven):
        rows.append((setting.button(say("Save as a contact"), wrong.PLACE, answers, CARD),))
    if place.spot:
        lat, lon = place.spot
        rows.append((Button(say("On the map"), url=_MAP + urlencode({"mlat": lat, "mlon": lon, "zoom": 17})),))
    rows.append((wrong.button(setting, wrong.PLACE, answers),))
    rows.append((setting.button(say("Back"), "near"), *setting.footer()))
    lines += [say("Phone first: people and opening hours change."), danger.line(setting.code)]
    return Screen(setting.code, "\n\n".join(line for line in lines if line), tuple(rows), is_safety=True)


def card(setting: Setting, place: Place) -> Screen:
    """A vCard of the proven phones, under a name that says nothing to whoever looks through the contacts."""
    say = setting.say
    numbers = [phone.number for phone in place.proven if not phone.is_short]
    if not numbers:
        return page(setting, place)
    name = say("Acquaintance")
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{name};;;;", f"FN:{name}", *(f"TEL:{one}" for one in numbers)]
    card = "\r\n".join([*lines, "END:VCARD", ""]).encode()
    caption = say("Open the file and save it. The name in it says nothing; change it as you like.")
    back = (setting.button(say("Back"), wrong.PLACE, (wrong.code(place),)), *setting.footer())
    return Screen(setting.code, caption, (back,), is_safety=True, attachment=Attachment("card", "", lambda: card))


def _name(setting: Setting, place: Place) -> str:
    return escape(place.name(setting.content.spellings[setting.code]), quote=False)


def _town(setting: Setting, place: Place) -> str:
    town = setting.content.town(place)
    return escape(town.name(setting.content.spellings[setting.code]), quote=False) if town else ""


def _phones(setting: Setting, place: Place) -> str:
    if not place.proven:
        return setting.say("Its phone is not confirmed yet. Ask 111 how to reach it.")
    return "\n".join(_phone(setting, phone) for phone in place.proven)


def _phone(setting: Setting, phone: Phone) -> str:
    """The number, and when somebody answers where that is known."""
    number = f"<b>{phone.number}</b>" if phone.is_short else phone.number
    hours = phone.hours
    for day, said in zip(_DAYS, setting.content.facts.units.weekdays(setting.code), strict=True):
        hours = hours.replace(day, said)
    return f"{number} ({hours})" if hours else number


def _rounded(km: float) -> int:
    """Ten by ten below a hundred kilometres, fifty by fifty above: a town is no point."""
    step = 10 if km < 100 else 50
    return max(step, round(km / step) * step)

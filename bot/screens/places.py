"""Help near a point: the places of the nearest towns, and the national lines that always serve."""

from html import escape

from bot.content.places import Place
from bot.content.regions import is_in_kazakhstan
from bot.screens import danger
from bot.screens.screen import Screen
from bot.screens.setting import Setting

_NEAREST = 4
_KINDS = ("ngo", "crisis_center", "legal_aid", "medical")  # consulates and offices have topics of their own


def near(setting: Setting, lat: float, lon: float) -> Screen:
    """The nearest places to a point in degrees; the point is used here and goes nowhere else."""
    say = setting.say
    title = f"<b>{say('Help near you')}</b>"
    if not is_in_kazakhstan(lat, lon):
        lines = [
            title,
            say("This place is not in Kazakhstan. We know helpers in Kazakhstan only."),
            danger.line(setting.code),
        ]
    else:
        places = setting.content.places.values()
        helpers = [place for place in places if place.point and place.kind in _KINDS and place.is_listed]
        nearest = sorted(helpers, key=lambda place: (place.km_from(lat, lon), place.id))[:_NEAREST]
        lines = [
            title,
            *(_entry(setting, place, place.km_from(lat, lon)) for place in nearest),
            danger.line(setting.code),
        ]
    lines.append(say("Your location is not kept."))
    rows = (
        (setting.button(setting.say("Urgent"), danger.PATH),),
        (setting.topic("help/hotlines"),),
        (setting.topic("help/consulates"),),
        setting.footer(),
    )
    return Screen(setting.code, "\n\n".join(lines), rows, is_safety=True)


def _entry(setting: Setting, place: Place, km: float) -> str:
    spelling = setting.content.spellings[setting.code]
    name, town = escape(place.name(spelling), quote=False), setting.content.town(place)
    where = f"{escape(town.name(spelling), quote=False)}, " if town else ""
    far = setting.say("about {km} km away", km=round(km)) if km >= 1 else setting.say("in your town")
    phones = "\n".join(phone.number for phone in place.proven)
    way = phones or setting.say("Its phone is not confirmed yet. Ask 111 how to reach it.")
    return f"<b>{name}</b>\n{where}{far}\n{way}"

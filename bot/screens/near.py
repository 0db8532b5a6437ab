"""Nearest help: what for, which region, which town, or a shared location; then the three nearest who serve it.

What for is a letter in the address, so that a button says nothing to a stranger. A location is used here and goes
nowhere else; a region may be counted, because the person tapped it.
"""

from bot.content.places import Place, nearest
from bot.content.regions import ALL, Point, Region, is_in_kazakhstan
from bot.screens import danger, places
from bot.screens.address import Address
from bot.screens.screen import Button, Row, Screen
from bot.screens.setting import Setting, pairs

PATH = "near"
MORE = "more"  # the other half of the regions
CONSULAR = "d"
SERVES = {"a": ("labour", "legal"), "b": ("violence",), "c": ("trafficking",), CONSULAR: ("consular",)}
_MOST = 3
_FIRST = 9  # regions on the first of two pages
_WIDEST = 17


def at(setting: Setting, answers: tuple[str, ...]) -> Screen | None:
    """The next choice, or the three nearest; None where an answer is unknown."""
    if not answers:
        return _needs(setting)
    need, *rest = answers
    if need not in SERVES:
        return None
    if need == CONSULAR:
        if not rest:
            return _countries(setting)
        need, rest = f"{need}.{rest[0]}", rest[1:]
        if rest_of(need) not in _consulates(setting):
            return None
    if not rest or rest == [MORE]:
        return _regions(setting, need, bool(rest))
    region = setting.content.regions.get(rest[0])
    if region is None or not region.towns or len(rest) > 2:
        return None
    if len(rest) == 1 and len(region.towns) > 1:
        return _towns(setting, need, region)
    town = region.towns.get(rest[1]) if len(rest) > 1 else next(iter(region.towns.values()))
    return _in_town(setting, need, region, town.point if town else None) if town else None


def around(setting: Setting, lat: float, lon: float, awaited: Address | None) -> Screen:
    """The three nearest to a shared location, for the need that was chosen just before, if any."""
    chosen = awaited.answers if awaited and awaited.path == PATH else ()
    need = ".".join(chosen[:2] if chosen[:1] == (CONSULAR,) else chosen[:1])
    say = setting.say
    if not is_in_kazakhstan(lat, lon):
        lines = [
            f"<b>{say('Help near you')}</b>",
            say("This place is not in Kazakhstan. We know helpers in Kazakhstan only."),
        ]
        return _screen(setting, lines, (), need)
    lines, rows = _listed(setting, need, (lat, lon))
    return _screen(setting, [f"<b>{say('Help near you')}</b>", *lines], rows, need, say("Your location is not kept."))


def rest_of(need: str) -> str:
    """The country in the need for a consulate."""
    return need.partition(".")[2]


def _needs(setting: Setting) -> Screen:
    say = setting.say
    labels = {
        "a": say("Work and wages"),
        "b": say("Home and family"),
        "c": say("I want to leave"),
        CONSULAR: say("My consulate"),
    }
    rows: list[Row] = [(setting.button(label, PATH, (need,)),) for need, label in labels.items()]
    rows += [(setting.button(say("Back"), "help"), *setting.footer())]
    return _choice(setting, say("What about?"), rows)


def _countries(setting: Setting) -> Screen:
    units = setting.content.facts.units
    buttons = [
        setting.button(units.country(code, setting.code), PATH, (CONSULAR, code)) for code in _consulates(setting)
    ]
    rows = [*pairs(buttons, _WIDEST), _back(setting, ())]
    return _choice(setting, setting.say("Which country is yours?"), rows)


def _regions(setting: Setting, need: str, is_more: bool) -> Screen:
    """Two pages: the big cities and the south first, as regions.yaml orders them."""
    say, spelling = setting.say, setting.content.spellings[setting.code]
    known = [region for region in setting.content.regions.values() if region.id != ALL and region.towns]
    shown = known[_FIRST:] if is_more else known[:_FIRST]
    answers = tuple(need.split("."))
    buttons = [setting.button(region.name(spelling), PATH, (*answers, region.id)) for region in shown]
    rows = pairs(buttons, _WIDEST)
    if not is_more and len(known) > _FIRST:
        rows.append((setting.button(say("Other regions"), PATH, (*answers, MORE)),))
    rows.append(_back(setting, answers if is_more else answers[:-1]))
    hint = say("Or send your location: 📎 → Location. It is used once, and the bot deletes that message.")
    return _choice(setting, say("Where are you?"), rows, hint, Address(PATH, answers))


def _towns(setting: Setting, need: str, region: Region) -> Screen:
    spelling = setting.content.spellings[setting.code]
    answers = tuple(need.split("."))
    buttons = [
        setting.button(town.name(spelling), PATH, (*answers, region.id, town.id)) for town in region.towns.values()
    ]
    rows = [*pairs(buttons, _WIDEST), _back(setting, answers)]
    return _choice(setting, setting.say("Which town is nearest to you?"), rows)


def _in_town(setting: Setting, need: str, region: Region, point: Point | None) -> Screen:
    """The nearest to a chosen town; one whose own point is unknown stands where its region's first town does."""
    say, spelling = setting.say, setting.content.spellings[setting.code]
    point = point or next((town.point for town in region.towns.values() if town.point), None)
    title = f"<b>{say('Help nearby: {region}', region=region.name(spelling))}</b>"
    lines, rows = _listed(setting, need, point) if point else ([], ())
    return _screen(setting, [title, *lines], rows, need, region=region.id)


def _listed(setting: Setting, need: str, point: Point) -> tuple[list[str], tuple[Row, ...]]:
    """The three nearest, in words and as buttons to their pages."""
    found = nearest(_serving(setting, need), point, _MOST)
    if not found:
        return [setting.say("We know nobody for this yet. Begin with the lines below.")], ()
    lines = [places.entry(setting, place, km) for place, km in found]
    return [*lines, setting.say("Phone first: people and opening hours change.")], tuple(
        (places.button(setting, place),) for place, _ in found
    )


def _serving(setting: Setting, need: str) -> list[Place]:
    """Who serves a need and can be shown; without a need everybody who helps, but no consulate."""
    helpers = [place for place in setting.content.places.values() if place.helps]
    if not need:
        return [place for place in helpers if not place.country]
    wanted = SERVES[need[:1]]
    ours = [place for place in helpers if set(wanted) & set(place.serves)]
    return [place for place in ours if place.country == rest_of(need)]


def _consulates(setting: Setting) -> list[str]:
    return list(dict.fromkeys(place.country for place in setting.content.places.values() if place.country))


def _choice(setting: Setting, ask: str, rows: list[Row], hint: str = "", awaits: Address | None = None) -> Screen:
    lines = [f"<b>{setting.say('Nearest help')}</b>", ask, *([hint] if hint else [])]
    return Screen(setting.code, "\n\n".join(lines), tuple(rows), is_safety=True, awaits=awaits)


def _screen(
    setting: Setting, lines: list[str], rows: tuple[Row, ...], need: str, note: str = "", region: str = ""
) -> Screen:
    answers = tuple(need.split(".")) if need else ()
    lines = [*lines, danger.line(setting.code), *([note] if note else [])]
    ways: list[Row] = [
        (setting.button(setting.say("Urgent"), danger.PATH), setting.topic("help/hotlines")),
        *([] if need else [(setting.topic("help/consulates"),)]),
        _back(setting, answers),
    ]
    return Screen(setting.code, "\n\n".join(lines), (*rows, *ways), is_safety=True, region=region)


def _back(setting: Setting, answers: tuple[str, ...]) -> tuple[Button, ...]:
    return (setting.button(setting.say("Back"), PATH, answers), *setting.footer())

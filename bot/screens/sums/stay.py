"""Until when a stay without a visa may last: citizenship, the day of entry, and earlier stays if there were any."""

from datetime import date, timedelta
from decimal import Decimal

from bot.calculators.stay import COUNTRIES, OLDEST, Limits, Trip, days_left, last_day, limits
from bot.screens.screen import Row, Screen
from bot.screens.setting import Setting, pairs
from bot.screens.sums import said
from bot.screens.sums.calendar import Answers, Pick, day_token, is_day, is_month, month_token, of_token, pick, problem

PATH = "sum/stay"
_ADD = "x"  # the last answer when an earlier stay is being added; then its first day and a month, then both its days
_MOST_TRIPS = 3  # more do not fit into a button


def at(setting: Setting, answers: Answers) -> Screen:
    """The next thing to choose, or the result."""
    if not answers or answers[0] not in COUNTRIES:
        return _countries(setting)
    country, *rest = answers
    found = limits(setting.content.facts, country, setting.today)
    if found is None:
        return _unknown(setting)
    entry = of_token(rest[0]) if rest else None
    if entry is None or is_month(rest[0]) or entry > setting.today:
        return _entry(setting, country, entry or setting.today)
    trips = _trips(rest[1:])
    last = rest[-1]
    if len(trips) == len(rest) - 1 <= _MOST_TRIPS:
        return _result(setting, country, entry, trips, found)
    before = (country, *rest[:-1])
    if last.partition("-")[0] == _ADD:
        return _first(setting, before, entry, of_token(last.removeprefix(_ADD).removeprefix("-")))
    begin, _, page = last.partition("-")
    first = of_token(begin)
    if first is None or not is_day(begin):
        return _entry(setting, country, entry)
    return _last(setting, before, entry, first, of_token(page))


def awaits_sum(answers: Answers) -> bool:
    return False


def typed(setting: Setting, answers: Answers, answer: date | Decimal | str) -> Screen:
    """A day that was typed instead of tapped."""
    country, *rest = answers
    entry = of_token(rest[0]) if rest else None
    if entry is None:
        wrong = problem(setting, answer, *_entry_range(setting))
        if wrong or not isinstance(answer, date):
            return _entry(setting, country, setting.today, wrong)
        return at(setting, (country, day_token(answer)))
    before = (country, *rest[:-1])
    first = of_token(rest[-1].partition("-")[0])
    if first is None:
        wrong = problem(setting, answer, *_first_range(entry))
        if wrong or not isinstance(answer, date):
            return _first(setting, before, entry, None, wrong)
        return at(setting, (*before, f"{day_token(answer)}-{month_token(answer)}"))
    wrong = problem(setting, answer, first, entry)
    if wrong or not isinstance(answer, date):
        return _last(setting, before, entry, first, None, wrong)
    return at(setting, (*before, f"{day_token(first)}-{day_token(answer)}"))


def samples(today: date) -> list[Answers]:
    """One way through every screen, for every country."""
    entry = day_token(today - timedelta(40))
    old, end = today - timedelta(100), today - timedelta(60)
    trip = f"{day_token(old)}-{day_token(end)}"
    ways: list[Answers] = [
        (),
        ("uz", month_token(today)),
        ("uz", entry, _ADD),
        ("uz", entry, f"{day_token(old)}-{month_token(end)}"),
    ]
    ways += [way for one in COUNTRIES for way in ((one,), (one, entry), (one, day_token(today)), (one, entry, trip))]
    return [*ways, ("kg", entry, trip, trip, trip), ("xx",), ("uz", "zzzz"), ("uz", entry, "y")]


def _countries(setting: Setting) -> Screen:
    units = setting.content.facts.units
    buttons = [setting.button(units.country(one, setting.code), PATH, (one,)) for one in COUNTRIES[:-1]]
    rows = [*pairs(buttons), (setting.button(setting.say("Another country"), PATH, (COUNTRIES[-1],)),)]
    lines = [
        said.bold(setting.say("How many days are left")),
        setting.say("For those who came without a visa. Nothing you choose is kept."),
        setting.say("What is your citizenship?"),
    ]
    return said.screen(setting, lines, [*rows, _back_to_topic(setting)])


def _unknown(setting: Setting) -> Screen:
    lines = [
        said.bold(setting.say("How many days are left")),
        setting.say("We have not confirmed how long citizens of your country may stay. Ask your consulate."),
    ]
    rows: list[Row] = [(setting.topic("help/consulates"),), (setting.topic("stay/how-long"),)]
    return said.screen(setting, lines, [*rows, (setting.button(setting.say("Back"), PATH), *setting.footer())])


def _entry(setting: Setting, country: str, month: date, wrong: str = "") -> Screen:
    what = Pick(
        PATH, (country,), *_entry_range(setting),
        lambda day: (country, month_token(day)), lambda day: (country, day_token(day)),
        (setting.button(setting.say("Back"), PATH), *setting.footer()),
    )  # fmt: skip
    ask = setting.say("On which day did you last enter Kazakhstan? It stands on the stamp in your passport.")
    return pick(setting, what, month, [wrong, said.bold(ask)])


def _first(setting: Setting, before: Answers, entry: date, month: date | None, wrong: str = "") -> Screen:
    what = Pick(
        PATH, (*before, _ADD), *_first_range(entry),
        lambda day: (*before, f"{_ADD}-{month_token(day)}"),
        lambda day: (*before, f"{day_token(day)}-{month_token(day)}"),
        (setting.button(setting.say("Back"), PATH, before), *setting.footer()),
    )  # fmt: skip
    ask = setting.say("An earlier stay: on which day did you come?")
    return pick(setting, what, month or entry, [wrong, said.bold(ask)])


def _last(setting: Setting, before: Answers, entry: date, first: date, month: date | None, wrong: str = "") -> Screen:
    begin = day_token(first)
    what = Pick(
        PATH, (*before, f"{begin}-{month_token(first)}"), first, entry,
        lambda day: (*before, f"{begin}-{month_token(day)}"),
        lambda day: (*before, f"{begin}-{day_token(day)}"),
        (setting.button(setting.say("Back"), PATH, (*before, _ADD)), *setting.footer()),
    )  # fmt: skip
    ask = setting.say("And on which day did you leave?")
    return pick(setting, what, month or first, [wrong, said.bold(ask)])


def _result(setting: Setting, country: str, entry: date, trips: list[Trip], found: Limits) -> Screen:
    """The last day by this count, how it was counted, and what to do next."""
    say = setting.say
    last = last_day(entry, trips, found)
    left = days_left(last, setting.today) if last else 0
    answers = (country, day_token(entry), *(f"{day_token(one.first)}-{day_token(one.last)}" for one in trips))
    lines = [said.bold(say("How many days are left"))]
    if last is None:
        lines.append(say("By this count your days were used up before this entry."))
    elif left > 0:
        lines += [
            say("Last day by this count: {day}", day=said.day(setting, last)),
            say("Left, with today: {days}", days=said.bold(said.count(setting, "days", left))),
        ]
    else:
        ago = said.count(setting, "days", -left + 1)
        lines.append(say("By this count the last day was {day}, {days} ago.", day=said.day(setting, last), days=ago))
    if left <= 0:
        lines.append(say("Do not go to an office before you have spoken to a lawyer. The advice is free."))
    lines += [_formula(setting, country, entry, trips, found), said.sources(setting, found.values)]
    return said.screen(setting, lines, _ways(setting, answers, left), is_safety=left <= 0)


def _formula(setting: Setting, country: str, entry: date, trips: list[Trip], found: Limits) -> str:
    say = setting.say
    after, total, period = (said.fact(setting, name) for name in found.names)
    lines = [
        say("How we counted"),
        say("Entry: {day}. The day of entry and the day of exit both count.", day=f"{entry:%d.%m.%Y}"),
        say("After an entry: {days}.", days=after),
        say("In all: {days} in any {period}.", days=total, period=period),
    ]
    if country == "tj":
        free = said.fact(setting, "registration_free_days_tj")
        lines[2] = say("Registered you may stay {days}; without registration only {free}.", days=after, free=free)
    lines += [
        say("Earlier stay: {first} – {last}.", first=f"{one.first:%d.%m.%Y}", last=f"{one.last:%d.%m.%Y}")
        for one in trips
    ]
    if not trips:
        lines.append(say("If you were here before in this time, add it: then fewer days are left."))
    lines.append(say("We found no official example of this count. A visa or a residence permit has its own term."))
    return f"<b>{lines[0]}</b>\n" + "\n".join(f"• {line}" for line in lines[1:])


def _ways(setting: Setting, answers: Answers, left: int) -> list[Row]:
    say = setting.say
    rows: list[Row] = []
    if len(answers) - 2 < _MOST_TRIPS:
        rows.append((setting.button(say("Add an earlier stay"), PATH, (*answers, _ADD)),))
    if left <= 0:
        rows += [(setting.topic("stay/overstay"),), (setting.topic("help/legal-aid"),)]
    else:
        rows += [(setting.topic("stay/registration"),), (setting.topic("stay/temporary-residence"),)]
    other = setting.button(say("Another day"), PATH, answers[:1])
    return [*rows, (other, setting.button(say("Back"), "stay/how-long")), setting.footer()]


def _trips(tokens: list[str]) -> list[Trip]:
    """The earlier stays that are complete; anything else is left out."""
    found = []
    for token in tokens:
        begin, _, end = token.partition("-")
        first, last = of_token(begin), of_token(end)
        if first and last and is_day(begin) and is_day(end) and first <= last:
            found.append(Trip(first, last))
    return found


def _entry_range(setting: Setting) -> tuple[date, date]:
    return setting.today - timedelta(OLDEST), setting.today


def _first_range(entry: date) -> tuple[date, date]:
    return entry - timedelta(400), entry


def _back_to_topic(setting: Setting) -> Row:
    return (setting.button(setting.say("Back"), "stay/how-long"), *setting.footer())

"""What a permit to work in a home costs: from which month, for how many months."""

from datetime import date
from decimal import Decimal

from bot.calculators.price import Price, months_from, price
from bot.screens.screen import Row, Screen
from bot.screens.setting import Setting
from bot.screens.sums import said
from bot.screens.sums.calendar import Answers, month_token, of_token

PATH = "sum/price"
_STARTS = 6  # months from now that can be chosen to begin with
_IN_ROW = 4


def at(setting: Setting, answers: Answers) -> Screen:
    """The first month, the number of months, and the result."""
    start = of_token(answers[0]) if answers else None
    if start is None:
        return _starts(setting)
    least, most = (int(_value(setting, name)) for name in ("household_term_min", "household_term_max"))
    months = int(answers[1]) if len(answers) > 1 and answers[1].isdigit() else 0
    if not least <= months <= most:
        return _months(setting, start, least, most)
    return _result(setting, start, months)


def awaits_sum(answers: Answers) -> bool:
    return False


def typed(setting: Setting, answers: Answers, answer: date | Decimal | str) -> Screen:
    """Nothing is typed here; the screen it would have been typed to."""
    return at(setting, answers)


def samples(today: date) -> list[Answers]:
    """Within the year, across its end, after it, and a nonsense number of months."""
    this, far = month_token(today), month_token(months_from(today, 7)[-1])
    return [(), (this,), (this, "1"), (this, "12"), (far, "3"), (this, "0"), (this, "99"), ("x",)]


def worded(setting: Setting, months: int) -> str:
    """The price of so many months from today, for the ending of a flow: the sum, how it was counted, its source."""
    found = _price(setting, setting.today, months)
    if found is None:
        return ""
    head = setting.say("If you begin this month: {months}", months=said.count(setting, "months", months))
    lines = [f"{said.bold(head)}\n{_total(setting, found)}", _formula(setting, found)]
    return "\n\n".join([*lines, said.sources(setting, (*found.taxes, *found.indexes))])


def _starts(setting: Setting) -> Screen:
    units = setting.content.facts.units
    months = months_from(setting.today, _STARTS)
    buttons = [setting.button(units.month(one, setting.code), PATH, (month_token(one),)) for one in months]
    rows: list[Row] = [tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2)]
    lines = [said.bold(setting.say("Price of a permit for a home")), setting.say("From which month?")]
    return said.screen(setting, lines, [*rows, _back(setting)])


def _months(setting: Setting, start: date, least: int, most: int) -> Screen:
    numbers = list(range(least, most + 1))
    buttons = [setting.button(str(one), PATH, (month_token(start), str(one))) for one in numbers]
    rows: list[Row] = [tuple(buttons[place : place + _IN_ROW]) for place in range(0, len(buttons), _IN_ROW)]
    lines = [said.bold(setting.say("Price of a permit for a home")), setting.say("For how many months?")]
    return said.screen(setting, lines, [*rows, (setting.button(setting.say("Back"), PATH), *setting.footer())])


def _result(setting: Setting, start: date, months: int) -> Screen:
    say = setting.say
    found = _price(setting, start, months)
    month = setting.content.facts.units.month(start, setting.code)
    lines = [said.bold(say("Price of a permit for a home")), f"{month} – {said.count(setting, 'months', months)}"]
    if found is None:
        lines.append(say("The tax of these months is not known to us. Ask the tax office."))
    else:
        lines += [_total(setting, found), _formula(setting, found)]
        lines.append(said.sources(setting, (*found.taxes, *found.indexes)))
    rows: list[Row] = [
        (setting.button(say("Other months"), PATH, (month_token(start),)),),
        (setting.topic("permits/household"),),
        _back(setting),
    ]
    return said.screen(setting, lines, rows)


def _formula(setting: Setting, found: Price) -> str:
    """The tax of each month and the index of each year that were multiplied."""
    say = setting.say
    lines = [
        say("Tax paid in advance: {tax} for each month.", tax=said.count(setting, "mci_alone", Decimal(one.value)))
        for one in found.taxes
    ]
    lines += [
        say(
            "The monthly calculation index in {year}: {index}.",
            year=one.since.year,
            index=said.count(setting, "money", Decimal(one.value)),
        )
        for one in found.indexes
    ]
    lines.append(say("We found no other fee for this permit. Ask at the Population Service Centre."))
    return f"<b>{say('How we counted')}</b>\n" + "\n".join(f"• {line}" for line in lines)


def _total(setting: Setting, found: Price) -> str:
    say = setting.say
    indices = said.count(setting, "mci_alone", found.indices)
    if found.money is not None:
        money = said.count(setting, "money", found.money)
        return say("Together: {money} ({indices}).", money=said.bold(money), indices=indices)
    lines = [
        say("Together: {indices}.", indices=said.bold(indices)),
        say("A sum in tenge cannot be said yet: the index of next year is not known. It is usually set in December."),
    ]
    if found.known_months:
        known = said.count(setting, "months", found.known_months)
        money = said.count(setting, "money", found.known_money)
        lines.append(say("For the first {months} it is {money}.", months=known, money=money))
    return " ".join(lines)


def _price(setting: Setting, start: date, months: int) -> Price | None:
    facts = setting.content.facts.all
    return price(start, months, facts["permit_tax_month"], facts["mci"])


def _value(setting: Setting, name: str) -> str:
    value = setting.content.facts.all[name].on(setting.today)
    assert value is not None
    return value.value


def _back(setting: Setting) -> Row:
    return (setting.button(setting.say("Back"), "permits/cost"), *setting.footer())

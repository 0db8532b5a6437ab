"""What unpaid wages come to: pay for a month, since which month, for how many, and what was paid of it."""

from datetime import date
from decimal import Decimal

from bot.calculators.price import months_from
from bot.calculators.wages import MOST_MONTHS, MOST_PAY, Debt, debt
from bot.screens.address import Address
from bot.screens.screen import Row, Screen
from bot.screens.setting import Setting
from bot.screens.sums import said
from bot.screens.sums.calendar import Answers, month_token, of_token

PATH = "sum/wages"
_PAYS = (100_000, 150_000, 200_000, 250_000, 300_000, 400_000)
_PART = "part"
_SHOWN = 12  # months to choose from, and months listed


def at(setting: Setting, answers: Answers) -> Screen:
    """Pay, first unpaid month, number of months, part that was paid; then the result."""
    pay = _number(answers[0], MOST_PAY) if answers else 0
    if not pay:
        return _pay(setting)
    first = of_token(answers[1]) if len(answers) > 1 else None
    if first is None or first > setting.today:
        return _first(setting, pay)
    possible = _possible(first, setting.today)
    months = _number(answers[2], possible) if len(answers) > 2 else 0
    if not months:
        return _months(setting, pay, first, possible)
    if answers[3:] == (_PART,):
        return _part(setting, answers[:3])
    paid = _number(answers[3], pay * months) if len(answers) > 3 else 0
    return _result(setting, pay, first, months, paid)


def awaits_sum(answers: Answers) -> bool:
    return True


def typed(setting: Setting, answers: Answers, answer: date | Decimal | str) -> Screen:
    """A sum that was typed: the pay of a month, or the part that was paid."""
    say = setting.say
    most = _number(answers[0], MOST_PAY) * int(answers[2]) if answers else MOST_PAY
    wrong = ""
    if not isinstance(answer, Decimal):
        wrong = say("I could not read this sum. Write figures only: 250000.")
    elif answer <= 0:
        wrong = say("A sum must be more than nought. Write figures only: 250000.")
    elif answer > most:
        wrong = say("This sum is too large. Check the noughts and write it again.")
    if wrong or not isinstance(answer, Decimal):
        return _part(setting, answers[:3], wrong) if answers else _pay(setting, wrong)
    return at(setting, (*answers[:3], str(int(answer)))) if answers else at(setting, (str(int(answer)),))


def samples(today: date) -> list[Answers]:
    """One way through every screen, and sums that are none."""
    old = month_token(months_from(date(today.year - 1, today.month, 1), 6)[-1])
    ways: list[Answers] = [(), ("250000",), ("250000", old), ("250000", old, "3"), ("50000", old, "2")]
    return [*ways, ("250000", old, "3", _PART), ("250000", old, "3", "40000"), ("0",), ("999999999999",), ("x", "y")]


def _pay(setting: Setting, wrong: str = "") -> Screen:
    say = setting.say
    buttons = [setting.button(said.count(setting, "money", one), PATH, (str(one),)) for one in _PAYS]
    rows: list[Row] = [tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2)]
    lines = [
        wrong,
        said.bold(say("What I am owed")),
        say("What was promised for one month? Tap, or write the sum in tenge: 250000. It is not kept."),
    ]
    back = (setting.button(say("Back"), "rights/wages"), *setting.footer())
    return said.screen(setting, lines, [*rows, back], Address(PATH))


def _first(setting: Setting, pay: int) -> Screen:
    units = setting.content.facts.units
    start = date(setting.today.year - 1, setting.today.month, 1)
    months = months_from(start, _SHOWN + 1)[:0:-1]
    buttons = [setting.button(units.month(one, setting.code), PATH, (str(pay), month_token(one))) for one in months]
    rows: list[Row] = [tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2)]
    lines = [said.bold(setting.say("What I am owed")), setting.say("Which is the first month that was not paid?")]
    return said.screen(setting, lines, [*rows, (setting.button(setting.say("Back"), PATH), *setting.footer())])


def _months(setting: Setting, pay: int, first: date, possible: int) -> Screen:
    given = (str(pay), month_token(first))
    buttons = [setting.button(str(one), PATH, (*given, str(one))) for one in range(1, possible + 1)]
    rows: list[Row] = [tuple(buttons[place : place + 6]) for place in range(0, len(buttons), 6)]
    lines = [said.bold(setting.say("What I am owed")), setting.say("How many months were not paid?")]
    back = setting.button(setting.say("Back"), PATH, given[:1])
    return said.screen(setting, lines, [*rows, (back, *setting.footer())])


def _part(setting: Setting, given: Answers, wrong: str = "") -> Screen:
    say = setting.say
    lines = [wrong, said.bold(say("What I am owed")), say("How much of it was paid? Write the sum in tenge: 50000.")]
    row = (setting.button(say("Back"), PATH, given), *setting.footer())
    return said.screen(setting, lines, [row], Address(PATH, (*given, _PART)))


def _result(setting: Setting, pay: int, first: date, months: int, paid: int) -> Screen:
    say, facts = setting.say, setting.content.facts.all
    names = ("wage_payday", "wage_penalty_rate", "minimum_wage")
    values = [value for name in names if (value := facts[name].on(setting.today))]
    found = debt(Decimal(pay), first, months, Decimal(paid), int(values[0].value), setting.today)
    money = said.count(setting, "money", found.owed)
    sum_ = f"{said.count(setting, 'money', pay)} × {months}" + (
        f" − {said.count(setting, 'money', paid)}" if paid else ""
    )
    lines = [
        said.bold(say("What I am owed")),
        say("Owed without the penalty: {money}", money=said.bold(money)) + f"\n{sum_}",
        _late(setting, found),
        say(
            "The law adds a penalty for every day: the base rate of the National Bank × {rate}. "
            "We do not give its sum: the rate counts on the day of payment and changes. Ask the labour inspectorate.",
            rate=said.fact(setting, "wage_penalty_rate"),
        ),
        say("If you have left: all of it within {days} after the last day.", days=said.fact(setting, "final_pay_days")),
        _too_little(setting, pay),
        said.sources(setting, values[:2] if pay >= Decimal(values[2].value) else values),
    ]
    given = (str(pay), month_token(first), str(months))
    rows: list[Row] = [
        (setting.button(say("A part was paid"), PATH, (*given, _PART)), setting.button(say("Another sum"), PATH)),
        (setting.topic("rights/complaint"),),
        (setting.topic("help/legal-aid"),),
        (setting.button(say("Back"), "rights/wages"), *setting.footer()),
    ]
    return said.screen(setting, lines, rows)


def _late(setting: Setting, found: Debt) -> str:
    """When each month was due at the latest; the number of days, since a penalty is counted by them."""
    say, units = setting.say, setting.content.facts.units
    lines = [say("Due at the latest, and days late today")]
    lines += [
        f"• {units.month(one.first, setting.code)}: {one.due:%d.%m.%Y}, {said.count(setting, 'days', one.late)}"
        for one in found.months[:_SHOWN]
    ]
    return "\n".join(lines)


def _too_little(setting: Setting, pay: int) -> str:
    value = setting.content.facts.all["minimum_wage"].on(setting.today)
    if value is None or pay >= Decimal(value.value):
        return ""
    least = said.fact(setting, "minimum_wage")
    return setting.say("For a full month of simple work the least is {money}: your pay is below it.", money=least)


def _possible(first: date, today: date) -> int:
    """How many months have begun since the first unpaid one."""
    return min(MOST_MONTHS, (today.year - first.year) * 12 + today.month - first.month + 1)


def _number(token: str, most: int) -> int:
    """A whole number above nought and not above `most`, else nought."""
    return int(token) if token.isdigit() and len(token) < 12 and 0 < int(token) <= most else 0

"""The last day to report and to register: by working days for the host and after a move, by calendar days oneself."""

from datetime import date, timedelta
from decimal import Decimal

from bot.calculators.working_days import working_day
from bot.content.facts import Value
from bot.screens.screen import Row, Screen
from bot.screens.setting import Setting
from bot.screens.sums import said
from bot.screens.sums.calendar import Answers, Pick, day_token, is_month, month_token, of_token, pick, problem

PATH = "sum/registration"
_ENTERED, _MOVED = "in", "move"
_OLDEST = 400


def at(setting: Setting, answers: Answers) -> Screen:
    """What happened, on which day, and the result."""
    if not answers or answers[0] not in (_ENTERED, _MOVED):
        return _events(setting)
    event = answers[0]
    day = of_token(answers[1]) if len(answers) > 1 else None
    if day is None or is_month(answers[1]) or day > setting.today:
        return _calendar(setting, event, day or setting.today)
    return _entered(setting, day) if event == _ENTERED else _moved(setting, day)


def awaits_sum(answers: Answers) -> bool:
    return False


def typed(setting: Setting, answers: Answers, answer: date | Decimal | str) -> Screen:
    """A day that was typed instead of tapped."""
    wrong = problem(setting, answer, setting.today - timedelta(_OLDEST), setting.today)
    if wrong or not isinstance(answer, date):
        return _calendar(setting, answers[0], setting.today, wrong)
    return at(setting, (answers[0], day_token(answer)))


def samples(today: date) -> list[Answers]:
    """Both ways, near and long past."""
    days = [day_token(today - timedelta(days)) for days in (0, 3, 60)]
    return [
        (),
        *(
            (event, *day)
            for event in (_ENTERED, _MOVED)
            for day in ((), (month_token(today),), *((one,) for one in days))
        ),
    ]


def _events(setting: Setting) -> Screen:
    say = setting.say
    rows: list[Row] = [
        (setting.button(say("I entered Kazakhstan"), PATH, (_ENTERED,)),),
        (setting.button(say("I moved to another address"), PATH, (_MOVED,)),),
        (setting.button(say("Back"), "stay/registration"), *setting.footer()),
    ]
    lines = [
        said.bold(say("Last day to register")),
        say("Nothing you choose is kept."),
        say("What has happened?"),
    ]
    return said.screen(setting, lines, rows)


def _calendar(setting: Setting, event: str, month: date, wrong: str = "") -> Screen:
    what = Pick(
        PATH, (event,), setting.today - timedelta(_OLDEST), setting.today,
        lambda day: (event, month_token(day)), lambda day: (event, day_token(day)),
        (setting.button(setting.say("Back"), PATH), *setting.footer()),
    )  # fmt: skip
    ask = (
        setting.say("On which day did you arrive?") if event == _ENTERED else setting.say("On which day did you move?")
    )
    return pick(setting, what, month, [wrong, said.bold(ask)])


def _entered(setting: Setting, entry: date) -> Screen:
    say = setting.say
    host, own = _value(setting, "registration_host_days"), _value(setting, "registration_own_days")
    early, late = _both(entry, int(host.value))
    last = entry + timedelta(int(own.value) - 1)
    lines = [
        said.bold(say("Last day to register")),
        say("Your host tells the police about you until {day}.", day=said.day(setting, early)),
        _between(setting, early, late),
        say("Staying longer? Register yourself until {day}.", day=said.day(setting, last)),
        _formula(
            setting,
            say("The host: {days} after you arrive.", days=said.fact(setting, "registration_host_days")),
            say(
                "You yourself: {days}, the day of entry is the first.", days=said.fact(setting, "registration_own_days")
            ),
        ),
        said.sources(setting, [host, own]),
    ]
    return _result(setting, _ENTERED, lines, last)


def _moved(setting: Setting, day: date) -> Screen:
    say = setting.say
    value = _value(setting, "registration_move_days")
    early, late = _both(day, int(value.value))
    lines = [
        said.bold(say("Last day to register")),
        say("At the new address you register until {day}.", day=said.day(setting, early)),
        _between(setting, early, late),
        _formula(setting, say("After a move: {days}.", days=said.fact(setting, "registration_move_days"))),
        said.sources(setting, [value]),
    ]
    return _result(setting, _MOVED, lines, late)


def _both(day: date, count: int) -> tuple[date, date]:
    """The last day if the first day already counts, and if it does not: no official text says which."""
    return working_day(day, count, True), working_day(day, count, False)


def _between(setting: Setting, early: date, late: date) -> str:
    if early == late:
        return ""
    day = setting.content.facts.units.day(late, setting.code)
    return setting.say("Counted from the next day it is {day}. No official text says which; do not wait.", day=day)


def _formula(setting: Setting, *lines: str) -> str:
    say = setting.say
    holidays = say("Weekends and public holidays of Kazakhstan are left out; moved days and feasts can still change.")
    return f"<b>{say('How we counted')}</b>\n" + "\n".join(f"• {line}" for line in (*lines, holidays))


def _result(setting: Setting, event: str, lines: list[str], last: date) -> Screen:
    say = setting.say
    rows: list[Row] = []
    is_over = last < setting.today
    if is_over:
        lines.insert(-2, say("Has the day passed? Do not go to the police before you have spoken to a lawyer."))
        rows += [(setting.topic("stay/overstay"),), (setting.topic("help/legal-aid"),)]
    rows.append((setting.button(say("Another day"), PATH, (event,)), setting.button(say("Back"), "stay/registration")))
    return said.screen(setting, lines, [*rows, setting.footer()], is_safety=is_over)


def _value(setting: Setting, name: str) -> Value:
    value = setting.content.facts.all[name].on(setting.today)
    assert value is not None
    return value

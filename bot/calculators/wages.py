"""What unpaid wages come to, and since when each month is late; the penalty needs a rate that changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.calculators.price import months_from

MOST_MONTHS = 36
MOST_PAY = 100_000_000  # tenge a month; more is a slip of the finger


@dataclass(frozen=True)
class Month:
    """One unpaid month: when it should have been paid at the latest, and for how many days it has been late."""

    first: date
    due: date
    late: int


@dataclass(frozen=True)
class Debt:
    """What is owed without the penalty."""

    owed: Decimal
    months: Sequence[Month]


def debt(pay: Decimal, first: date, months: int, paid: Decimal, payday: int, today: date) -> Debt:
    """So many months at this pay, less what was paid; each is due on the pay day of the month after it."""
    return Debt(pay * months - paid, [_month(one, payday, today) for one in months_from(first, months)])


def _month(first: date, payday: int, today: date) -> Month:
    due = months_from(first, 2)[1].replace(day=payday)
    return Month(first, due, max(0, (today - due).days))

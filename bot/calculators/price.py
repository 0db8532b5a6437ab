"""What a household permit costs: indices for each month, and tenge by the index of the year each month lies in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.content.facts import Fact, Value


@dataclass(frozen=True)
class Price:
    """Indices in all; tenge only where the index of every month is known; and what of it is known."""

    indices: Decimal
    money: Decimal | None
    known_months: int
    known_money: Decimal
    taxes: tuple[Value, ...]
    indexes: tuple[Value, ...]


def price(start: date, months: int, tax: Fact, mci: Fact) -> Price | None:
    """The tax prepaid for so many months from the month of `start`; None where the tax of a month is not known."""
    indices, money, known = Decimal(0), Decimal(0), 0
    taxes, indexes = list[Value](), list[Value]()
    for day in months_from(start, months):
        rate, index = in_force(tax, day), in_force(mci, day)
        if rate is None:
            return None
        indices += Decimal(rate.value)
        taxes.append(rate)
        if index is not None:
            money += Decimal(rate.value) * Decimal(index.value)
            known += 1
            indexes.append(index)
    whole = money if known == months else None
    return Price(indices, whole, known, money, tuple(dict.fromkeys(taxes)), tuple(dict.fromkeys(indexes)))


def months_from(start: date, months: int) -> list[date]:
    """The first days of so many months, that of `start` included."""
    count = start.year * 12 + start.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(count, count + months)]


def in_force(fact: Fact, day: date) -> Value | None:
    """The value of a fact on a day, and never that of another year."""
    return next((one for one in fact.values if one.since <= day <= (one.until or date.max)), None)

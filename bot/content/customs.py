"""What CLDR says of a language, as far as we say it: taken from Babel when content is read, and kept with it.

Babel opens a language whole, with all its currencies, time zones and units: a megabyte each, and all of it in memory
for as long as the bot runs. So an answer never asks Babel; only a language whose numbers or dates are written by other
patterns than those of ours would.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_PATTERN = "#,##0.###"


@dataclass(frozen=True)
class Customs:
    """Signs in numbers, rules of the plural, names of months, of days from Monday on, and of countries.

    `date_pattern` has the fields of CLDR, `months_of_dates` how a month is called in one: `3 ноября 2026 г.`.
    """

    cldr: str
    number_pattern: str
    decimal: str
    group: str
    minus: str
    plural: Mapping[str, str]
    date_pattern: str
    months_of_dates: tuple[str, ...]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    countries: Mapping[str, str]

    def number(self, amount: Decimal, digits: int = 3) -> str:
        """As Babel's format_decimal writes it, with so many digits of a fraction at most: `43 250,5`."""
        if self.number_pattern != _PATTERN:
            return _asked(amount, self.cldr)
        whole, _, part = f"{abs(amount).normalize().quantize(Decimal(10) ** -digits):,f}".partition(".")
        said = whole.replace(",", self.group) + (self.decimal + part.rstrip("0") if part.strip("0") else "")
        return self.minus + said if amount.is_signed() else said

    def day(self, day: date) -> str:
        """As Babel's format_date writes it, long."""
        known = {"d": day.day, "dd": f"{day.day:02}", "MMMM": self.months_of_dates[day.month - 1], "y": day.year}
        try:
            return self.date_pattern % known
        except KeyError:
            return _asked_day(day, self.cldr)


def customs_of(locale: "Locale", cldr: str) -> Customs:
    """Those of a language."""
    signs = locale.number_symbols["latn"]
    months, days = locale.months["stand-alone"]["wide"], locale.days["stand-alone"]["short"]
    return Customs(
        cldr,
        locale.decimal_formats[None].pattern,
        signs["decimal"],
        signs["group"],
        signs["minusSign"],
        dict(locale.plural_form.rules),
        locale.date_formats["long"].format,
        tuple(locale.months["format"]["wide"][number] for number in range(1, 13)),
        tuple(months[number] for number in range(1, 13)),
        tuple(days[number] for number in range(7)),
        {code: str(name) for code, name in locale.territories.items() if len(code) == 2 and code.isalpha()},
    )


def _asked(amount: Decimal, cldr: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(amount, locale=cldr)


def _asked_day(day: date, cldr: str) -> str:
    from babel.dates import format_date

    return format_date(day, "long", locale=cldr)

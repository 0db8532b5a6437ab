"""What we say of CLDR is what Babel says, though Babel is not asked; and what it is asked for where it must be."""

import pickle
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from bot.content.customs import customs_of
from bot.content.units import Spelling, Units

CLDR = {"kk": "kk", "ru": "ru", "uz": "uz_Latn", "uzc": "uz_Cyrl", "tg": "tg", "en": "en_GB"}
SPELLINGS = {code: Spelling(code, name) for code, name in CLDR.items()}
CUSTOMS = {code: customs_of(one.locale, one.cldr) for code, one in SPELLINGS.items()}
amounts = st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False)


@given(amounts)
def test_numbers_are_written_as_babel_writes_them(amount: Decimal) -> None:
    for code, locale in CLDR.items():
        assert CUSTOMS[code].number(amount) == format_decimal(amount, locale=locale), code
        assert CUSTOMS[code].number(amount, digits=1) == format_decimal(amount, "#,##0.#", locale), code


@pytest.mark.parametrize(
    "amount", ["0", "-0", "1", "21", "999", "1000", "-1234567", "0.0005", "0.0015", "12.50", "1E+3"]
)
@pytest.mark.parametrize("code", CLDR)
def test_so_are_those_on_the_edge(amount: str, code: str) -> None:
    assert CUSTOMS[code].number(Decimal(amount)) == format_decimal(Decimal(amount), locale=CLDR[code])


@given(st.one_of(st.integers(0, 10**9).map(Decimal), st.decimals(0, 1000, places=2)))
def test_the_form_of_a_noun_is_babels(amount: Decimal) -> None:
    forms = {code: {form: form for form in ("one", "few", "many", "other")} for code in CLDR}
    units = Units({"days": forms}, SPELLINGS, CUSTOMS)

    for code in CLDR:
        assert units.count("days", amount, code) == SPELLINGS[code].locale.plural_form(amount), code


@pytest.mark.parametrize("code", CLDR)
def test_names_are_babels(code: str) -> None:
    units, locale = Units({}, SPELLINGS, CUSTOMS), SPELLINGS[code].locale

    months = [units.month(date(2026, number, 1), code).rpartition(" ")[0] for number in range(1, 13)]
    assert [name.lower() for name in months] == [
        locale.months["stand-alone"]["wide"][number].lower() for number in range(1, 13)
    ]
    assert units.weekdays(code) == [locale.days["stand-alone"]["short"][number] for number in range(7)]
    for country in ("UZ", "TJ", "KG", "RU", "BY", "AM", "CN", "IN", "IR", "TR", "DE"):
        assert units.country(country, code) == locale.territories[country]
    for day in (date(2026, month, day) for month in range(1, 13) for day in (3, 28)):
        assert units.day(day, code) == format_date(day, "long", locale=CLDR[code])


def test_a_country_nobody_knows_stays_its_letters() -> None:
    assert Units({}, SPELLINGS, CUSTOMS).country("qq", "ru") == "qq"


def test_a_language_that_writes_numbers_otherwise_is_written_by_babel() -> None:
    hindi = customs_of(Spelling("hi", "hi").locale, "hi")

    assert hindi.number(Decimal("1234567.5")) == format_decimal(Decimal("1234567.5"), locale="hi") == "12,34,567.5"
    assert replace(CUSTOMS["ru"], number_pattern="").number(Decimal("1.5")) == "1,5"
    assert replace(CUSTOMS["ru"], date_pattern="%(EEEE)s %(d)s").day(date(2026, 11, 3)) == CUSTOMS["ru"].day(
        date(2026, 11, 3)
    )


def test_they_are_plain_data() -> None:
    assert pickle.loads(pickle.dumps(CUSTOMS)) == CUSTOMS

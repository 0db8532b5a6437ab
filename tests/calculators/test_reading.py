"""Days and sums in every form people type them in."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calculators.reading import ImpossibleDay, read_amount, read_day
from bot.content import Content
from tests.conftest import TODAY

MARCH = date(2026, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12.03.2026", "12.3.26", "12/03/2026", "12-03-2026", "12 03 2026", "2026-03-12", "12.03", "12.03.2026 г.",
        "12 марта 2026", "12 марта", "12 март", "12 наурыз", "2026 жылғы 12 наурыз", "12-mart", "12 mart 2026",
        "2026-yil 12-mart", "12 март 2026 йил", "12 марти соли 2026", "12 March", "March 12, 2026", " 12.03.2026. ",
    ],
)  # fmt: skip
def test_the_twelfth_of_march_is_read_in_every_form(text: str) -> None:
    assert read_day(text, TODAY) == MARCH


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("сегодня", 0), ("бүгін", 0), ("bugun", 0), ("бугун", 0), ("имрӯз", 0), ("today", 0),
        ("вчера", 1), ("кеше", 1), ("kecha", 1), ("кеча", 1), ("дирӯз", 1), ("yesterday", 1), ("позавчера", 2),
        ("3 дня назад", 3), ("три дня назад", 3), ("3 күн бұрын", 3), ("3 kun oldin", 3), ("uch kun avval", 3),
        ("3 кун олдин", 3), ("се рӯз пеш", 3), ("3 days ago", 3), ("неделю назад", 7), ("2 hafta oldin", 14),
    ],
)  # fmt: skip
def test_days_that_are_counted_back_from_today(text: str, days: int) -> None:
    assert read_day(text, TODAY) == TODAY - timedelta(days)


def test_a_day_without_a_year_is_the_last_one_that_has_been() -> None:
    assert read_day("25 декабря", TODAY) == date(2025, 12, 25)
    assert read_day("22.11", TODAY) == TODAY
    assert read_day("29 февраля", TODAY) == date(2024, 2, 29)
    assert read_day("31 марта", TODAY) == date(2026, 3, 31)
    assert read_day("месяц назад", date(2026, 3, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize("text", ["31.04.2026", "30 февраля", "00.01.2026", "12.13.2026", "2026-02-30"])
def test_a_day_that_does_not_exist_is_told_apart_from_no_day(text: str) -> None:
    with pytest.raises(ImpossibleDay):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "не знаю",
        "5",
        "мне не платят",
        "как зарегистрироваться",
        "бьют сегодня",
        "вчера увезли сестру",
        "2 дня не кормят",
        "x" * 500,
        "٣",
        "😀",
    ],
)
def test_words_that_name_no_day_are_none(text: str) -> None:
    assert read_day(text, TODAY) is None


@given(st.dates(date(2000, 1, 1), date(2026, 11, 22)))
def test_every_day_is_read_back_as_the_bot_itself_writes_it(real: Content, day: date) -> None:
    for code in real.spellings:
        assert read_day(real.facts.units.day(day, code), TODAY) == day, code
    assert read_day(f"{day:%d.%m.%Y}", TODAY) == day


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        found = read_day(text, TODAY)
    except ImpossibleDay:
        found = None
    assert found is None or isinstance(found, date)
    read_amount(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("250000", 250_000), ("250 000", 250_000), ("250.000", 250_000), ("250,000", 250_000),
        ("250 000 тенге", 250_000), ("250 ҳазор", 250_000),
        ("250 тыс", 250_000), ("250к", 250_000), ("250 мың", 250_000), ("250 ming tenge", 250_000),
        ("1,5 млн", 1_500_000), ("1.5 mln", 1_500_000), ("0", 0), ("-250000", -250_000), ("− 5", -5),
    ],
)  # fmt: skip
def test_sums_in_the_forms_people_type(text: str, amount: int) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["", "много", "по 250 за 3 дня", "250 soʻm", "100 раз бил", "250 000 за 3 месяца", "1.2.3.4"]
)
def test_what_is_no_single_sum_is_none(text: str) -> None:
    assert read_amount(text) is None


@given(st.integers(0, 10**12))
def test_a_whole_number_is_read_as_itself(number: int) -> None:
    assert read_amount(str(number)) == number
    assert read_amount(f"{number:,}".replace(",", " ")) == number

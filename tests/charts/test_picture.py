"""Which figures a chart shows on a day: by year with gaps, the newest of many, never one to come or in doubt."""

from datetime import date

import pytest

from bot.charts import caption, fingerprint
from bot.charts.picture import Mark, compose
from bot.charts.svg import lay_out, to_svg
from bot.content import Content
from bot.content.charts import Chart
from tests.charts.conftest import Draft, value
from tests.conftest import TODAY

PLACES = "places:\n  kind: number\n  values:\n"
PEOPLE = "people:\n  kind: people\n  for: country\n  values:\n"


def year(figure: str, year: int, **more: str) -> str:
    return value(figure, f"{year}-01-01", f"{year}-12-31", **more)


def shown(marks: tuple[Mark, ...]) -> list[str]:
    return [f"{mark.label}: {mark.said}".rstrip(": ") for mark in marks]


def test_a_missing_year_is_a_gap_and_not_zero(draft: Draft) -> None:
    chart, content = draft("years", PLACES + year("300", 2023) + year("200", 2025))

    picture = compose(chart, content, "ru", TODAY)

    assert shown(picture.marks) == ["2023: 300", "2024", "2025: 200"]
    sheet = lay_out(picture)
    assert len(sheet.shapes) == 2
    assert {"?", "? — данных нет"} <= {text.words for text in sheet.texts}
    assert "2024" not in picture.figures


def test_a_figure_we_are_not_sure_of_is_a_gap(draft: Draft) -> None:
    chart, content = draft("years", PLACES + year("300", 2023) + year("9", 2024, confidence="low") + year("200", 2025))

    assert shown(compose(chart, content, "ru", TODAY).marks) == ["2023: 300", "2024", "2025: 200"]


def test_a_figure_to_come_is_not_drawn_before_its_day(draft: Draft) -> None:
    chart, content = draft("years", PLACES + year("300", 2026) + year("200", 2027))

    assert shown(compose(chart, content, "ru", date(2026, 12, 31)).marks) == ["2026: 300"]
    assert shown(compose(chart, content, "ru", date(2027, 1, 1)).marks) == ["2026: 300", "2027: 200"]


def test_a_figure_that_changes_within_a_year_counts_as_it_stood_at_its_end(draft: Draft) -> None:
    facts = PLACES + value("1", "2024-01-01", "2024-06-30") + value("2", "2024-07-01", "2025-12-31")

    chart, content = draft("years", facts)

    assert shown(compose(chart, content, "ru", date(2024, 5, 1)).marks) == ["2024: 1"]
    assert shown(compose(chart, content, "ru", TODAY).marks) == ["2024: 2", "2025: 2"]


def test_only_the_last_twelve_years_are_drawn(draft: Draft) -> None:
    chart, content = draft("years", PLACES + "".join(year(str(one), one) for one in range(2001, 2027)))

    assert [mark.label for mark in compose(chart, content, "ru", TODAY).marks] == [str(y) for y in range(2015, 2027)]


def test_bars_show_the_newest_year_sorted_and_leave_out_who_has_no_figure_in_it(draft: Draft) -> None:
    facts = PEOPLE + year("7", 2024, key="gb") + year("5", 2025, key="uz") + year("1200", 2025, key="cn")

    chart, content = draft("bars", facts)

    assert shown(compose(chart, content, "ru", TODAY).marks) == ["Китай: 1\xa0200", "Узбекистан: 5"]


def test_groups_show_the_newest_year_that_all_of_them_have(draft: Draft) -> None:
    facts = (
        f"cooks:\n  kind: number\n  values:\n{year('1', 2025)}{year('3', 2026)}"
        f"pilots:\n  kind: number\n  values:\n{year('2', 2025)}"
    )

    chart, content = draft("groups", facts, "{cooks: {ru: Повара}, pilots: {ru: Лётчики}}")

    assert shown(compose(chart, content, "ru", TODAY).marks) == ["Лётчики: 2", "Повара: 1"]


def test_figures_of_a_past_year_say_their_year(draft: Draft) -> None:
    chart, content = draft("bars", PEOPLE + year("5", 2025, key="uz"))

    assert compose(chart, content, "ru", date(2029, 3, 1)).subtitle == "Год 2025"


def test_before_the_first_figure_the_picture_says_so(draft: Draft) -> None:
    chart, content = draft("years", PLACES + year("300", 2030))

    picture = compose(chart, content, "ru", TODAY)

    assert picture.marks == ()
    assert [text.words for text in lay_out(picture).texts][-1] == "Данных пока нет."
    assert "Данных пока нет." in caption(chart, content, "ru", TODAY)


def test_figures_of_zero_are_drawn(draft: Draft) -> None:
    chart, content = draft("years", PLACES + year("0", 2026))

    assert len(lay_out(compose(chart, content, "ru", TODAY)).shapes) == 1


def test_shares_are_written_as_percent(draft: Draft) -> None:
    chart, content = draft("bars", PEOPLE.replace("people\n", "share\n") + year("2.5", 2025, key="tj"))

    assert shown(compose(chart, content, "en", TODAY).marks) == ["Tajikistan: 2.5%"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "Өзбекстан – 124\xa0100; Тәжікстан – 7\xa0100; Әзербайжан – 1\xa0200"),
        ("ru", "Узбекистан – 124\xa0100; Таджикистан – 7\xa0100; Азербайджан – 1\xa0200"),
        ("uz", "Oʻzbekiston – 124\xa0100; Tojikiston – 7\xa0100; Ozarbayjon – 1\xa0200"),
        ("uzc", "Ўзбекистон – 124\xa0100; Тожикистон – 7\xa0100; Озарбайжон – 1\xa0200"),
        ("tg", "Ӯзбекистон – 124\xa0100; Тоҷикистон – 7\xa0100; Озарбойҷон – 1\xa0200"),
        ("en", "Uzbekistan – 124,100; Tajikistan – 7,100; Azerbaijan – 1,200"),
    ],
)
def test_countries_and_numerals_are_those_of_the_reader(
    charts: dict[str, Chart], real: Content, language: str, said: str
) -> None:
    assert compose(charts["home-workers-by-country"], real, language, TODAY).figures == said


def test_uzbek_in_cyrillic_is_spelled_from_the_latin(charts: dict[str, Chart], real: Content) -> None:
    picture = compose(charts["workers-by-sector"], real, "uzc", TODAY)

    assert picture.title == "Чет эллик ишчилар: соҳалар"
    assert {mark.label for mark in picture.marks} >= {"Қурилиш", "Заводлар"}


@pytest.mark.parametrize(
    "day", [date(2010, 1, 1), date(2024, 12, 31), date(2025, 1, 1), date(2027, 1, 1), date(2035, 5, 5)]
)
def test_every_chart_can_be_laid_out_on_any_day(charts: dict[str, Chart], real: Content, day: date) -> None:
    for chart in charts.values():
        for language in real.spellings:
            picture = compose(chart, real, language, day)

            assert to_svg(picture).startswith("<svg")
            assert "{" not in picture.subtitle + picture.note


def test_the_fingerprint_changes_with_the_picture_and_not_with_the_day(draft: Draft) -> None:
    chart, content = draft("years", PLACES + year("300", 2025) + year("200", 2027))

    prints = [fingerprint(chart, content, "ru", day) for day in (TODAY, date(2026, 12, 31), date(2027, 1, 1))]

    assert prints[0] == prints[1] != prints[2]

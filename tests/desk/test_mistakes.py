"""A mistake in a file is said in the language of whoever has to mend it."""

import re
from html import unescape

import pytest

from bot.desk.visit import Desk
from tests.desk.conftest import Browser, Enter, form_of
from tests.desk.test_publishing import publish
from tests.desk.test_translators import bring

RU = "/text?id=stay/registration&language=ru"


async def editor_in(enter: Enter, language: str) -> Browser:
    """An editor who has chosen a language for the desk."""
    editor = await enter("anna", "editor")
    await editor.send("/language", to=language, back="/desk/")
    return editor


def plain(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "a number stands in the text: “Хозяин сообщает за 30 дней.”; write it in facts.yaml and use {its_name}"),
        ("ru", "в тексте стоит число: «Хозяин сообщает за 30 дней.»; запишите его в facts.yaml, а сюда поставьте"),
        ("kk", "мәтінде сан тұр: «Хозяин сообщает за 30 дней.»; оны facts.yaml ішіне жазып, мұнда {its_name} қойыңыз"),
        ("uz", "matnda son turibdi: «Хозяин сообщает за 30 дней.»; uni facts.yaml ga yozing, bu yerga {its_name}"),
    ],
)
async def test_an_editor_reads_what_is_wrong_with_a_text_in_their_language(
    enter: Enter, language: str, told: str
) -> None:
    editor = await editor_in(enter, language)

    page = await editor.fill(RU, "/text", **{"p.short": "Хозяин сообщает за 30 дней."})

    assert told in plain(page)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ru", "Допишите в шапку строку `title: ...`: заголовка нет"),
        ("uz", "boshiga `title: ...` qatorini qoʻshing: sarlavha yoʻq"),
    ],
)
async def test_a_text_that_cannot_be_read_says_why_wherever_it_is_looked_at(
    enter: Enter, language: str, told: str
) -> None:
    editor = await editor_in(enter, language)

    page = await editor.fill(RU, "/text", title="")
    fields = form_of(await editor.open(RU), "/text")
    drawn = await editor.send("/preview", fields)
    home = await editor.open("/")
    await publish(editor)

    for one in (page, drawn, home, editor.html):
        assert told.lower() in plain(one).lower()
        assert "the title is missing" not in one


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ru", "host_days: `много` – это не простое число; пишите так: 4325 или 0.5"),
        ("uz", "host_days: `много` — oddiy son emas; shunday yozing: 4325 yoki 0.5"),
    ],
)
async def test_a_fact_with_a_broken_value_is_refused_in_their_language(enter: Enter, language: str, told: str) -> None:
    editor = await editor_in(enter, language)

    page = await editor.fill("/fact?id=host_days", "/fact", **{"0.value": "много"})

    assert editor.status == 409
    assert told in plain(page)


@pytest.mark.parametrize(("id", "kind", "status"), [
    ("host_days", "days", 200), ("new_days", "days", 200), ("new_days", "", 409), ("new_days", "days\nx: {", 409),
    ("new_days", "weeks: [", 409),
])  # fmt: skip
async def test_a_fact_sent_without_what_its_page_adds_is_understood_or_refused_in_words(
    enter: Enter, id: str, kind: str, status: int
) -> None:
    editor = await editor_in(enter, "ru")
    await editor.open(f"/fact?id={id}" if id == "host_days" else "/fact")
    row = {
        "value": "9",
        "from": "2030-01-01",
        "confidence": "high",
        "checked": "2026-11-22",
        "sources": "law-migration",
    }

    await editor.send("/fact", {"id": id, "kind": kind, "about": "x", **{f"7.{name}": row[name] for name in row}})
    await editor.send("/fact", {"id": id, "kind": kind, "about": "x", **{f"0.{name}": row[name] for name in row}})

    assert editor.status == status, editor.html


@pytest.mark.parametrize(
    ("file", "body", "told"),
    [
        ("units.yaml", "days: x\n", "days: дайте формы для каждого языка; без единиц ни одно число не написать"),
        ("topics.yaml", "\n", "каталог пуст; впишите хотя бы одну группу с одной темой"),
    ],
)
async def test_a_file_without_which_nothing_can_be_read_is_not_kept_and_says_why(
    enter: Enter, desk: Desk, file: str, body: str, told: str
) -> None:
    editor = await editor_in(enter, "ru")

    page = await editor.fill(f"/file?name=content/{file}", "/file", body=body)
    home = await editor.open("/")

    assert told in plain(page)
    assert form_of(page, "/file")["body"][0].strip() == body.strip()
    assert "Что меня ждёт" in home
    assert desk.staff.drafts() == []


async def test_a_file_of_a_translator_that_cannot_be_read_says_so_in_their_language(enter: Enter) -> None:
    translator = await enter("dilnoza", "translator", languages="uz")
    await translator.send("/language", to="uz", back="/desk/")

    page = await bring(translator, "x.po", b'msgctxt "a\n')

    assert "1-qator: qoʻshtirnoq yetishmaydi" in plain(page)


async def test_the_list_before_launch_is_in_their_language_too(enter: Enter) -> None:
    editor = await editor_in(enter, "uz")

    page = plain(await editor.open("/launch"))

    assert "Hududlardagi tashkilotlar, yuristlar va shifokorlarning telefonlari" in page
    assert "helpers: qoʻngʻiroq qiling: +77252000001; manba sanasi 2026-01-01" in page

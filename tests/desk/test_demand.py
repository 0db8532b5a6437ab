"""The page of demand: what it shows, what its files hold, and what neither does."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.demand.simulate import NOTE, Course, simulate
from bot.settings import Settings
from bot.store import write_made_up
from tests.conftest import TODAY
from tests.desk.conftest import Browser, Clock, Enter

TOPICS = ["stay/registration", "help/lines", "stay/overstay", "rights/wages"]


@pytest.fixture
def settings(folder: Path, tmp_path: Path) -> Settings:
    path = tmp_path / "made-up.db"
    write_made_up(path, NOTE, simulate(Course(1, TODAY, people_a_day=40), TOPICS, ["shymkent", "almaty"]))
    return Settings(data_dir=tmp_path / "data", content_dir=folder, database_url=f"sqlite:///{path}")


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 22, 9, 0, tzinfo=UTC))


async def analyst(enter: Enter) -> Browser:
    return await enter("aida", "analyst")


async def test_the_page_says_that_its_figures_are_made_up_and_shows_every_chart_with_its_table(enter: Enter) -> None:
    browser = await analyst(enter)

    html = await browser.open("/demand")

    assert browser.status == 200
    assert "Made-up figures: nobody asked this." in html or "Выдуманные числа" in html
    for id in ("weeks", "topics", "languages", "hours", "doors", "unanswered", "regions", "posters", "periods"):
        assert f'id="{id}"' in html
        assert f'id="{id}-t"' in html
    assert html.count("<svg") == html.count("<caption") == html.count("</details>")
    assert "<script>" not in html
    assert "style=" not in html


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx", "png"])
async def test_every_table_is_a_file_that_opens(enter: Enter, kind: str) -> None:
    browser = await analyst(enter)

    async with browser.http.get(f"/desk/demand/file?table=doors&kind={kind}") as answer:
        body = await answer.read()

    assert answer.status == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="safar-doors.{kind}"'
    if kind == "csv":
        rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
        assert {row["row"] for row in rows} >= {"menu", "question"}
        assert all(int(row["value"]) >= 5 for row in rows)
    elif kind == "json":
        assert json.loads(body)["table"] == "doors"
    elif kind == "xlsx":
        cells = [cell.value for row in load_workbook(io.BytesIO(body)).worksheets[0].iter_rows() for cell in row]
        assert any(isinstance(cell, int | float) and cell >= 5 for cell in cells)
    else:
        assert body.startswith(b"\x89PNG")


async def test_a_file_never_holds_a_safety_topic_by_week_or_language(enter: Enter) -> None:
    browser = await analyst(enter)

    for table in ("topics", "languages"):
        async with browser.http.get(f"/desk/demand/file?table={table}&kind=csv") as answer:
            text = await answer.text()
        assert "stay/registration" in text
        assert "overstay" not in text
        assert "help/" not in text
    async with browser.http.get("/desk/demand/file?table=safety&kind=csv") as answer:
        assert "stay/overstay" in await answer.text()


async def test_a_table_or_kind_that_is_not_there_is_a_kind_word(enter: Enter) -> None:
    browser = await analyst(enter)

    for query in ("table=doors&kind=exe", "table=nothing&kind=csv", "", "table=../../etc/passwd&kind=csv"):
        await browser.open(f"/demand/file?{query}")
        assert browser.status == 404


async def test_the_same_address_shows_the_same_months(enter: Enter) -> None:
    browser = await analyst(enter)

    html = await browser.open("/demand?month=2026-08&other=2026-03&quarter=2026-Q2")

    assert "2026-08" in html
    assert "<option selected>2026-08</option>" in html
    assert "month=2026-08" in html.split('id="doors"')[1]
    assert await browser.open("/demand?month=%3Cscript%3E&week=9999-W99")
    assert browser.status == 200
    assert "<script>" not in browser.html


async def test_home_says_what_to_write_next_to_those_who_may_see_figures(enter: Enter) -> None:
    analyst, translator = await enter("aida", "analyst"), await enter("dilnoza", "translator", languages="uz")

    page, other = await analyst.open("/"), await translator.open("/")

    work = await analyst.open("/demand")
    first = re.findall(r"<ol>\s*<li>([^<]+)", work)[0].strip()
    assert first in page
    assert "What to write next" in page
    assert "What to write next" not in other
    assert first not in other
    assert "language=uzc" not in page + work

"""A translator's morning: out as a file, back as drafts; a round trip changes no byte, a mistake changes nothing."""

import io
import zipfile
from xml.etree.ElementTree import fromstring

import pytest
from aiohttp import FormData
from openpyxl import Workbook, load_workbook

from bot.desk.visit import Desk
from bot.exchange import FORMATS, Broken, Line, read, write
from bot.exchange.xlsx import HEADS
from tests.desk.conftest import Browser, Enter

UNIT = ("content/stay/registration/uz.md", "")
LINES = [
    Line("a/b#short#0", "A · short", 'Он сказал: «да» & "нет" {x}.', "=1+1 <b> ʻ ӣ ₸\\n", "same", "v1"),
    Line("a/b#steps#1", "A · steps", "1. Раз", "", "new", "v2"),
]


async def fetch(browser: Browser, format: str, only: str = "all") -> bytes:
    address = f"/desk/translators/file?language=uz&format={format}&only={only}"
    async with browser.http.get(address) as answer:
        assert answer.status == 200
        return await answer.read()


async def bring(browser: Browser, name: str, body: bytes, **more: str) -> str:
    await browser.open("/translators")
    form = FormData()
    for field, value in {"csrf": browser.csrf, "language": "uz", **more}.items():
        form.add_field(field, value)
    form.add_field("file", io.BytesIO(body), filename=name)
    async with browser.http.post("/desk/translators", data=form, headers={"Origin": browser.origin}) as answer:
        return await browser._read(answer)


@pytest.mark.parametrize("format", FORMATS)
def test_what_goes_out_comes_back_and_is_the_same_bytes_each_time(format: str) -> None:
    body = write(format, LINES, "uz")

    found = read(f"x.{FORMATS[format].ending}", body)

    assert write(format, LINES, "uz") == body
    assert [(line.id, line.target, line.version) for line in found] == [
        (line.id, line.target, line.version) for line in LINES
    ]


@pytest.mark.parametrize("format", FORMATS)
async def test_a_round_trip_through_the_desk_changes_no_byte(enter: Enter, desk: Desk, format: str) -> None:
    translator = await enter("dilnoza", "translator", languages="uz")
    before = desk.drafts.words(UNIT)

    page = await bring(translator, f"x.{FORMATS[format].ending}", await fetch(translator, format))

    assert translator.status == 200, page
    assert desk.drafts.words(UNIT) == before
    assert desk.staff.drafts() == []


async def test_a_morning_with_a_spreadsheet(enter: Enter, desk: Desk) -> None:
    editor, translator = await enter("anna", "editor"), await enter("dilnoza", "translator", languages="uz")
    await editor.fill(
        "/text?id=stay/registration&language=ru", "/text", **{"p.short": "Хозяин жилья сообщает за **{host_days}**."}
    )
    await editor.fill("/publish", "/publish")

    book = load_workbook(io.BytesIO(await fetch(translator, "xlsx", "stale")))
    sheet = book.worksheets[0]
    rows = {str(row[0].value): row for row in sheet.iter_rows(min_row=2)}
    assert "stay/registration#short#0" in rows
    assert "stay/registration#steps#0" not in rows
    rows["stay/registration#short#0"][3].value = "Uy egasi **{host_days}** ichida aytadi."
    file = io.BytesIO()
    book.save(file)
    page = await bring(translator, "morning.xlsx", file.getvalue())

    assert translator.status == 200, page
    words = desk.drafts.words(UNIT)
    assert "Uy egasi **{host_days}** ichida aytadi." in words
    russian = desk.drafts.content().texts["stay/registration", "ru"].fingerprint
    assert f"follows: {russian}" in words


async def test_a_mistake_names_row_and_cell_and_changes_nothing(enter: Enter, desk: Desk) -> None:
    translator = await enter("dilnoza", "translator", languages="uz")
    book = load_workbook(io.BytesIO(await fetch(translator, "xlsx")))
    sheet = book.worksheets[0]
    target = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "stay/registration#short#0")
    other = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "stay/registration#steps#0")
    target[3].value = "Uy egasi {hots_days} ichida."
    other[3].value = "1. Boshqa."
    file = io.BytesIO()
    book.save(file)

    page = await bring(translator, "x.xlsx", file.getvalue())

    assert translator.status == 400
    assert f"row {target[0].row}, D{target[0].row}: {{hots_days}} is no fact" in page
    assert desk.staff.drafts() == []


async def test_a_file_of_an_older_text_is_noticed(enter: Enter, desk: Desk) -> None:
    translator, editor = await enter("dilnoza", "translator", languages="uz"), await enter("anna", "editor")
    old = await fetch(translator, "po")
    await editor.fill("/text?id=stay/registration&language=uz", "/text", title="Boshqa")

    page = await bring(translator, "x.po", old.replace(b"Uy egasi", b"Egasi"))

    assert translator.status == 400
    assert "was changed after the file was made" in page
    assert "Egasi" not in desk.drafts.words(UNIT).replace("Uy egasi", "")


async def test_a_translator_takes_and_brings_their_own_language_alone(enter: Enter, desk: Desk) -> None:
    translator = await enter("botir", "translator", languages="tg")
    editor = await enter("anna", "editor")
    body = await fetch(editor, "po")

    async with translator.http.get("/desk/translators/file?language=uz&format=po") as answer:
        status = answer.status
    await bring(translator, "x.po", body)

    assert (status, translator.status) == (404, 400)
    assert desk.staff.drafts() == []


def bomb() -> bytes:
    """Sixty kilobytes that unpack to sixty million."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return file.getvalue()


def far_cell() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for column, name in enumerate(HEADS, start=1):
        sheet.cell(1, column, name)
    sheet.cell(1_048_576, 16_384, "far")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>"""


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("x.xlsx", bomb()),
        ("x.xlsx", far_cell()),
        ("x.xlsx", b"PK\x03\x04 not a zip"),
        ("x.xlsx", b""),
        ("x.xlf", LAUGHS),
        ("x.xlf", OUTSIDE),
        ("x.xlf", b"<xliff>"),
        ("x.po", b'msgid "a"\nmsgstr "b\n'),
        ("x.po", b"\xff\xfe\x00"),
        ("x.exe", b"MZ"),
        ("../../etc/passwd", b""),
    ],
)
def test_hostile_and_broken_files_are_refused_with_a_word(name: str, body: bytes) -> None:
    with pytest.raises(Broken):
        read(name, body)


async def test_a_hostile_upload_ends_in_its_own_process_and_changes_nothing(enter: Enter, desk: Desk) -> None:
    editor = await enter("anna", "editor")

    page = await bring(editor, "x.xlsx", bomb())
    large = await bring(editor, "x.xlsx", b"0" * (5 * 1024 * 1024 + 10))

    assert "too large when unpacked" in page
    assert "larger than five megabytes" in large
    assert desk.staff.drafts() == []


def test_xliff_is_what_strangers_can_read() -> None:
    root = fromstring(write("xliff", LINES, "uz"))  # our own bytes

    assert root.attrib == {"version": "2.0", "srcLang": "ru", "trgLang": "uz"}
    assert len(root.findall(".//{urn:oasis:names:tc:xliff:document:2.0}segment")) == 2


async def test_a_text_that_nobody_has_begun_on_keeps_no_other_from_coming_back(enter: Enter, desk: Desk) -> None:
    translator = await enter("dilnoza", "translator", languages="uz")
    book = load_workbook(io.BytesIO(await fetch(translator, "xlsx")))
    sheet = book.active
    assert sheet is not None
    cells = {str(row[0].value): row[3] for row in sheet.iter_rows(min_row=2)}
    assert not cells["help/lines#title#0"].value
    cells["stay/registration#title#0"].value = "Yangi sarlavha"
    body = io.BytesIO()
    book.save(body)

    page = await bring(translator, "x.xlsx", body.getvalue())

    assert "1 text differs" in page
    assert "title: Yangi sarlavha" in desk.drafts.words(UNIT)
    assert [draft.file for draft in desk.staff.drafts()] == [UNIT[0]]

"""A spreadsheet: one sentence a row, the translation in a column of its own; bombs are refused before they open."""

from datetime import datetime
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from bot.exchange import Broken, Line
from bot.sentence import Sentence

HEADS = ("id", "Где · Where", "Русский", "Перевод · Translation", "Что · State", "version")
MOST_MEMBERS, MOST_UNPACKED = 100, 40 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 30_000, 40, 20_000
_MADE = datetime(2026, 1, 1)  # the library takes no zone; the same lines give the same bytes


def write(lines: list[Line], language: str) -> bytes:
    """The sheet; what begins with `=` stays words."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it brings no types

    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE, "title": language})
    sheet = book.add_worksheet(language)
    head = book.add_format({"bold": True, "bg_color": "#1b6670", "font_color": "#ffffff"})
    quiet = book.add_format({"font_color": "#8a9592", "text_wrap": True, "valign": "top"})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    own = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#f3f8f3", "locked": False})
    new = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#fdf0d0", "locked": False})
    for column, (name, width) in enumerate(zip(HEADS, (22, 26, 60, 60, 12, 12), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for number, line in enumerate(lines, start=1):
        is_new = line.state != "same"
        cells = (line.id, line.where, line.source, line.target, line.state, line.version)
        formats = (quiet, quiet, words, new if is_new else own, quiet, quiet)
        for column, (cell, form) in enumerate(zip(cells, formats, strict=True)):
            sheet.write_string(number, column, cell, form)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(lines), len(HEADS) - 1)
    book.close()
    return file.getvalue()


def read(body: bytes) -> list[Line]:
    """The rows of the first sheet; raises Broken with the row and cell."""
    from openpyxl import load_workbook

    _refuse_bombs(body)
    try:
        book = load_workbook(BytesIO(body), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        lines: list[Line] = []
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
            if number > MOST_ROWS:
                raise Broken(Sentence("row {number}: there are more rows than {most}", number=number, most=MOST_ROWS))
            cells = ["" if value is None else str(value) for value in row]
            if any(len(cell) > MOST_LETTERS for cell in cells):
                what = Sentence("row {number}: a cell is longer than {most} letters", number=number, most=MOST_LETTERS)
                raise Broken(what)
            if number == 1:
                columns = _columns(cells)
                continue
            if not any(cells):
                continue
            id, target, version = (cells[at].strip() if at < len(cells) else "" for at in columns)
            lines.append(Line(id, "", "", target, "", version, Sentence("row {number}", number=number)))
        return lines
    except (
        BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        TypeError,
        ParseError,
        OSError,
    ) as error:
        raise Broken(Sentence("this is no spreadsheet that can be read; save it as .xlsx once more")) from error


def _columns(heads: list[str]) -> tuple[int, int, int]:
    try:
        return heads.index(HEADS[0]), heads.index(HEADS[3]), heads.index(HEADS[5])
    except ValueError as error:
        what = Sentence(
            "row 1: the columns “{first}”, “{second}” and “{third}” must stand there",
            first=HEADS[0], second=HEADS[3], third=HEADS[5],
        )  # fmt: skip
        raise Broken(what) from error


def _refuse_bombs(body: bytes) -> None:
    try:
        with ZipFile(BytesIO(body)) as archive:
            members = archive.infolist()
    except (BadZipFile, OSError, ValueError) as error:
        raise Broken(Sentence("this is no spreadsheet; save it as .xlsx")) from error
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise Broken(Sentence("this spreadsheet is too large when unpacked"))

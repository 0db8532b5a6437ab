"""A table as a file: CSV, XLSX, JSON, PNG. The same table gives the same bytes; what is hidden is an empty cell."""

import csv
import json
from datetime import datetime
from io import BytesIO, StringIO

from bot.charts.plots import WIDTH, to_plot_svg
from bot.demand.table import Table, plot

TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "png": "image/png",
}
FIELDS = ("table", "row", "row_name", "column", "column_name", "value", "unit", "source")
SOURCE = "Safar"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_DAY = datetime(2000, 1, 1)  # a file without a day of its own is the same every time


def write(table: Table, kind: str, made_up: str) -> bytes:
    """The table in one of TYPES; a history that is made up says so in every row, sheet and picture."""
    writers = {"csv": to_csv, "xlsx": to_xlsx, "json": to_json, "png": to_png}
    return writers[kind](table, made_up)


def records(table: Table, made_up: str) -> list[tuple[str | float | None, ...]]:
    """A record for each cell, by FIELDS."""
    return [
        (table.id, row, row_name, column, column_name, cell, table.unit or "people", made_up or SOURCE)
        for (row, row_name), cells in zip(table.rows, table.cells, strict=True)
        for (column, column_name), cell in zip(table.columns, cells, strict=True)
    ]


def to_csv(table: Table, made_up: str) -> bytes:
    """UTF-8 with its mark, so that spreadsheets read every letter."""
    return ("\ufeff" + csv_text([table], made_up)).encode()


def csv_text(tables: list[Table], made_up: str) -> str:
    """The records of tables, below the names of the fields; no cell is a formula."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for table in tables:
        for record in records(table, made_up):
            writer.writerow(["" if cell is None else plain(cell) for cell in record])
    return text.getvalue()


def plain(cell: str | float) -> str:
    """A cell that a spreadsheet takes for words, whatever it begins with."""
    if not isinstance(cell, str):
        return f"{cell:g}"
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def to_json(table: Table, made_up: str) -> bytes:
    """The table as it is, with its notes."""
    whole = {
        "table": table.id, "title": table.title, "note": table.note, "unit": table.unit or "people",
        "source": made_up or SOURCE,
        "rows": [{"id": id, "name": name} for id, name in table.rows],
        "columns": [{"id": id, "name": name} for id, name in table.columns],
        "values": table.cells,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def to_xlsx(table: Table, made_up: str) -> bytes:
    """A sheet as on the page: rows by columns, the note below."""
    import xlsxwriter  # type: ignore[import-untyped]  # the package has no py.typed

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _DAY, "title": table.title, "author": made_up or SOURCE})
    sheet = book.add_worksheet(table.id)
    bold = book.add_format({"bold": True})
    sheet.write_string(0, 0, table.title, bold)
    for place, (_, name) in enumerate(table.columns, start=1):
        sheet.write_string(2, place, name, bold)
    for line, ((_, name), cells) in enumerate(zip(table.rows, table.cells, strict=True), start=3):
        sheet.write_string(line, 0, name)
        for place, cell in enumerate(cells, start=1):
            if cell is not None:
                sheet.write_number(line, place, cell)
    end = 4 + len(table.rows)
    for line, words in enumerate(one for one in (table.note, made_up) if one):
        sheet.write_string(end + line, 0, words)
    sheet.set_column(0, 0, 44)
    sheet.freeze_panes(3, 1)
    book.close()
    return file.getvalue()


def to_png(table: Table, made_up: str) -> bytes:
    """The picture, with its note below."""
    from bot.charts.png import to_png as drawn

    return drawn(to_svg(table, made_up), WIDTH)


def to_svg(table: Table, made_up: str) -> str:
    """The same picture for page, print and PDF."""
    return to_plot_svg(plot(table, " ".join(one for one in (made_up, table.note) if one)))

"""The complaint as a Word file, to be changed before it is printed; the same bytes for the same words."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from bot.documents.letter import Page

_THEN = datetime(2026, 1, 1, tzinfo=UTC)  # a date of creation would say when somebody asked
_LINE = "_" * 34


def to_docx(pages: "Sequence[Page]") -> bytes:
    """Each page of the letter on a page of its own."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(18), Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    style.paragraph_format.space_after = Pt(5)
    for number, page in enumerate(pages):
        _write(document, page, is_first=number == 0)
    core = document.core_properties
    core.author = core.last_modified_by = core.title = core.comments = ""
    core.created = core.modified = _THEN
    made = io.BytesIO()
    document.save(made)
    return _settled(made.getvalue())


def _write(document: WordDocument, page: "Page", *, is_first: bool) -> None:
    if not is_first:
        document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    if page.note:
        document.add_paragraph().add_run(page.note).italic = True
    for words, is_bold in _head(page):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(75)
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(words).bold = is_bold
    for words in (page.title, page.about):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(words).bold = True
    for words in page.body:
        document.add_paragraph(words)
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(page.asks_title).bold = True
    for number, words in enumerate(page.asks, start=1):
        document.add_paragraph(f"{number}. {words}")
    document.add_paragraph(page.attached)
    document.add_paragraph(f"{page.date}: {_LINE[:16]}      {page.signature}: {_LINE[:16]}")


def _head(page: "Page") -> list[tuple[str, bool]]:
    lines = [(f"{_LINE}\n({label})", False) for label in page.lines]
    return [(page.to, True), (f"{_LINE}\n({page.region})", False), (page.sender, True), *lines]


def _settled(raw: bytes) -> bytes:
    """The same archive with its parts in order and no time of day."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            part = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return settled.getvalue()

"""A template and data -> PDF by typst, with our font and no other; the same bytes for the same data.

The data goes in as JSON and is never pasted into the source, so that words of a person are words and not code. Below
the root is nothing that a template could read. A letter our font lacks would vanish: tests look for them.
"""

import json
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

from bot.charts.font import FAMILY, FOLDER

_THEN = datetime(2026, 1, 1, tzinfo=UTC)  # a date of creation would say when somebody asked


def to_pdf(template: str, data: object, *, is_tagged: bool = True) -> bytes:
    """The template (a .typ file beside this one) filled with the data; tags, for readers aloud, double a long file."""
    source = (Path(__file__).parent / f"{template}.typ").read_bytes()
    inputs = {"data": json.dumps(data, ensure_ascii=False), "font": FAMILY}
    with tempfile.TemporaryDirectory() as empty:
        compiler = typst.Compiler(source, root=empty, font_paths=_fonts(), sys_inputs=inputs)
        made = compiler.compile(format="pdf", timestamp=_THEN, pdf_tags=is_tagged)
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])

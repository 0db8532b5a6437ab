"""A template and data -> PDF; the same bytes for the same data."""

import json
from datetime import UTC, datetime
from pathlib import Path

_THEN = datetime(2026, 1, 1, tzinfo=UTC)  # a date of creation would say when somebody asked


def to_pdf(template: str, data: object, *, is_tagged: bool = True) -> bytes:
    """The template (a .typ file beside this one) filled with the data; tags, for readers aloud, double a long file."""
    from bot.charts.font import FAMILY
    from bot.charts.typeset import typeset

    source = (Path(__file__).parent / f"{template}.typ").read_bytes()
    inputs = {"data": json.dumps(data, ensure_ascii=False), "font": FAMILY}
    return typeset(source, inputs, format="pdf", timestamp=_THEN, pdf_tags=is_tagged)

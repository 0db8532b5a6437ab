"""SVG -> PNG by typst, with our font and no other; a letter it lacks would be an empty box, so tests look for them."""

import tempfile
from functools import cache

import typst

from bot.charts.font import FOLDER

_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)"""


def to_png(svg: str, width: int) -> bytes:
    """The picture, so many pixels wide; the same bytes for the same picture."""
    inputs = {"svg": svg, "width": str(width)}
    with tempfile.TemporaryDirectory() as empty:  # typst may read whatever lies below its root, so nothing does
        compiler = typst.Compiler(_PAGE, root=empty, font_paths=_fonts(), sys_inputs=inputs)
        drawn = compiler.compile(format="png", ppi=72)
    assert isinstance(drawn, bytes)
    return drawn


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])

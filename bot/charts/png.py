"""SVG -> PNG by typst, with our font and no other; a letter it lacks would be an empty box, so tests look for them."""

import tempfile

import typst

from bot.charts.font import FOLDER

_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)"""


def to_png(svg: str, width: int) -> bytes:
    """The picture, so many pixels wide; the same bytes for the same picture."""
    with tempfile.TemporaryDirectory() as empty:
        drawn = typst.compile(
            _PAGE,
            root=empty,  # typst may read whatever lies below its root, so nothing does
            format="png",
            ppi=72,
            sys_inputs={"svg": svg, "width": str(width)},
            font_paths=[str(FOLDER)],
            ignore_system_fonts=True,
        )
    assert isinstance(drawn, bytes)
    return drawn

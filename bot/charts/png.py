"""SVG -> PNG; a letter our font lacks would be an empty box, so tests look for them."""

from bot.charts.typeset import typeset

_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)"""


def to_png(svg: str, width: int) -> bytes:
    """The picture, so many pixels wide; the same bytes for the same picture."""
    return typeset(_PAGE, {"svg": svg, "width": str(width)}, format="png", ppi=72)

"""Plots of tables: heat map, columns, bars and tiles, as one SVG for page, print, PNG and PDF.

White paper and one hue from light to dark, told apart in grey; the figures stand in the picture, so that it keeps its
sense in black and white; what is hidden is a dot. The same table gives the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from jinja2 import Environment

from bot.charts.font import FAMILY, fitting, width, wrapped

WIDTH = 960
HIDDEN = "·"
_INK, _SOFT, _RULE, _PAPER, _EMPTY = "#17211f", "#4c5b57", "#cdd6d3", "#ffffff", "#f3f5f3"
_SHADES = ("#e4f0f4", "#bcdbe5", "#86bdd0", "#4795b1", "#1b6670", "#0b3d4a")
_OTHER_FONT = 1.17  # a browser without our font draws with a wider one
_DARK = 3  # from this shade on, words stand in white

_TEMPLATE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{ width }} {{ d.height }}" width="{{ width }}" \
height="{{ d.height }}" font-family="{{ family }}, sans-serif" role="img" aria-labelledby="{{ p.id }}-t {{ p.id }}-d">
<title id="{{ p.id }}-t">{{ p.title }}</title>
<desc id="{{ p.id }}-d">{{ p.about }}</desc>
<rect width="{{ width }}" height="{{ d.height }}" fill="{{ paper }}"/>
{% for b in d.boxes %}
<rect x="{{ b.x }}" y="{{ b.y }}" width="{{ b.wide }}" height="{{ b.high }}" fill="{{ b.fill }}"\
{% if b.about %}><title>{{ b.about }}</title></rect>{% else %}/>{% endif %}

{% endfor %}
{% for t in d.texts %}
<text x="{{ t.x }}" y="{{ t.y }}" font-size="{{ t.size }}" font-weight="{{ t.weight }}" fill="{{ t.fill }}" \
text-anchor="{{ t.anchor }}" pointer-events="none">{{ t.words }}</text>
{% endfor %}
</svg>
""")


@dataclass(frozen=True)
class Plot:
    """A table to be drawn; a cell without a figure is hidden. `places` are the tiles' columns and rows on the map."""

    id: str
    kind: Literal["heat", "columns", "bars", "tiles"]
    title: str
    about: str
    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[float | None]]
    unit: str = ""
    footer: str = ""
    places: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True)
class _Box:
    x: float
    y: float
    wide: float
    high: float
    fill: str
    about: str = ""


@dataclass(frozen=True)
class _Text:
    x: float
    y: float
    words: str
    size: float
    weight: int = 400
    fill: str = _INK
    anchor: str = "start"


@dataclass
class _Drawing:
    height: float = 12
    boxes: list[_Box] = field(default_factory=list)
    texts: list[_Text] = field(default_factory=list)

    def write(self, words: str, size: float, weight: int = 400, fill: str = _INK) -> None:
        """A paragraph below everything else."""
        for line in wrapped(words, size, WIDTH - 40, weight):
            self.height += round(size * 1.35)
            self.texts.append(_Text(20, self.height - 4, line, size, weight, fill))


def to_plot_svg(plot: Plot) -> str:
    """The picture, for inside a page or by itself."""
    drawing = _Drawing()
    drawing.write(plot.title, 22, 700)
    drawing.height += 12
    {"heat": _heat, "columns": _columns, "bars": _bars, "tiles": _tiles}[plot.kind](plot, drawing)
    if plot.footer:
        drawing.height += 6
        drawing.write(plot.footer, 14, fill=_SOFT)
    drawing.height = round(drawing.height + 14)
    return _TEMPLATE.render(p=plot, d=drawing, width=WIDTH, family=FAMILY, paper=_PAPER)


def figure(value: float | None, unit: str = "") -> str:
    """A cell in words."""
    return HIDDEN if value is None else f"{value:g}{unit}"


def _shade(value: float | None, most: float) -> int:
    """Which of the shades; by the root, so that small ones can still be told apart."""
    return min(len(_SHADES) - 1, int((max(value or 0, 0) / most) ** 0.5 * len(_SHADES))) if most else 0


def _most(plot: Plot) -> float:
    return max((cell for row in plot.cells for cell in row if cell is not None), default=0)


def _cut(words: str, size: float, most: float) -> str:
    """As much of a name as fits."""
    if width(words, size) * _OTHER_FONT <= most:
        return words
    while words and width(f"{words}…", size) * _OTHER_FONT > most:
        words = words[:-1]
    return f"{words.rstrip()}…"


def _heat(plot: Plot, drawing: _Drawing) -> None:
    size = 15
    left = 30 + min(330.0, max((width(name, size) * _OTHER_FONT for name in plot.rows), default=0))
    pitch = (WIDTH - 20 - left) / max(1, len(plot.columns))
    high, top = 26, drawing.height + 22
    most, unit = _most(plot), plot.unit
    label = min(13.0, fitting([*plot.columns], 13, pitch * 1.9))
    step = 1 if max((width(name, label) for name in plot.columns), default=0) <= pitch - 3 else 2
    texts = [figure(cell) for row in plot.cells for cell in row]
    number = round(min(13.0, fitting(texts, 13, pitch - 4)), 1)
    for place, name in enumerate(plot.columns):
        if (len(plot.columns) - 1 - place) % step == 0:
            x = round(left + pitch * (place + 0.5), 1)
            drawing.texts.append(_Text(x, top - 8, name, round(label, 1), fill=_SOFT, anchor="middle"))
    for line, (name, row) in enumerate(zip(plot.rows, plot.cells, strict=True)):
        y = top + line * high
        drawing.texts.append(_Text(20, y + 18, _cut(name, size, left - 26), size))
        for place, cell in enumerate(row):
            x = round(left + pitch * place, 1)
            shade = _shade(cell, most)
            fill = _EMPTY if cell is None else _SHADES[shade]
            about = f"{name}, {plot.columns[place]}: {figure(cell, unit)}"
            drawing.boxes.append(_Box(x, y, round(pitch - 1.5, 1), high - 1.5, fill, about))
            ink = _PAPER if cell is not None and shade >= _DARK else _INK
            middle = round(x + pitch / 2 - 0.75, 1)
            drawing.texts.append(_Text(middle, y + 17.5, figure(cell), number, fill=ink, anchor="middle"))
    drawing.height = top + high * len(plot.rows)


def _columns(plot: Plot, drawing: _Drawing) -> None:
    """One row of the table as columns, the newest at the right, the figures above them as far as they fit."""
    row = plot.cells[0] if plot.cells else []
    tall, top = 170, drawing.height + 18
    pitch, most = (WIDTH - 40) / max(1, len(row)), _most(plot) or 1
    said = [figure(cell, plot.unit) for cell in row]
    size = round(min(14.0, fitting(said, 14, pitch - 2)), 1)
    step = -(-int(max((width(name, 13) for name in plot.columns), default=1) + 8) // max(1, int(pitch)))
    foot = top + tall
    for place, cell in enumerate(row):
        x, high = round(20 + pitch * place, 1), round((cell or 0) / most * (tall - 22), 1)
        middle = round(x + pitch / 2, 1)
        if cell is not None:
            about = f"{plot.columns[place]}: {said[place]}"
            fill = _SHADES[4] if place == len(row) - 1 else _SHADES[2]
            drawing.boxes.append(_Box(x, round(foot - high, 1), round(pitch - 2, 1), max(high, 1), fill, about))
        drawing.texts.append(_Text(middle, round(foot - high - 5, 1), said[place], size, anchor="middle"))
        if (len(row) - 1 - place) % step == 0:
            drawing.texts.append(_Text(middle, foot + 18, plot.columns[place], 13, fill=_SOFT, anchor="middle"))
    drawing.boxes.append(_Box(20, foot, WIDTH - 40, 1, _RULE))
    drawing.height = foot + 24


def _bars(plot: Plot, drawing: _Drawing) -> None:
    """A bar for the first figure of each row; the others stand beside it in words."""
    size, high, most = 15, 30, max((row[0] for row in plot.cells if row and row[0] is not None), default=1) or 1
    left = 34 + min(400.0, max((width(name, size) * _OTHER_FONT for name in plot.rows), default=0))
    said = ["  ".join(figure(cell, plot.unit) for cell in row) for row in plot.cells]
    room = WIDTH - 30 - left - max((width(words, size, 600) * _OTHER_FONT for words in said), default=0)
    for line, (name, row) in enumerate(zip(plot.rows, plot.cells, strict=True)):
        y, long = drawing.height + line * high, round(max(1.0, (row[0] or 0) / most * room), 1)
        drawing.texts.append(_Text(20, y + 20, _cut(name, size, left - 32), size))
        drawing.boxes.append(_Box(round(left, 1), y + 4, long, high - 9, _SHADES[3], f"{name}: {said[line]}"))
        drawing.texts.append(_Text(round(left + long + 8, 1), y + 20, said[line], size, 600))
    drawing.height += high * len(plot.rows)


def _tiles(plot: Plot, drawing: _Drawing) -> None:
    """A square for each region, where it lies from its neighbours; it says nothing about size or borders."""
    across = 1 + max((column for column, _ in plot.places), default=0)
    down = 1 + max((row for _, row in plot.places), default=0)
    wide, high, most = (WIDTH - 40) / across, 92, _most(plot)
    for name, row, (column, line) in zip(plot.rows, plot.cells, plot.places, strict=True):
        x, y, cell = round(20 + wide * column, 1), drawing.height + high * line, row[0]
        shade = _shade(cell, most)
        fill = _EMPTY if cell is None else _SHADES[shade]
        ink = _PAPER if cell is not None and shade >= _DARK else _INK
        about = f"{name}: {figure(cell, plot.unit)}"
        drawing.boxes.append(_Box(x, y, round(wide - 3, 1), high - 3, fill, about))
        size = round(fitting(name.split(" "), 14, (wide - 14) / _OTHER_FONT), 1)
        for place, words in enumerate(wrapped(name, size, (wide - 12) / _OTHER_FONT)[:3]):
            drawing.texts.append(_Text(x + 7, round(y + 18 + place * 16, 1), words, size, fill=ink))
        drawing.texts.append(_Text(round(x + wide - 12, 1), y + high - 13, figure(cell), 20, 700, ink, "end"))
    drawing.height += high * down

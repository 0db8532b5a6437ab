"""Picture -> SVG, laid out for a small phone: big type, a figure at each mark, nothing cut, nothing on another.

Sizes are in pixels of a picture 1,080 wide; a phone shows them at a third. Years are columns, all else are bars with
their name above them, so that a name may be as long as it likes. One colour and its lighter shade, told apart in grey.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from jinja2 import Environment

from bot.charts.font import BOLD, BOLDEST, FAMILY, fitting, width, wrapped
from bot.charts.picture import Mark, Picture

WIDTH = 1080
_EDGE = 54
_LONG_NAME = 24  # letters; a shorter name of a publisher stays on one line
_INNER = WIDTH - 2 * _EDGE
_INK, _SOFT, _LINE = "#17212B", "#52606D", "#C9D1D9"
_BLUE, _LIGHT = "#0067A5", "#8DBBDB"

_TEMPLATE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""\
<svg xmlns="http://www.w3.org/2000/svg" width="{{ width }}" height="{{ sheet.height }}" \
viewBox="0 0 {{ width }} {{ sheet.height }}" role="img" aria-labelledby="{{ picture.id }}-title {{ picture.id }}-desc" \
xml:lang="{{ picture.locale }}" font-family="{{ family }}">
<title id="{{ picture.id }}-title">{{ picture.title }}. {{ picture.subtitle }}</title>
<desc id="{{ picture.id }}-desc">{{ picture.figures }}</desc>
<rect width="{{ width }}" height="{{ sheet.height }}" fill="#FFFFFF"/>
{% for line in sheet.rules %}
<path d="{{ line }}" stroke="{{ rule }}" stroke-width="3" fill="none"/>
{% endfor %}
{% for shape in sheet.shapes %}
<path d="{{ shape.path }}" fill="{{ shape.fill }}"><title>{{ shape.about }}</title></path>
{% endfor %}
{% for text in sheet.texts %}
<text x="{{ text.x }}" y="{{ text.y }}" font-size="{{ text.size }}" font-weight="{{ text.weight }}" \
fill="{{ text.fill }}" text-anchor="{{ text.anchor }}">{{ text.words }}</text>
{% endfor %}
</svg>
""")


@dataclass(frozen=True)
class Text:
    """A line of words; `y` is the line they stand on."""

    x: float
    y: float
    words: str
    size: float
    weight: int = 400
    fill: str = _INK
    anchor: str = "start"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what the words cover."""
        reach = width(self.words, self.size, self.weight)
        left = self.x - {"start": 0.0, "middle": reach / 2, "end": reach}[self.anchor]
        return left, self.y - 0.8 * self.size, left + reach, self.y + 0.22 * self.size


@dataclass(frozen=True)
class Shape:
    """A bar or column, and what it says to whoever points at it."""

    path: str
    fill: str
    about: str


@dataclass
class Sheet:
    """What has been laid out so far; `height` is where the next thing begins."""

    height: float = 0
    texts: list[Text] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)

    def write(self, words: str, size: float, weight: int = 400, fill: str = _INK, leading: float = 1.25) -> None:
        """A paragraph from edge to edge below everything else."""
        size = round(fitting(words.split(" "), size, _INNER, weight), 1)
        for line in wrapped(words, size, _INNER, weight):
            self.height += size * leading
            self.texts.append(Text(_EDGE, round(self.height - size * 0.25, 1), line, size, weight, fill))


def to_svg(picture: Picture) -> str:
    """The picture as SVG, by itself or inside a page; the same for the same picture."""
    sheet = lay_out(picture)
    return _TEMPLATE.render(picture=picture, sheet=sheet, width=WIDTH, family=FAMILY, rule=_LINE)


def lay_out(picture: Picture) -> Sheet:
    """Where everything stands."""
    sheet = Sheet(_EDGE - 16)
    sheet.write(picture.title, 58, BOLDEST, leading=1.2)
    sheet.height += 10
    sheet.write(picture.subtitle, 38, fill=_SOFT)
    sheet.height += 30
    if not picture.marks:
        sheet.write(picture.words.get("nothing", ""), 42)
    elif picture.is_by_year:
        _columns(picture, sheet)
    else:
        _bars(picture, sheet)
    if picture.sources:
        sheet.height += 34
        sheet.write(_sources(picture), 28, fill=_SOFT, leading=1.35)
    sheet.height = round(sheet.height + _EDGE - 14)
    return sheet


def _sources(picture: Picture) -> str:
    said = []
    for publisher, dates in picture.cited:
        name = publisher if len(publisher) > _LONG_NAME else publisher.replace(" ", "\u00a0")
        days = ", ".join(day for day, _ in dates if day)
        said.append(f"{name},\u00a0{days}" if days else name)
    before = picture.words.get("sources", "")
    return (f"{before}: " if before else "") + "; ".join(said)


def _bars(picture: Picture, sheet: Sheet) -> None:
    """A row for each mark: its name, below it the bar with the figure at its end."""
    thick, gap, size = 46, 16, 44
    room = _INNER - gap - max(width(mark.said, size, BOLD) for mark in picture.marks)
    most = _most(picture.marks)
    for mark in picture.marks:
        sheet.write(mark.label, 40)
        top = round(sheet.height + 6, 1)
        long = round(max(4, float((mark.value or 0) / most) * room), 1)
        sheet.shapes.append(Shape(_lying(_EDGE, top, long, thick), _BLUE, f"{mark.label} – {mark.said}"))
        sheet.texts.append(
            Text(round(_EDGE + long + gap, 1), round(top + thick / 2 + size * 0.36, 1), mark.said, size, BOLD)
        )
        sheet.height = top + thick + 32


def _columns(picture: Picture, sheet: Sheet) -> None:
    """A column for each year, the newest one darker; a year without a figure keeps its empty place."""
    tall, pitch = 560, _INNER / len(picture.marks)
    wide = round(min(pitch * 0.74, 120), 1)
    said, size, is_rounded = _figures(picture, pitch)
    if is_rounded:
        sheet.write(picture.words.get("thousands", ""), 32, fill=_SOFT)
        sheet.height += 14
    foot = round(sheet.height + size * 1.3 + tall, 1)
    most = _most(picture.marks)
    year_size, step = _years(picture.marks, pitch)
    for place, (mark, figure) in enumerate(zip(picture.marks, said, strict=True)):
        middle = round(_EDGE + pitch * (place + 0.5), 1)
        is_newest = place == len(picture.marks) - 1
        if mark.value is None:
            sheet.texts.append(Text(middle, foot - 14, "?", 44, fill=_SOFT, anchor="middle"))
        else:
            high = round(max(4, float(mark.value / most) * tall), 1)
            fill = _BLUE if is_newest else _LIGHT
            about = f"{mark.label} – {mark.said}"
            sheet.shapes.append(Shape(_standing(middle - wide / 2, foot, wide, high), fill, about))
            sheet.texts.append(Text(middle, round(foot - high - 12, 1), figure, size, BOLD, anchor="middle"))
        if (len(picture.marks) - 1 - place) % step == 0:
            sheet.texts.append(Text(middle, foot + 46, mark.label, year_size, 400, _INK, "middle"))
    sheet.rules.append(f"M{_EDGE} {foot}H{WIDTH - _EDGE}")
    sheet.height = foot + 60
    if any(mark.value is None for mark in picture.marks):
        sheet.height += 16
        sheet.write(picture.words.get("gap", ""), 32, fill=_SOFT)


def _figures(picture: Picture, pitch: float) -> tuple[list[str], float, bool]:
    """What stands on the columns: the figures, or where they do not fit in big type, the same in thousands."""
    exact, rounded = [mark.said for mark in picture.marks], [mark.in_thousands for mark in picture.marks]
    size = fitting(exact, 42, pitch - 12, BOLD)
    if size >= 32:
        return exact, round(size, 1), False
    return rounded, round(fitting(rounded, 42, pitch - 12, BOLD), 1), True


def _years(marks: tuple[Mark, ...], pitch: float) -> tuple[float, int]:
    """The size of the years, and which of them stand there: each, or each second one back from the newest."""
    size = 36
    widest = max(width(mark.label, size) for mark in marks)
    return size, 1 if widest + 14 <= pitch else 2


def _most(marks: tuple[Mark, ...]) -> Decimal:
    return max(mark.value or Decimal(0) for mark in marks) or Decimal(1)


def _lying(x: float, y: float, long: float, thick: float) -> str:
    """A bar that begins at its left end and is rounded at the other."""
    bend = min(8, long, thick / 2)
    return (
        f"M{x:g} {y:g}h{long - bend:g}a{bend:g} {bend:g} 0 0 1 {bend:g} {bend:g}"
        f"v{thick - 2 * bend:g}a{bend:g} {bend:g} 0 0 1 {-bend:g} {bend:g}h{bend - long:g}z"
    )


def _standing(x: float, foot: float, wide: float, high: float) -> str:
    """A column that stands on its foot and is rounded at the top."""
    bend = min(8, high, wide / 2)
    return (
        f"M{x:g} {foot:g}v{bend - high:g}a{bend:g} {bend:g} 0 0 1 {bend:g} {-bend:g}"
        f"h{wide - 2 * bend:g}a{bend:g} {bend:g} 0 0 1 {bend:g} {bend:g}v{high - bend:g}z"
    )

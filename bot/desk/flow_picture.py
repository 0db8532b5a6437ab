"""A flow as a picture: each question is a card with its answers as rows, and from each row a line leads on.

Answers stand inside of the cards and never on the lines, so no label can lie on another; cards stand in columns by how
far they are from the beginning at most, so every line runs to the right.
"""

from markupsafe import Markup

from bot.content.flows import Flow, FlowWords

_WIDE, _GAP, _EDGE = 270, 90, 20
_LINE, _ROW, _PAD, _BETWEEN = 17, 24, 10, 26
_LETTERS, _LABEL = 27, 32  # of a title's line and of an answer's row
_LINES = 3  # of a title at most
_ROUNDS = 4
_COLOURS = 6  # that tell the lines of one card apart


def draw(flow: Flow, said: FlowWords | None) -> Markup:
    """An SVG without script or style of its own; the same stands in the form below it as words."""
    cards = {step: _Card(flow, said, step) for step in _reached(flow)}
    columns = _columns(flow, cards)
    _place(columns, flow)
    lines = Markup("").join(_lines(flow, cards))
    boxes = Markup("").join(card.drawn() for card in cards.values())
    width = 2 * _EDGE + len(columns) * _WIDE + (len(columns) - 1) * _GAP
    height = _EDGE + max(card.y + card.height for card in cards.values())
    return Markup(
        '<svg class="flow" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="group" aria-label="{name}">'
        "{lines}{boxes}</svg>"
    ).format(w=width, h=height, name=flow.topic, lines=lines, boxes=boxes)


class _Card:
    """A question or ending on the picture."""

    def __init__(self, flow: Flow, said: FlowWords | None, step: str) -> None:
        self.step, self.is_first = step, step == flow.first
        self.is_end = step.startswith("end:")
        words = said and (said.titles.get(step[4:]) if self.is_end else said.asks.get(step))
        self.words = words or step
        self.title = _wrapped(self.words)
        labels = said.answers.get(step, {}) if said else {}
        self.answers = [(id, labels.get(id) or id, to) for id, to in flow.questions.get(step, {}).items()]
        self.x = self.y = 0

    @property
    def head(self) -> int:
        return 2 * _PAD + _LINE * len(self.title)

    @property
    def height(self) -> int:
        return self.head + _ROW * len(self.answers)

    @property
    def middle(self) -> int:
        return self.y + self.head // 2

    def row(self, number: int) -> int:
        return self.y + self.head + _ROW * number + _ROW // 2

    def drawn(self) -> Markup:
        kind = "end" if self.is_end else "first" if self.is_first else "ask"
        title = Markup("").join(
            Markup('<text x="{}" y="{}" class="title">{}</text>').format(
                self.x + 12, self.y + _PAD + _LINE * (number + 1) - 4, line
            )
            for number, line in enumerate(self.title)
        )
        rows = Markup("").join(
            Markup(
                '<path d="M{} {}h{}" class="rule"/><text x="{}" y="{}" class="answer">{}<title>{}</title></text>'
            ).format(
                self.x,
                self.row(number) - _ROW // 2,
                _WIDE,
                self.x + 12,
                self.row(number) + 4,
                _cut(label),
                f"{id}: {label}",
            )
            for number, (id, label, _) in enumerate(self.answers)
        )
        return Markup(
            '<a href="#q-{}"><g class="{}"><rect x="{}" y="{}" width="{}" height="{}" rx="10"/>{}{}'
            "<title>{}</title></g></a>"
        ).format(self.step.replace(":", "-"), kind, self.x, self.y, _WIDE, self.height, title, rows, self.words)


def _lines(flow: Flow, cards: dict[str, _Card]) -> list[Markup]:
    found = []
    for card in cards.values():
        targets = list(dict.fromkeys(to for _, _, to in card.answers))
        for number, (_, _, to) in enumerate(card.answers):
            x, y, other = card.x + _WIDE, card.row(number), cards[to]
            bend = max(40, (other.x - x) // 2)
            found.append(
                Markup('<path d="M{} {}C{} {} {} {} {} {}" class="way way-{}"/>').format(
                    x, y, x + bend, y, other.x - bend, other.middle, other.x, other.middle, targets.index(to) % _COLOURS
                )
            )
    return found


def _reached(flow: Flow) -> list[str]:
    """Every step, those that no way leads to as well: they are shown apart and named by check."""
    return [*flow.questions, *(f"end:{id}" for id in flow.endings)]


def _columns(flow: Flow, cards: dict[str, _Card]) -> list[list[_Card]]:
    """Steps by how far from the beginning they are at most; `read_flow` has refused circles."""
    depth = dict.fromkeys(cards, 0)
    for _ in flow.questions:
        for step, answers in flow.questions.items():
            for to in answers.values():
                depth[to] = max(depth[to], depth[step] + 1)
    columns: list[list[_Card]] = [[] for _ in range(max(depth.values()) + 1)]
    for step, card in cards.items():
        columns[depth[step]].append(card)
    return [column for column in columns if column]


def _place(columns: list[list[_Card]], flow: Flow) -> None:
    """Cards one below another, each near the answers that lead to it; some rounds until they hardly move."""
    for x, column in enumerate(columns):
        y = _EDGE
        for card in column:
            card.x, card.y = _EDGE + x * (_WIDE + _GAP), y
            y += card.height + _BETWEEN
    for _ in range(_ROUNDS):
        before = {
            step: [
                card.row(number)
                for column in columns
                for card in column
                for number, one in enumerate(card.answers)
                if one[2] == step
            ]
            for step in _reached(flow)
        }
        for column in columns[1:]:
            wanted = {
                card.step: sum(rows) / len(rows) - card.head / 2 if (rows := before[card.step]) else card.y
                for card in column
            }
            column.sort(key=lambda card: wanted[card.step])
            y = _EDGE
            for card in column:
                card.y = max(y, int(wanted[card.step]))
                y = card.y + card.height + _BETWEEN
            _pull_up(column, wanted)


def _pull_up(column: list[_Card], wanted: dict[str, float]) -> None:
    """A full column is moved up by what it hangs too low on the average."""
    over = sum(card.y - wanted[card.step] for card in column) / len(column)
    by = min(int(over), column[0].y - _EDGE)
    for card in column:
        card.y -= max(0, by)


def _wrapped(words: str) -> list[str]:
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > _LETTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], _cut(f"{lines[_LINES - 1]} …")]
    return [line[: _LETTERS + 4] for line in lines]


def _cut(label: str) -> str:
    return label if len(label) <= _LABEL else label[: _LABEL - 1].rstrip() + "…"

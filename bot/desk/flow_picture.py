"""A flow as a picture: questions from left to right in the order they are asked, answers on the lines between them."""

from markupsafe import Markup, escape

from bot.content.flows import Flow, FlowWords

_WIDE, _HIGH, _ACROSS, _DOWN = 200, 58, 330, 84
_LONGEST = 52


def draw(flow: Flow, said: FlowWords | None) -> Markup:
    """An SVG without script or style of its own; the same is in the file as words."""
    columns = _columns(flow)
    places = {
        step: (20 + x * _ACROSS, 20 + y * _DOWN) for x, column in enumerate(columns) for y, step in enumerate(column)
    }
    lines, boxes = Markup(""), Markup("")
    for step, answers in flow.questions.items():
        if step not in places:
            continue
        by_target: dict[str, list[str]] = {}
        for answer, following in answers.items():
            by_target.setdefault(following, []).append(answer)
        for following, names in by_target.items():
            if following in places:
                lines += _line(places[step], places[following], ", ".join(names))
    for step, place in places.items():
        boxes += _box(place, _words(step, said), step.startswith("end:"), step == flow.first)
    width = 40 + (len(columns) - 1) * _ACROSS + _WIDE
    height = 40 + max(len(column) for column in columns) * _DOWN
    return Markup(
        '<svg class="flow" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{name}">'
        "{lines}{boxes}</svg>"
    ).format(w=width, h=height, name=flow.topic, lines=lines, boxes=boxes)


def _columns(flow: Flow) -> list[list[str]]:
    """Steps by how far from the beginning they are at most, loops cut."""
    depth = {flow.first: 0}
    waiting = [flow.first]
    while waiting:
        step = waiting.pop(0)
        for following in flow.questions.get(step, {}).values():
            if following not in depth:
                depth[following] = depth[step] + 1
                waiting.append(following)
    columns: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for step, far in depth.items():
        columns[far].append(step)
    return columns


def _words(step: str, said: FlowWords | None) -> str:
    if said is None:
        return step
    words = said.titles.get(step.removeprefix("end:")) if step.startswith("end:") else said.asks.get(step)
    return words or step


def _line(one: tuple[int, int], other: tuple[int, int], words: str) -> Markup:
    x, y = one[0] + _WIDE, one[1] + _HIGH // 2
    to_x, to_y = other[0], other[1] + _HIGH // 2
    label = words if len(words) < 24 else words[:22] + "…"
    return Markup(
        '<path d="M{} {} C{} {} {} {} {} {}" class="way"/><text x="{}" y="{}" class="answer">{}<title>{}</title></text>'
    ).format(x, y, x + 60, y, to_x - 60, to_y, to_x, to_y, to_x - 118, to_y - 5, label, words)


def _box(place: tuple[int, int], words: str, is_end: bool, is_first: bool) -> Markup:
    kind = "end" if is_end else "first" if is_first else "ask"
    shown = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    half = shown.rfind(" ", 0, 27) if len(shown) > 26 else len(shown)
    lines = [shown[:half], shown[half:].strip()] if half > 0 else [shown[:26], shown[26:]]
    spans = Markup("").join(
        Markup('<tspan x="{}" dy="{}">{}</tspan>').format(place[0] + 12, 18, line) for line in lines if line
    )
    return Markup(
        '<g class="{}"><rect x="{}" y="{}" width="{}" height="{}" rx="10"/>'
        '<text x="{}" y="{}">{}</text><title>{}</title></g>'
    ).format(kind, *place, _WIDE, _HIGH, place[0] + 12, place[1] + 6, spans, escape(words))

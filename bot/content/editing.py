"""Writes a text, a fact or a place back into the words of its file, changing what was changed and no other byte.

Works on the words of a file, never on the disk: what is written is tried, compared and published elsewhere. Files of
YAML are cut into entries (a name at the left edge and what hangs below it) and changed at the exact place of a value,
so that comments, quotes and order stay as their writers left them. A library that loads and dumps YAML was considered
and left: none gives the same bytes back.
"""

import re
from collections.abc import Sequence

import yaml

from bot.content.topics import HEADER, PARTS

Path = Sequence[str | int]

_PLAIN = re.compile(r"[\w.+/(«“](?:[^#{}\[\],&?|>!%@`\"'\n:]|:(?=\w))*")
_TOP = re.compile(r"([A-Za-z0-9_-]+):(?:\s|$)")


def entries(text: str) -> list[str]:
    """The names at the left edge of a YAML file, in order."""
    return [found[1] for line in text.split("\n") if (found := _TOP.match(line))]


def entry(text: str, name: str) -> str:
    """One entry of a YAML file with all its lines; empty where there is none."""
    lines = text.split("\n")
    start, end = _span(lines, name)
    return "".join(f"{line}\n" for line in lines[start:end])


def with_entry(text: str, name: str, words: str) -> str:
    """The file with one entry written anew; a new name goes to the end, empty words take the entry out."""
    lines = text.split("\n")
    start, end = _span(lines, name)
    fresh = words.rstrip("\n").split("\n") if words.strip() else []
    if start == end:
        body = text if text.endswith("\n") or not text else text + "\n"
        return body + "".join(f"{line}\n" for line in fresh)
    return "\n".join([*lines[:start], *fresh, *lines[end:]])


def _span(lines: list[str], name: str) -> tuple[int, int]:
    """Where an entry begins and ends; comments and empty lines after it belong to what follows."""
    starts = [number for number, line in enumerate(lines) if (top := _TOP.match(line)) and top[1] == name]
    if not starts:
        return 0, 0
    end = starts[0] + 1
    for number in range(starts[0] + 1, len(lines)):
        if lines[number].startswith((" ", "- ")):
            end = number + 1
        elif lines[number].strip() and not lines[number].startswith("#"):
            break
    return starts[0], end


def with_value(text: str, path: Path, value: str | list[str] | None) -> str:
    """The words of an entry with one value set, added, or with None taken out.

    What stands there already is left as it is written, quotes and all.
    """
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    assert root is not None
    parent, node = _find(root, path)
    if node is not None:
        if value is None:
            return _without(text, parent, str(path[-1]))
        if _same(node, value):
            return text
        written = _written(value)
        if isinstance(value, str) and text[node.start_mark.index] == "'" and not written.startswith("'"):
            written = f"'{written}'"  # as its writer left it
        return text[: node.start_mark.index] + written + _tail(text, node)
    if value is None:
        return text
    if not isinstance(parent, yaml.MappingNode):
        raise KeyError(path)
    return _added(text, parent, str(path[-1]), _written(value))


def with_items(text: str, path: Path, items: list[str]) -> str:
    """The words of an entry with other items in one of its lists; those that stay keep their place and their bytes."""
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    assert root is not None
    _, node = _find(root, path)
    if not isinstance(node, yaml.SequenceNode) or not node.flow_style:
        return with_value(text, path, items)
    olds = [one.value for one in node.value]
    kept = [number for number, old in enumerate(olds) if old in items and old not in olds[:number]]
    fresh = [scalar(item) for item in dict.fromkeys(items) if item not in olds]
    if len(kept) == len(olds) and not fresh:
        return text
    if not kept:
        return with_value(text, path, items)
    written = "".join(_item(text, node.value, number, number == kept[0]) for number in kept)
    start, end = node.value[0].start_mark.index, node.value[-1].end_mark.index
    return text[:start] + ", ".join([written, *fresh]) + text[end:]


def leaves(text: str) -> dict[tuple[str, ...], tuple[str, int, int]]:
    """Every word of a file of nested names: where it hangs, what it says, its first and its last line."""
    found: dict[tuple[str, ...], tuple[str, int, int]] = {}

    def gather(node: yaml.Node | None, path: tuple[str, ...]) -> None:
        if isinstance(node, yaml.ScalarNode):
            last = text.count("\n", 0, len(text) - len(_tail(text, node)))
            found[path] = node.value.strip("\n"), node.start_mark.line + 1, last + 1
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            gather(value, (*path, str(key.value)))

    gather(yaml.compose(text, Loader=yaml.CBaseLoader), ())
    return found


def with_words(text: str, path: Sequence[str], words: str) -> str:
    """The file with words at a place, over several lines where they have several; the way there is made where it is
    missing, and empty words take the place out."""
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    assert isinstance(root, yaml.MappingNode)
    parent, depth = root, 0
    while depth < len(path) - 1 and isinstance(below := _below(parent, path[depth]), yaml.MappingNode):
        parent, depth = below, depth + 1
    node, column = _below(parent, path[depth]), parent.start_mark.column
    if not words.strip():
        return with_value(text, path, None) if node is not None and depth == len(path) - 1 else text
    if node is None:
        names = "".join(f"{name}:\n{' ' * (column + 2 * (number + 1))}" for number, name in enumerate(path[depth:-1]))
        inner = column + 2 * (len(path) - 1 - depth)
        lines = f"\n{' ' * column}{names}{path[-1]}: {_block(words, inner, '')}"
        end = len(text) - len(_tail(text, parent))
        return text[:end] + lines + text[end:]
    if not isinstance(node, yaml.ScalarNode) or depth < len(path) - 1:
        raise KeyError(tuple(path))
    if node.value.strip("\n") == words.strip("\n"):
        return text
    return text[: node.start_mark.index] + _block(words, column, node.style or "") + _tail(text, node)


def _below(parent: yaml.MappingNode, name: str) -> yaml.Node | None:
    return next((value for key, value in parent.value if key.value == name), None)


def _block(words: str, column: int, style: str) -> str:
    """Words as they stand behind a name: in its line, or as lines of their own below it."""
    words = words.strip("\n")
    if "\n" not in words and style != "|":
        written = scalar(words)
        return f"'{written}'" if style == "'" and not written.startswith("'") else written
    indent = " " * (column + 2)
    return "\n".join(["|", *(f"{indent}{line.rstrip()}" if line.strip() else "" for line in words.split("\n"))])


def _item(text: str, items: list[yaml.Node], number: int, is_first: bool) -> str:
    """An item as it is written, with what parts it from the one before."""
    start = items[number].start_mark.index if is_first else items[number - 1].end_mark.index
    return text[start : items[number].end_mark.index]


def _find(root: yaml.Node, path: Path) -> tuple[yaml.Node, yaml.Node | None]:
    parent, node = root, root
    for step in path:
        parent, found = node, None
        if isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = node.value[step]
        if found is None:
            if step is not path[-1]:
                raise KeyError(tuple(path))
            return parent, None
        node = found
    return parent, node


def _same(node: yaml.Node, value: str | list[str]) -> bool:
    if isinstance(node, yaml.SequenceNode):
        return [one.value for one in node.value] == value
    return bool(node.value == value)


def _tail(text: str, node: yaml.Node) -> str:
    """What follows a value; one over several lines ends before its line break, and before the comments after it."""
    last = node
    while isinstance(last, yaml.CollectionNode) and not last.flow_style and last.value:
        last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
    end = last.end_mark.index
    while end > node.start_mark.index and text[end - 1] in " \n":
        end -= 1
    return text[end:]


def _without(text: str, parent: yaml.Node, name: str) -> str:
    assert isinstance(parent, yaml.MappingNode)
    pairs = [(key, value) for key, value in parent.value]
    place = next(number for number, (key, _) in enumerate(pairs) if key.value == name)
    key, value = pairs[place]
    if parent.flow_style:
        start = pairs[place - 1][1].end_mark.index if place else key.start_mark.index
        end = value.end_mark.index if place or len(pairs) == 1 else pairs[1][0].start_mark.index
        return text[:start] + text[end:]
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    rest = _tail(text, value)
    return text[:start] + rest.partition("\n")[2]


def _added(text: str, parent: yaml.MappingNode, name: str, written: str) -> str:
    if parent.flow_style:
        end = parent.end_mark.index - 1
        before = text[:end].rstrip()
        return f"{before}{', ' if parent.value else ''}{name}: {written}" + text[end:]
    last = parent.value[-1][1]
    end = len(text) - len(_tail(text, last))
    return f"{text[:end]}\n{' ' * parent.start_mark.column}{name}: {written}" + text[end:]


def _written(value: str | list[str]) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(scalar, value))}]"
    return scalar(value)


def scalar(words: str) -> str:
    """Words as YAML reads them back: bare where that is safe, else in single quotes."""
    words = " ".join(words.split())
    is_plain = _PLAIN.fullmatch(words) and not words.endswith(" ")
    return words if is_plain else "'" + words.replace("'", "''") + "'"


def header(text: str, name: str) -> str:
    """One line of the header of a text."""
    return next((line.partition(":")[2].strip() for line in _header_lines(text) if _name(line) == name), "")


def with_header(text: str, name: str, value: str) -> str:
    """The text with one header line set; an empty value takes the line out."""
    value = " ".join(value.split())
    if header(text, name) == value:
        return text
    lines = text.split("\n")
    end = 1 + len(_header_lines(text))
    place = next((number for number in range(1, end) if _name(lines[number]) == name), None)
    if place is not None:
        lines[place : place + 1] = [f"{name}: {value}"] if value else []
    elif value:
        before = set(HEADER[: HEADER.index(name)])
        after = [number for number in range(1, end) if _name(lines[number]) in before]
        lines.insert(after[-1] + 1 if after else 1, f"{name}: {value}")
    return "\n".join(lines)


def section(text: str, part: str) -> str:
    """The words of a part; the short answer is the part without a name."""
    lines = text.split("\n")
    start, end = _section_span(lines, part)
    return "\n".join(lines[start:end]).strip("\n")


def with_section(text: str, part: str, words: str) -> str:
    """The text with the words of one part; empty words take the part out."""
    words = "\n".join(line.rstrip() for line in words.split("\n")).strip("\n")
    if section(text, part) == words:
        return text
    lines = text.split("\n")
    start, end = _section_span(lines, part)
    if start < 0:
        return _with_new_section(text, part, words) if words else text
    if part and not words:
        return "\n".join([*lines[: start - 1], *lines[end:]])
    old = lines[start:end]
    foot = len(old) - len("\n".join(old).rstrip("\n").split("\n")) if any(old) else 1
    return "\n".join([*lines[:start], *words.split("\n"), *[""] * foot, *lines[end:]])


def _with_new_section(text: str, part: str, words: str) -> str:
    later = set(PARTS[PARTS.index(part) + 1 :])
    lines = text.rstrip("\n").split("\n")
    place = next((n for n, line in enumerate(lines) if line.startswith("## ") and line[3:].strip() in later), None)
    fresh = [f"## {part}", *words.split("\n")]
    if place is None:
        return "\n".join([*lines, "", *fresh, ""])
    return "\n".join([*lines[:place], *fresh, "", *lines[place:], ""])


def _section_span(lines: list[str], part: str) -> tuple[int, int]:
    body = _body_start(lines)
    heads = [number for number in range(body, len(lines)) if lines[number].startswith("## ")]
    if not part:
        return body, heads[0] if heads else len(lines)
    for place, number in enumerate(heads):
        if lines[number][3:].strip() == part:
            return number + 1, heads[place + 1] if place + 1 < len(heads) else len(lines)
    return -1, -1


def _body_start(lines: list[str]) -> int:
    ends = [number for number, line in enumerate(lines) if line.strip() == "---"]
    return ends[1] + 1 if len(ends) > 1 else 0


def _header_lines(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[1 : max(1, _body_start(lines) - 1)]


def _name(line: str) -> str:
    return line.partition(":")[0].strip()


def new_text(title: str) -> str:
    """The file of a text that is not there yet."""
    return f"---\ntitle: {title}\n---\n"


def value_at(text: str, path: Path) -> str | list[str] | None:
    """What stands at a place of an entry: a word, a list of words, or nothing."""
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    try:
        _, node = _find(root, path) if root else (None, None)
    except KeyError:
        return None
    if isinstance(node, yaml.SequenceNode):
        return [str(one.value) for one in node.value]
    return str(node.value) if node is not None else None

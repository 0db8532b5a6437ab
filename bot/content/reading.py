"""Reads editors' files as plain strings and remembers the line of everything, for check to name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.sentence import Sentence


@dataclass(frozen=True, order=True)
class Mistake:
    """Something an editor can mend: where it is and what to do, in plain words."""

    file: str
    line: int
    what: Sentence
    is_advice: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'advice: ' if self.is_advice else ''}{self.what}"


_DEEPEST = 12  # levels of a file; ours have five


class Unreadable(Exception):
    """A file cannot be read at all; carries the mistake to show."""

    def __init__(self, file: str, line: int, what: Sentence) -> None:
        super().__init__(what)
        self.mistake = Mistake(file, line, what)


class Table(dict[str, Any]):
    """A YAML mapping that knows the line of each key and of itself."""

    line: int = 1

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        """The line a key stands on; the mapping's own line for a missing key."""
        return self.lines.get(key, self.line)

    def tables(self) -> Iterator[tuple[str, "Table"]]:
        """The entries whose value is itself a mapping."""
        return ((key, value) for key, value in self.items() if isinstance(value, Table))


def read_table(path: Path, name: str) -> Table:
    """A YAML file whose top is a mapping; every scalar stays the string that was typed."""
    text = read_text(path, name)
    try:
        _refuse_tricks(text, name)
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = Sentence("this is not valid YAML ({problem}); check the indent and quotes", problem=error.problem)
        raise Unreadable(name, line, what) from error
    except yaml.YAMLError as error:
        raise Unreadable(name, 1, Sentence("this is not valid YAML; check for odd characters")) from error
    if root is None:
        return Table()
    tree = _build(root, name)
    if not isinstance(tree, Table):
        raise Unreadable(name, 1, Sentence("the file must be a list of `name: value` lines"))
    return tree


def read_text(path: Path, name: str) -> str:
    """A UTF-8 file with any line ends and with or without a byte order mark."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Unreadable(name, 1, Sentence("the file is not in UTF-8; save it anew as UTF-8")) from error
    except OSError as error:
        raise Unreadable(name, 1, Sentence("the file cannot be read ({why})", why=error.strerror)) from error


def _refuse_tricks(text: str, name: str) -> None:
    """Aliases inside of what has a name of its own, and deep nesting, can hang or break a reader of YAML."""
    named: list[bool] = []
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) and any(named):
            raise Unreadable(name, line, Sentence("`*` means something else here; put the words in quotes"))
        if isinstance(event, yaml.CollectionStartEvent):
            named.append(bool(event.anchor))
        elif isinstance(event, yaml.CollectionEndEvent):
            named.pop()
        if len(named) > _DEEPEST:
            what = Sentence("brackets or lines are nested too deeply; check the indent and quotes")
            raise Unreadable(name, line, what)


def line_of(path: Path, words: str) -> int:
    """The first line of a file that holds these words; 1 where none does."""
    lines = read_text(path, path.name).split("\n")
    return next((number for number, line in enumerate(lines, start=1) if words in line), 1)


def _build(node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, name) for item in node.value]
    table = Table()
    table.line = node.start_mark.line + 1
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise Unreadable(name, line, Sentence("a name here is not a plain word"))
        if key.value in table:
            raise Unreadable(name, line, Sentence("`{name}` stands here twice; keep one", name=key.value))
        table[key.value] = _build(value, name)
        table.lines[key.value] = line
    return table

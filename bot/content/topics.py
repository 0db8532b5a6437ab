"""Group, Topic and Text: the catalogue, and one topic in one language as its file says it."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.content.reading import Mistake, Table, Unreadable, read_table, read_text
from bot.sentence import Sentence

PARTS = ("steps", "cost", "deadlines", "dont", "who", "others")
HEADER = ("title", "asked", "sources", "compared", "reviewed", "follows", "risk", "voice")
_LONGEST_ID = 20  # letters; two of them, a part and a language fit a button
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Topic:
    """One subject a worker asks about; `alias` is its short neutral name in buttons and links."""

    id: str
    about: str
    near: tuple[str, ...] = ()
    alias: str | None = None

    @property
    def group(self) -> str:
        return self.id.partition("/")[0]


@dataclass(frozen=True)
class Group:
    """A section of the menu: its topics in the order of their buttons."""

    id: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Text:
    """One topic (or a group, or the home screen) in one language, in our small Markdown with {facts}."""

    id: str
    language: str
    title: str
    short: str
    parts: dict[str, str]
    asked: tuple[str, ...]
    sources: tuple[str, ...]
    compared: date | None
    reviewed: str
    follows: str
    risk: str
    file: str
    body_line: int
    fingerprint: str
    recording: Path | None
    recorded_from: str

    @property
    def is_recording_stale(self) -> bool:
        """Whether the recorded voice says an older version of these words."""
        return self.recorded_from != self.fingerprint

    @property
    def is_draft(self) -> bool:
        """Drafts lend their title and example questions, and are never shown."""
        return self.compared is None

    def respelled(self, language: str, respell: Callable[[str], str]) -> "Text":
        """The same text in another script of its language; example questions stay as people typed them."""
        return replace(
            self,
            language=language,
            title=respell(self.title),
            short=respell(self.short),
            parts={name: respell(words) for name, words in self.parts.items()},
            risk=respell(self.risk),
        )


def read_catalogue(folder: Path) -> tuple[Group, ...]:
    """The groups of topics.yaml in order; a mistake in it stops the start, so it raises Unreadable."""
    name = "topics.yaml"
    table = read_table(folder / name, name)
    if not table:
        raise Unreadable(name, 1, Sentence("the catalogue is empty; list at least one group with one topic"))
    groups = tuple(_group(id, topics, table.line_of(id)) for id, topics in table.items())
    known = {topic.id for group in groups for topic in group.topics}
    aliases: set[str] = set()
    for group in groups:
        for topic in group.topics:
            line = table[group.id].line_of(topic.id.partition("/")[2])
            for near in topic.near:
                if near not in known:
                    what = Sentence("{id}: `near` names {near}, which is not in the catalogue", id=topic.id, near=near)
                    raise Unreadable(name, line, what)
            if topic.alias in aliases:
                what = Sentence("{id}: the alias {alias} is taken by another topic", id=topic.id, alias=topic.alias)
                raise Unreadable(name, line, what)
            if topic.alias:
                aliases.add(topic.alias)
    return groups


def _group(id: str, topics: object, line: int) -> Group:
    if not ID.fullmatch(id) or len(id) > _LONGEST_ID:
        raise Unreadable("topics.yaml", line, _no_id(id))
    if not isinstance(topics, Table) or not topics:
        raise Unreadable("topics.yaml", line, Sentence("{id}: list its topics below it, indented", id=id))
    return Group(id, tuple(_topic(f"{id}/{name}", name, entry, topics.line_of(name)) for name, entry in topics.items()))


def _topic(id: str, name: str, entry: object, line: int) -> Topic:
    if not ID.fullmatch(name) or len(name) > _LONGEST_ID:
        raise Unreadable("topics.yaml", line, _no_id(name))
    if not isinstance(entry, Table):
        return Topic(id, about=str(entry))
    unknown = set(entry) - {"about", "near", "alias"}
    if unknown:
        what = Sentence("{id}: unknown `{key}`; it may say about, near and alias", id=id, key=min(unknown))
        raise Unreadable("topics.yaml", line, what)
    if not all(isinstance(value, str) for value in entry.values()):
        raise Unreadable(
            "topics.yaml", line, Sentence("{id}: about, near and alias are plain words on one line", id=id)
        )
    alias = entry.get("alias")
    if alias is not None and not re.fullmatch(r"[a-z][a-z0-9]{1,3}", alias):
        what = Sentence("{id}: an alias is two to four of a-z and 0-9, like `k7`", id=id)
        raise Unreadable("topics.yaml", line, what)
    return Topic(id, entry.get("about", ""), tuple(split(entry.get("near", ""), ",")), alias)


def _no_id(id: str) -> Sentence:
    return Sentence("`{id}` is no id: use a-z, 0-9 and single hyphens, at most {most}", id=id[:40], most=_LONGEST_ID)


def split(line: str, mark: str) -> list[str]:
    """The non-empty pieces of a header line."""
    return [piece.strip() for piece in line.split(mark) if piece.strip()]


def read_article(path: Path, name: str, id: str, language: str) -> tuple[Text | None, list[Mistake]]:
    """The text in a file, or None where a mistake makes it unfit; and its mistakes."""
    try:
        raw = read_text(path, name)
    except Unreadable as error:
        return None, [error.mistake]
    lines = raw.split("\n")
    if lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        what = Sentence("the file must begin with a header between two lines of `---`")
        return None, [Mistake(name, 1, what)]
    end = [line.strip() for line in lines].index("---", 1)
    header, mistakes = _header(lines[1:end], name)
    body, parts, more = _body(lines[end + 1 :], name, end + 2)
    mistakes += more
    if not header.get("title"):
        what = Sentence("the title is missing; add a line `title: ...` to the header")
        mistakes.append(Mistake(name, 1, what))
    compared = _day(header.get("compared", ""), name, mistakes)
    if compared and not body:
        what = Sentence("the short answer is missing; write one or two sentences below the header")
        mistakes.append(Mistake(name, end + 2, what))
    if any(not mistake.is_advice for mistake in mistakes):
        return None, mistakes
    return Text(
        id,
        language,
        header["title"],
        body,
        parts,
        tuple(split(header.get("asked", ""), ";")),
        tuple(split(header.get("sources", ""), ",")),
        compared,
        header.get("reviewed", ""),
        header.get("follows", ""),
        header.get("risk", ""),
        name,
        end + 2,
        fingerprint(
            [
                header["title"],
                header.get("risk", ""),
                body,
                *(f"## {part}\n{words}" for part, words in parts.items()),
            ]
        ),
        path.with_suffix(".ogg") if path.with_suffix(".ogg").is_file() else None,
        header.get("voice", ""),
    ), mistakes


def fingerprint(pieces: Iterable[str]) -> str:
    """Twelve letters that change when any word of a text does; spaces and line breaks do not count."""
    words = " ".join(" ".join(pieces).split())
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def _header(lines: list[str], name: str) -> tuple[dict[str, str], list[Mistake]]:
    header: dict[str, str] = {}
    mistakes = []
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        if not colon:
            what = Sentence("a header line is a name, a colon and the rest, like `title: ...`")
            mistakes.append(Mistake(name, number, what))
        elif key.strip() not in HEADER:
            what = Sentence("unknown header line `{key}`; known are {known}", key=key.strip(), known=", ".join(HEADER))
            mistakes.append(Mistake(name, number, what))
        elif key.strip() in header:
            what = Sentence("`{key}` stands twice in the header; keep one", key=key.strip())
            mistakes.append(Mistake(name, number, what))
        else:
            header[key.strip()] = value.strip()
    return header, mistakes


def _body(lines: list[str], name: str, first: int) -> tuple[str, dict[str, str], list[Mistake]]:
    """The short answer, and each part's words under its name."""
    sections: dict[str, list[str]] = {"": []}
    mistakes: list[Mistake] = []
    current = ""
    for number, line in enumerate(lines, start=first):
        if not line.startswith("#"):
            sections[current].append(line.rstrip())
            continue
        current = line.lstrip("#").strip()
        if not line.startswith("## ") or current not in PARTS:
            known = ", ".join(f"`## {part}`" for part in PARTS)
            what = Sentence("this is not the heading of a part; known are {known}", known=known)
            mistakes.append(Mistake(name, number, what))
        elif current in sections:
            what = Sentence("the part `{part}` stands twice; join them", part=current)
            mistakes.append(Mistake(name, number, what))
        sections.setdefault(current, [])
    texts = {part: "\n".join(words).strip() for part, words in sections.items()}
    return texts[""], {part: texts[part] for part in PARTS if texts.get(part)}, mistakes


def _day(value: str, name: str, mistakes: list[Mistake]) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        what = Sentence("compared: `{value}` is no date; write it like 2026-11-22", value=value)
        mistakes.append(Mistake(name, 1, what))
        return None

"""The words of a flow as fields: each beside the Russian ones, with its mistakes, and back into the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.content import Content, Mistake
from bot.content.check_flows import check_flow_words
from bot.content.check_texts import Page
from bot.content.editing import leaves, with_words
from bot.content.flows import Flow, read_words
from bot.content.glossary import read_glossary
from bot.desk.drafts import mark
from bot.desk.visit import Visit

LABEL = 28  # letters of a button that stand on one line of a small phone
MOST_LETTERS = 4000

Path = tuple[str, ...]
Leaves = Mapping[Path, tuple[str, int, int]]


@dataclass(frozen=True)
class Field:
    """One piece of a flow's words: where it hangs, the Russian, ours, and what somebody else saved meanwhile."""

    path: Path
    source: str
    words: str
    base: str
    theirs: str = ""
    mistakes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return "f." + ".".join(self.path)

    @property
    def is_label(self) -> bool:
        return "answers" in self.path


@dataclass(frozen=True)
class Passage:
    """A question with its answers, or an ending: what is edited together."""

    id: str
    fields: tuple[Field, ...]
    also: tuple[str, ...] = ()  # questions that are asked in the same words

    @property
    def is_empty(self) -> bool:
        return any(not field.words.strip() for field in self.fields)


def file_of(topic: str, language: str) -> str:
    return f"content/{topic}/flow.{language}.yaml"


def passages(flow: Flow, source: str, words: str) -> list[Passage]:
    """Every question in the order of the map, then the endings, then what stands around them."""
    russian, own = leaves(source), leaves(words)
    found = []
    for id, answers in flow.questions.items():
        if ("questions", id, "like") in own or (not own and ("questions", id, "like") in russian):
            continue
        paths = [("questions", id, "ask"), *(("questions", id, "answers", answer) for answer in answers)]
        found.append(Passage(id, _fields(paths, russian, own), _also(id, own or russian)))
    for id in flow.endings:
        paths = [("endings", id, "title"), ("endings", id, "text")]
        found.append(Passage(f"end:{id}", _fields(paths, russian, own)))
    return [*found, Passage("", _fields([("name",), ("foot",)], russian, own))]


def _fields(paths: list[Path], russian: Leaves, own: Leaves) -> tuple[Field, ...]:
    said = [(path, russian.get(path, ("",))[0], own.get(path, ("",))[0]) for path in paths]
    return tuple(Field(path, source, words, mark(words)) for path, source, words in said)


def _also(id: str, own: Leaves) -> tuple[str, ...]:
    return tuple(path[1] for path, found in own.items() if path[-1] == "like" and found[0] == id)


def typed(form: Mapping[str, str], all: list[Passage]) -> dict[Path, str]:
    """What a person has really changed: fields that differ from what the page was opened with."""
    changed = {}
    for field in _each(all):
        words = form.get(field.name, field.words).strip("\n").rstrip()
        if mark(words) != form.get(f"b{field.name[1:]}", field.base):
            changed[field.path] = words[:MOST_LETTERS]
    return changed


def filled(words: str, changed: Mapping[Path, str]) -> str:
    """The file with these words; lines that were not touched stay as they are."""
    for path, said in changed.items():
        words = with_words(words, path, said)
    return words


def joined(all: list[Passage], changed: Mapping[Path, str], form: Mapping[str, str]) -> list[Passage]:
    """The newer words of somebody else, with what this person typed over them; where both wrote, both stand there."""

    def join(field: Field) -> Field:
        if field.path not in changed or changed[field.path] == field.words:
            return field
        is_both = field.base != form.get(f"b{field.name[1:]}", field.base)
        return replace(field, words=changed[field.path], theirs=field.words if is_both else "")

    return [replace(one, fields=tuple(map(join, one.fields))) for one in all]


def with_mistakes(all: list[Passage], words: str, found: list[Mistake]) -> tuple[list[Passage], list[Mistake]]:
    """Each mistake at its field, by its line; and those that belong to none."""
    own = leaves(words)
    lines = {path: range(first, last + 1) for path, (_, first, last) in own.items()}
    placed: set[Mistake] = set()

    def place(field: Field) -> Field:
        here = [one for one in found if one.line in lines.get(field.path, ())]
        placed.update(here)
        return replace(field, mistakes=tuple(one.what for one in here))

    all = [replace(one, fields=tuple(map(place, one.fields))) for one in all]
    return all, [one for one in found if one not in placed]


def mistakes(visit: Visit, content: Content, flow: Flow, language: str, words: str) -> list[Mistake]:
    """What `check` says of these words of a flow."""
    name = f"{flow.topic}/flow.{language}.yaml"
    with visit.desk.drafts.scratch("flow.yaml", words) as folder:
        said, found = read_words(folder / "flow.yaml", name, flow, language)
    if said is None:
        return found
    glossary, _ = read_glossary(visit.desk.library.editions.content, language)
    page = Page(content, glossary, visit.desk.today, flow.topic, name, tuple(words.split("\n")))
    return sorted({*found, *check_flow_words(page, flow, said)})


def lacking(visit: Visit, flow: Flow, codes: list[str]) -> dict[str, int]:
    """How many fields each language has still to fill."""
    drafts = visit.desk.drafts
    source = drafts.file(file_of(flow.topic, "ru"))
    return {
        code: sum(
            not field.words.strip() and field.path[0] not in ("name", "foot")
            for field in _each(passages(flow, source, drafts.file(file_of(flow.topic, code)) or "{}"))
        )
        for code in codes
    }


def _each(all: list[Passage]) -> Iterator[Field]:
    return (field for one in all for field in one.fields)

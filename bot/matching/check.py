"""What an editor should know of content/lexicon.yaml: a beginning so short, or a word so common, that it misleads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.content import Content, Mistake
from bot.content.reading import line_of
from bot.matching.fold import fold_words
from bot.matching.stems import Stems
from bot.sentence import Sentence

NAME = "lexicon.yaml"
_SHORTEST = 3  # letters of a beginning
_MOST = 0.75  # of all topics: a word that their examples share tells none of them from another


Asked = Iterable[tuple[str, Sequence[str]]]  # topics, and the folded words of an example question of each


def check_words(content: Content, folder: Path, asked: Asked | None = None) -> Iterator[Mistake]:
    """Advice on each entry that hits too much; none of it is an error. `asked` spares the folding of all examples."""
    topics = _topics(content, folded(content) if asked is None else asked)
    for name, entries in content.lexicon.items():
        for entry in entries:
            if entry.endswith("*") and " " not in entry and len("".join(fold_words(entry))) < _SHORTEST:
                what = Sentence(
                    "{name}: `{entry}` is so short that it is met in every sentence; write more of the word",
                    name=name, entry=entry,
                )  # fmt: skip
                yield Mistake(NAME, line_of(folder / NAME, f"{name}:"), what, is_advice=True)
            elif (met := len(topics[name, entry])) > _MOST * len(content.topics):
                what = Sentence(
                    "{name}: `{entry}` stands in examples of {count} topics and tells none of them; write more of it",
                    name=name, entry=entry, count=met,
                )  # fmt: skip
                yield Mistake(NAME, line_of(folder / NAME, f"{name}:"), what, is_advice=True)


def folded(content: Content) -> Iterator[tuple[str, Sequence[str]]]:
    """Every example question as it is matched, with its topic."""
    texts = ((id, text) for (id, _), text in content.texts.items() if "/" in id)
    return ((id, fold_words(asked)) for id, text in texts for asked in text.asked)


def _topics(content: Content, asked: Asked) -> dict[tuple[str, str], set[str]]:
    """The topics in whose examples each entry is met."""
    numbered = {str(number): (name, entry) for number, (name, entry) in enumerate(_entries(content))}
    stems = Stems({number: [entry] for number, (_, entry) in numbered.items()})
    topics: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id, words in asked:
        for number in stems.places(words):
            topics[numbered[number]].add(id)
    return topics


def _entries(content: Content) -> Iterator[tuple[str, str]]:
    return ((name, entry) for name, entries in content.lexicon.items() for entry in entries)

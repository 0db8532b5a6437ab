"""From content to weights: what is learned from the texts and the seeds, or taken from the cache."""

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import numpy as np

from bot.content import Content
from bot.matching.fold import fold_all
from bot.matching.lanes import Lanes
from bot.matching.language import LanguageModel
from bot.matching.learning import cache as kept
from bot.matching.learning.languages import learn as learn_languages
from bot.matching.learning.topics import Example, train
from bot.matching.lexicon import Lexicon
from bot.matching.model import DANGER, NONE, Learned, Model
from bot.matching.names import Names
from bot.matching.reading import Reader, reader
from bot.matching.seeds import seeds

_READ = 250  # characters of a part that teach a topic; all of it taught no more
_CALLED = 3.0  # what a call for help, or what only looks like one, weighs beside a question
_HEARD = 100  # characters of a part that teach its language; all of it told them apart no better
_PROSE = 0.3  # what a part of a text weighs beside an example question
_MARKUP = re.compile(r"\{[^}]*\}|\]\([^)]*\)|[*\[\]]")
CALLS = ("trafficking/danger",)  # topics whose example questions are calls for help
UNTOLD = ("help/violence", "help/mental-crisis", "help/emergency", "trafficking/children", "trafficking/report")


Known = tuple[Model, LanguageModel, Reader]


def learned(content: Content, lexicon: Lexicon, folder: Path | None) -> Known:
    """The models of a content; `folder` keeps them for the next start."""
    mark = kept.fingerprint(_pieces(content)) if folder else ""
    arrays = kept.load(folder, mark) if folder else None
    if arrays is not None:
        try:
            return _from_arrays(arrays)
        except (KeyError, ValueError, TypeError, UnicodeDecodeError):
            pass  # a file with our mark and not our shape: learn anew and write it over
    model = train(list(examples(content)), lexicon)
    languages = learn_languages(prose(content), own_languages(content), (text for *_, text in _asked(content)))
    read = reader(languages.words, model.words)
    if folder:
        kept.save(folder, mark, _to_arrays(model, languages, read))
    return Model(model), languages, read


def learned_last(content: Content, folder: Path) -> Known | None:
    """What the folder keeps of another version of the content, unless it leads to a topic that is gone."""
    arrays = kept.load(folder, None)
    try:
        found = _from_arrays(arrays) if arrays else None
    except (KeyError, ValueError, TypeError, UnicodeDecodeError):
        return None
    if found is None or found[1].ours != tuple(own_languages(content)):
        return None
    return found if set(found[0].columns) <= {NONE, DANGER, *content.topics} else None


def examples(content: Content) -> Iterator[Example]:
    """Titles and example questions of every topic and language, drafts too, and our own sentences."""
    found = [*_asked(content), *_said_in_texts(content), *_sentences()]
    seen: set[tuple[str | None, tuple[str, ...]]] = set()
    for (topic, is_call, weight, _), folded in zip(found, fold_all(text for *_, text in found), strict=True):
        words = tuple(folded)
        is_prose = weight == _PROSE
        if len(words) > 2 * is_prose and (is_prose or topic in (None, NONE) or (topic, words) not in seen):
            seen.add((topic, words))
            yield Example(words, topic, is_call, weight)


_Raw = tuple[str | None, bool | None, float, str]  # topic, whether it is a call, weight, text


def _asked(content: Content) -> Iterator[_Raw]:
    for (id, code), text in sorted(content.texts.items()):
        if "/" in id and content.spellings[code].source is None:
            is_call = True if id in CALLS else None if id in UNTOLD else False
            yield from ((id, is_call, 1.0, asked) for asked in (text.title, *text.asked))


def _said_in_texts(content: Content) -> Iterator[_Raw]:
    """How each part of a text begins: it names what a question is about in words that no example has."""
    for (id, code), text in sorted(content.texts.items()):
        if "/" in id and content.spellings[code].source is None:
            for part in (text.short, *text.parts.values()):
                yield id, None, _PROSE, _MARKUP.sub(" ", part[: 2 * _READ])[:_READ]


def _sentences() -> Iterator[_Raw]:
    for sentences in seeds("smalltalk.yaml").values():
        yield from ((NONE, False, 1.0, one) for one in sentences)
    for groups in seeds("calls.yaml").values():
        yield from ((None, True, _CALLED, one) for one in groups["call"])
        yield from ((None, False, _CALLED, one) for one in groups["calm"])


def own_languages(content: Content) -> list[str]:
    """The languages texts are written in; those that are spelled from another are no language of their own."""
    return [code for code, spelling in content.spellings.items() if spelling.source is None]


def prose(content: Content) -> dict[str, list[str]]:
    """What teaches the languages: the words of the texts themselves, and the seed sentences."""
    texts: dict[str, list[str]] = {code: [sentences] for code, sentences in seeds("seed.yaml").items()}
    for (_, code), text in sorted(content.texts.items()):
        own = content.spellings[code].source or code
        parts = (part[:_HEARD] for part in (text.title, text.short, *text.parts.values()))
        texts.setdefault(own, []).append(_MARKUP.sub(" ", " ".join(parts)))
    return texts


def _pieces(content: Content) -> Iterator[str]:
    yield from content.spellings
    for (id, code), text in sorted(content.texts.items()):
        yield from (id, code, text.title, *text.asked, text.short, text.risk, *text.parts.values())
    for name, entries in sorted(content.lexicon.items()):
        yield from (name, *entries)
    for file in ("smalltalk.yaml", "calls.yaml", "seed.yaml", "danger.yaml"):
        yield (resources.files("bot.matching") / file).read_text("utf-8")


def _to_arrays(model: Learned, languages: LanguageModel, read: Reader) -> kept.Arrays:
    names = {"columns": model.columns, "words": list(model.words), "pieces": list(model.pieces), "pairs": model.pairs}
    names |= {"ours": list(languages.ours), "grams": list(languages.grams), "typed": list(languages.words)}
    numbers = {
        "squares": model.squares, "table": model.table.rows[:], "familiar": languages.familiar,
        "rows": read.rows, "said": languages.said, "told": languages.told,
    }  # fmt: skip
    scales = np.array([model.unknown, model.table.scale])
    packed = {name: kept.packed(listed) for name, listed in names.items()}
    return packed | {name: np.frombuffer(one, np.uint8) for name, one in numbers.items()} | {"scales": scales}


def _from_arrays(arrays: kept.Arrays) -> Known:
    columns, pairs, ours = (kept.unpacked(arrays[name]) for name in ("columns", "pairs", "ours"))
    words, pieces, grams, typed = (
        Names.of(kept.unpacked(arrays[name])) for name in ("words", "pieces", "grams", "typed")
    )
    squares, numbers, familiar, rows = (arrays[name].tobytes() for name in ("squares", "table", "familiar", "rows"))
    unknown, scale = arrays["scales"].tolist()
    table, size = Lanes(len(columns), scale, numbers), len(words) + len(pieces) + len(pairs)
    if (size, 4 * size, len(typed)) != (len(table), len(squares), len(rows) // 4):
        raise ValueError("the kept arrays do not fit together")
    model = Model(Learned(columns, words, pieces, pairs, squares, unknown, table))
    languages = LanguageModel(ours, grams, arrays["said"].tobytes(), typed, arrays["told"].tobytes(), familiar)
    return model, languages, Reader.of(typed, words, rows)

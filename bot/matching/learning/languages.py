"""What tells the languages apart, learned from prose."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.matching.fold import clean
from bot.matching.language import LanguageModel, classes, grams_of, kept, packed, words_of
from bot.matching.names import Names
from bot.matching.spelling import script_of, spellings

OURS = ("kk", "ru", "uz", "tg", "en")  # where content does not say which languages there are
_FEW = 0.01  # a language of which we have less than this share of the average text is not yet believed
_KEPT = 4000  # n-grams a language keeps
_WORDS = 500  # and whole words


def learn(texts: Mapping[str, Iterable[str]], ours: Sequence[str] = OURS, asked: Iterable[str] = ()) -> LanguageModel:
    """A model of prose in our languages (uz in either script) and their neighbours.

    The words of `asked` teach nothing here: they are worked out beforehand, with the commonest of the prose.
    """
    known = classes(ours)
    words = {
        code: Counter(word for text in texts.get(code, ()) for own in spellings(code, text) for word in words_of(own))
        for code in known
    }
    counts = [_counted(own) for own in words.values()]
    grams = sorted({gram for counted in counts for gram, _ in counted.most_common(_KEPT)})
    row = {gram: place for place, gram in enumerate(grams)}
    table = np.zeros((len(grams), len(known)), np.float32)
    for column, counted in enumerate(counts):
        for gram, count in counted.items():
            if (place := row.get(gram)) is not None:
                table[place, column] = count
    is_latin = np.array([gram.isascii() or script_of(gram) == "Latn" for gram in grams])
    for own in (is_latin, ~is_latin):  # each alphabet by itself: no language is likelier for being written in one
        total = table[own].sum(axis=0)
        table[own] = np.log((table[own] + 0.5) / (np.maximum(total, _FEW * total.mean()) + 0.5 * own.sum()))
    table -= table.mean(axis=1, keepdims=True)
    common = {word for own in words.values() for word, _ in own.most_common(_WORDS)}
    return _with_words(ours, grams, table, sorted(common.union(*(words_of(clean(text)) for text in asked))))


def _with_words(
    ours: Sequence[str], grams: list[str], weights: NDArray[np.float32], words: Sequence[str]
) -> LanguageModel:
    """The model, with what each of our words says worked out; one that says nothing is left out."""
    row, numbers = {gram: place for place, gram in enumerate(grams)}, []
    for gram in grams:
        beginnings = (gram[:size] for size in range(1, len(gram) + 1))
        numbers.append(packed(weights[[row[one] for one in beginnings if one in row]].sum(axis=0).tolist()))
    letters, said = Names.of(grams), kept(ours, numbers)
    bare = LanguageModel(ours, letters, said, Names.of([]), b"", b"")
    each = ((word, bare.behind(word), bare.share(word)) for word in words)
    found = [(word, behind, share) for word, behind, share in each if behind and share is not None]
    told = kept(ours, [behind for _, behind, _ in found])
    shares = np.array([share for *_, share in found], np.float32)
    return LanguageModel(ours, letters, said, Names.of([word for word, *_ in found]), told, shares.tobytes())


def _counted(words: Counter[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for word, times in words.items():
        for gram in grams_of(word):
            counted[gram] += times
    return counted

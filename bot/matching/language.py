"""Which language and script this is: n-grams of letters, learned from the bot's own texts and a few seed sentences.

It picks the language of the answer only; topics are matched without knowing it. Words are judged one by one and
no word counts more than `_MOST`: a sentence of Uzbek with Russian loans stays Uzbek, and a name decides nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.fold import clean
from bot.matching.spelling import script_of, spellings

OURS = ("kk", "ru", "uz", "tg", "en")
NEAREST = {"ky": "kk", "kaa": "kk", "tk": "uz", "tr": "uz", "az": "uz"}
CLASSES = (*OURS, *NEAREST)

_MOST = 12.0  # what one word may weigh against a language, in nats
_LOAN = 7.0  # what a Russian word may weigh against the languages that borrow it
_SHORT = 4  # letters of words that are not borrowed
_STRANGE = 6.0  # what a neighbour's language must lead by
_CHOSEN = 2.0  # what the chosen language is given beforehand
_LEAD = 2.0  # what another language must lead by to change the answer's
_KEPT = 4000  # n-grams a language keeps
_WORDS = 500  # and whole words


_AGAINST_RUSSIAN = np.array(
    [-_LOAN if code in ("kk", "uz", "tg", "ky", "kaa") else -_MOST for code in CLASSES], np.float32
)


@dataclass(frozen=True)
class Guess:
    """The likeliest of our languages, the script, how many words tell, and how far each language lies behind."""

    language: str
    script: str
    words: int
    behind: Mapping[str, float]
    is_gibberish: bool = False

    def answer_language(self, chosen: str | None) -> str:
        """Ours to answer in: the chosen one, unless three words or more are clearly another."""
        if chosen and (
            self.is_gibberish
            or self.language == chosen[:2]
            or self.words < 3
            or self.behind.get(chosen[:2], 0.0) < _LEAD + _CHOSEN
        ):
            return chosen
        return "uzc" if self.language == "uz" and self.script == "Cyrl" else self.language


_FAMILIAR = 0.3  # keyboards hit at random have at most .26, questions of people at least .34


class LanguageModel:
    """Naive Bayes over letters; built by `learn`, or from the arrays that a cache kept."""

    def __init__(self, grams: list[str], weights: NDArray[np.float32]) -> None:
        self.grams = grams
        self.weights = weights
        self._row = {gram: row for row, gram in enumerate(grams)}

    def guess(self, text: str, chosen: str | None = None) -> Guess:
        """The language of a text; what is chosen wins where the words say little."""
        script, words = script_of(text), _words(clean(text))
        if script == "Arab":
            return Guess(_arabic(text), script, len(words), {})
        scores, told = self._score(words)
        if chosen:
            scores[OURS.index(chosen[:2])] += _CHOSEN
        scores[len(OURS) :] -= _STRANGE
        best = float(scores.max())
        winner = CLASSES[int(scores.argmax())]
        language = NEAREST.get(winner, winner)
        if not told:
            language = chosen[:2] if chosen else "en" if script == "Latn" and words else "ru"
        behind = dict(zip(OURS, (best - scores[: len(OURS)]).tolist(), strict=True))
        is_switch = bool(chosen) and language != (chosen or "")[:2]
        return Guess(language, script, told, behind, is_switch and self._familiar(words) < _FAMILIAR)

    def _familiar(self, words: list[str]) -> float:
        """How much of the words' letters we have ever seen together, 0 to 1; any real sentence of ours has over .3."""
        shares = []
        for word in words:
            grams = [gram for gram in _grams(word) if len(gram) > 2]
            if grams:
                shares.append(sum(gram in self._row for gram in grams) / len(grams))
        return sum(shares) / len(shares) if shares else 1.0

    def _score(self, words: list[str]) -> tuple[NDArray[np.float32], int]:
        rows: list[int] = []
        starts, is_long = [], []
        for word in words:
            found = self.rows(word)
            if found:
                starts.append(len(rows))
                is_long.append(len(word) > _SHORT)
                rows += found
        if not starts:
            return np.zeros(len(CLASSES), np.float32), 0
        each = np.add.reduceat(self.weights[rows], starts, axis=0)
        each -= each.max(axis=1, keepdims=True)
        np.maximum(each, -_MOST, out=each)
        russian = (each[:, OURS.index("ru")] == 0) & np.array(is_long)
        each[russian] = np.maximum(each[russian], _AGAINST_RUSSIAN)
        return each.sum(axis=0), len(starts)

    def rows(self, word: str) -> list[int]:
        """The rows that speak of a word: its own, or those of its n-grams."""
        whole = self._row.get(f"={word}")
        if whole is not None:
            return [whole]
        return [row for gram in _grams(word) if (row := self._row.get(gram)) is not None]


def learn(texts: Mapping[str, Iterable[str]]) -> LanguageModel:
    """A model of prose in our languages (uz in either script) and their neighbours."""
    words = {
        code: Counter(word for text in texts.get(code, ()) for own in spellings(code, text) for word in _words(own))
        for code in CLASSES
    }
    counts = [_counted(own) for own in words.values()]
    grams = sorted({gram for counted in counts for gram, _ in counted.most_common(_KEPT)})
    row = {gram: place for place, gram in enumerate(grams)}
    table = np.zeros((len(grams), len(CLASSES)), np.float32)
    for column, counted in enumerate(counts):
        for gram, count in counted.items():
            if (place := row.get(gram)) is not None:
                table[place, column] = count
    is_latin = np.array([gram.isascii() or script_of(gram) == "Latn" for gram in grams])
    for own in (is_latin, ~is_latin):  # each alphabet by itself: no language is likelier for being written in one
        total = table[own].sum(axis=0)
        table[own] = np.log((table[own] + 0.5) / (np.maximum(total, total.mean()) + 0.5 * own.sum()))
    table -= table.mean(axis=1, keepdims=True)
    return _with_words(grams, table, words.values())


def _with_words(grams: list[str], table: NDArray[np.float32], words: Iterable[Counter[str]]) -> LanguageModel:
    """The commonest words get a row of their own, the sum of their n-grams': what most questions are made of."""
    plain = LanguageModel(grams, table)
    known = sorted({word for own in words for word, _ in own.most_common(_WORDS)})
    sums = [table[rows].sum(axis=0) for word in known if (rows := plain.rows(word))]
    named = [f"={word}" for word in known if plain.rows(word)]
    return LanguageModel([*grams, *named], np.vstack([table, *sums]) if sums else table)


_KAZAKH_ARABIC = re.compile("[ەۇۋڭۆىٵٸٶٷء]")  # letters that Persian has not


def _arabic(text: str) -> str:
    """Kazakh as it is written in China, or Persian, which is nearest to Tajik."""
    return "kk" if len(_KAZAKH_ARABIC.findall(text[:1000])) >= 2 else "tg"


_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _grams(word: str) -> list[str]:
    padded = f" {word} "
    size = len(padded)
    return [padded[at : at + length] for length in (1, 2, 3, 4) for at in range(size - length + 1)]


def _counted(words: Counter[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for word, times in words.items():
        for gram in _grams(word):
            counted[gram] += times
    return counted

"""Which language and script this is: n-grams of letters, learned from the bot's own texts and a few seed sentences.

It picks the language of the answer only; topics are matched without knowing it. Words are judged one by one and
no word counts more than `_MOST`: a sentence of Uzbek with Russian loans stays Uzbek, and a name decides nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.matching.fold import clean

OURS = ("kk", "ru", "uz", "tg", "en")
NEAREST = {"ky": "kk", "kaa": "kk", "tk": "uz", "tr": "uz", "az": "uz"}
CLASSES = (*OURS, *NEAREST)

_MOST = 12.0  # what one word may weigh against a language, in nats
_LOAN = 4.0  # what a Russian word may weigh against the languages that borrow it
_SHORT = 4  # letters of words that are not borrowed
_STRANGE = 6.0  # what a neighbour's language must lead by
_CHOSEN = 2.0  # what the chosen language is given beforehand
_LEAD = 2.0  # what another language must lead by to change the answer's
_KEPT = 4000  # n-grams a language keeps


@dataclass(frozen=True)
class Guess:
    """The likeliest of our languages, the script, how many words tell, and how far each language lies behind."""

    language: str
    script: str
    words: int
    behind: Mapping[str, float]

    def answer_language(self, chosen: str | None) -> str:
        """Ours to answer in: the chosen one, unless three words or more are clearly another."""
        if chosen and (
            self.language == chosen[:2] or self.words < 3 or self.behind.get(chosen[:2], 0.0) < _LEAD + _CHOSEN
        ):
            return chosen
        return "uzc" if self.language == "uz" and self.script == "Cyrl" else self.language


class LanguageModel:
    """Naive Bayes over letters; built by `learn`, or from the arrays that a cache kept."""

    def __init__(self, grams: list[str], weights: NDArray[np.float32]) -> None:
        self.grams = grams
        self.weights = weights
        self._row = {gram: row for row, gram in enumerate(grams)}

    def guess(self, text: str, chosen: str | None = None) -> Guess:
        """The language of a text; what is chosen wins where the words say little."""
        script, words = script_of(text), _words(text)
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
        return Guess(language, script, told, dict(zip(OURS, (best - scores[: len(OURS)]).tolist(), strict=True)))

    def _score(self, words: list[str]) -> tuple[NDArray[np.float32], int]:
        rows: list[int] = []
        starts, is_long = [], []
        for word in words:
            found = [row for gram in _grams(word) if (row := self._row.get(gram)) is not None]
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


_AGAINST_RUSSIAN = np.array(
    [-_LOAN if code in ("kk", "uz", "tg", "ky", "kaa") else -_MOST for code in CLASSES], np.float32
)


def learn(texts: Mapping[str, Iterable[str]]) -> LanguageModel:
    """A model of prose in our languages (uz in either script) and their neighbours."""
    counts = {
        code: _counted(chain.from_iterable(_spellings(code, text) for text in texts.get(code, ()))) for code in CLASSES
    }
    grams = sorted({gram for counted in counts.values() for gram, _ in counted.most_common(_KEPT)})
    row = {gram: place for place, gram in enumerate(grams)}
    table = np.zeros((len(grams), len(CLASSES)), np.float32)
    for column, counted in enumerate(counts.values()):
        for gram, count in counted.items():
            if (place := row.get(gram)) is not None:
                table[place, column] = count
    is_latin = np.array([gram.isascii() or bool(_SCRIPTS["Latn"].search(gram)) for gram in grams])
    for own in (is_latin, ~is_latin):  # each alphabet by itself: no language is the likelier for being written in one
        total = table[own].sum(axis=0)
        table[own] = np.log((table[own] + 0.5) / (np.maximum(total, total.mean()) + 0.5 * own.sum()))
    return LanguageModel(grams, (table - table.mean(axis=1, keepdims=True)).astype(np.float32))


def script_of(text: str) -> str:
    """The script most letters are of, by its ISO 15924 code."""
    counts = {code: len(letters.findall(text[:1000])) for code, letters in _SCRIPTS.items()}
    code = max(counts, key=lambda code: counts[code])
    return code if counts[code] else "Zyyy"


_SCRIPTS = {
    "Cyrl": re.compile("[\u0400-\u052f]"),
    "Latn": re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "Arab": re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    "Hani": re.compile("[\u3400-\u9fff]"),
    "Deva": re.compile("[\u0900-\u097f]"),
    "Hang": re.compile("[\uac00-\ud7af]"),
    "Geor": re.compile("[\u10a0-\u10ff]"),
    "Armn": re.compile("[\u0530-\u058f]"),
}
_KAZAKH_ARABIC = re.compile("[ەۇۋڭۆىٵٸٶٷء]")  # letters that Persian has not


def _arabic(text: str) -> str:
    """Kazakh as it is written in China, or Persian, which is nearest to Tajik."""
    return "kk" if len(_KAZAKH_ARABIC.findall(text[:1000])) >= 2 else "tg"


_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(clean(text))]


def _grams(word: str) -> list[str]:
    padded = f" {word} "
    size = len(padded)
    return [padded[at : at + length] for length in (1, 2, 3, 4) for at in range(size - length + 1)]


def _counted(texts: Iterable[str]) -> Counter[str]:
    words = Counter(word for text in texts for word in _WORD.findall(text.lower()))
    counted: Counter[str] = Counter()
    for word, times in words.items():
        for gram in _grams(word):
            counted[gram] += times
    return counted


def _spellings(code: str, text: str) -> Iterable[str]:
    """A text as it stands, without the letters that keyboards lack, and in Latin letters."""
    text = clean(text)
    yield text
    if code not in _PLAIN:
        return
    if code != "ru":
        yield text.lower().translate(_PLAIN[code])
    if script_of(text) == "Cyrl" and code != "uz":
        for table in _LATIN[code]:
            yield text.lower().translate(table)


_PLAIN = {
    "ru": {},
    "kk": str.maketrans("әғқңөұүһі", "агкноуухи"),
    "uz": str.maketrans("ўқғҳ", "укгх"),
    "tg": str.maketrans("ғӣқӯҳҷ", "гикухч"),
}
_COMMON = dict(
    zip(
        "абвгдезийклмнопрстуфхцчшщъыьэюяё",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "ts",
            "ch",
            "sh",
            "sch",
            "",
            "y",
            "",
            "e",
            "yu",
            "ya",
            "yo",
        ],
        strict=True,
    )
)


def _to_latin(**letters: str) -> dict[int, str]:
    return str.maketrans({**_COMMON, "ж": "zh", **letters})


_KAZAKH = {"ә": "a", "ғ": "g", "қ": "q", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i"}
_TAJIK = {"ғ": "gh", "ӣ": "i", "қ": "q", "ӯ": "u", "ҳ": "h", "ҷ": "j", "х": "kh"}
_LATIN = {
    "ru": [_to_latin(), _to_latin(й="i", х="kh", ц="c", щ="sh", ж="j", е="e", ы="i")],
    "kk": [_to_latin(**_KAZAKH), _to_latin(**{**_KAZAKH, "ж": "j", "қ": "k", "ғ": "gh", "й": "i", "ң": "ng"})],
    "tg": [_to_latin(**_TAJIK), _to_latin(**{**_TAJIK, "х": "x", "ҷ": "ch", "ғ": "g", "қ": "k", "ӯ": "o"})],
}

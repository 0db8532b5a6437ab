"""Which language and script this is: n-grams of letters, learned from the bot's own texts and a few seed sentences.

It picks the language of the answer only; topics are matched without knowing it. Words are judged one by one and
no word counts more than `_MOST`: a sentence of Uzbek with Russian loans stays Uzbek, and a name decides nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.fold import clean
from bot.matching.spelling import script_of, spellings

OURS = ("kk", "ru", "uz", "tg", "en")  # where content does not say which languages there are
NEAREST = {"ky": "kk", "kaa": "kk", "tk": "uz", "tr": "uz", "az": "uz"}  # neighbours, and which of ours they read best
_BORROW = ("kk", "uz", "tg", "ky", "kaa")  # languages full of Russian words

_MOST = 12.0  # what one word may weigh against a language, in nats
_LOAN = 7.0  # what a Russian word may weigh against the languages that borrow it
_SHORT = 4  # letters of words that are not borrowed
_STRANGE = 4.0  # what a neighbour's language must lead by
_KIN = 1.0  # and by how much, where the answer comes in the same language anyhow
_CHOSEN = 2.0  # what the chosen language is given beforehand
_LEAD = 2.0  # what another language must lead by to change the answer's
_FEW = 0.01  # a language of which we have less than this share of the average text is not yet believed
_KEPT = 4000  # n-grams a language keeps
_WORDS = 500  # and whole words


@dataclass(frozen=True)
class Words:
    """What is worked out beforehand for the words most questions are made of; all are words of our own content.

    `told` is how far each language lies behind by a word, `familiar` which share of its letters is known together.
    """

    names: list[str]
    told: NDArray[np.float32]
    familiar: NDArray[np.float32]


@dataclass(frozen=True)
class Guess:
    """The likeliest of our languages, the script, how many words tell, and how far each language lies behind.

    `foreign` is the language it really seems to be, where that is none of ours: the answer comes in the nearest.
    """

    language: str
    script: str
    words: int
    behind: Mapping[str, float]
    is_gibberish: bool = False
    foreign: str = ""

    def answer_in(self, chosen: str | None) -> str:
        """Ours to answer in: the chosen one, unless three words or more are clearly another."""
        is_kept = (
            self.is_gibberish or self.language == chosen or self.words < 3
            or self.behind.get(chosen or "", 0.0) < _LEAD + _CHOSEN
        )  # fmt: skip
        return chosen if chosen and is_kept else self.language


_FAMILIAR = 0.3  # keyboards hit at random have at most .26, questions of people at least .34


class LanguageModel:
    """Naive Bayes over letters; built by `learn`, or from the arrays that a cache kept.

    `ours` are the languages there are texts in; neighbours that are not among them have classes of their own.
    """

    def __init__(
        self, ours: Sequence[str], grams: list[str], weights: NDArray[np.float32], words: Iterable[str] | Words
    ) -> None:
        self.ours = tuple(ours)
        self.grams = grams
        self.weights = weights
        self._row = {gram: row for row, gram in enumerate(grams)}
        self._classes = classes(ours)
        self._russian = self._classes.index("ru") if "ru" in self._classes else -1
        against = [-_LOAN if code in _BORROW else -_MOST for code in self._classes]
        self._against_russian = np.array(against, np.float32)
        self._place: dict[str, int] = {}
        self.words = words if isinstance(words, Words) else self._work_out(list(words))
        self._place = {word: place for place, word in enumerate(self.words.names)}

    def guess(self, text: str, chosen: str | None = None) -> Guess:
        """The language of a text; what is chosen wins where the words say little."""
        script, words = script_of(text), _words(clean(text))
        if script == "Arab":
            return self._arabic(text, len(words), chosen)
        if script in _BY_SCRIPT:
            return Guess(self._unread(script, chosen), script, len(words), {}, foreign=_BY_SCRIPT[script])
        scores, told = self._score(words)
        if chosen in self.ours:
            scores[self.ours.index(chosen)] += _CHOSEN
        scores[len(self.ours) :] -= _KIN
        likeliest = self._classes[int(scores.argmax())]
        scores[len(self.ours) :] -= _STRANGE - _KIN
        best = float(scores.max())
        winner = self._classes[int(scores.argmax())] if told else self._unread(script, chosen)
        is_kin = told > 2 and self._nearest(likeliest) == self._nearest(winner)
        foreign = likeliest if is_kin and likeliest not in self.ours else "" if winner in self.ours else winner
        language = self._nearest(winner)
        behind = dict(zip(self.ours, (best - scores[: len(self.ours)]).tolist(), strict=True))
        is_switch = bool(chosen) and language != chosen
        is_gibberish = is_switch and self._familiar(words) < _FAMILIAR
        return Guess(language, script, told, behind, is_gibberish, "" if is_gibberish else foreign)

    def _unread(self, script: str, chosen: str | None) -> str:
        """The language to take where no word tells one."""
        if chosen in self.ours:
            return str(chosen)
        return self._nearest("en" if script in ("Latn", *_BY_SCRIPT) else "ru")

    def _nearest(self, code: str) -> str:
        """This language if it is ours, else the one of ours its people read best."""
        near = code if code in self.ours else NEAREST.get(code, "ru")
        return near if near in self.ours else self.ours[0]

    def _arabic(self, text: str, words: int, chosen: str | None) -> Guess:
        """Kazakh as it is written in China, or Persian, which is nearest to Tajik."""
        is_kazakh = len(_KAZAKH_ARABIC.findall(text[:1000])) >= 2
        language = self._nearest("kk" if is_kazakh else "tg")
        behind = {code: _MOST * (code != language) for code in self.ours}
        return Guess(language, "Arab", words, behind, foreign="kk-arab" if is_kazakh else "fa")

    def _familiar(self, words: list[str]) -> float:
        """How much of the words' letters we have ever seen together, 0 to 1; any real sentence of ours has over .3."""
        shares = [share for word in words if (share := self._share(word)) is not None]
        return sum(shares) / len(shares) if shares else 1.0

    def _share(self, word: str) -> float | None:
        """The same of one word."""
        place = self._place.get(word)
        if place is not None:
            return float(self.words.familiar[place])
        grams = [gram for gram in _grams(word) if len(gram) > 2]
        return sum(gram in self._row for gram in grams) / len(grams) if grams else None

    def _score(self, words: list[str]) -> tuple[NDArray[np.float32], int]:
        """What all words say together, and how many say anything; those that are worked out are quick."""
        whole: list[int] = []
        rows: list[int] = []
        starts, is_long = [], []
        for word in words:
            place = self._place.get(word)
            if place is not None:
                whole.append(place)
            elif found := self.rows(word):
                starts.append(len(rows))
                is_long.append(len(word) > _SHORT)
                rows += found
        scores = self.words.told[whole].sum(axis=0) if whole else np.zeros(len(self._classes), np.float32)
        if starts:
            each = np.add.reduceat(self.weights[rows], starts, axis=0)
            scores += self._weighed(each, np.array(is_long)).sum(axis=0)
        return scores, len(whole) + len(starts)

    def _weighed(self, each: NDArray[np.float32], is_long: NDArray[np.bool_]) -> NDArray[np.float32]:
        """How far every language lies behind the best by one word, and no further than a word may tell."""
        if not len(each):
            return each
        each = np.maximum(each - each.max(axis=1, keepdims=True), -_MOST)
        russian = (each[:, self._russian] == 0) & is_long & (self._russian >= 0)
        each[russian] = np.maximum(each[russian], self._against_russian)
        return each

    def _work_out(self, words: list[str]) -> Words:
        """The same for many words beforehand; a word of which nothing is known is left out."""
        found = [(word, rows) for word in words if (rows := self.rows(word)) and self._share(word) is not None]
        starts = np.cumsum([0, *(len(rows) for _, rows in found)])[:-1]
        each = np.add.reduceat(self.weights[[row for _, rows in found for row in rows]], starts) if found else ()
        told = self._weighed(np.array(each, np.float32), np.array([len(word) > _SHORT for word, _ in found], bool))
        names = [word for word, _ in found]
        return Words(names, told, np.array([self._share(word) for word in names], np.float32))

    def rows(self, word: str) -> list[int]:
        """The rows of the n-grams of a word."""
        return [row for gram in _grams(word) if (row := self._row.get(gram)) is not None]


def classes(ours: Sequence[str]) -> tuple[str, ...]:
    """Every language that is told apart: ours, and the neighbours that are not ours."""
    return (*ours, *(code for code in NEAREST if code not in ours))


def learn(texts: Mapping[str, Iterable[str]], ours: Sequence[str] = OURS, asked: Iterable[str] = ()) -> LanguageModel:
    """A model of prose in our languages (uz in either script) and their neighbours.

    The words of `asked` teach nothing here: they are worked out beforehand, with the commonest of the prose.
    """
    known = classes(ours)
    words = {
        code: Counter(word for text in texts.get(code, ()) for own in spellings(code, text) for word in _words(own))
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
    return LanguageModel(ours, grams, table, sorted(common.union(*(_words(clean(text)) for text in asked))))


_KAZAKH_ARABIC = re.compile("[ەۇۋڭۆىٵٸٶٷء]")  # letters that Persian has not
_BY_SCRIPT = {"Hani": "zh", "Deva": "hi", "Hang": "ko", "Geor": "ka", "Armn": "hy"}
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

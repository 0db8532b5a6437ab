"""Which language and script this is: n-grams of letters, learned from the bot's own texts and a few seed sentences.

It picks the language of the answer only; topics are matched without knowing it. Words are judged one by one and
no word counts more than `_MOST`: a sentence of Uzbek with Russian loans stays Uzbek, and a name decides nothing.
"""

import re
from collections.abc import Iterable, Sequence
from struct import Struct
from typing import NamedTuple

from bot.matching.fold import clean
from bot.matching.names import Names
from bot.matching.reading import Reading, typed_words
from bot.matching.spelling import script_of

NEAREST = {"ky": "kk", "kaa": "kk", "tk": "uz", "tr": "uz", "az": "uz"}  # neighbours, and which of ours they read best
_BORROW = ("kk", "uz", "tg", "ky", "kaa")  # languages full of Russian words

_MOST = 12.0  # what one word may weigh against a language, in nats
_LOAN = 7.0  # what a Russian word may weigh against the languages that borrow it
_SHORT = 4  # letters of words that are not borrowed
_STRANGE = 4.0  # what a neighbour's language must lead by
_KIN = 1.0  # and by how much, where the answer comes in the same language anyhow
_CHOSEN = 2.0  # what the chosen language is given beforehand
_LEAD = 2.0  # what another language must lead by to change the answer's
_LONGEST = 4  # letters that are looked at together
_SIZES = range(_LONGEST, 0, -1)
_FINE = 1 << 14  # parts of a nat that letters are weighed in
_TELLING = 3  # words that tell enough to change the language of the answer
_BEYOND = 12 * _FINE  # the most that what is chosen, kin and strange may make up for
_AT_MOST = round(-_MOST * _FINE)
_FAMILIAR = 0.3  # keyboards hit at random have at most .26, questions of people at least .34


class Guess(NamedTuple):
    """The likeliest of our languages, the script, how many words tell, and how far the chosen language lies behind.

    `foreign` is the language it really seems to be, where that is none of ours: the answer comes in the nearest.
    """

    language: str
    script: str
    words: int
    behind: float = 0.0
    is_gibberish: bool = False
    foreign: str = ""

    def answer_in(self, chosen: str | None) -> str:
        """Ours to answer in: the chosen one, unless three words or more are clearly another."""
        is_kept = (
            self.is_gibberish or self.language == chosen or self.words < _TELLING
            or self.behind < _LEAD + _CHOSEN
        )  # fmt: skip
        return chosen if chosen and is_kept else self.language


class LanguageModel:
    """Naive Bayes over letters.

    `ours` are the languages there are texts in; neighbours that are not among them have classes of their own. `said`
    is for each of `grams`, up to four letters, what they and their beginnings say together, all classes `packed` in one
    integer. `told` is how far each language lies behind by each of `words`, packed likewise, and `familiar` (floats as
    bytes) the share of its letters that is known together.
    """

    def __init__(
        self, ours: Sequence[str], grams: Names, said: bytes, words: Names, told: bytes, familiar: bytes
    ) -> None:
        self.ours, self.grams, self.words, self.said, self.told = tuple(ours), grams, words, said, told
        self.familiar = familiar
        self._shares = memoryview(familiar).cast("f")
        self._classes = classes(ours)
        if (len(said), len(told)) != (size_of(ours) * len(grams), size_of(ours) * len(words)):
            raise ValueError("what is said does not fit what it is said of")
        self._russian = self._classes.index("ru") if "ru" in self._classes else -1
        self._against_russian = [round(-_LOAN * _FINE) if code in _BORROW else _AT_MOST for code in self._classes]
        self._numbers = Struct(f"<{len(self._classes)}i")
        self._nought = sum(1 << 32 * at + 31 for at in range(len(self._classes)))

    def __reduce__(self) -> tuple[type["LanguageModel"], tuple[object, ...]]:
        return LanguageModel, (self.ours, self.grams, self.said, self.words, self.told, self.familiar)

    def guess(self, text: str, chosen: str | None = None, read: Reading | None = None) -> Guess:
        """The language of a text; what is chosen wins where the words say little."""
        script, own = script_of(text), len(self.ours)
        typed, places = (read.typed, read.places) if read else typed_words(clean(text).lower(), self.words)
        words = self._words(typed, places)
        if script == "Arab":
            return self._arabic(text, len(words), chosen)
        if script in _BY_SCRIPT:
            return Guess(self._unread(script, chosen), script, len(words), foreign=_BY_SCRIPT[script])
        scores, told = self._score(words)
        if chosen in self.ours:
            scores[self.ours.index(chosen)] += _CHOSEN
        ours, others = scores[:own], scores[own:]
        best, other = max(ours), max(others, default=-_KIN)
        first, second = self.ours[ours.index(best)], self._classes[own + others.index(other)] if others else ""
        likeliest = second if other - _KIN > best else first
        winner = second if other - _STRANGE > best else first
        best = max(best, other - _STRANGE)
        if not told:
            winner = self._unread(script, chosen)
        is_kin = told >= _TELLING and self._nearest(likeliest) == self._nearest(winner)
        foreign = likeliest if is_kin and likeliest not in self.ours else "" if winner in self.ours else winner
        language = self._nearest(winner)
        behind = best - ours[self.ours.index(chosen)] if chosen in self.ours else 0.0
        is_gibberish = bool(chosen) and language != chosen and self._is_gibberish(words)
        return Guess(language, script, told, behind, is_gibberish, "" if is_gibberish else foreign)

    def _words(self, typed: Sequence[str], places: Sequence[int]) -> list[tuple[str, int]]:
        """The words that tell a language, with their places: numbers do not."""
        if "".join(typed).isalpha():
            return list(zip(typed, places, strict=True))
        parts = [part for word in typed for part in _LETTERS.findall(word)]
        return list(zip(parts, self.words.places(parts), strict=True))

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
        behind = 0.0 if chosen == language else _MOST
        return Guess(language, "Arab", words, behind, foreign="kk-arab" if is_kazakh else "fa")

    def _is_gibberish(self, words: Sequence[tuple[str, int]]) -> bool:
        """Whether less of the words' letters was ever seen together than in any real sentence of ours."""
        own = [self._shares[place] for _, place in words if place >= 0]
        if sum(own) >= _FAMILIAR * len(words):
            return False  # whatever the other words are
        others = [share for word, place in words if place < 0 and (share := self.share(word)) is not None]
        return sum(own) + sum(others) < _FAMILIAR * (len(own) + len(others))

    def share(self, word: str) -> float | None:
        """How much of a word's letters we have ever seen together, 0 to 1; None of a word too short for it."""
        grams = [gram for size in (3, 4) for gram in _grams(word, size)]
        return sum(gram in self.grams for gram in grams) / len(grams) if grams else None

    def _score(self, words: Sequence[tuple[str, int]]) -> tuple[list[float], int]:
        """What all words say together, and how many say anything; those of our own are worked out."""
        own = self._kept(self.told, [place for _, place in words if place >= 0])
        told, total, left = len(own), sum(own), len(words) - len(own)
        numbers = self._unpacked(total)
        if left:
            for word, place in words:
                if place < 0:
                    if told >= _TELLING and _lead(numbers) > _BEYOND - left * _AT_MOST:
                        break  # whatever the other words say, it is this language
                    behind = self.behind(word)
                    total += behind
                    told += behind != 0
                    left -= 1
                    numbers = self._unpacked(total)
        return [number / _FINE for number in numbers], told

    def behind(self, word: str) -> int:
        """How far every language lies behind the best by one word, and no further than a word may tell."""
        padded = f" {word} "
        open_at, longest = list(range(len(padded))), list[int]()
        for size in _SIZES:  # the longest that is known holds what the shorter ones say
            found = self.grams.places([padded[at : at + size] for at in open_at])
            longest += [place for place in found if place >= 0]
            open_at = [at for at, place in zip(open_at, found, strict=True) if place < 0]
        said = sum(self._kept(self.said, longest))
        if not said:
            return 0
        numbers = self._unpacked(said)
        best = max(numbers)
        each = [number - best if number - best > _AT_MOST else _AT_MOST for number in numbers]
        if self._russian >= 0 and not each[self._russian] and len(word) > _SHORT:
            each = list(map(max, each, self._against_russian))
        return _together(each)

    def _kept(self, numbers: bytes, places: Iterable[int]) -> list[int]:
        """What stands in these places, as it was packed."""
        size, integer = self._numbers.size, int.from_bytes
        return [integer(numbers[at * size : at * size + size], "little", signed=True) for at in places]

    def _unpacked(self, together: int) -> tuple[int, ...]:
        """The number of each class; one below nought borrows of its neighbour, and is put back into its place."""
        in_place = (together + self._nought) ^ self._nought
        return self._numbers.unpack(in_place.to_bytes(self._numbers.size, "little"))


def packed(numbers: Sequence[float]) -> int:
    """What some letters say for each class, as one integer: packed ones are added up all at once."""
    return _together([round(number * _FINE) for number in numbers])


def kept(ours: Sequence[str], numbers: Iterable[int]) -> bytes:
    """Packed integers, one behind the other."""
    return b"".join([number.to_bytes(size_of(ours), "little", signed=True) for number in numbers])


def size_of(ours: Sequence[str]) -> int:
    """The bytes of a packed integer."""
    return 4 * len(classes(ours))


def _lead(numbers: Sequence[int]) -> int:
    """How far the best is ahead of the next."""
    first, second = sorted(numbers)[:-3:-1]
    return first - second


def _together(numbers: Sequence[int]) -> int:
    return sum([number << 32 * at for at, number in enumerate(numbers)])


def classes(ours: Sequence[str]) -> tuple[str, ...]:
    """Every language that is told apart: ours, and the neighbours that are not ours."""
    return (*ours, *(code for code in NEAREST if code not in ours))


def grams_of(word: str) -> list[str]:
    """Every one to four letters of a word together, with its edges."""
    return [gram for size in range(1, _LONGEST + 1) for gram in _grams(word, size)]


_KAZAKH_ARABIC = re.compile("[ەۇۋڭۆىٵٸٶٷء]")  # letters that Persian has not
_BY_SCRIPT = {"Hani": "zh", "Deva": "hi", "Hang": "ko", "Geor": "ka", "Armn": "hy"}
_LETTERS = re.compile(r"[^\W\d_]+")


def words_of(text: str) -> list[str]:
    """The words of a clean text that tell a language: numbers do not."""
    return _LETTERS.findall(text.lower())


def _grams(word: str, size: int) -> list[str]:
    padded = f" {word} "
    return [padded[at : at + size] for at in range(len(padded) - size + 1)]

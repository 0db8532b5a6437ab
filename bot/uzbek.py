"""Uzbek in Cyrillic letters from Uzbek in Latin letters, for those who learned to read before 1993.

The rules are those of the two official alphabets. What no rule can know (a soft sign, ц, an э inside a loan
word) stands in a list of words that editors keep: `locales/uzc/words.txt`. We wrote this table instead of
taking a package because the one that exists gives curly quotes for the letters ʻ ʼ and spoils capitals.
"""

import re
from collections.abc import Mapping

_TURNED = "ʻ‘`"  # the sign of oʻ and gʻ, as it is typed
_HARD = "ʼ’'"  # the sign that stands for ъ; many type it for oʻ too
_ANY = _TURNED + _HARD

_PAIRS = {"sh": "ш", "ch": "ч", "ya": "я", "yo": "ё", "yu": "ю", "ye": "е", "ts": "ц"}
_LETTERS = dict(
    zip(
        "abdefghijklmnopqrstuvxyz",
        "абдефгҳижклмнопқрстувхйз",
        strict=True,
    )
)
_VOWELS = "aeiouаеёиоуўэюя"
_KEEP = re.compile(
    r"\{[^{}]*\}|\]\([^)\s]*\)|https?://\S+|<[^>]*>|&\w+;|%\(\w+\)s|\b[\w-]+\.(?:kz|uz|gov|org|com|ru)\b\S*"
    r"|(?<!\S)/[a-z]+\b"
)
_WORD = re.compile(rf"[A-Za-z](?:[A-Za-z{_ANY}]*[A-Za-z{_ANY}])?", re.ASCII)


def to_cyrillic(text: str, words: Mapping[str, str]) -> str:
    """The same text in Cyrillic; {facts}, links, addresses, commands and HTML tags stay as they are.

    `words` maps a Latin stem in lower case to its Cyrillic spelling, or to itself where it stays Latin; the
    longest stem that begins a word is used and the rest of the word follows the rules.
    """
    return Speller(words).spell(text)


class Speller:
    """Spells text after text with one list of words, and each word but once."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._spelled: dict[str, str] = {}

    def spell(self, text: str) -> str:
        """As `to_cyrillic`; remembers the words it met, so it is for texts of ours, not for what people type."""
        parts, end = [], 0
        for kept in _KEEP.finditer(text):
            parts += [_WORD.sub(self._word, text[end : kept.start()]), kept.group()]
            end = kept.end()
        return "".join([*parts, _WORD.sub(self._word, text[end:])])

    def _word(self, found: re.Match[str]) -> str:
        word = found.group()
        spelled = self._spelled.get(word)
        if spelled is None:
            spelled = self._spelled[word] = _word(word, self._words)
        return spelled


def _word(word: str, words: Mapping[str, str]) -> str:
    plain = _plain(word)
    for length in range(len(plain), 1, -1):
        stem = words.get(plain[:length])
        if stem is None:
            continue
        if stem == plain[:length]:
            return word if length == len(plain) else word[:length] + _spell(word[length:], after=stem[-1])
        return _case(stem, word[:length]) + _spell(word[length:], after=stem[-1])
    return _spell(word, after="")


def _plain(word: str) -> str:
    """Lower case, with one sign for every apostrophe, as the list of words is keyed."""
    return re.sub(f"[{_ANY}]", "'", word.lower())


def _case(spelled: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return spelled.upper()
    return spelled[:1].upper() + spelled[1:] if like[:1].isupper() else spelled


def _spell(word: str, after: str) -> str:
    result, place, is_shouting = "", 0, len(word) > 1 and word.isupper()
    while place < len(word):
        taken, letter = _next(word, place, result[-1:].lower() or after)
        if word[place].isupper():
            letter = letter.upper() if is_shouting else letter[:1].upper() + letter[1:]
        result += letter
        place += taken
    return result


def _next(word: str, place: int, before: str) -> tuple[int, str]:
    """How many Latin letters are taken at this place, and what they become."""
    here, following = word[place].lower(), word[place + 1 : place + 2].lower()
    if here in "og" and following and following in _ANY:
        return 2, "ў" if here == "o" else "ғ"
    if here == "s" and following and following in _ANY and word[place + 2 : place + 3].lower() == "h":
        return 3, "сҳ"
    if here == "y" and following == "o" and (word[place + 2 : place + 3] or " ") in _ANY:
        return 3, "йў"
    if here + following in _PAIRS and here + following != "ts":
        return 2, _PAIRS[here + following]
    if here in _ANY:
        return 1, "ъ"
    if here == "e":
        return 1, "э" if not before or before in _VOWELS else "е"
    return 1, _LETTERS.get(here, here)

"""Every script and spelling -> one skeleton of plain Cyrillic letters: oʻtish, ўтиш and утиш are one word.

Migrants drop the letters their keyboard lacks, change script in mid-sentence and write as they speak, so
folding is worth more than any model above it. The skeleton is Cyrillic rather than Latin because there no two
letters make a third: folding a folded text changes nothing. о and у are one letter, for ў is typed as either.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

_SPELLED_OUT = 3  # letters that stand alone, to make a word
_AT_ONCE = 300  # texts folded at once, to keep the memory small
CUT = 1000  # characters read of a message; the rest is never looked at


def fold(text: str) -> str:
    """The skeleton of a text: its folded words, one space between."""
    return " ".join(fold_words(text))


def fold_words(text: str) -> list[str]:
    """The folded words of a text in order; never raises, whatever the text is."""
    words = _joined(WORD.findall(_skeleton(_unmixed(clean(text)))))
    return [_single(word) for word in words] if _DOUBLED.search("|".join(words)) else words


def fold_each(words: Sequence[str]) -> list[str]:
    """Each word of a clean text folded by itself, and none joined with another; nothing of one makes it leave out."""
    found = WORD.findall(_skeleton(_unmixed(" ".join(words))))
    return [_single(word) for word in found] if _DOUBLED.search("|".join(found)) else found


def is_spelled_out(words: Sequence[str]) -> bool:
    """Whether three letters or more may stand alone for the word they make."""
    return sum([len(word) == 1 for word in words]) >= _SPELLED_OUT


def fold_all(texts: Iterable[str]) -> Iterator[list[str]]:
    """The folded words of many texts, faster than one by one: each step runs once over some hundred of them."""
    waiting = iter(texts)
    single: dict[str, str] = {}
    while some := list(islice(waiting, _AT_ONCE)):
        whole = "\n".join(_unmixed(clean(text)).replace("\n", " ") for text in some)
        for line in _skeleton(whole).split("\n"):
            yield [single.get(word) or single.setdefault(word, _single(word)) for word in _joined(WORD.findall(line))]


def _skeleton(text: str) -> str:
    """A clean text in the letters of the skeleton; line ends stay where they are."""
    text = text.casefold()  # each further step is left out where it has nothing to do
    if _OTHER_DIGIT.search(text):
        text = text.translate(_DIGITS)
    if "4" in text or "6" in text:
        text = _SLANG.sub(lambda found: "ч" if found[1] == "4" else "ш", text)
    if _LATIN.search(text):
        text = _DIGRAPHS.sub(lambda found: _LETTER_OF[found.group()], text)
    text = text.translate(_LETTERS)
    if "ё" in text:
        text = _YO_AFTER_CONSONANT.sub("е", text).replace("ё", "ио")
    if "дж" in text:
        text = _DZH.sub("ж", text)
    return _NG.sub("н", text) if "нг" in text else text


def _unmixed(text: str) -> str:
    """The text with every word in one alphabet."""
    return WORD.sub(_one_script, text) if is_mixed(text) else text


def is_mixed(text: str) -> bool:
    """Whether a word of it has letters of two alphabets."""
    return not text.isascii() and _LATIN.search(text) is not None and _MIXED.search(text) is not None


def clean(text: str) -> str:
    """The part of a message that is read, composed, without the marks nobody sees and without apostrophes."""
    text = text[:CUT]
    if text.isascii():
        return text.replace("'", "").replace("`", "") if "'" in text or "`" in text else text
    bare = text
    for mark in "'`ʻʼ‘’":
        if mark in text:
            bare = bare.replace(mark, "")
    if _PLAIN.fullmatch(bare):  # nothing to compose or to leave out
        return bare
    text = text.encode("utf-8", "ignore").decode("utf-8")  # leaves out unpaired surrogates
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text))


UNSEEN = re.compile(
    "['`´ʹʻʼʽˈ‘’‛′ʾʿ"  # every apostrophe of oʻ, gʻ and ь
    "\u00ad\u0300-\u036f\u0483-\u0489\u061c\u0610-\u061a\u0640\u064b-\u065f\u0670\u0674\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_PLAIN = re.compile("[\n -&(-_a-~\u0400-\u0482\u048a-\u052f«»“”„–—\U0001f300-\U0001faff]*")
WORD = re.compile(r"[^\W_]+")
_MIXED = re.compile("[A-Za-z][^\\W_]*[\u0400-\u052f]|[\u0400-\u052f][^\\W_]*[A-Za-z]")

# Letters that look alike, as a phone with two keyboards mixes them.
_TO_CYRILLIC = str.maketrans("ABCEHKMOPTXYaceopxyikh", "АВСЕНКМОРТХУасеорхуікһ")
_TO_LATIN = str.maketrans("АВСЕНКМОРТХУІасеорхуіјѕһ", "ABCEHKMOPTXYIaceopxyijsh")
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[\u0400-\u052f]")


def _one_script(word: re.Match[str]) -> str:
    """A word of two alphabets, its look-alike letters put into the one that prevails."""
    latin, cyrillic = len(_LATIN.findall(word.group())), len(_CYRILLIC.findall(word.group()))
    if not latin or not cyrillic:
        return word.group()
    return word.group().translate(_TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)


_LETTER = r"[^\W\d_]"
_SLANG = re.compile(f"(?<={_LETTER})([46])\\1*(?={_LETTER})")  # xo4u, i6xona
_LETTER_OF = {
    "schoo": "схо", "shch": "ш", "sch": "ш", "sh": "ш", "dzh": "ж", "zh": "ж", "dj": "ж", "kh": "х", "gh": "г",
    "ch": "ч", "ts": "с", "yo": "ё", "ye": "е", "ce": "се", "ci": "си", "cy": "си",
}  # fmt: skip
_DIGRAPHS = re.compile("|".join(_LETTER_OF))
_YO_AFTER_CONSONANT = re.compile("(?<=[бвгджзклмнпрстфхчш])ё")
_DZH = re.compile("д++ж++")
_NG = re.compile("н++г++(?![ие])")  # but not in деньги and тенге
_DOUBLED = re.compile(r"(?<=.)(.)\1+")


def _single(word: str) -> str:
    """Doubled letters as one; not in short words nor at the start, where ИИН would become the English in."""
    return _DOUBLED.sub(r"\1", word) if len(word) > 3 else word


def _joined(words: list[str]) -> list[str]:
    """Three letters or more that stand alone (S O S, п о м о г и т е) as the word they make."""
    if not is_spelled_out(words):
        return words
    joined: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1:
            run.append(word)
            continue
        joined += [_skeleton("".join(run))] if len(run) >= _SPELLED_OUT else run
        run = []
        joined += [word] if word else []
    return joined


_FROM = {
    "а": "ә aəäáàâãåāă ا ٵ آ أ إ α", "б": "b ب", "в": "v ۆ", "г": "ғґҕӷ gğǵģ گ ع غ", "д": "d د",
    "е": "эєѐ eéèêëēėęě ە ه ε", "ж": "җӂ jžź ج ژ", "з": "ҙӟ zżž ز ذ ض ظ",
    "и": "йіїӣыѝӥҋ iıíìîïīįyýÿ ي ى ی ٸ ι", "к": "қҡҝҟӄ kqcķ ك ک ق κ", "л": "lłļ ل", "м": "m م", "н": "ңҥӊӈ nñńňŋņ ن ڭ",
    "о": "өўӧуүұӯӱ oöóòôõōőɵøuüúùûūůű و ٶ ۇ ۋ ٷ ؤ ο υ", "п": "p پ", "р": "rř ر ρ", "с": "цҫҵ sśſ س ص ث",
    "т": "t ţť ت ط", "ф": "f ف", "х": "ҳһ hxħ ح ھ خ χ", "ч": "ҷҹћ çčć چ", "ш": "щ wşșšŵ ش",
    "иа": "я", "ио": "ю", "": "ъь ءئ\u0307",
}  # fmt: skip
_LETTERS = {ord(letter): skeleton for skeleton, letters in _FROM.items() for letter in "".join(letters.split())}
for _accented in map(chr, (*range(0xC0, 0x250), *range(0x400, 0x530), *range(0x1E00, 0x1F00))):
    _plain = ord(unicodedata.normalize("NFD", _accented)[0])
    if _accented not in "ёй" and _plain != ord(_accented):
        _LETTERS.setdefault(ord(_accented), _LETTERS.get(_plain, chr(_plain)))
_OTHER_DIGITS = (*range(0x660, 0x66A), *range(0x6F0, 0x6FA), *range(0x966, 0x970))
_OTHER_DIGIT = re.compile("[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]")
_DIGITS = {digit: str(unicodedata.digit(chr(digit))) for digit in _OTHER_DIGITS}

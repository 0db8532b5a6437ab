"""How one language is written: the scripts, and the same words as other keyboards type them."""

import re
from collections.abc import Iterable

from bot.matching.fold import UNSEEN


def script_of(text: str) -> str:
    """The script most letters are of, by its ISO 15924 code."""
    text = text[:1000]
    if not _FAR.search(text):
        latin, cyrillic = _SCRIPTS["Latn"], _SCRIPTS["Cyrl"]
        if text.isascii() or not cyrillic.search(text):
            return "Latn" if latin.search(text) else "Zyyy"
        is_latin = latin.search(text) is not None and len(latin.findall(text)) > len(cyrillic.findall(text))
        return "Latn" if is_latin else "Cyrl"
    counts = {code: len(letters.findall(text)) for code, letters in _SCRIPTS.items()}
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
_FAR = re.compile("[\u0530-\u1dff\u2e80-\uffff]")  # letters of the other scripts, and of more


def spellings(code: str, text: str) -> Iterable[str]:
    """A text as it stands, without the letters that keyboards lack, and in Latin letters."""
    text = UNSEEN.sub("", text).lower()
    yield text
    if code in _PLAIN:
        yield text.translate(_PLAIN[code])
    if code in _LATIN and script_of(text) == "Cyrl":
        for table in _LATIN[code]:
            yield text.translate(table)


_PLAIN = {
    "kk": str.maketrans("әғқңөұүһі", "агкноуухи"),
    "uz": str.maketrans("ўқғҳ", "укгх"),
    "tg": str.maketrans("ғӣқӯҳҷ", "гикухч"),
}
_COMMON = {
    **dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziyklmnoprstufhye", strict=True)),
    **{"ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "yu", "я": "ya", "ё": "yo"},
}


def _to_latin(**letters: str) -> dict[int, str]:
    return str.maketrans({**_COMMON, "ж": "zh", **letters})


_KAZAKH = {"ә": "a", "ғ": "g", "қ": "q", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i"}
_TAJIK = {"ғ": "gh", "ӣ": "i", "қ": "q", "ӯ": "u", "ҳ": "h", "ҷ": "j", "х": "kh"}
_LATIN = {
    "ru": [_to_latin(), _to_latin(й="i", х="kh", ц="c", щ="sh", ж="j", е="e", ы="i")],
    "kk": [_to_latin(**_KAZAKH), _to_latin(**{**_KAZAKH, "ж": "j", "қ": "k", "ғ": "gh", "й": "i", "ң": "ng"})],
    "tg": [_to_latin(**_TAJIK), _to_latin(**{**_TAJIK, "х": "x", "ҷ": "ch", "ғ": "g", "қ": "k", "ӯ": "o"})],
}

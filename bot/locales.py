"""The languages that exist, and the bot's own phrases in each; the only code that touches locales/."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.sentence import Sentence
from bot.uzbek import Speller

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

SOURCE = "en"
BOT, DESK = "messages", "desk"  # whose phrases: each has a .po of its own in every language's folder
Fault = tuple[str, int, Sentence]  # file, line, and what to mend
GAP = re.compile(r"\{(\w+)\}")
_PO_LINE = re.compile(r'(?:msg(?:id|id_plural|ctxt|str(?:\[\d\])?)\s*)?"(?:[^"\\]|\\.)*"')


class BadLocales(Exception):
    """The folder of languages cannot be used; `what` says what to mend."""

    def __init__(self, what: Sentence) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True)
class Language:
    """One language in one script: how it calls itself, its CLDR name, and its phrases."""

    code: str
    name: str
    cldr: str
    script: str
    spelled_from: str | None
    phrases: NullTranslations
    words: Mapping[str, str] = field(default_factory=dict)
    _speller: Speller = field(init=False, repr=False, compare=False)
    _said: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_speller", Speller(self.words))

    def say(self, message: str, **gaps: object) -> str:
        """A phrase in this language, its {gaps} filled; the English one where no translation is."""
        said = self._said.get(message)
        if said is None:
            said = self._said[message] = self.respell(self.phrases.gettext(message))
        return said.format(**gaps)

    def say_count(self, one: str, many: str, count: int, **gaps: object) -> str:
        """A phrase with {count} in it, in the form the language asks for."""
        return self.respell(self.phrases.ngettext(one, many, count)).format(count=count, **gaps)

    def respell(self, text: str) -> str:
        """Text of the language this one is spelled from, in this one's letters."""
        return self._speller.spell(text) if self.spelled_from else text


class Languages:
    """All languages in the order they are offered; `mistakes` are (file, line, what) for check.

    `labels` are what the button below the chat was called once: it still hangs in somebody's chat.
    """

    def __init__(self, languages: list[Language], mistakes: list[Fault], labels: tuple[str, ...] = ()) -> None:
        self._by_code = {language.code: language for language in languages}
        self.mistakes = tuple(mistakes)
        self.labels = labels

    def __iter__(self) -> Iterator[Language]:
        return iter(self._by_code.values())

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Language:
        return self._by_code[code]

    def for_client(self, code: str | None) -> Language:
        """The language of a Telegram client (`uz`, `pt-br`); Russian where we have none for it."""
        short = (code or "").split("-")[0].lower()
        return self._by_code.get(short) or self._by_code.get("ru") or next(iter(self))


class Told(NamedTuple):
    """All that the folder says of a language, as plain data; `catalogue` is what gettext reads, where it has any."""

    code: str
    name: str
    cldr: str
    script: str
    spelled_from: str | None
    catalogue: bytes
    words: dict[str, str]


class Read(NamedTuple):
    """The folder, read: what Languages are made of."""

    told: list[Told]
    mistakes: list[Fault]
    labels: tuple[str, ...]


def load(folder: Path, whose: str = BOT) -> Languages:
    """Every language that has a folder here; raises BadLocales where there is none that works."""
    return make(read(folder, whose))


def make(found: Read) -> Languages:
    """Languages of what was read, now or at an earlier start."""
    languages = [
        Language(one.code, one.name, one.cldr, one.script, one.spelled_from, _phrases(one.catalogue), one.words)
        for one in found.told
    ]
    return Languages(languages, found.mistakes, found.labels)


def _phrases(catalogue: bytes) -> NullTranslations:
    return GNUTranslations(BytesIO(catalogue)) if catalogue else NullTranslations()


def read(folder: Path, whose: str = BOT) -> Read:
    """What the folder says; its readers are imported here, for most starts know already what they would read."""
    import yaml
    from babel import Locale, UnknownLocaleError

    found: list[tuple[float, Told]] = []
    mistakes: list[Fault] = []
    for settings in sorted(folder.glob("*/language.yaml")):
        code = settings.parent.name
        name = f"{code}/language.yaml"
        try:
            table = yaml.load(settings.read_text(encoding="utf-8"), yaml.CBaseLoader)  # noqa: S506  # makes strings only
            order = float(table["order"])
            own, cldr, script = (str(table[key]).strip() for key in ("name", "cldr", "script"))
            if not own or Locale.parse(cldr) is None:
                raise ValueError
        except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, UnknownLocaleError):
            what = Sentence("this must say name, cldr, script and order; the language is left out")
            mistakes.append((name, 1, what))
            continue
        source = table.get("spelled_from")
        catalogue = _read_phrases(folder, source or code, whose, [] if source else mistakes)
        words = _read_words(settings.parent / "words.txt", f"{code}/words.txt", mistakes) if source else {}
        found.append((order, Told(code, own, cldr, script, source, catalogue, words)))
    if not found:
        what = Sentence("no language found in {folder}/: each needs a folder with language.yaml", folder=folder.name)
        raise BadLocales(what)
    ordered = [told for _, told in sorted(found, key=lambda pair: pair[0])]
    return Read(ordered, mistakes, _read_labels(folder / "labels.txt"))


def _read_labels(path: Path) -> tuple[str, ...]:
    if not path.is_file():
        return ()
    lines = (line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def gaps(message: str) -> set[str]:
    """The names in braces of a phrase."""
    return set(GAP.findall(message))


def read_catalogue(path: Path) -> "Catalog":
    """A .po file as Babel reads it; raises OSError, UnicodeDecodeError or PoFileError."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def _read_phrases(folder: Path, code: str, whose: str, mistakes: list[Fault]) -> bytes:
    """Phrases by gettext's own rules; a translation whose gaps differ is left out and named."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError

    name = f"{code}/LC_MESSAGES/{whose}.po"
    if not (folder / name).is_file():
        return b""
    try:
        catalogue = read_catalogue(folder / name)
    except (OSError, UnicodeDecodeError, PoFileError, ValueError) as error:
        what = Sentence("the file cannot be read ({why}); phrases stay English", why=error)
        mistakes.append((name, getattr(error, "lineno", None) or 1, what))
        return b""
    for number in _unclosed(folder / name):
        mistakes.append((name, number, Sentence("a quote is missing on this line; the phrase stays English")))
        before = (one for one in catalogue if one.id and (one.lineno or 0) <= number)
        torn = max(before, key=lambda one: one.lineno or 0)
        catalogue.delete(torn.id if isinstance(torn.id, str) else torn.id[0])
    for message in list(catalogue):
        if message.id and (wrong := fault(message)):
            mistakes.append((name, message.lineno or 1, wrong))
            catalogue.delete(message.id if isinstance(message.id, str) else message.id[0])
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def _unclosed(path: Path) -> list[int]:
    """Lines of a .po file whose quotes do not close; every reader of the format takes them without a word."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        number
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#") and not _PO_LINE.fullmatch(line.strip())
    ]


def fault(message: "Message") -> Sentence | None:
    """What is wrong with the translation of a phrase; nothing where it can be said."""
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    allowed = set().union(*(gaps(id) for id in ids))
    for form in forms:
        if form and gaps(form) - allowed:
            gap = f"{{{min(gaps(form) - allowed)}}}"
            return Sentence(
                "“{phrase}”: the translation names {gap}, which the phrase does not have", phrase=ids[0], gap=gap
            )
        if form and len(forms) == 1 and gaps(form) != allowed:
            gap = f"{{{min(allowed - gaps(form))}}}"
            return Sentence("“{phrase}”: the translation lost {gap}", phrase=ids[0], gap=gap)
        if re.sub(r"\{\w+\}", "", form).count("{") or re.sub(r"\{\w+\}", "", form).count("}"):
            return Sentence("“{phrase}”: a brace in the translation has no partner", phrase=ids[0])
    return None


def _read_words(path: Path, name: str, mistakes: list[Fault]) -> dict[str, str]:
    """Lines of `latin = кирилл`; # begins a note. Apostrophes of every kind count as one."""
    words: dict[str, str] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        mistakes.append((name, 1, Sentence("the list of words cannot be read; Uzbek Cyrillic goes by rule alone")))
        return words
    for number, line in enumerate(lines, start=1):
        latin, equals, cyrillic = (piece.strip() for piece in line.partition("#")[0].partition("="))
        if not latin and not equals:
            continue
        if not latin or not cyrillic:
            mistakes.append((name, number, Sentence("write `latin = кирилл`")))
            continue
        words[re.sub("[ʻ‘`ʼ’]", "'", latin.lower())] = cyrillic
    return words

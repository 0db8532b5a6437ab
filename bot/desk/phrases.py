"""Phrases: what the bot and the desk themselves say, one language at a time, beside the English and the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from aiohttp import web
from markupsafe import Markup, escape

from bot import locales, po
from bot.content import Mistake
from bot.desk import phrase_screens, texts
from bot.desk.drafts import Newer, Unit, mark
from bot.desk.preview import drawn
from bot.desk.visit import LANGUAGES, WRITERS, Page, Refused, Visit
from bot.locales import BOT, DESK, SOURCE
from bot.phrases import said_at_desk, said_in_code
from bot.po import Phrase
from bot.screens import Screen
from bot.sentence import Sentence
from bot.store.staff import Draft

MOST_LETTERS = 2000
State = Literal["missing", "wrong", "gone", "good"]


def pages() -> list[Page]:
    return [
        Page("GET", "/phrases", show_all, WRITERS),
        Page("GET", "/phrase", show, WRITERS),
        Page("POST", "/phrase", save, WRITERS),
        Page("POST", "/preview/phrase", preview, WRITERS),
        Page("POST", "/phrase/drop", drop, WRITERS),
    ]


@dataclass(frozen=True)
class Catalogue:
    """The phrases of the bot, or those of the desk, in one language, with every draft."""

    language: str
    of: str
    words: str
    said: dict[str, str | None]
    drafts: dict[str, Draft]

    @property
    def file(self) -> str:
        return f"locales/{self.language}/LC_MESSAGES/{self.of}.po"

    def lines(self) -> list["Line"]:
        """Every phrase: those of the file in its order, then those that it lacks."""
        found = po.phrases(self.words)
        ids = dict.fromkeys([*found, *self.said])
        return [Line(self, id, self.said.get(id) or "", found.get(id)) for id in ids]


@dataclass(frozen=True)
class Line:
    """One phrase in one language, as the next reader at the desk sees it."""

    catalogue: Catalogue
    id: str
    plural: str
    phrase: Phrase | None

    @property
    def key(self) -> str:
        return mark(self.id)

    @property
    def unit(self) -> Unit:
        return self.catalogue.file, self.id

    @property
    def strings(self) -> tuple[str, ...]:
        return self.phrase.strings if self.phrase else ()

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(note.removeprefix("Translators:").strip() for note in self.phrase.notes) if self.phrase else ()

    @property
    def draft(self) -> Draft | None:
        return self.catalogue.drafts.get(self.id)

    @property
    def mistake(self) -> Sentence | None:
        return locales.fault(self.phrase.message) if self.phrase and any(self.strings) else None

    @property
    def state(self) -> State:
        if self.id not in self.catalogue.said:
            return "gone"
        if self.phrase is None or not self.phrase.is_done:
            return "missing"
        return "wrong" if self.mistake else "good"


def show_all(visit: Visit) -> web.Response:
    """The phrases of a language: all, those with some words in them, or those that somebody must look at."""
    codes = _codes(visit, visit.query.get("of", BOT))
    own = next((code for code in codes if code in visit.person.languages), codes[0] if codes else "")
    catalogue = _named(visit, {"language": own, **visit.query})
    lines, wanted = catalogue.lines(), " ".join(visit.query.get("q", "").split())[:80]
    only = visit.query.get("only", "")
    shown = [line for line in lines if _is_wanted(line, wanted) and (not only or _is_open(line))]
    return visit.page(
        "phrases.html", catalogue=catalogue, lines=shown, many=len(lines), wanted=wanted, only=only,
        open=sum(map(_is_open, lines)), codes=codes, states=state_names(visit), gapped=gapped,
        may=texts.may_write(visit, catalogue.language), has_desk=catalogue.language in LANGUAGES,
    )  # fmt: skip


def _is_open(line: Line) -> bool:
    return line.state != "good" or line.draft is not None


def _is_wanted(line: Line, wanted: str) -> bool:
    return wanted.lower() in "\n".join([line.id, line.plural, *line.strings, *line.notes]).lower()


def state_names(visit: Visit) -> dict[str, tuple[str, str]]:
    say = visit.say
    return {
        "missing": (say("not translated"), "bad"),
        "wrong": (say("has a mistake"), "bad"),
        "gone": (say("nothing says it any more"), "warn"),
        "good": ("", ""),
    }


def show(visit: Visit) -> web.Response:
    line = _line(visit, visit.query)
    return _form(visit, line, _begun(visit, line), mark(visit.desk.drafts.words(line.unit)))


def save(visit: Visit) -> web.Response:
    """Keep the words of one phrase; a lost or invented gap is named, newer words of somebody else are shown."""
    line, drafts = _line(visit, visit.form, "write"), visit.desk.drafts
    strings, seen = _typed(visit, line), visit.form.get("mark", "")
    old = drafts.words(line.unit)
    new = _filled(visit, line, old, strings)
    if not any(strings) and not old:
        raise Refused(visit.say("Write the translation first."))
    if what := fault(new):
        return _form(visit, line, strings, seen, mistake=what, status=409)
    to = "review" if visit.form.get("do") == "review" else "draft"
    try:
        drafts.save(line.unit, new, seen, visit.person.name, to)
    except Newer as newer:
        theirs = po.phrase(newer.words)
        return _form(
            visit, line, strings, mark(newer.words), theirs=theirs.strings if theirs else ("",), status=409
        )  # fmt: skip
    visit.note("send to review" if to == "review" else "save draft", _audited(line))
    following = _next(visit, line) if visit.form.get("do") == "next" else line.key
    return visit.go("/phrase", language=line.catalogue.language, of=line.catalogue.of, id=following, saved="1")


def drop(visit: Visit) -> web.Response:
    """Throw a draft away; or take a phrase out that nothing says any more."""
    line = _line(visit, visit.form, "write")
    catalogue = line.catalogue
    if "gone" in visit.form and line.state == "gone":
        visit.desk.drafts.save(line.unit, "", mark(visit.desk.drafts.words(line.unit)), visit.person.name)
        visit.note("save draft", _audited(line))
        return visit.go("/phrases", language=catalogue.language, of=catalogue.of)
    visit.desk.staff.drop([line.unit])
    visit.note("drop draft", _audited(line))
    return visit.go("/phrase", language=catalogue.language, of=catalogue.of, id=line.key)


def preview(visit: Visit) -> web.Response:
    """A few screens that say this phrase, with the words as they are typed."""
    line = _line(visit, visit.form)
    code, strings = line.catalogue.language, _typed(visit, line)
    shown: list[Screen] = []
    if what := fault(_filled(visit, line, "", strings)):
        mistakes = [Mistake(line.catalogue.file, 0, what)]
    else:
        mistakes = []
        languages = phrase_screens.saying(visit.desk.drafts.languages(), code, line.id, strings)
        shown = phrase_screens.screens(visit, languages, code, line.id) if line.catalogue.of == BOT else []
    words = max(locales.GAP.split(strings[-1])[::2], key=len)
    screens = [(_marked(html, words), rows) for html, rows in map(drawn, shown)]
    return visit.page("phone.html", screens=screens, mistakes=mistakes, code=code, found=words)


def _marked(html: Markup, words: str) -> Markup:
    """The screen with the words of the phrase made visible, where they stand as they are."""
    return html.replace(escape(words), Markup("<mark>{}</mark>").format(words)) if words.strip() else html


def _form(
    visit: Visit, line: Line, strings: tuple[str, ...], seen: str, theirs: tuple[str, ...] = (),
    mistake: Sentence | None = None, status: int = 200,
) -> web.Response:  # fmt: skip
    catalogue = line.catalogue
    others = [(code, _catalogue(visit, code, catalogue.of)) for code in _codes(visit, catalogue.of)]
    beside = [
        (code, found.strings)
        for code, other in others
        if code != catalogue.language and (found := po.phrases(other.words).get(line.id))
    ]
    numbers = po.numbers_of(catalogue.words) if line.plural else [""]
    fields = [
        (numbers[n], strings[n] if n < len(strings) else "", theirs[n] if n < len(theirs) else "")
        for n in range(len(numbers))
    ]
    mistake = mistake or fault(line.phrase.words if line.phrase else "")
    has_screens = catalogue.of == BOT and bool(phrase_screens.addresses(visit).get(line.id))
    return visit.page(
        "phrase.html", status, line=line, catalogue=catalogue, fields=fields, theirs=theirs, mark=seen,
        mistake=mistake, beside=beside, states=state_names(visit), gapped=gapped,
        may=texts.may_write(visit, catalogue.language), has_screens=has_screens,
        published=_published(visit, line), gaps=sorted(locales.gaps(line.plural or line.id)),
        is_overtaken=line.draft is not None and visit.desk.drafts.is_overtaken(line.draft),
    )  # fmt: skip


def _published(visit: Visit, line: Line) -> tuple[str, ...]:
    """What readers see while a draft waits."""
    found = po.phrase(visit.desk.drafts.published(line.unit)) if line.draft else None
    return found.strings if found else ()


def gapped(phrase: str) -> Markup:
    """A phrase with its gaps made visible."""
    pieces = locales.GAP.split(phrase)
    gap = Markup('<code class="gap">{{{}}}</code>')
    return Markup("").join(gap.format(one) if number % 2 else escape(one) for number, one in enumerate(pieces))


def _begun(visit: Visit, line: Line) -> tuple[str, ...]:
    """The words to begin with: our own, else those that came with the program after ours were copied from it."""
    if any(line.strings) or line.state == "gone":
        return line.strings
    path = visit.desk.library.editions.given_locales / line.catalogue.file.removeprefix("locales/")
    shipped = po.phrases(path.read_text(encoding="utf-8")).get(line.id) if path.is_file() else None
    return shipped.strings if shipped else ()


def _typed(visit: Visit, line: Line) -> tuple[str, ...]:
    many = len(po.numbers_of(line.catalogue.words)) if line.plural else 1
    typed = tuple(visit.form.get(f"s.{number}", "").strip("\n") for number in range(many))
    if any(len(one) > MOST_LETTERS for one in typed):
        raise Refused(visit.say("This is too long for one phrase."))
    return typed


def _filled(visit: Visit, line: Line, old: str, strings: tuple[str, ...]) -> str:
    if old:
        return po.with_strings(old, strings)
    others = (po.phrases(_catalogue(visit, code, line.catalogue.of).words) for code in _codes(visit, line.catalogue.of))
    notes = next((found.notes for other in others if (found := other.get(line.id))), ())
    return po.new_words(line.id, line.plural, strings, notes)


def fault(words: str) -> Sentence | None:
    """What is wrong with a phrase, as whoever writes it needs to know."""
    found = po.phrase(words)
    if found is None or not any(found.strings) or not (what := locales.fault(found.message)):
        return None
    allowed, said = locales.gaps(found.id) | locales.gaps(found.plural), locales.gaps("".join(found.strings))
    if foreign := said - allowed:
        return Sentence("{gap} is no gap of this phrase: nothing would stand there.", gap=_shown(foreign))
    if lost := allowed - said:
        return Sentence("{gap} is lost. Put it where the number or name belongs.", gap=_shown(lost))
    return what


def _shown(gaps: set[str]) -> str:
    return ", ".join(f"{{{gap}}}" for gap in sorted(gaps))


def _next(visit: Visit, line: Line) -> str:
    """The next phrase that is not good yet, else the next one."""
    lines = _catalogue(visit, line.catalogue.language, line.catalogue.of).lines()
    place = next(number for number, one in enumerate(lines) if one.id == line.id)
    after = [*lines[place + 1 :], *lines[: place + 1]]
    return next((one.key for one in after if one.state in ("missing", "wrong")), after[0].key)


def _line(visit: Visit, given: Mapping[str, str], to: str = "read") -> Line:
    """The phrase a request names, by the mark of its English words, so that no key comes from a form."""
    catalogue = _named(visit, given)
    if to == "write" and not texts.may_write(visit, catalogue.language):
        raise Refused(visit.say("You translate into other languages."), 403)
    line = next((one for one in catalogue.lines() if one.key == given.get("id", "")), None)
    if line is None:
        raise Refused(visit.say("There is nothing here."), 404)
    return line


def _named(visit: Visit, given: Mapping[str, str]) -> Catalogue:
    of, language = given.get("of", BOT), given.get("language", "")
    if language not in _codes(visit, of):
        raise Refused(visit.say("There is nothing here."), 404)
    return _catalogue(visit, language, of)


def _codes(visit: Visit, of: str) -> list[str]:
    """The languages whose phrases can be written: English stands in the program, Cyrillic Uzbek goes by rule."""
    if of not in (BOT, DESK):
        return []
    found = [one.code for one in visit.desk.drafts.languages() if one.spelled_from is None and one.code != SOURCE]
    return sorted((code for code in found if of == BOT or code in LANGUAGES), key=lambda code: code != texts.SOURCE)


def _catalogue(visit: Visit, language: str, of: str) -> Catalogue:
    file = f"locales/{language}/LC_MESSAGES/{of}.po"
    drafts = {draft.key: draft for draft in visit.desk.staff.drafts() if draft.file == file}
    return Catalogue(language, of, visit.desk.drafts.file(file), _said(of), drafts)


@cache
def _said(of: str) -> dict[str, str | None]:
    return said_in_code() if of == BOT else said_at_desk()


def _audited(line: Line) -> str:
    return f"{line.catalogue.language} {line.catalogue.of}: {line.id}"[:100]


def names(visit: Visit) -> Iterator[tuple[str, str, str, int]]:
    """For the page of all words: whose phrases, which language, and how many somebody must look at."""
    for of in (BOT, DESK):
        for code in _codes(visit, of):
            yield of, code, code, sum(line.state != "good" for line in _catalogue(visit, code, of).lines())

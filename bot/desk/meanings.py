"""Words people use: entries of the lexicon, and the words of danger an organisation adds; a form for each."""

import re
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from aiohttp import web

from bot.content import Content, Mistake
from bot.content.editing import scalar, value_at, with_items
from bot.desk.drafts import Newer, Unit, mark
from bot.desk.facts import reading_language
from bot.desk.visit import EDITORS, Page, Refused, Visit
from bot.matching.check import check_words, folded
from bot.matching.fold import fold_words
from bot.matching.stems import Stems

FILE, DANGER = "content/lexicon.yaml", "content/danger.yaml"
DANGER_KEY = "words"
LONGEST = 60  # letters of one entry
_NAME = re.compile(r"[a-z][a-z0-9_]{1,40}")
_MOST = 3000  # entries
_folded: list[tuple[Content, list[tuple[str, Sequence[str]]]]] = []
_lock = threading.Lock()


def pages() -> list[Page]:
    return [
        Page("GET", "/meanings", show_all, EDITORS),
        Page("GET", "/meaning", show, EDITORS),
        Page("POST", "/meaning", save, EDITORS),
        Page("POST", "/meaning/drop", drop, EDITORS),
        Page("GET", "/danger", show_danger, EDITORS),
        Page("POST", "/danger", save_danger, EDITORS),
        Page("POST", "/danger/drop", drop_danger, EDITORS),
    ]


def show_all(visit: Visit) -> web.Response:
    """Every meaning with some of its words; a search looks through all of them."""
    content, wanted = visit.desk.drafts.content(), " ".join(visit.query.get("q", "").split())[:80]
    drafted = {draft.key for draft in visit.desk.staff.drafts() if draft.file == FILE}
    looked_for = set(fold_words(wanted))
    lines = [
        (name, words, [one for one in words if looked_for & set(fold_words(one))])
        for name, words in content.lexicon.items()
    ]
    if wanted:
        lines = [line for line in lines if line[2] or wanted.lower() in line[0]]
    return visit.page("meanings.html", lines=lines, wanted=wanted, drafted=drafted, danger=content.extra_danger)


def show(visit: Visit) -> web.Response:
    id = visit.query.get("id", "")
    words = visit.desk.drafts.words((FILE, id)) if _NAME.fullmatch(id) else ""
    if id and not words and not visit.desk.staff.draft(FILE, id):
        raise Refused(visit.say("There is nothing here."), 404)
    return _form(visit, (FILE, id), _items(words, id), mark(words))


def show_danger(visit: Visit) -> web.Response:
    words = visit.desk.drafts.words((DANGER, DANGER_KEY))
    return _form(visit, (DANGER, DANGER_KEY), _items(words, DANGER_KEY), mark(words))


def save(visit: Visit) -> web.Response:
    """Keep the words of a meaning as a draft; those that stay keep their bytes."""
    id = visit.form.get("id", "").strip()
    if not _NAME.fullmatch(id):
        raise Refused(visit.say("A name of a meaning has letters a to z, digits and _, like lost_passport."))
    is_new = "new" in visit.form
    if is_new and visit.desk.drafts.words((FILE, id)):
        raise Refused(visit.say("There is a meaning of this name already."), 409)
    if not is_new and not visit.desk.drafts.words((FILE, id)):
        raise Refused(visit.say("There is nothing here."), 404)
    return _keep(visit, (FILE, id), visit.go("/meaning", id=id, saved="1"))


def save_danger(visit: Visit) -> web.Response:
    return _keep(visit, (DANGER, DANGER_KEY), visit.go("/danger", saved="1"))


def drop(visit: Visit) -> web.Response:
    """Throw a draft away; or, as a draft, take the whole meaning out."""
    unit = FILE, visit.form.get("id", "")
    if "whole" in visit.form and _NAME.fullmatch(unit[1]):
        old = visit.desk.drafts.words(unit)
        if visit.form.get("mark") != mark(old):
            raise Refused(visit.say("Somebody has changed these words meanwhile. Load the page again and repeat."), 409)
        visit.desk.drafts.save(unit, "", mark(old), visit.person.name)
        visit.note("save draft", f"lexicon: {unit[1]}")
        return visit.go("/meanings")
    visit.desk.staff.drop([unit])
    visit.note("drop draft", f"lexicon: {unit[1]}"[:60])
    return visit.go("/meanings")


def drop_danger(visit: Visit) -> web.Response:
    visit.desk.staff.drop([(DANGER, DANGER_KEY)])
    visit.note("drop draft", "danger")
    return visit.go("/danger")


def _keep(visit: Visit, unit: Unit, done: web.Response) -> web.Response:
    drafts, seen = visit.desk.drafts, visit.form.get("mark", "")
    typed = _typed(visit)
    if mistakes := _mistakes(visit, typed, unit):
        return _form(visit, unit, typed, seen, mistakes, status=409)
    old = drafts.words(unit)
    new = with_items(old, [unit[1]], typed) if old else f"{unit[1]}: [{', '.join(map(scalar, typed))}]\n"
    try:
        drafts.save(unit, new, seen, visit.person.name)
    except Newer as newer:
        theirs = _items(newer.words, unit[1])
        return _form(visit, unit, typed, mark(newer.words), theirs=theirs, is_late=True, status=409)
    visit.note("save draft", f"{unit[0].partition('/')[2].removesuffix('.yaml')}: {unit[1]}")
    return done


def _typed(visit: Visit) -> list[str]:
    """Every line of every field; where a word stands says nothing."""
    lines = (line for name, text in visit.form.items() if name.startswith("w.") for line in text.split("\n"))
    return list(dict.fromkeys(words for line in lines if (words := " ".join(line.split()))))


def _mistakes(visit: Visit, typed: list[str], unit: Unit) -> list[str]:
    say = visit.say
    found = [say("“{word}” has no letters.", word=one[:LONGEST]) for one in typed if not fold_words(one)]
    found += [say("“{word}” is too long for one entry.", word=one[:LONGEST]) for one in typed if len(one) > LONGEST]
    found += [
        say("“{word}”: a star stands only at the end of a word.", word=one)
        for one in typed
        if any("*" in piece.rstrip("*") or piece.endswith("**") for piece in one.split())
    ]
    if unit[0] == FILE and not typed:
        found.append(say("A meaning needs at least one word."))
    if len(typed) > _MOST:
        found.append(say("These are too many words for one entry."))
    return found


def _form(
    visit: Visit, unit: Unit, items: list[str], seen: str, mistakes: list[str] | None = None,
    theirs: list[str] | None = None, is_late: bool = False, status: int = 200,
) -> web.Response:  # fmt: skip
    content, is_danger = visit.desk.drafts.content(), unit[0] == DANGER
    code = reading_language(visit, content)
    met = {} if is_danger else _met(content, items)
    draft = visit.desk.staff.draft(*unit)
    return visit.page(
        "meaning.html", status, id=unit[1], is_danger=is_danger, groups=_by_language(visit, items), many=len(items),
        mark=seen, mistakes=mistakes or [], advice=[] if is_danger else _advice(visit, content, unit[1], items),
        draft=draft, is_overtaken=draft is not None and visit.desk.drafts.is_overtaken(draft),
        only_theirs=[one for one in theirs or [] if one not in items],
        only_mine=[one for one in items if one not in (theirs or [])], is_late=is_late,
        topics=[(id, content.title(id, code), many) for id, many in Counter(met).most_common(6)],
        act="/desk/danger" if is_danger else "/desk/meaning",
    )  # fmt: skip


def _items(words: str, key: str) -> list[str]:
    found = value_at(words, [key]) if words else None
    return found if isinstance(found, list) else (found or "").split()


def _by_language(visit: Visit, items: list[str]) -> dict[str, list[str]]:
    """Words by the language the bot takes them for; a guess, for the eye alone."""
    model = visit.desk.library.matcher.languages
    groups: dict[str, list[str]] = {code: [] for code in model.ours}
    for item in items:
        groups[model.guess(item.replace("*", "")).language].append(item)
    return dict(sorted(groups.items(), key=lambda one: one[0] != "ru"))


def _advice(visit: Visit, content: Content, id: str, items: list[str]) -> list[Mistake]:
    """What `check` says of these words: beginnings too short, words too common."""
    alone = replace(content, lexicon={id: tuple(items)})
    return list(check_words(alone, visit.desk.library.editions.content, _questions(content)))


def _met(content: Content, items: list[str]) -> dict[str, int]:
    """The topics in whose example questions these words are met, and in how many of them."""
    stems = Stems({"x": items})
    return Counter(topic for topic, words in _questions(content) if stems.places(words))


def _questions(content: Content) -> list[tuple[str, Sequence[str]]]:
    """Every example question as the bot reads it; kept for the content that was looked at last."""
    with _lock:
        if not _folded or _folded[0][0] is not content:
            _folded[:] = [(content, list(folded(content)))]
        return _folded[0][1]

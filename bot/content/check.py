"""Every mistake an editor can make in content/, in plain words, with file and line and what to do."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.content import Content, Mistake, Text
from bot.content.check_places import check_places
from bot.content.facts import COUNTED, Fact, Reference, Value, references
from bot.content.flows import Flow, FlowWords
from bot.content.glossary import Glossary, read_glossary
from bot.content.markup import foreign_marks, to_html, topic_links

RISKY = (
    "stay/overstay", "stay/lost-documents", "stay/police-abuse", "stay/fines-expulsion", "rights/complaint",
    "rights/wages", "help/violence", "trafficking/victim-help", "trafficking/report",
)  # fmt: skip
FIRST_SCREEN, PART = 900, 3200  # characters, after facts are filled in
FEWEST_ASKED = 8
WORDS_A_SENTENCE = 15
UNPROVEN_ALLOWED = ("help/sana-sezim", "help/hotlines", "help/consulates", "help/legal-aid")
EXCEPTION = "line-11616"  # the one unproven line that may stand elsewhere, with its warning

_DIGITS = re.compile(r"\d")
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}\. ")
_LINK_TARGET = re.compile(r"\]\([^)]*\)")
_SENTENCE = re.compile(r"[.!?…]+\s+|\n+")


def check(content: Content, folder: Path, today: date) -> list[Mistake]:
    """All mistakes and advice, in the order of files and lines."""
    glossaries = {code: read_glossary(folder, code) for code in content.spellings}
    found = [
        *content.mistakes,
        *(mistake for _, mistakes in glossaries.values() for mistake in mistakes),
        *_strangers(content, folder),
        *_facts(content),
        *check_places(content, folder, today),
    ]
    for text in content.texts.values():
        if content.spellings[text.language].source is None and "/" in text.id:
            found += _text(content, text, glossaries[text.language][0], today)
    for (topic, language), words in content.flow_words.items():
        if content.spellings[language].source is None:
            found += _flow_words(content, content.flows[topic], words, glossaries[language][0], today)
    for topic, flow in content.flows.items():
        found += _flow(content, topic, flow)
    found += _every_value(content)
    return sorted(set(found))


def table(content: Content) -> list[tuple[str, dict[str, str]]]:
    """Topic by topic and language by language: complete, draft or missing."""
    rows = []
    for topic in content.topics:
        states = {}
        for code in content.spellings:
            text = content.texts.get((topic, code))
            states[code] = "missing" if text is None else "draft" if text.is_draft else "complete"
        rows.append((topic, states))
    return rows


def _strangers(content: Content, folder: Path) -> Iterator[Mistake]:
    """Files that nothing reads: a misspelt folder or language."""
    own = {code for code, spelling in content.spellings.items() if spelling.source is None}
    places = {"", *(group.id for group in content.groups), *content.topics}
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder).as_posix()
        place = path.parent.relative_to(folder).as_posix().removeprefix(".")
        if place not in places:
            yield Mistake(name, 1, "this folder is no topic of topics.yaml; add it there or move the file")
        elif path.stem not in own:
            yield Mistake(name, 1, f"`{path.stem}` is no language of ours; known are {', '.join(sorted(own))}")


def _text(content: Content, text: Text, glossary: Glossary, today: date) -> Iterator[Mistake]:
    passages = [text.short, *text.parts.values()]
    if text.is_draft:
        yield Mistake(text.file, 1, "a draft: without `compared:` it is never shown", is_advice=True)
    for id in text.sources:
        if id not in content.sources:
            yield Mistake(text.file, 1, f"sources: `{id}` is not in sources.yaml")
    if not text.sources and not text.is_draft:
        yield Mistake(text.file, 1, "name the sources of this text in the header")
    if text.id in RISKY and not text.risk:
        yield Mistake(text.file, 1, "this topic must say in `risk:` what going to an office can mean without papers")
    if len(text.asked) < FEWEST_ASKED:
        yield Mistake(
            text.file, 1, f"{len(text.asked)} example questions; give at least {FEWEST_ASKED}", is_advice=True
        )
    for passage in [*passages, text.risk, text.title]:
        yield from _passage(content, text.file, text.id, passage, glossary, today)
    yield from _as_of(content, text.file, passages, today)
    yield from _lengths(content, text, today)
    yield from _against_source(content, text)


def _passage(
    content: Content, file: str, topic: str, passage: str, glossary: Glossary, today: date
) -> Iterator[Mistake]:
    for line in passage.split("\n"):
        rest = _LINK_TARGET.sub("]", _LIST_NUMBER.sub("", line))
        for reference in references(rest):
            rest = rest.replace(reference.written, "")
            yield from _reference(content, file, topic, reference, today)
        for term in sorted(glossary.with_digits, key=len, reverse=True):
            rest = rest.replace(term, "")
        if _DIGITS.search(rest):
            yield Mistake(
                file,
                1,
                f"a number stands in the text: “{_around(rest)}”; write it in facts.yaml and use {{its_name}}",
            )
        if "{" in rest or "}" in rest:
            yield Mistake(
                file,
                1,
                f"a brace that is no fact: “{line.strip()[:60]}”; write {{name}} with a name from facts.yaml",
            )
    for figure in glossary.figures(passage):
        yield Mistake(file, 1, f"a figure stands in words: “{figure}”; write it in facts.yaml and use {{its_name}}")
    for word, better in glossary.strangers(passage):
        yield Mistake(file, 1, f"“{word}”: the glossary says “{better}”")
    for mark in foreign_marks(passage):
        yield Mistake(file, 1, f"`{mark}` would stand in the text as it is; we have bold, lists and links only")
    for link in topic_links(passage):
        if link not in content.topics:
            yield Mistake(file, 1, f"the link to {link} leads nowhere: there is no such topic")


def _reference(content: Content, file: str, topic: str, reference: Reference, today: date) -> Iterator[Mistake]:
    place = content.places.get(reference.name)
    fact = content.facts.all.get(reference.name)
    if place is not None:
        unproven = place.phones and not place.phones[0].is_proven and reference.ask is None
        if unproven and topic not in UNPROVEN_ALLOWED and place.id != EXCEPTION:
            yield Mistake(file, 1, f"{reference.written}: nobody has called this number yet; name the place without it")
    elif fact is None:
        yield Mistake(file, 1, f"{reference.written} is neither a fact nor a place")
    elif any(value.confidence == "low" for value in _meant(content, fact, reference, today)):
        yield Mistake(
            file,
            1,
            f"{reference.written}: its confidence is low, so it may not be stated; say whom to ask instead",
        )


def _meant(content: Content, fact: Fact, reference: Reference, today: date) -> list[Value]:
    """The values a reference can show: of the year it names, or in force today and later."""
    now = content.facts.value(reference, today)
    later = [] if reference.year else [one for one in fact.values if one.key == reference.key and one.since > today]
    return [one for one in (now, *later) if one]


def _as_of(content: Content, file: str, passages: list[str], today: date) -> Iterator[Mistake]:
    """A figure we are only fairly sure of is said together with the day it is from."""
    whole = "\n".join(passages)
    said = {reference.name for reference in references(whole) if reference.ask == "asof"}
    for reference in references(whole):
        fact = content.facts.all.get(reference.name)
        if fact is None or fact.id in said:
            continue
        if any(value.confidence == "medium" for value in _meant(content, fact, reference, today)):
            yield Mistake(
                file,
                1,
                f"{reference.written}: its confidence is medium; say {{{fact.id}:asof}} in the text as well",
            )


def _lengths(content: Content, text: Text, today: date) -> Iterator[Mistake]:
    if len(text.title) > 60:
        yield Mistake(text.file, 1, f"the title has {len(text.title)} letters; a button shows about 38", is_advice=True)
    for name, passage in {"the short answer": text.short, **text.parts}.items():
        try:
            shown = to_html(content.fill(passage, text.language, today))
        except KeyError:
            continue
        most = FIRST_SCREEN if name == "the short answer" else PART
        if len(re.sub(r"<[^>]+>", "", shown)) > most:
            yield Mistake(
                text.file,
                text.body_line,
                f"{name} is longer than {most} characters; move the rest to a part or cut it",
            )
        long = [one for one in _SENTENCE.split(passage) if len(one.split()) > WORDS_A_SENTENCE + 5]
        if long:
            yield Mistake(
                text.file,
                text.body_line,
                f"{name}: {len(long)} long sentences, like “{long[0][:50]}…”",
                is_advice=True,
            )


def _against_source(content: Content, text: Text) -> Iterator[Mistake]:
    """A translation says the same figures as the Russian text, part by part, and follows its newest version."""
    russian = content.texts.get((text.id, "ru"))
    if russian is None or text.language == "ru":
        return
    for name in dict.fromkeys(("", *russian.parts, *text.parts)):
        theirs = russian.short if not name else russian.parts.get(name, "")
        ours = text.short if not name else text.parts.get(name, "")
        lost = {one.written for one in references(theirs)} - {one.written for one in references(ours)}
        added = {one.written for one in references(ours)} - {one.written for one in references(theirs)}
        where = f"part `{name}`" if name else "the short answer"
        if lost:
            yield Mistake(
                text.file,
                text.body_line,
                f"{where} lacks {', '.join(sorted(lost))}, which the Russian text has",
            )
        if added:
            yield Mistake(
                text.file,
                text.body_line,
                f"{where} has {', '.join(sorted(added))}, which the Russian text has not",
            )
    if text.follows != russian.fingerprint:
        what = (
            f"it follows another version of the Russian text; when both agree, write `follows: {russian.fingerprint}`"
        )
        yield Mistake(text.file, 1, what, is_advice=bool(text.follows))


def _flow(content: Content, topic: str, flow: Flow) -> Iterator[Mistake]:
    file = f"{topic}/flow.yaml"
    alias = content.topics[topic].alias or topic
    longest = max((f"uzc/{alias}?{'.'.join(way)}" for way in flow.ways()), key=len)
    if len(longest) > 64:
        yield Mistake(file, 1, f"a button's address is too long ({len(longest)} of 64): {longest}; shorten the ids")
    reached = {flow.after(way) for way in flow.ways()}
    for question in flow.questions:
        if question not in reached:
            yield Mistake(file, 1, f"no way leads to the question `{question}`")
    for ending in flow.endings.values():
        if ending not in reached:
            yield Mistake(file, 1, f"no way leads to the ending `{ending.id}`")
        for offered in ending.topics:
            if offered not in content.topics:
                yield Mistake(file, 1, f"{ending.id}: {offered} is no topic")
    for code, spelling in content.spellings.items():
        if spelling.source is None and (topic, code) not in content.flow_words:
            yield Mistake(
                f"{topic}/flow.{code}.yaml", 1, "the words of this flow are missing or broken", is_advice=True
            )


def _flow_words(content: Content, flow: Flow, words: FlowWords, glossary: Glossary, today: date) -> Iterator[Mistake]:
    for passage in (*words.asks.values(), *words.texts.values(), *words.titles.values()):
        yield from _passage(content, words.file, flow.topic, passage, glossary, today)
    russian = content.flow_words.get((flow.topic, "ru"))
    if russian is None:
        return
    for ending, theirs in russian.texts.items():
        ours = words.texts[ending]
        if {one.written for one in references(theirs)} != {one.written for one in references(ours)}:
            yield Mistake(words.file, 1, f"{ending}: its figures differ from those of the Russian words")


def _facts(content: Content) -> Iterator[Mistake]:
    used = {
        one.name
        for text in content.texts.values()
        for passage in (text.short, *text.parts.values())
        for one in references(passage)
    }
    used |= {
        one.name for words in content.flow_words.values() for text in words.texts.values() for one in references(text)
    }
    for fact in content.facts.all.values():
        for value in fact.values:
            for id in value.sources:
                if id not in content.sources:
                    yield Mistake("facts.yaml", value.line, f"{fact.id}: the source `{id}` is not in sources.yaml")
            if value.confidence == "medium" and not value.as_of:
                yield Mistake("facts.yaml", value.line, f"{fact.id}: a value of medium confidence needs `as_of`")
        if fact.id not in used and fact.id != "mci":
            yield Mistake("facts.yaml", fact.line, f"{fact.id}: no text uses it", is_advice=True)


def _every_value(content: Content) -> Iterator[Mistake]:
    """Each value, past, present and to come, said in each language."""
    for fact in content.facts.all.values():
        for code, spelling in content.spellings.items():
            if fact.kind in COUNTED and spelling.source is None:
                yield from _forms(content, fact, code)
            for value in fact.values:
                reference = Reference("{" + fact.id + "}", fact.id, value.key, None, None)
                try:
                    said = content.facts.say(reference, code, value.since)
                except (KeyError, ValueError, IndexError) as error:
                    yield Mistake(
                        "facts.yaml",
                        value.line,
                        f"{fact.id} cannot be said in {code} ({error}); mend units.yaml",
                    )
                    continue
                if not said.strip() or "{" in said:
                    yield Mistake("facts.yaml", value.line, f"{fact.id} reads “{said}” in {code}; mend units.yaml")


def _forms(content: Content, fact: Fact, code: str) -> Iterator[Mistake]:
    forms = content.facts.units.forms(fact.kind, code)
    if not forms:
        yield Mistake("units.yaml", 1, f"{fact.kind} has no words in {code}")
    needed = {content.spellings[code].locale.plural_form(number) for number in (1, 2, 5, 21)}
    if forms and "other" not in forms and (lost := needed - set(forms)):
        yield Mistake("units.yaml", 1, f"{fact.kind} lacks the form `{min(lost)}` in {code}")


def _around(line: str) -> str:
    place = _DIGITS.search(line)
    assert place is not None
    return line[max(0, place.start() - 20) : place.end() + 20].strip()

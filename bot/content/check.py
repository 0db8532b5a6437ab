"""Every mistake an editor can make in content/, in plain words, with file and line and what to do."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.content import Content, Mistake
from bot.content.check_flows import check_flow, check_flow_words
from bot.content.check_letter import check_letter
from bot.content.check_places import check_places
from bot.content.check_texts import Page, check_text
from bot.content.facts import COUNTED, Fact, Reference, references
from bot.content.glossary import read_glossary
from bot.sentence import Sentence


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
            page = Page(content, glossaries[text.language][0], today, text.id, *_read(folder, text.file))
            found += check_text(page, text)
    for (topic, language), words in content.flow_words.items():
        if content.spellings[language].source is None:
            page = Page(content, glossaries[language][0], today, topic, *_read(folder, words.file))
            found += check_flow_words(page, content.flows[topic], words)
    for (topic, language), letter in content.letters.items():
        if content.spellings[language].source is None:
            page = Page(content, glossaries[language][0], today, topic, *_read(folder, letter.file))
            found += check_letter(page, letter)
    for topic, flow in content.flows.items():
        found += check_flow(content, topic, flow)
    found += _every_value(content)
    return sorted(set(found))


def _read(folder: Path, file: str) -> tuple[str, tuple[str, ...]]:
    try:
        return file, tuple((folder / file).read_text(encoding="utf-8-sig").split("\n"))
    except (OSError, UnicodeDecodeError):
        return file, ()


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
        if name == "README.md":  # the page for editors
            continue
        if place not in places:
            yield Mistake(name, 1, Sentence("this folder is no topic of topics.yaml; add it there or move the file"))
        elif path.stem not in own:
            known = ", ".join(sorted(own))
            what = Sentence("`{code}` is no language of ours; known are {known}", code=path.stem, known=known)
            yield Mistake(name, 1, what)


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
    used |= {
        one.name for letter in content.letters.values() for passage in letter.passages for one in references(passage)
    }
    used |= {name for chart in content.charts.values() for name in chart.facts}
    for fact in content.facts.all.values():
        for value in fact.values:
            for id in value.sources:
                if id not in content.sources:
                    what = Sentence("{id}: the source `{source}` is not in sources.yaml", id=fact.id, source=id)
                    yield Mistake("facts.yaml", value.line, what)
            if value.confidence == "medium" and not value.as_of:
                what = Sentence("{id}: a value of medium confidence needs `as_of`", id=fact.id)
                yield Mistake("facts.yaml", value.line, what)
        if fact.id not in used and fact.id != "mci":
            yield Mistake("facts.yaml", fact.line, Sentence("{id}: no text uses it", id=fact.id), is_advice=True)


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
                    what = Sentence(
                        "{id} cannot be said in {language} ({why}); mend units.yaml",
                        id=fact.id, language=code, why=error,
                    )  # fmt: skip
                    yield Mistake("facts.yaml", value.line, what)
                    continue
                if not said.strip() or "{" in said:
                    what = Sentence(
                        "{id} reads “{said}” in {language}; mend units.yaml", id=fact.id, said=said, language=code
                    )
                    yield Mistake("facts.yaml", value.line, what)


def _forms(content: Content, fact: Fact, code: str) -> Iterator[Mistake]:
    forms = content.facts.units.forms(fact.kind, code)
    if not forms:
        yield Mistake("units.yaml", 1, Sentence("{unit} has no words in {language}", unit=fact.kind, language=code))
    needed = {content.spellings[code].locale.plural_form(number) for number in (1, 2, 5, 21)}
    if forms and "other" not in forms and (lost := needed - set(forms)):
        what = Sentence("{unit} lacks the form `{form}` in {language}", unit=fact.kind, form=min(lost), language=code)
        yield Mistake("units.yaml", 1, what)

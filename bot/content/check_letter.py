"""What can be wrong with the words of a letter: figures typed in, words we avoid, figures that differ by language."""

from collections.abc import Iterator
from dataclasses import replace

from bot.content import Mistake
from bot.content.check_texts import Page, check_passage
from bot.content.facts import references
from bot.content.glossary import NONE
from bot.content.letter import FIELDS, LetterWords
from bot.sentence import Sentence

LONGEST = 3000  # letters of what is said in one message, with room for the answers


def check_letter(page: Page, words: LetterWords) -> Iterator[Mistake]:
    """What is said to the person is held to the glossary; an official letter may use the words of the law."""
    for passage in (*words.spoken.values(), *words.asks.values(), *words.labels.values()):
        yield from check_passage(page, passage)
        if len(passage) > LONGEST:
            yield page.mistake(passage, Sentence("longer than {most} letters; cut it", most=LONGEST))
    official = replace(page, glossary=NONE)
    for passage in (*words.written.values(), *words.requests):
        bare = passage
        for field in FIELDS:
            bare = bare.replace(f"[{field}]", "")
        yield from check_passage(official, bare)
    russian = page.content.letter("ru")
    if russian and _figures(russian) != _figures(words):
        yield page.mistake("letter:", Sentence("its figures differ from those of the Russian letter"))


def _figures(words: LetterWords) -> set[str]:
    return {one.written for passage in words.passages for one in references(passage)}

"""A sentence for staff: English to whoever prints it, a phrase with its gaps to whoever says it again."""

import ast
import pickle
from collections.abc import Iterator
from datetime import date

import pytest

from bot import locales
from bot.content import Mistake
from bot.locales import DESK, SOURCE, Languages
from bot.phrases import said_at_desk
from bot.sentence import Sentence
from bot.settings import ROOT
from tests.test_house import packages

URL = Sentence("{id}: the url must begin with https://", id="law")
SAME = ("{id}: {what}", "{what} {note}")  # in every language


@pytest.fixture(scope="module")
def desk() -> Languages:
    return locales.load(ROOT / "locales", DESK)


def test_in_a_terminal_it_is_plain_english() -> None:
    assert str(Mistake("sources.yaml", 3, URL)) == "sources.yaml:3: law: the url must begin with https://"
    assert sorted([URL, "a", "z"]) == ["a", "law: the url must begin with https://", "z"]


def test_it_keeps_its_phrase_and_gaps_on_its_way_between_processes() -> None:
    sent = Sentence("{what}; without units no number can be written", what=URL, day=date(2026, 11, 22))

    come = pickle.loads(pickle.dumps(sent, pickle.HIGHEST_PROTOCOL))

    assert come == sent == "law: the url must begin with https://; without units no number can be written"
    assert (come.phrase, come.gaps) == (sent.phrase, {"what": URL, "day": "2026-11-22"})
    assert come.gaps["what"].phrase == URL.phrase


def test_the_words_an_editor_typed_are_no_phrase_whatever_braces_they_hold() -> None:
    typed = Sentence("{written} is neither a fact nor a place", written="{id}")

    assert typed == "{id} is neither a fact nor a place"


def calls() -> Iterator[ast.Call]:
    for path in packages():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sentence":
                yield node


def test_every_sentence_in_the_code_is_a_whole_phrase_with_exactly_its_gaps() -> None:
    """What is glued, or lacks a gap, would stay English at the desk, or break there."""
    known = said_at_desk()
    for call in calls():
        phrase = ast.literal_eval(call.args[0])
        given = {one.arg for one in call.keywords}

        assert given == locales.gaps(phrase) or (None in given and given - {None} <= locales.gaps(phrase)), phrase
        assert phrase in known


@pytest.mark.parametrize("code", ["ru", "kk", "uz"])
def test_every_phrase_of_the_desk_stands_in_its_language_with_the_same_gaps(desk: Languages, code: str) -> None:
    assert desk.mistakes == ()
    for phrase, plural in said_at_desk().items():
        gaps = dict.fromkeys(locales.gaps(phrase), "7")

        if plural:
            said = desk[code].say_count(
                phrase, plural, 7, **{name: gap for name, gap in gaps.items() if name != "count"}
            )
        else:
            said = desk[code].say(phrase, **gaps)

        assert "{" not in said
        assert said != desk[SOURCE].say(phrase, **gaps) or phrase in SAME, phrase

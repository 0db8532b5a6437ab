"""A text read by the words of our own content is folded as it would be without them."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.content import Content
from bot.matching import Matcher, build
from bot.matching.fold import fold_words
from tests.matching.test_fold import TYPED

OWN = [
    "где",
    "Регистрация",
    "ПАТЕНТ",
    "oʻtish",
    "ro'yxatdan",
    "қайда",
    "жұмыс",
    "salary",
    "я",
    "и",
    "4o",
    "ь",
    "№1",
    "112",
]
SAID = st.lists(st.sampled_from(OWN) | TYPED, max_size=8).map(" ".join)


@pytest.fixture(scope="module")
def matcher(real: Content) -> Matcher:
    return build(real)


@settings(max_examples=150, deadline=None)
@given(SAID | st.text(max_size=80))
@example("İstanbul где регистрация")
@example("с о с")
@example("ъ где ь")
@example("п о м о г и т е где")
@example("рaбота pабота РAБОТА")
@example("где\u0301 рабо\u00adта १२३ где")
def test_it_folds_as_a_text_alone(matcher: Matcher, text: str) -> None:
    read = matcher.read(text)

    assert read.words == fold_words(text)
    assert len(read.places) == len(read.typed)


def test_every_own_word_has_its_place(matcher: Matcher) -> None:
    read = matcher.read("где сделать регистрацию")

    assert all(row >= 0 for row in read.rows)
    assert all(place >= 0 for place in read.places)


def test_a_readers_own_word_has_none(matcher: Matcher) -> None:
    read = matcher.read("Шерзодбек")

    assert (read.places, read.rows) == ([-1], [-1])

"""Whatever is typed: no exception, no more work than the cut allows, and nothing of it stays in memory."""

import gc
import random
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import Content
from bot.matching import Matcher, build
from bot.matching.fold import CUT, fold_words
from bot.matching.prying import is_prying

ALPHABET = "abvgджзиңөұғқҳҷ oʻgʻ'ʼ\u200b\u202e\u2066\ufeff😭🏳️\ud83d0159٠١ .,!?;\n\u0301ﷺÅﬁ号हि"


@pytest.fixture(scope="module")
def matcher(real: Content) -> Matcher:
    return build(real)


def noise(seed: int, size: int) -> str:
    chosen = random.Random(seed)  # no secret
    return "".join(chosen.choice(ALPHABET) for _ in range(size))


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from(ALPHABET), max_size=400) | st.text(st.characters(codec=None), max_size=400))
def test_every_door_takes_every_text(matcher: Matcher, text: str) -> None:
    match = matcher.match(text, "ru")
    matcher.unlisted(text, matcher.match(text))
    is_prying(text, fold_words(text))

    assert match.line or not match.urgent
    assert all(0 <= score <= 1 for _, score in match.topics)


def test_what_is_remembered_does_not_grow_with_the_messages(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.matching.lanes._MOST_MET", 100)  # rows at hand are bounded; here nothing hides behind them
    for seed in range(200):
        matcher.match(noise(seed, 300), "kk")
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for seed in range(200, 2200):
        matcher.match(noise(seed, 300), "kk")
    gc.collect()
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()

    assert after - before < 300_000  # words of our own content that were met for the first time, and none of theirs


@pytest.mark.parametrize("piece", ["а", "как ", "?", "и ещё ", "ң", "ab ", "\u202e", "1 ", "а. "])
def test_ten_thousand_characters_are_read_as_far_as_the_cut(matcher: Matcher, piece: str) -> None:
    whole, cut = matcher.match(piece * 10_000), matcher.match((piece * 10_000)[:CUT])

    assert whole == cut
    assert len(fold_words(piece * 10_000)) <= CUT


@pytest.mark.parametrize(
    "text", ["?", "а", "z", "😀", "😀😀😀", "\u200b", "\u202e\u2066", "\ud800", "́", " ", "\x00", "--"]
)
def test_next_to_nothing_is_answered_calmly(matcher: Matcher, text: str) -> None:
    match = matcher.match(text, "tg")

    assert not match.urgent
    assert match.answer_language == "tg"
    assert match.answer != "confident"

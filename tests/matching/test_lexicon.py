"""The words editors list: found in any spelling, and none of them so short that it hits everything."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot import content
from bot.content import Content, Spelling
from bot.matching.check import check_words
from bot.matching.fold import fold_words
from bot.matching.lexicon import Lexicon
from bot.settings import ROOT


@pytest.mark.parametrize(
    ("entry", "text", "is_met"),
    [
        ("регистр*", "где регистрацию делать", True),
        ("регистр*", "перерегистрация", False),
        ("ro'yxat*", "рўйхатдан ўтиш", True),
        ("иин", "иин керек", True),
        ("иин", "in the city", False),
        ("не плат*", "мне не хотят платить", True),
        ("не плат*", "платить не буду", False),
        ("не плат*", "не знаю сколько мне платить", False),
        ("жұмыс беруші", "جۇمىس بەرۋشى", True),
    ],
)
def test_an_entry_is_met_in_any_spelling(entry: str, text: str, is_met: bool) -> None:
    assert ("own" in Lexicon({"own": [entry]}).meanings(fold_words(text))) == is_met


def test_no_listed_word_hits_everything(real: Content) -> None:
    assert list(check_words(real, ROOT / "content")) == []


def test_a_word_that_misleads_is_named_with_its_line(folder: Path, spellings: Mapping[str, Spelling]) -> None:
    (folder / "lexicon.yaml").write_text("lines: [колцентр*]\nplace: [гд*, где, как]\n", encoding="utf-8")

    advice = list(check_words(content.load(folder, spellings), folder))

    named = [(one.line, one.is_advice, one.what.split("`")[1]) for one in advice]
    assert named == [(2, True, "гд*"), (2, True, "где"), (2, True, "как")]

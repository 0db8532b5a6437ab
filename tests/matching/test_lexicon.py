"""The words editors list: found in any spelling, and none of them so short that it hits everything."""

from collections import defaultdict

import pytest

from bot.content import Content
from bot.matching.fold import fold_words
from bot.matching.lexicon import Lexicon
from bot.matching.stems import Stems


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
    entries = {f"{name}: {entry}": [entry] for name, own in real.lexicon.items() for entry in own}
    stems, topics = Stems(entries), defaultdict(set)
    for (id, _), text in real.texts.items():
        for asked in text.asked if "/" in id else ():
            for name in stems.places(fold_words(asked)):
                topics[name].add(id)

    assert [name for name, met in topics.items() if len(met) > 35] == []


def test_no_beginning_is_shorter_than_three_letters(real: Content) -> None:
    lone = [entry for own in real.lexicon.values() for entry in own if entry.endswith("*") and " " not in entry]

    assert [entry for entry in lone if len("".join(fold_words(entry))) < 3] == []

"""Danger in words that nobody had foreseen: questions written by people who saw neither the list nor the sentences."""

import subprocess
import sys
from collections import Counter

import pytest
import yaml

from bot.app import Library
from bot.matching import calls
from bot.matching.danger import is_call_for_help
from bot.settings import ROOT

LANGUAGES = ["kk", "ru", "uz", "tg", "en"]


def unseen(language: str) -> list[str]:
    path = ROOT / "tests" / "questions" / "test" / f"{language}.yaml"
    danger: list[str] = yaml.safe_load(path.read_text(encoding="utf-8"))["danger"]
    return danger


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_and_list_alone_flag_nine_of_ten(language: str) -> None:
    messages = unseen(language)

    flagged = [message for message in messages if is_call_for_help(message)]

    assert len(messages) >= 30
    assert len(flagged) >= 0.9 * len(messages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_in_danger_is_left_without_the_screen_or_the_line(library: Library, language: str) -> None:
    matches = [library.matcher.match(message, language) for message in unseen(language)]

    assert all(match.urgent or match.line or match.answer != "confident" for match in matches)
    assert sum(match.urgent for match in matches) >= 0.9 * len(matches)


def test_a_word_is_known_whole_by_its_beginnings_and_by_every_four_letters() -> None:
    features = calls._features("бьют помоги")

    assert features == {
        "=биот", "биот*", "_био", "биот", "иот_",
        "=помоги", "помо*", "помог*", "_пом", "помо", "омог", "моги", "оги_",
    }  # fmt: skip


def test_what_stands_in_two_sentences_says_something_and_in_one_nothing() -> None:
    table = yaml.load((ROOT / "bot/matching/calls.yaml").read_text(encoding="utf-8"), yaml.CBaseLoader)
    texts = [text for one in table.values() for kind in ("call", "calm") for text in one[kind]]
    met = Counter(feature for text in texts for feature in calls._features(text))

    assert calls._weights().keys() == {feature for feature, times in met.items() if times >= 2}


@pytest.mark.parametrize("text", ["", "?", "😀"])
def test_what_nobody_has_said_before_is_no_call(text: str) -> None:
    assert calls.likeness(text) == 0


def test_the_list_needs_neither_numpy_nor_content() -> None:
    code = (
        "import sys; sys.modules['numpy'] = None\n"
        "from bot.matching.danger import is_call_for_help\n"
        "assert is_call_for_help('меня держат взаперти и бьют')\n"
        "assert not is_call_for_help('сколько стоит разрешение на работу')\n"
    )

    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stderr

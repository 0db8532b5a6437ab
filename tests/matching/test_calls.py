"""Danger in words that nobody had foreseen: questions written by people who saw neither the list nor the sentences."""

import subprocess
import sys

import pytest
import yaml

from bot.app import Library
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


def test_the_list_needs_neither_numpy_nor_content() -> None:
    code = (
        "import sys; sys.modules['numpy'] = None\n"
        "from bot.matching.danger import is_call_for_help\n"
        "assert is_call_for_help('меня держат взаперти и бьют')\n"
        "assert not is_call_for_help('сколько стоит разрешение на работу')\n"
    )

    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stderr

"""The danger screen, door by door: which numbers, which ways on, and words that need nothing but the package."""

import subprocess
import sys

import pytest
import yaml

from bot.content.markup import to_html
from bot.screens import danger
from bot.screens.address import Codec
from bot.screens.screen import Button, Screen
from bot.settings import ROOT
from bot.uzbek import to_cyrillic

LANGUAGES = ("en", "ru", "kk", "uz", "tg")
CODEC = Codec({}, (*LANGUAGES, "uzc"))
OFFERS = tuple(Button(name, name) for name in ("x1", "x2", "x3"))
ENDS = ("now menu", "done")
KEYBOARDS = {
    "": ("112 102 103 111", "now?a", "now?b", "now?c now?d now?e", "now?m", "x1", "x2", "menu", "done"),
    "a": ("112 102 103", "x1", "x2", "x3", "now?b", *ENDS),
    "b": ("111", "x1", "x2", "x3", "now?a", *ENDS),
    "c": ("112", "x1", "x2", "x3", "now?a", "now?b", *ENDS),
    "d": ("112", "x1", "x2", "x3", "now?a", "now?b", *ENDS),
    "e": ("x1", "x2", "x3", "now?a", "now?b", *ENDS),  # they read the phone: a number to copy would be left in it
    "f": ("103 112 111", "x1", "x2", "x3", "now?a", "now?b", *ENDS),
    "g": ("112 111", "x1", "x2", "x3", "now?a", "now?b", *ENDS),
    "h": ("112 102 103 111", "x1", "x2", "x3", "now?a", "now?b", *ENDS),
    "i": ("112 102 111", "x1", "x2", "x3", "now?a", "now?b", *ENDS),
    "m": ("112 111", "x1", "x2", "x3", "now?g", "now?h", "now?i", "now?f", *ENDS),
}


@pytest.fixture(scope="module")
def words() -> dict[str, dict[str, object]]:
    """What the file says, and Cyrillic Uzbek as it is spelled from it."""
    found: dict[str, dict[str, object]] = yaml.safe_load((ROOT / "bot/screens/danger.yaml").read_text(encoding="utf-8"))
    found["uzc"] = {name: spelled(text) for name, text in found["uz"].items()}
    return found


def spelled(text: object) -> object:
    if isinstance(text, dict):
        return {key: spelled(label) for key, label in text.items()}
    return to_cyrillic(str(text), {"telegram": "telegram", "politsiya": "полиция", "hide": "hide"})


def keys(screen: Screen) -> tuple[str, ...]:
    prefix = f"{screen.language}/"
    return tuple(" ".join(one.copy or one.data.removeprefix(prefix) for one in row) for row in screen.rows)


@pytest.mark.parametrize("language", [*LANGUAGES, "uzc"])
@pytest.mark.parametrize("door", KEYBOARDS)
def test_each_door_has_its_numbers_and_ways_on(words: dict[str, dict[str, object]], door: str, language: str) -> None:
    screen = danger.screen((door,) if door else (), language, CODEC, OFFERS)

    assert keys(screen) == KEYBOARDS[door]
    assert screen.text == to_html(str(words[language][door or "first"]))
    assert (screen.language, screen.is_safety, screen.topic, screen.outcome) == (language, True, "", "")


@pytest.mark.parametrize("language", [*LANGUAGES, "uzc"])
def test_every_button_says_what_the_words_of_the_language_say(
    words: dict[str, dict[str, object]], language: str
) -> None:
    labels = words[language]["labels"]
    assert isinstance(labels, dict)
    wanted = {f"{language}/now?{name}": labels[name] for name in KEYBOARDS if name}
    wanted |= {
        f"{language}/now": labels["back"],
        f"{language}/menu": labels["menu"],
        f"{language}/done": labels["clear"],
    }

    for door in KEYBOARDS:
        for row in danger.screen((door,), language, CODEC).rows:
            for button in row:
                copied = labels["copy"].format(number=button.copy)
                assert button.label == (copied if button.copy else wanted[button.data])


@pytest.mark.parametrize("answers", [("z",), ("",), ("z", "a")])
def test_a_door_that_is_not_there_leads_to_the_screen_itself(answers: tuple[str, ...]) -> None:
    assert danger.screen(answers, "en", CODEC) == danger.screen((), "en", CODEC)


def test_what_comes_after_the_door_changes_nothing() -> None:
    assert danger.screen(("a", "b"), "en", CODEC) == danger.screen(("a",), "en", CODEC)


def test_a_language_without_words_of_its_own_gets_the_russian_ones() -> None:
    russian = danger.screen((), "ru", CODEC)

    assert danger.screen((), "xx", CODEC).text == russian.text
    assert danger.numbers("xx", CODEC).text == danger.numbers("ru", CODEC).text
    assert danger.line("xx") == danger.line("ru")


@pytest.mark.parametrize("language", [*LANGUAGES, "uzc"])
def test_a_cleared_chat_gets_the_numbers_alone(words: dict[str, dict[str, object]], language: str) -> None:
    screen = danger.numbers(language, CODEC)

    assert keys(screen) == ("112 102 103 111", "now", "done")
    assert screen.text == f"{words[language]['numbers']}\n\n<b>112</b> · <b>102</b> · <b>103</b> · <b>111</b>"
    labels = words[language]["labels"]
    assert isinstance(labels, dict)
    assert [row[0].label for row in screen.rows] == ["📋 112", labels["m"], labels["clear"]]
    assert (screen.language, screen.is_safety, screen.topic, screen.outcome) == (language, True, "now", "shown")


@pytest.mark.parametrize("language", [*LANGUAGES, "uzc"])
def test_the_one_line_names_two_numbers(words: dict[str, dict[str, object]], language: str) -> None:
    assert danger.line(language) == to_html(str(words[language]["line"]))
    assert "<b>112</b>" in danger.line(language)
    assert "<b>111</b>" in danger.line(language)


def test_its_words_are_read_whatever_encoding_the_machine_likes() -> None:
    strict = ("-X", "warn_default_encoding", "-W", "error")
    ended = subprocess.run([sys.executable, *strict, "-c", "import bot.screens.danger"], cwd=ROOT, check=False)

    assert ended.returncode == 0

"""Why an answer came out as it did, told to an editor."""

import pytest

from bot.app import Library
from bot.matching.explain import explain


def told(library: Library, question: str) -> str:
    return "\n".join(explain(library.matcher, library.content, question, "ru"))


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (
            "хозяин не отдает паспорт",
            ["script Cyrl", "passport (паспорт)", "rights/passport-taken", "Nearest"],
        ),
        ("SOS", ["Danger        yes: a bare cry"]),
        ("закон 477-IV", ["Exact         it names stay/registration"]),
        ("111", ["by the phone of line-111"]),
        ("а сколько стоит?", ["asks for its part `cost`"]),
        ("зюмбрик кварк", ["Not known     зиомбрик, кварк", "Verdict       none"]),
        ("муж бьет меня", ["Danger        yes"]),
        ("😀", ["there is no word in it"]),
    ],
)
def test_it_says_what_it_rests_on(library: Library, question: str, lines: list[str]) -> None:
    explained = told(library, question)

    for line in lines:
        assert line in explained

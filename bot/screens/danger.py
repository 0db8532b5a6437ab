"""The danger screen and the doors behind it; its words ship inside the package and need nothing else."""

from pathlib import Path
from typing import Any

import yaml

from bot.content.markup import to_html
from bot.screens.address import Address, Codec
from bot.screens.screen import Button, Row, Screen
from bot.uzbek import to_cyrillic

PATH = "now"
DOORS = ("a", "b")
STATES = ("c", "d", "e")  # cannot speak, does not know where, the phone is read
MORE = "m"  # the door behind which the others stand
OTHERS = ("g", "h", "i", "f")
CLEAR = "done"  # the address of the button that clears the chat; the word says nothing of what it does

_MOST_OFFERS = 2
_NUMBERS = {
    "": ("112", "102", "103", "111"),
    "a": ("112", "102", "103"),
    "b": ("111",),
    "c": ("112",),
    "d": ("112",),
    "e": (),
    "f": ("103", "112", "111"),
    "g": ("112", "111"),
    "h": ("112", "102", "103", "111"),
    "i": ("112", "102", "111"),
    "m": ("112", "111"),
}
HELPERS = {
    "": (),
    "b": ("help/consulates", "help/sana-sezim", "help/legal-aid"),
    "f": ("help/mental-crisis",),
    "g": ("trafficking/danger", "trafficking/victim-help"),
    "h": ("trafficking/children",),
    "i": ("trafficking/report",),
    "m": ("help/crisis-centers", "help/legal-aid", "help/consulates"),
}
_SPELLED = {"uzc": ("uz", {"telegram": "telegram", "politsiya": "полиция", "hide": "hide"})}


def _read() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_name("danger.yaml").read_text(encoding="utf-8")
    words: dict[str, dict[str, Any]] = yaml.load(text, yaml.CSafeLoader)
    for code, (source, exceptions) in _SPELLED.items():
        words[code] = {
            key: {name: to_cyrillic(label, exceptions) for name, label in value.items()}
            if isinstance(value, dict)
            else to_cyrillic(value, exceptions)
            for key, value in words[source].items()
        }
    return words


_WORDS = _read()


def screen(answers: tuple[str, ...], language: str, codec: Codec, offers: Row = ()) -> Screen:
    """The danger screen, or what is behind one of its doors; `offers` are topics that may be meant."""
    words = _WORDS.get(language) or _WORDS["ru"]
    door = answers[0] if answers and answers[0] in (*DOORS, *STATES, MORE, *OTHERS) else ""

    def lead(label: str, path: str, *steps: str) -> Button:
        return _lead(words, language, codec, label, path, *steps)

    rows: list[Row] = [_copies(words, door)] if _NUMBERS[door] else []
    if door:
        rows += [(offer,) for offer in offers]
        rows += [(lead(other, PATH, other),) for other in (OTHERS if door == MORE else DOORS) if other != door]
        rows += [(lead("back", PATH), lead("menu", "menu"))]
    else:
        rows += [(lead(one, PATH, one),) for one in DOORS]
        rows += [tuple(lead(one, PATH, one) for one in STATES), (lead("m", PATH, MORE),)]
        rows += [(offer,) for offer in offers[:_MOST_OFFERS]]
        rows += [(lead("menu", "menu"),)]
    rows += [(lead("clear", CLEAR),)]
    return Screen(language, to_html(str(words[door or "first"])), tuple(rows), is_safety=True)


def numbers(language: str, codec: Codec) -> Screen:
    """The numbers alone, for a chat that was cleared: somebody else may hold the phone."""
    words = _WORDS.get(language) or _WORDS["ru"]
    text = f"{words['numbers']}\n\n{to_html(' · '.join(f'**{number}**' for number in _NUMBERS['']))}"
    more = (_lead(words, language, codec, "m", PATH),)
    return Screen(
        language,
        text,
        (_copies(words, ""), more, (_lead(words, language, codec, "clear", CLEAR),)),
        topic=PATH,
        outcome="shown",
        is_safety=True,
    )


def _copies(words: dict[str, Any], door: str) -> Row:
    """A button for each short number: Telegram makes no link of them."""
    return tuple(Button(words["labels"]["copy"].format(number=number), copy=number) for number in _NUMBERS[door])


def _lead(words: dict[str, Any], language: str, codec: Codec, label: str, path: str, *steps: str) -> Button:
    return Button(words["labels"][label], codec.data(language, Address(path, steps)))


def line(language: str) -> str:
    """The one line, in our HTML, that goes with every answer that is not sure."""
    return to_html(str((_WORDS.get(language) or _WORDS["ru"])["line"]))

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
MORE = "m"  # the door behind which the others stand
OTHERS = ("c", "d", "e", "f")
_MOST_OFFERS = 2
_NUMBERS = {
    "": ("112", "111"),
    "a": ("112", "102", "103"),
    "b": ("111",),
    "c": ("112",),
    "d": ("112",),
    "e": (),
    "f": ("103", "112", "111"),
    "m": ("112", "111"),
}
HELPERS = {
    "": (),
    "b": ("help/consulates", "help/sana-sezim", "help/legal-aid"),
    "f": ("help/mental-crisis",),
}
_SPELLED = {"uzc": ("uz", {"telegram": "telegram", "politsiya": "полиция"})}


def _read() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_name("danger.yaml").read_text(encoding="utf-8")
    words: dict[str, dict[str, Any]] = yaml.safe_load(text)
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
    labels = words["labels"]
    door = answers[0] if answers and answers[0] in (*DOORS, MORE, *OTHERS) else ""

    def lead(label: str, path: str, *steps: str) -> Button:
        return Button(labels[label], codec.data(language, Address(path, steps)))

    copies = tuple(Button(labels["copy"].format(number=number), copy=number) for number in _NUMBERS[door])
    rows: list[Row] = [copies] if copies else []
    if door:
        rows += [(offer,) for offer in offers]
        rows += [(lead(other, PATH, other),) for other in (OTHERS if door == MORE else DOORS) if other != door]
        rows += [(lead("back", PATH), lead("menu", "menu"))]
    else:
        rows += [(lead("a", PATH, "a"),), (lead("b", PATH, "b"),), (lead("m", PATH, MORE),)]
        rows += [(offer,) for offer in offers[:_MOST_OFFERS]]
        rows += [(lead("menu", "menu"),)]
    return Screen(language, to_html(str(words[door or "first"])), tuple(rows), is_safety=True)


def line(language: str) -> str:
    """The one line, in our HTML, that goes with every answer that is not sure."""
    return to_html(str((_WORDS.get(language) or _WORDS["ru"])["line"]))

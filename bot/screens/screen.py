"""Screen and Button: what a person sees at an address, with no Telegram in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from bot.screens.address import Address


@dataclass(frozen=True, slots=True)
class Button:
    """A label, and one of: an address in a language (`data`), a text to copy, a web page, a link to share (`start`)."""

    label: str
    data: str = ""
    copy: str = ""
    url: str = ""
    start: str = ""


Row = tuple[Button, ...]

# What came of showing a screen; "" is nothing to count.
Outcome = Literal["", "shown", "confident", "choices", "none", "helped", "not_helped"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture, a recorded voice or a card of phones; `key` changes with its bytes, so that it is uploaded once.

    Without a key it is sent anew each time.
    """

    kind: Literal["picture", "voice", "card"]
    key: str
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Screen:
    """Text in our HTML and rows of buttons; `topic` and `outcome` are what may be counted of it.

    `toast` alone answers a press without changing what is shown. `keyboard` is the label of the button that
    stays below the chat, on the few screens that set it. With an `attachment` the text is its caption.
    `region` was chosen by the person and `wrong` reported by them: the only other things that may be counted.
    `awaits` is the address whose next answer may be typed instead of tapped. With `asks` (the hint in the empty field)
    the person's next message is a reply to this one. A screen that `is_personal` carries
    somebody's own day or sum in its buttons, and is kept by nobody, not even to be drawn faster. `written` is what a
    door has made of the screen, under its own key, so that a screen many see is written once.
    """

    language: str
    text: str
    rows: tuple[Row, ...] = ()
    topic: str = ""
    outcome: Outcome = ""
    is_safety: bool = False
    toast: str = ""
    keyboard: str = ""
    attachment: Attachment | None = None
    followed_by: "Screen | None" = None
    region: str = ""
    wrong: str = ""
    awaits: Address | None = None
    is_personal: bool = False
    asks: str = ""
    written: dict[object, bytes] = field(init=False, default_factory=dict, compare=False, repr=False)

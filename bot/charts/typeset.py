"""A source and its inputs -> PDF or PNG by typst, with our font and no other; the same bytes for the same inputs.

Data goes in as inputs and is never pasted into the source, so that words of a person are words and not code. typst may
read whatever lies below its root, so nothing does. A letter our font lacks would vanish: tests look for them. Its eight
megabytes are loaded with the first page that is made.
"""

import tempfile
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.charts.font import FOLDER

if TYPE_CHECKING:
    import typst


def typeset(source: bytes, inputs: dict[str, str], **how: Any) -> bytes:
    """One file; `how` is what typst's `compile` takes: the format, the resolution, the day it says it was made."""
    import typst

    with tempfile.TemporaryDirectory() as empty:
        made = typst.Compiler(source, root=empty, font_paths=_fonts(), sys_inputs=inputs).compile(**how)
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])

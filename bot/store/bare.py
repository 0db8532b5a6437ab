"""sqlite-utils without what only its command line needs: click and dateutil; and without numpy, which it takes along
wherever it is installed, for numbers that none of ours is.

numpy alone would cost the running bot 16 MiB and each start a tenth of a second, the others more than a mebibyte.
"""

import sys
from types import ModuleType
from typing import cast

_CLICK, _RECIPES = ModuleType("click"), ModuleType("sqlite_utils.recipes")
_CLICK.Group = object  # type: ignore[attr-defined]  # it stands in a signature
_WITHOUT = {"numpy": None, "click": _CLICK, "sqlite_utils.recipes": _RECIPES}  # what is None cannot be imported

_known = cast("dict[str, ModuleType | None]", sys.modules)
_kept_out = [name for name in _WITHOUT if name not in _known and "sqlite_utils" not in _known]
_known.update((name, _WITHOUT[name]) for name in _kept_out)
try:
    from sqlite_utils import Database, Migrations
finally:
    for name in _kept_out:
        del _known[name]

__all__ = ["Database", "Migrations"]

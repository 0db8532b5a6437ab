"""sqlite-utils without numpy, which it takes along wherever it is installed, for numbers that none of ours is.

That would cost the running bot 16 MiB and each start a tenth of a second.
"""

import sys
from typing import cast

_NUMPY = "numpy"
_has_it = _NUMPY in sys.modules
if not _has_it:
    cast("dict[str, object]", sys.modules)[_NUMPY] = None  # what is None cannot be imported
try:
    from sqlite_utils import Database, Migrations
finally:
    if not _has_it:
        del sys.modules[_NUMPY]

__all__ = ["Database", "Migrations"]

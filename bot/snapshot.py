"""What was read and learned at the last start, kept in DATA_DIR under the fingerprint of all it was made from.

Reading the content and building the matcher takes longer than importing all of the bot. A snapshot is taken up only
where no file of content or locales, no line of the code that reads them, no library and no day has changed since.
It is a pickle that may name our own classes and a few of plain data, so that a strange file can run nothing; any
other file, and none, means reading and learning anew.
"""

import hashlib
import io
import logging
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from bot.content import Content, Spelling, pack, unpack
from bot.matching import Matcher

log = logging.getLogger(__name__)

LEARNED = "snapshot"  # what the next start takes up
RENEWED = "renewed"  # a version right after it was edited, with what was learned before it; no start takes that up
_CODE = ("content", "matching", "locales.py", "sentence.py", "uzbek.py", "snapshot.py")
_READ = frozenset((".md", ".yaml", ".po", ".py"))
_NAMED = _READ | {".ogg"}
_OURS = ("bot.content.", "bot.matching.", "bot.sentence.")
_PLAIN = frozenset(("datetime.date", "decimal.Decimal"))


def fingerprint(*folders: Path, today: date) -> str:
    """Changes with whatever could change what is read or learned."""
    digest = hashlib.sha256(f"{sys.version} {today}".encode())
    code = Path(__file__).parent
    for number, place in enumerate((*(code / name for name in _CODE), *folders)):  # wherever the folders lie
        for file in _files(place):
            content, name = file.read_bytes() if file.suffix in _READ else b"", f"{number}/{file.relative_to(place)}"
            digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return digest.hexdigest()


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
        return
    for folder, inner, names in os.walk(place):
        inner[:] = sorted(name for name in inner if not name.startswith((".", "__")))
        yield from (Path(folder, name) for name in sorted(names) if os.path.splitext(name)[1] in _NAMED)


def load(
    folder: Path, mark: str, spellings: Mapping[str, Spelling], content_dir: Path, name: str = LEARNED
) -> tuple[Content, Matcher] | None:
    """What was kept under this fingerprint; nothing where the file is missing, other or broken."""
    try:
        with (folder / name).open("rb") as file:
            if file.read(len(mark)) != mark.encode():
                return None
            packed, matcher = _Plain(file).load()
        content = unpack(packed, spellings, content_dir)
    except OSError:
        return None
    except Exception as error:  # a pickle breaks in many ways
        log.warning("the snapshot of the last start cannot be read (%s); all is read anew", type(error).__name__)
        return None
    return (content, matcher) if isinstance(matcher, Matcher) else None


def save(folder: Path, mark: str, content: Content, matcher: Matcher, name: str = LEARNED) -> None:
    """Keep both; where the folder cannot be written, the next start reads anew."""
    body = io.BytesIO()
    pickle.Pickler(body, pickle.HIGHEST_PROTOCOL).dump((pack(content), matcher))
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, side = tempfile.mkstemp(dir=folder, prefix=name, suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(mark.encode())
                file.write(body.getbuffer())
            os.replace(side, folder / name)
        except BaseException:
            os.unlink(side)
            raise


class _Plain(pickle.Unpickler):
    """Makes objects of our own classes and of plain data, and calls nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """The class a pickle names, where it may."""
        is_ours = f"{module}.".startswith(_OURS) and "." not in name
        if not is_ours and f"{module}.{name}" not in _PLAIN:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a snapshot")
        found = super().find_class(module, name)
        if is_ours and not (isinstance(found, type) and found.__module__ == module):
            raise pickle.UnpicklingError(f"{module}.{name} is no class of ours")
        return found

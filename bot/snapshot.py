"""What was read and learned at the last start, kept in DATA_DIR under the fingerprint of all it was made from.

Reading the content and building the matcher takes longer than importing all of the bot. A snapshot is taken up only
where no file of content or locales, no line of the code that reads them, no library and no day has changed since.
It is a pickle that may name our own classes and a few of plain data, so that a strange file can run nothing; any
other file, and none, means reading and learning anew. The tables of weights lie before it and are read row by row.
"""

import hashlib
import io
import logging
import os
import pickle
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from bot.content import Content, Spelling, pack, unpack
from bot.matching import Matcher
from bot.matching.lanes import Lanes, Shelved

log = logging.getLogger(__name__)

LEARNED = "snapshot"  # what the next start takes up
RENEWED = "renewed"  # a version right after it was edited, with what was learned before it; no start takes that up
_CODE = ("content", "matching", "locales.py", "sentence.py", "uzbek.py", "snapshot.py")
_READ = frozenset((".md", ".yaml", ".po", ".py"))
_NAMED = _READ | {".ogg"}
_OURS = ("bot.content.", "bot.matching.", "bot.sentence.")
_DIGEST = 16  # bytes of what is not the tables
_LIBRARIES = ("babel", "marisa-trie")  # what is said of CLDR, and how names lie in a trie
_LENGTH = 8  # bytes that say how many the tables take
_hash = partial(hashlib.blake2b, digest_size=_DIGEST)
_PLAIN = frozenset(("datetime.date", "decimal.Decimal"))


def fingerprint(*folders: Path, today: date) -> str:
    """Changes with whatever could change what is read or learned."""
    digest = hashlib.sha256(f"{made_by()} {today}".encode())
    code = Path(__file__).parent
    for number, place in enumerate((*(code / name for name in _CODE), *folders)):  # wherever the folders lie
        for file in _files(place):
            content, name = file.read_bytes() if file.suffix in _READ else b"", f"{number}/{file.relative_to(place)}"
            digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return digest.hexdigest()


def made_by() -> str:
    """The Python and the libraries that what is kept depends on."""
    return f"{sys.version} {[f'{name} {version(name)}' for name in _LIBRARIES]}"


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
            file.seek(int.from_bytes(file.read(_LENGTH), "little"), os.SEEK_CUR)
            digest, begins = file.read(_DIGEST), file.tell()
            if hashlib.file_digest(file, _hash).digest() != digest:
                raise pickle.UnpicklingError("the snapshot is damaged")  # and a damaged trie could end the process
            file.seek(begins)
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
    body, tables = io.BytesIO(), list[bytes]()
    _Apart(body, tables, len(mark) + _LENGTH).dump((pack(content), matcher))
    rest = body.getbuffer()
    size = sum(map(len, tables)).to_bytes(_LENGTH, "little")
    keep(folder, name, mark, [size, *tables, _hash(rest).digest(), rest])


def keep(folder: Path, name: str, mark: str, parts: Iterable[bytes | memoryview]) -> None:
    """A file of the cache, whole or not at all; it begins with its mark."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, side = tempfile.mkstemp(dir=folder, prefix=name, suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(mark.encode())
                file.writelines(parts)
            os.replace(side, folder / name)
        except BaseException:
            os.unlink(side)
            raise


class _Apart(pickle.Pickler):
    """Puts tables of weights aside, to be written from `start` on."""

    def __init__(self, body: io.BytesIO, tables: list[bytes], start: int) -> None:
        super().__init__(body, pickle.HIGHEST_PROTOCOL)
        self._tables, self._next = tables, start

    def persistent_id(self, one: object) -> tuple[int, float, int, int] | None:
        """What a table is made of again: its columns and scale, and where its rows are."""
        if not isinstance(one, Lanes):
            return None
        rows, start = one.rows[:], self._next
        self._tables.append(rows)
        self._next += len(rows)
        return one.columns, one.scale, start, len(rows)


class _Plain(pickle.Unpickler):
    """Makes objects of our own classes and of plain data, and calls nothing else."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self._file, self._size = file.fileno(), os.fstat(file.fileno()).st_size

    def persistent_load(self, made_of: Any) -> Lanes:
        """A table whose rows stay where they are."""
        columns, scale, start, size = made_of
        if not 0 <= start <= start + size <= self._size:
            raise pickle.UnpicklingError("a table lies beyond the end of the snapshot")
        return Lanes(int(columns), float(scale), Shelved(self._file, start, size))

    def find_class(self, module: str, name: str) -> Any:
        """The class a pickle names, where it may."""
        is_ours = f"{module}.".startswith(_OURS) and "." not in name
        if not is_ours and f"{module}.{name}" not in _PLAIN:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a snapshot")
        found = super().find_class(module, name)
        if is_ours and not (isinstance(found, type) and found.__module__ == module):
            raise pickle.UnpicklingError(f"{module}.{name} is no class of ours")
        return found

"""Learned weights kept on disk between starts, under the fingerprint of all they were learned from."""

import contextlib
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[np.generic]]

_FORMAT = "1"
_NAME = "matching.npz"


def fingerprint(pieces: Iterable[str]) -> str:
    """Changes with any word to learn from, with the code that learns, and with numpy."""
    digest = hashlib.sha256(f"{_FORMAT} {np.__version__}".encode())
    for file in sorted(Path(__file__).parent.parent.rglob("*.py")):
        digest.update(file.read_bytes())
    for piece in pieces:
        digest.update(piece.encode("utf-8", "replace") + b"\0")
    return digest.hexdigest()


def load(folder: Path, mark: str | None) -> Arrays | None:
    """What was kept under this fingerprint, or under any for None; nothing where the file is missing or broken."""
    try:
        with (folder / _NAME).open("rb") as file, np.load(file, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        return arrays if str(arrays.pop("mark")) == mark or mark is None else None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def save(folder: Path, mark: str, arrays: Arrays) -> None:
    """Keep the arrays; where the folder cannot be written, the next start learns anew."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, side = tempfile.mkstemp(dir=folder, prefix=_NAME, suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(file, allow_pickle=False, mark=np.array(mark), **arrays)
            os.replace(side, folder / _NAME)
        except BaseException:
            os.unlink(side)
            raise


def packed(names: Sequence[str]) -> NDArray[np.generic]:
    """Names as bytes; no name holds a line end."""
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def unpacked(array: NDArray[np.generic]) -> list[str]:
    """The names again."""
    return array.tobytes().decode().split("\n") if array.size else []

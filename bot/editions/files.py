"""Which files editions are made of, and how one is written."""

import os
from pathlib import Path

FOLDERS = ("content", "locales")
KINDS = (".md", ".yaml", ".po", ".txt", ".ogg", ".jpg")


def is_ours(name: str) -> bool:
    """Whether a file is one that editions are made of."""
    return name.endswith(KINDS) and not name.rpartition("/")[2].startswith(".")


def files_in(root: Path) -> dict[str, bytes]:
    """Every such file below a root, by its name from there."""
    paths = (path for name in FOLDERS for path in sorted((root / name).rglob("*")))
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in paths if is_ours(path.name) and path.is_file()
    }


def write(path: Path, body: bytes | None) -> None:
    """A file by way of a side name, so that a reader sees the old one or the new one."""
    if body is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    side = path.with_name(f".{path.name}.new")
    side.write_bytes(body)
    os.replace(side, path)

"""The languages as the last start has read them, kept in DATA_DIR under the fingerprint of all they were made from.

To read them takes longer than to make them of what was read, and the readers of their files stay in memory. What is
kept is plain data in JSON, so that a strange file can run nothing; any other file, and none, means reading anew.
"""

import hashlib
import json
import logging
from pathlib import Path

from bot import locales, snapshot, uzbek
from bot.locales import BOT, Languages, Read, Told

log = logging.getLogger(__name__)

NAME = "languages"
_FILES = ("*/language.yaml", "*/words.txt", f"*/LC_MESSAGES/{BOT}.po", "labels.txt")
_BYTES = "latin-1"  # each byte a sign, which JSON can write


def load(folder: Path, cache: Path) -> Languages:
    """As `locales.load`, but nothing is read where no file has changed since it was."""
    try:
        mark = _fingerprint(folder)
    except OSError:
        return locales.make(locales.read(folder))  # which names the file, and does without it
    if (kept := _kept(cache / NAME, mark)) is not None:
        return kept
    found = locales.read(folder)
    if not found.mistakes:
        snapshot.keep(cache, NAME, mark, [_written(found)])
    return locales.make(found)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256(snapshot.made_by().encode())
    code = [Path(file) for file in (__file__, locales.__file__, uzbek.__file__)]
    for file in (*code, *sorted(path for pattern in _FILES for path in folder.glob(pattern))):
        name = file.name if file in code else str(file.relative_to(folder))
        body = file.read_bytes()
        digest.update(f"{name}\0{len(body)}\0".encode("utf-8", "surrogateescape") + body)
    return digest.hexdigest()


def _kept(file: Path, mark: str) -> Languages | None:
    try:
        body = file.read_bytes()
        if not body.startswith(mark.encode()):
            return None
        kept = json.loads(body[len(mark) :])
        told = [Told(**one | {"catalogue": one["catalogue"].encode(_BYTES)}) for one in kept["told"]]
        return locales.make(Read(told, [], tuple(kept["labels"])))
    except OSError:
        return None
    except Exception as error:  # what somebody has written over it breaks in many ways
        log.warning("the phrases of the last start cannot be read (%s); all are read anew", type(error).__name__)
        return None


def _written(found: Read) -> bytes:
    told = [one._asdict() | {"catalogue": one.catalogue.decode(_BYTES)} for one in found.told]
    return json.dumps({"told": told, "labels": found.labels}, ensure_ascii=False).encode()

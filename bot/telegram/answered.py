"""The numbers of the last updates that were answered, in a small file, so that not even a kill -9 answers one twice.

Telegram confirms updates only up to a number, and one that is still in hand holds back those answered after it. The
file is mapped into memory: a number costs no call and no wait, and survives the process, though not a power cut.
A number leads to nobody: Telegram counts updates of a bot one by one, whoever sends them.
"""

import mmap
import os
import time
from pathlib import Path
from struct import Struct

ROOM = 4096
STALE = 86_400  # seconds: Telegram keeps no update longer, and may begin to count anew
_HEAD = Struct("<QdQ")  # whose bot, when last written, how many so far
_NUMBER = Struct("<Q")


class Answered:
    """A ring of numbers; one that belongs to another bot, or is too old, begins anew."""

    def __init__(self, path: Path, bot: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        size = _HEAD.size + ROOM * _NUMBER.size
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.ftruncate(file, size)
            self._map = mmap.mmap(file, size)
        finally:
            os.close(file)
        whose, last, self._count = _HEAD.unpack_from(self._map)
        if whose != bot or not 0 <= time.time() - last < STALE:
            self._map[:] = bytes(size)
            self._count = 0
        self._bot = bot

    def known(self) -> list[int]:
        """Every number in the ring."""
        used = min(self._count, ROOM)
        return [_NUMBER.unpack_from(self._map, _HEAD.size + place * _NUMBER.size)[0] for place in range(used)]

    def add(self, number: int) -> None:
        """This update is answered."""
        _NUMBER.pack_into(self._map, _HEAD.size + self._count % ROOM * _NUMBER.size, number & 0xFFFF_FFFF_FFFF)
        self._count += 1
        _HEAD.pack_into(self._map, 0, self._bot, time.time(), self._count)

    def close(self) -> None:
        """Let go of the file; what is in it stays."""
        self._map.close()

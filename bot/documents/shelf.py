"""Shelf: keeps the last files that are the same for everybody, so that each is made once."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

_MOST = 24  # two files in six languages, and their next version


class Shelf:
    """Used by threads: making a guide takes seconds, and whoever asks meanwhile waits for the same one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._files: OrderedDict[str, bytes] = OrderedDict()

    def take(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The file of this key, made where it is not there yet."""
        with self._lock:
            if key not in self._files:
                self._files[key] = make()
                if len(self._files) > _MOST:
                    self._files.popitem(last=False)
            return self._files[key]

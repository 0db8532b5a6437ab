"""Figures: the release of today and what was drawn of it, kept between calls; only a new week is read."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import TypeVar, cast

from bot.demand import Release, Source, read_release
from bot.demand.periods import monday

_MOST = 64  # drawings that are kept

Made = TypeVar("Made")


@dataclass
class Figures:
    """Safe for the threads of the desk; one of them reads, the others wait for it."""

    source: Source
    _lock: Lock = field(default_factory=Lock)
    _read: tuple[date, tuple[str, ...], Release] | None = None
    _made: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)

    def release(self, topics: Iterable[str], today: date) -> Release:
        """What may be shown today, at the desk."""
        ids = tuple(topics)
        with self._lock:
            if self._read is None or self._read[:2] != (monday(today), ids):
                self._read = monday(today), ids, read_release(self.source, ids, today)
                self._made.clear()
            return self._read[2]

    def made(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Something drawn of this release; the same again for the same key."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return cast("Made", self._made[key])
        made = make()
        with self._lock:
            self._made[key] = made
            if len(self._made) > _MOST:
                self._made.popitem(last=False)
        return made

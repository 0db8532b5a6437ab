"""A word for each chat, kept for a while and then forgotten, whether anybody asks for it again or not."""

from collections import OrderedDict
from collections.abc import Callable

MOST_CHATS = 100_000
_AT_ONCE = 2  # forgotten at each word that comes, so that it gets fewer and nobody waits for it


class Lately:
    """What was kept last of each chat, in the order in which it expires."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._kept: OrderedDict[int, tuple[str, float]] = OrderedDict()

    def of(self, chat: int) -> str:
        """The word, or nothing."""
        found = self._kept.get(chat)
        if found is None:
            return ""
        if found[1] < self._clock():
            del self._kept[chat]
            return ""
        return found[0]

    def keep(self, chat: int, word: str) -> None:
        """Keep it instead of what was kept before; an empty word is none."""
        if not word:
            self.drop(chat)
            return
        now = self._clock()
        self._kept[chat] = word, now + self._seconds
        self._kept.move_to_end(chat)
        for _ in range(_AT_ONCE):
            oldest, (_, until) = next(iter(self._kept.items()))
            if until >= now and len(self._kept) <= MOST_CHATS:
                return
            del self._kept[oldest]

    def drop(self, chat: int) -> None:
        """Forget it now."""
        self._kept.pop(chat, None)

    def __len__(self) -> int:
        return len(self._kept)

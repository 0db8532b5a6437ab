"""A word for each chat, kept for a while and then forgotten, whether anybody asks for it again or not."""

from collections.abc import Callable

from bot.memory.seats import NONE, Seats


class Lately:
    """What was kept last of each chat, 24 bytes a seat; where too many come the one that was silent longest goes."""

    def __init__(self, seconds: float, most: int, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._seats = Seats(most, seconds)
        self._words: list[str] = []

    def of(self, chat: int) -> str:
        """The word, or nothing."""
        if not self._words:
            return ""
        seat = self._seats.find(chat)
        if seat == NONE or self._seats.until[seat] < self._clock():
            return ""
        return self._words[seat]

    def keep(self, chat: int, word: str) -> None:
        """Keep it instead of what was kept before; an empty word is none."""
        if not word:
            self.drop(chat)
            return
        now, seats = self._clock(), self._seats
        if now > seats.due:
            for seat in seats.emptied(now):
                self._words[seat] = ""
        seat = seats.find(chat)
        if seat == NONE:
            seat = seats.take(chat)
            if not self._words:
                self._words = [""] * seats.most
        seats.until[seat] = now + self._seconds
        self._words[seat] = word

    def drop(self, chat: int) -> None:
        """Forget it now."""
        if not self._words:
            return
        seat = self._seats.find(chat)
        if seat != NONE:
            self._seats.leave(seat)
            self._words[seat] = ""

    def __len__(self) -> int:
        return len(self._seats)

"""How much one chat may ask for, generously; what goes beyond gets a kind word, and a call for help never does."""

import time
from collections.abc import Callable

from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.memory import Memory
from bot.memory.seats import NONE, Seats
from bot.screens import CLEAR, Heard, Screens
from bot.telegram.arrival import SEEN, Arrival
from bot.telegram.kinds import command
from bot.telegram.person import language_of
from bot.telegram.show import acknowledge, send

AT_ONCE = 40  # messages of one chat before the pace counts
SECONDS_EACH = 2.0  # after that, one in so many seconds
IN_GROUP = 20  # and 20 a minute in a group, which is Telegram's own limit
TOLD_EVERY = 60.0  # seconds between two kind words
_MOST_CHATS = 16_384  # a quarter of a MiB; where more write at once, whoever will first have had their share goes
_MOST_TOLD = 4_096
_ALWAYS = frozenset(("help", "hide"))


class Pace:
    """Knows of each chat when it will have had its share; one number a chat, in the process and never on disk.

    Seats hold it: a share ends as its seat is left.
    """

    def __init__(
        self, current: Callable[[], Screens], memory: Memory, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._current = current
        self._memory = memory
        self._clock = clock
        self._shares = Seats(_MOST_CHATS, SECONDS_EACH * AT_ONCE)
        self._told = Seats(_MOST_TOLD, TOLD_EVERY)

    def takes(self, chat: int) -> bool:
        """Whether this chat may ask once more now."""
        now, shares = self._clock(), self._shares
        if now > shares.due:
            shares.emptied(now)  # whose share is over may ask as if they never had
        seat = shares.find(chat)
        each, most = share_of(chat)
        share = (now if seat == NONE else max(shares.until[seat], now)) + each
        if share - now > each * most:
            return False
        shares.until[shares.take(chat) if seat == NONE else seat] = share
        return True

    def hear(self, arrival: Arrival) -> Heard:
        """Whether this goes before everything and is always answered: danger, help, clearing the chat."""
        screens = self._current()
        if arrival.said is not None:
            name, _ = command(arrival.said)
            if name or arrival.is_place:
                return Heard(not name or name in _ALWAYS)
            return screens.hear(
                arrival.said, language_of(arrival.chat, arrival.client, self._memory, screens.languages)
            )
        opened = screens.press(arrival.data) if arrival.data else None
        return Heard(
            opened is not None and (opened.screen.is_safety or opened.address.path in ("help", CLEAR, "cleared"))
        )

    async def tell(self, bot: Bot, arrival: Arrival) -> None:
        """Say once a minute that it was too much; a press is always acknowledged."""
        if arrival.kind not in SEEN:
            return
        chat, now = arrival.chat, self._clock()
        is_due = chat > 0 and self._is_due(chat, now)
        try:
            if is_due:
                screens = self._current()
                language = language_of(chat, arrival.client, self._memory, screens.languages)
                await send(bot, chat, screens.too_much(language))
            if arrival.query:
                await acknowledge(bot, arrival.query)
        except AiogramError:
            return  # there is nothing more to say about it

    def _is_due(self, chat: int, now: float) -> bool:
        """Whether a word is due; if so, the next one is not for a minute."""
        told = self._told
        told.emptied(now)
        seat = told.find(chat)
        if seat != NONE and told.until[seat] > now:
            return False
        told.until[told.take(chat) if seat == NONE else seat] = now + TOLD_EVERY
        return True


def share_of(chat: int) -> tuple[float, int]:
    """Seconds for each message, and how many may come at once."""
    return (SECONDS_EACH, AT_ONCE) if chat > 0 else (60 / IN_GROUP, IN_GROUP)

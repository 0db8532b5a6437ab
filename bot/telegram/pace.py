"""How much one chat may ask for, generously; what goes beyond gets a kind word, and a call for help never does."""

import time
from collections import OrderedDict
from collections.abc import Callable

from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.memory import Memory
from bot.screens import CLEAR, Heard, Screens
from bot.telegram.arrival import SEEN, Arrival
from bot.telegram.kinds import command
from bot.telegram.person import language_of
from bot.telegram.show import acknowledge, send

AT_ONCE = 40  # messages of one chat before the pace counts
SECONDS_EACH = 2.0  # after that, one in so many seconds
IN_GROUP = 20  # and 20 a minute in a group, which is Telegram's own limit
TOLD_EVERY = 60.0  # seconds between two kind words
_MOST_CHATS = 50_000
_AT_ONCE = 2  # shares that are looked at with each message, so that they get fewer and nobody waits for it
_ALWAYS = frozenset(("help", "hide"))


class Pace:
    """Knows of each chat when it will have had its share; one number a chat, in the process and never on disk."""

    def __init__(
        self, current: Callable[[], Screens], memory: Memory, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._current = current
        self._memory = memory
        self._clock = clock
        self._shares: OrderedDict[int, float] = OrderedDict()
        self._told: OrderedDict[int, float] = OrderedDict()

    def takes(self, chat: int) -> bool:
        """Whether this chat may ask once more now."""
        now = self._clock()
        each, most = share_of(chat)
        share = max(self._shares.get(chat, 0.0), now) + each
        if share - now > each * most:
            return False
        self._shares[chat] = share
        self._shares.move_to_end(chat)
        for _ in range(_AT_ONCE):
            oldest, its = next(iter(self._shares.items()))
            if its > now and len(self._shares) <= _MOST_CHATS:
                break
            del self._shares[oldest]  # its share is over: it may ask as if it never had
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
        is_due = chat > 0 and now - self._told.get(chat, -TOLD_EVERY) >= TOLD_EVERY
        if is_due:
            self._told[chat] = now
            self._told.move_to_end(chat)
            if len(self._told) > _MOST_CHATS:
                self._told.popitem(last=False)
        try:
            if is_due:
                screens = self._current()
                language = language_of(chat, arrival.client, self._memory, screens.languages)
                await send(bot, chat, screens.too_much(language))
            if arrival.query:
                await acknowledge(bot, arrival.query)
        except AiogramError:
            return  # there is nothing more to say about it


def share_of(chat: int) -> tuple[float, int]:
    """Seconds for each message, and how many may come at once."""
    return (SECONDS_EACH, AT_ONCE) if chat > 0 else (60 / IN_GROUP, IN_GROUP)

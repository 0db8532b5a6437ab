"""The updates in hand: each answered once, those of a chat in order, different chats side by side, danger first.

Chosen: one task a chat while it has something to answer, in a limited number of places. An answer that takes longer
than a second (a slow call, a limit that Telegram asks to wait out) gives its place up and goes on beside the others,
so that stuck chats never stand in the way. A queue of workers lost: a stuck chat kept its worker. A task for every
update without a limit lost too: ten thousand at once made everybody's answer late.
"""

import asyncio
import logging
import time
from array import array
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.screens import Heard
from bot.telegram.answered import Answered
from bot.telegram.arrival import Arrival
from bot.telegram.fence import answering
from bot.telegram.lane import Answering
from bot.telegram.last import LAST, Last, along, call
from bot.telegram.pace import Pace, share_of
from bot.telegram.tally import Tally

if TYPE_CHECKING:
    from bot.memory.turns import Turns

log = logging.getLogger(__name__)

PLACES = 64  # answers being made at once
MOST = 400  # updates in hand, with those that wait; more stay with Telegram
SPARE = 100  # more, for calls for help alone
MOST_OF_CHAT = 20  # of one chat that wait; what comes beyond is turned away with a word
SLOW = 1.0  # seconds after which an answer gives its place up
LONG = 2.0  # seconds after which it is no longer held back where it stands in the way of a hundred others
HELD = 10.0  # seconds for which an update in hand is not yet confirmed to Telegram
LAST_SECONDS = 7.0  # to finish what is in hand when told to stop
_KNOWN = 32_768  # numbers of updates remembered, to know one that comes again: a quarter of a MiB
_NONE, _LARGEST = (1 << 64) - 1, (1 << 63) - 1


@dataclass(eq=False, slots=True)
class _Item:
    """One update, and who waits for the method that goes along in a response."""

    arrival: Arrival
    answer: "asyncio.Future[bytes] | None"
    began: float = 0.0
    has_place: bool = False
    heard: Heard | None = None  # what it was understood as, where that was looked at while it waited


class Hands:
    """Takes updates from polling or webhook; `pace` decides what is too much, `tally` counts what came of it."""

    def __init__(
        self,
        answer: Answering,
        bot: Bot,
        pace: Pace,
        tally: Tally | None = None,
        answered: Answered | None = None,
        turns: "Turns | None" = None,
    ) -> None:
        self._answer = answer
        self._bot = bot
        self._pace = pace
        self.tally = tally or Tally()
        self._turns = turns  # where other instances answer the same chats
        self.is_closed = False
        self._answered = answered
        self._known = array("Q", [_NONE]) * _KNOWN  # each number at its own place: Telegram counts one by one
        for number in answered.known() if answered else ():
            self._know(number)
        self._open: dict[int, float] = {}  # updates taken and not yet answered, and when they were taken
        self._let_go: set[int] = set()  # those of them that are no longer held back
        self._waiting: dict[int, deque[_Item]] = {}  # of each chat that is being answered, what comes after
        self._ready: deque[_Item] = deque()  # the first of chats that wait for a place
        self._making: dict[asyncio.Task[None], _Item] = {}
        self._beside: set[asyncio.Task[None]] = set()  # kind words to those who were turned away
        self._taken_places = 0
        self._look: asyncio.TimerHandle | None = None
        self._rested = asyncio.Event()

    def is_in_hand(self, number: int) -> bool:
        """Whether this update is taken and not yet answered."""
        return number in self._open

    def is_known(self, number: int) -> bool:
        """Whether this update was taken before."""
        return self._known[number % _KNOWN] == number

    @property
    def depth(self) -> tuple[int, int]:
        """How many updates are in hand, and how many of them wait for their turn."""
        return len(self._open), len(self._ready) + sum(map(len, self._waiting.values()))

    @property
    def is_full(self) -> bool:
        """Whether no more should be fetched."""
        return len(self._open) >= MOST

    def has_room(self, arrival: Arrival) -> bool:
        """Whether this may be taken now; a call for help finds room where nothing else does."""
        return not self.is_full or (len(self._open) < MOST + SPARE and self._pace.hear(arrival).is_urgent)

    def take(self, arrival: Arrival, answer: "asyncio.Future[bytes] | None" = None) -> bool:
        """Begin to answer, now or soon; False where it is known or turned away, and nothing is left to do.

        Whoever gives `answer` gets what goes along in the response, and may stop waiting for it; else it is called.
        """
        if self.is_known(arrival.number):
            self.tally.outcomes["again"] += 1
            return False
        self._know(arrival.number)
        line = self._waiting.get(arrival.chat)
        is_crowded = line is not None and len(line) >= MOST_OF_CHAT
        item = _Item(arrival, answer)
        if (is_crowded or not self._pace.takes(arrival.chat)) and not self._is_urgent(item):
            self._turn_away(arrival)
            return False
        self._open[arrival.number] = time.monotonic()
        self._rested.clear()
        if line is not None:
            self._put(line, item)
            if self._turns:
                self._turns.expect(arrival.number, arrival.chat, self._is_urgent(item))
        else:
            self._waiting[arrival.chat] = deque()
            if self._taken_places < PLACES and not self._ready:
                self._begin(item)
            else:
                self._wait_for_place(item)
        return True

    def held(self, offset: int) -> int:
        """Up to where Telegram may forget: what is in hand is not answered yet, and a kill must not lose it."""
        now = time.monotonic()
        held = (number for number, since in self._open.items() if now - since < HELD and number not in self._let_go)
        return min(held, default=offset)

    def let_go(self) -> None:
        """Hold back no longer what takes long: there is no room behind it for what others ask."""
        now = time.monotonic()
        self._let_go = {number for number, since in self._open.items() if now - since >= LONG}

    async def rest(self, seconds: float) -> bool:
        """Wait until everything is answered and said, but not longer; whether it is."""
        if not self._open and not self._beside:
            return True
        try:
            async with asyncio.timeout(seconds):
                await self._rested.wait()
        except TimeoutError:
            return False
        return True

    async def finish(self) -> None:
        """Take no more and wait for what is in hand, not for ever; the rest is left for the next start."""
        self.is_closed = True
        if not await self.rest(LAST_SECONDS):
            log.warning("%d updates could not be finished in time", len(self._open))
        left = [*self._making, *self._beside]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    # Where an update waits

    def _put(self, line: deque[_Item], item: _Item) -> None:
        """After those of the same chat; a call for help before them."""
        if line and self._is_urgent(item):
            line.appendleft(item)
        else:
            line.append(item)

    def _is_urgent(self, item: _Item) -> bool:
        if item.heard is None:
            item.heard = self._pace.hear(item.arrival)
        return item.heard.is_urgent

    def _wait_for_place(self, item: _Item) -> None:
        if self._is_urgent(item):
            self._begin(item)  # danger needs no place
            return
        self._ready.append(item)
        if self._look is None:
            self._look = asyncio.get_running_loop().call_later(SLOW, self._clear_places)

    def _clear_places(self) -> None:
        """Somebody waits: those who take long give up their places."""
        self._look, now = None, time.monotonic()
        for item in self._making.values():
            if item.has_place and now - item.began >= SLOW:
                item.has_place = False
                self._taken_places -= 1
        self._fill_places()
        if self._ready:
            self._look = asyncio.get_running_loop().call_later(SLOW / 4, self._clear_places)

    def _fill_places(self) -> None:
        while self._ready and self._taken_places < PLACES:
            self._begin(self._ready.popleft())

    # How it is answered

    def _begin(self, item: _Item) -> None:
        item.has_place, item.began = True, time.monotonic()
        self._taken_places += 1
        task = asyncio.create_task(self._make(item))
        self._making[task] = item
        task.add_done_callback(self._done)

    async def _make(self, item: _Item) -> None:
        result: object = None
        body = b""
        try:
            if self._turns is None:
                result = await self._answer(item.arrival, item.heard)
            else:
                result = await self._take_turn(item, self._turns)
            if isinstance(result, LAST):
                body = b"" if item.answer is None or item.answer.done() else along(self._bot, result)
                if not body:
                    await self._say(result)
        except Exception:
            log.error("an update was lost", exc_info=True)
            result = "lost"
        if item.answer is not None and not item.answer.done():
            item.answer.set_result(body)
        if self._answered is not None:
            self._answered.add(item.arrival.number)
        self._count(item, result)

    async def _take_turn(self, item: _Item, turns: "Turns") -> object:
        """The same, after all other instances that answer this chat, and unless one of them has answered it."""
        number, chat = item.arrival.number, item.arrival.chat
        since = time.monotonic()
        turn = await turns.begin(number, chat, self._is_urgent(item), share_of(chat))
        if turn == "answered":
            return "again"
        if turn == "too much":
            self._turn_away(item.arrival)
            return "turned away"
        answering.set((number, since, turn))
        try:
            result = await self._answer(item.arrival, item.heard)
        except Exception:
            await turns.end(number, chat)
            raise
        if result == "again":
            turns.lose(chat)
        else:
            await turns.end(number, chat)
        return result

    async def _say(self, last: Last) -> None:
        """What a handler leaves to be called last is an acknowledgement, which may well come too late."""
        try:
            await call(self._bot, last)
        except AiogramError as error:
            log.info("an answer came too late, or was not taken (%s)", type(error).__name__)

    def _done(self, task: "asyncio.Task[None]") -> None:
        item = self._making.pop(task)
        if task.cancelled():
            return  # we stop; what was not answered is not let go of, and nothing more is begun
        self._taken_places -= item.has_place
        self._open.pop(item.arrival.number, None)
        line = self._waiting[item.arrival.chat]
        if line:
            self._ready.append(line.popleft())
        else:
            del self._waiting[item.arrival.chat]
        self._fill_places()
        self._look_whether_rested()

    def _count(self, item: _Item, result: object) -> None:
        tally = self.tally
        tally.updates[item.arrival.kind] += 1
        tally.answers.add(time.monotonic() - self._open.get(item.arrival.number, item.began))
        if result == "gone":
            self._forget_line(item.arrival.chat)
        if result == "turned away":
            return  # counted already
        tally.outcomes[result if result in ("failed", "gone", "lost", "again") else "answered"] += 1

    def _forget_line(self, chat: int) -> None:
        """Who blocked the bot gets nothing more of what they asked before."""
        line = self._waiting[chat]
        for item in line:
            self._open.pop(item.arrival.number, None)
            if item.answer is not None and not item.answer.done():
                item.answer.set_result(b"")
        line.clear()

    def _turn_away(self, arrival: Arrival) -> None:
        self.tally.outcomes["turned away"] += 1
        if len(self._beside) < PLACES:
            task = asyncio.create_task(self._pace.tell(self._bot, arrival))
            self._beside.add(task)
            self._rested.clear()
            task.add_done_callback(self._said)

    def _said(self, task: "asyncio.Task[None]") -> None:
        self._beside.discard(task)
        self._look_whether_rested()

    def _look_whether_rested(self) -> None:
        if not self._open and not self._beside:
            self._rested.set()

    def _know(self, number: int) -> None:
        self._known[number % _KNOWN] = number & _LARGEST

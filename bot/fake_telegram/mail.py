"""Updates that wait for the bot: kept until it confirms them, handed to one poller at a time."""

import asyncio
import time
from collections import deque
from contextlib import suppress

from bot.bot_api import BotApiError, Json
from bot.fake_telegram.faults import Faults

MOST_AT_ONCE = 100
LONGEST_WAIT = 50
_TOLD_ASIDE = 16  # confirmed updates that may still come again
_SECOND_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Mail:
    """The queue between persons and bot."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.pending: deque[Json] = deque()
        self.confirmed = 0  # the highest update the bot said it has
        self.is_pushed = False
        self._allowed: frozenset[str] | None = None
        self._confirmed: deque[Json] = deque(maxlen=_TOLD_ASIDE)
        self._news = asyncio.Event()
        self._moved = asyncio.Event()
        self._turn = 0

    def put(self, update: Json) -> bool:
        """Let an update wait; whether the bot wants its kind at all."""
        if self._allowed is not None and not any(kind in self._allowed for kind in update if kind != "update_id"):
            return False
        self.pending.append(self.faults.aged(update))
        self._news.set()
        return True

    def allow(self, kinds: object) -> None:
        """Only these kinds come from now on; none named means the ordinary ones, and we send no other."""
        if isinstance(kinds, list):
            self._allowed = frozenset(map(str, kinds)) or None

    def confirm(self, offset: int) -> None:
        """Forget what the bot has; a negative offset keeps so many of the newest."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while self.pending and self.pending[0]["update_id"] < offset:
            self._confirmed.append(self.pending.popleft())
        self.confirmed = max(self.confirmed, offset - 1)
        self._moved.set()

    async def until_confirmed(self, number: int) -> None:
        """Wait until the bot said that it has this update."""
        while self.confirmed < number:
            self._moved.clear()
            await self._moved.wait()

    async def fetch(self, params: Json) -> list[Json]:
        """What getUpdates brings: at once where something waits, else when something comes."""
        if self.is_pushed:
            raise BotApiError(409, _WEBHOOK_IS_SET)
        self._turn += 1
        turn = self._turn
        self._news.set()
        self.allow(params.get("allowed_updates"))
        self.confirm(int(params.get("offset") or 0))
        until = time.monotonic() + min(int(params.get("timeout") or 0), LONGEST_WAIT)
        while not self.pending and (left := until - time.monotonic()) > 0:
            self._news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), left)
            if turn != self._turn:
                raise BotApiError(409, _SECOND_POLLER)
            if self.is_pushed:
                raise BotApiError(409, _WEBHOOK_IS_SET)
        most = min(max(int(params.get("limit") or MOST_AT_ONCE), 1), MOST_AT_ONCE)
        batch = [self.pending[place] for place in range(min(most, len(self.pending)))]
        return self.faults.shuffled(batch, [*self._confirmed])

    def wake(self) -> None:
        """Let a poller look again: the webhook was set, or the server stops."""
        self._news.set()

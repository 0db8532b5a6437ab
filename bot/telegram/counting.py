"""What may be counted of a screen that was shown; the chat serves only to count people once, in memory."""

from collections.abc import Callable
from datetime import datetime

from bot.locales import Language
from bot.memory import Memory
from bot.screens import Screen, danger
from bot.store import Demand, Door, Store


class Counting:
    """Turns shown screens into counts, at the time of the clock it was given."""

    def __init__(self, store: Store, memory: Memory, now: Callable[[], datetime]) -> None:
        self._store = store
        self._memory = memory
        self._now = now

    def shown(self, screen: Screen, language: Language, chat: int, door: Door) -> None:
        """Count the topic and outcome of a screen; one without an outcome counts for nothing."""
        if not screen.outcome:
            return
        today = self._now().date()
        demand = Demand(
            screen.topic,
            language.spelled_from or language.code,
            language.script,
            "danger" if screen.topic == danger.PATH else door,
            screen.outcome,
        )
        self._store.count(demand, self._memory.is_new_today(chat, screen.topic, today), today)

    def asked(self) -> None:
        """Count the hour of a question, whatever it was about."""
        now = self._now()
        self._store.count_hour(now.hour, now.date())

    def came_by(self, source: str) -> None:
        """Count the code of the link somebody came by."""
        self._store.count_source(source, self._now().date())

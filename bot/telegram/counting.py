"""What may be counted of a screen that was shown; the chat serves only to count people once, in memory."""

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.locales import Language
from bot.memory import Memory
from bot.screens import Screen, danger
from bot.store import Demand, Door, Store

VERDICTS = ("helped", "not_helped")


class Counting:
    """Turns shown screens into counts, at the time of the clock it was given.

    A verdict (“helped”, “did not help”) counts once a chat, topic and day, so that its taps are people too.
    """

    def __init__(self, store: Store, memory: Memory, now: Callable[[], datetime], is_listening: bool = True) -> None:
        self.is_listening = is_listening
        self._store = store
        self._memory = memory
        self._now = now

    def shown(self, screen: Screen, language: Language, chat: int, door: Door) -> None:
        """Count the topic and outcome of a screen, a region chosen on it, a thing reported as wrong by it."""
        today = self._now().date()
        if screen.region and self._memory.is_new_today(chat, f"region {screen.region}", today):
            self._store.count_region(screen.region, today)
        if screen.wrong and self._memory.is_new_today(chat, f"wrong {screen.wrong}", today):
            self._store.count_wrong(screen.wrong, today)
        if not screen.outcome:
            return
        is_verdict = screen.outcome in VERDICTS
        if is_verdict and not self._memory.is_new_today(chat, f"verdict {screen.topic}", today):
            return
        demand = Demand(
            screen.topic,
            language.spelled_from or language.code,
            language.script,
            "danger" if screen.topic == danger.PATH else door,
            screen.outcome,
        )
        is_new = not is_verdict and self._memory.is_new_today(chat, screen.topic, today)
        self._store.count(demand, is_new, today)

    def asked(self, chat: int) -> None:
        """Count the hour of a question, whatever it was about; each chat once an hour."""
        now = self._now()
        if self._memory.is_new_today(chat, f"hour {now.hour}", now.date()):
            self._store.count_hour(now.hour, now.date())

    def not_understood(self, words: Iterable[str], language: str, chat: int) -> None:
        """Count words that nobody listed; each only once enough chats have used it on one day."""
        today = self._now().date()
        for word in words:
            if chats := self._memory.heard.add(chat, f"{language} {word}", today):
                self._store.count_word(word, language, chats, today)

    def came_by(self, source: str, chat: int) -> None:
        """Count the code of the link somebody came by; each chat once a day."""
        today = self._now().date()
        if self._memory.is_new_today(chat, f"source {source}", today):
            self._store.count_source(source, today)

"""Trying it out: the local chat on the content as it would be with every draft; it counts into nothing."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from aiohttp import web

from bot import snapshot
from bot.apart import Failed, apart
from bot.content import Content
from bot.desk.drafts import Drafts
from bot.locales import Languages
from bot.matching import Matcher, renewed
from bot.memory import Memory
from bot.screens import Screens
from bot.store import NoStore
from bot.telegram import build_dispatcher
from bot.telegram.commands import set_commands
from bot.web.chat import build_chat_app

Learn = Callable[[Path, Path, Path, date], None]


class Trial:
    """The screens of the drafts; drawn anew when somebody opens the page, learned anew in a process of its own."""

    def __init__(
        self, drafts: Drafts, inforce: Callable[[], Screens], matcher: Callable[[], Matcher], folder: Path, learn: Learn
    ) -> None:
        self._drafts, self._inforce, self._matcher = drafts, inforce, matcher
        self._folder, self._learn_apart = folder, learn
        self._screens: Screens | None = None
        self._learned: tuple[Content, Matcher] | None = None
        self._renewed: tuple[Content, Matcher] | None = None
        self._lock = threading.Lock()

    def screens(self) -> Screens:
        """What the chat shows at this moment; never waits."""
        return self._screens or self._inforce()

    def take_up(self, today: Callable[[], date]) -> bool:
        """The drafts as they are now; whether their questions are still being learned."""
        content, languages = self._drafts.content(), self._drafts.languages()
        if self._learned and self._learned[0] is content:
            self._screens = Screens(content, languages, self._learned[1], today)
            return False
        if not self._drafts.is_any:
            self._screens = None
            return False
        self._screens = Screens(content, languages, self._sooner(content), today)
        threading.Thread(target=self._learn, args=(content, languages, today), name="trial", daemon=True).start()
        return True

    def matcher(self, today: Callable[[], date]) -> tuple[Matcher, bool]:
        """What finds topics with the drafts, and whether it has learned all of them; published words where none are."""
        is_learning, content = self.take_up(today), self._drafts.content()
        if not self._drafts.is_any:
            return self._matcher(), True
        if self._learned and self._learned[0] is content:
            return self._learned[1], not is_learning
        return self._sooner(content), False

    def _sooner(self, content: Content) -> Matcher:
        """The words of the drafts with what was learned before them."""
        if self._renewed is None or self._renewed[0] is not content:
            self._renewed = content, renewed(content, self._drafts.cache)
        return self._renewed[1]

    def _learn(self, content: Content, languages: Languages, today: Callable[[], date]) -> None:
        with self._lock:
            if self._learned and self._learned[0] is content:
                return
            tree, cache, day = self._drafts.tree, self._folder / "cache", today()
            try:
                mark = snapshot.fingerprint(*tree, today=day)
                apart(self._learn_apart, *tree, cache, day)
                kept = snapshot.load(cache, mark, content.spellings, tree[0])
            except (Failed, OSError):
                return  # the drafts changed meanwhile; the next look learns again
            if kept:
                self._learned = content, kept[1]
                self._screens = Screens(content, languages, kept[1], today)


def build_trial_chat(trial: Trial, now: Callable[[], object]) -> web.Application:
    """The chat's application, to be mounted inside of the desk."""
    dispatcher = build_dispatcher(trial.screens, NoStore(), Memory(), now)  # type: ignore[arg-type]  # a clock
    return build_chat_app(dispatcher, lambda bot: set_commands(bot, trial.screens().languages))

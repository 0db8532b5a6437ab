"""Library: the content and phrases in force; loaded at start, taken up anew when files change, never half-way.

Reading, checking and learning take seconds of a core. So while the bot answers they are done in processes of their own,
which leave what they made in the cache; here it is only taken over, in a tenth of a second.
"""

import logging
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

from bot import clock, content, locales, phrasebook, snapshot
from bot.apart import Failed, apart
from bot.content import Content, Unreadable, without_examples
from bot.editions import Editions
from bot.locales import Languages
from bot.matching import Matcher, build
from bot.schedule import state
from bot.screens import Screens
from bot.settings import Settings
from bot.store import DatabaseAway, is_shared
from bot.tree import CannotStart, learn_tree, renew_tree, spellings

log = logging.getLogger(__name__)


class Library:
    """What every answer is drawn from; replaced as a whole."""

    def __init__(self, settings: Settings, *, learns_apart: bool = False) -> None:
        """With `learns_apart` a first start learns in a process of its own, whose memory goes with it."""
        self.editions = _editions(settings)
        self._is_away, self._learns_apart = False, learns_apart
        self._cache = settings.data_dir / "cache"
        self._taking = threading.Lock()
        self._learning = threading.Lock()
        self._catch_up()
        self._stamp = state(*self.folders)
        try:
            folder = self.editions.locales
            self.languages = phrasebook.load(folder, self._cache) if settings.is_lean else locales.load(folder)
            self.content, self.matcher = self._kept() if settings.is_lean else self._read()
        except Unreadable as error:
            raise CannotStart(f"The catalogue cannot be used. {error.mistake}") from error
        except locales.BadLocales as error:
            raise CannotStart(f"LOCALES_DIR cannot be used: {error}") from error
        self.screens = Screens(self.content, self.languages, self.matcher, clock.today)

    @property
    def folders(self) -> tuple[Path, Path]:
        """Where the content and phrases in force lie; a first edit at the desk moves them."""
        return self.editions.content, self.editions.locales

    def take_up(self) -> None:
        """Put in force what the files say now; what is broken stays as it last was, a broken catalogue changes nothing.

        Words, facts and doors are new at once, with what was learned before; what is learned anew follows by itself.
        """
        began = time.monotonic()
        with self._taking, self.editions.at_rest():
            if (stamp := state(*self.folders)) == self._stamp:
                return
            self._stamp = stamp
            try:
                languages = locales.load(self.editions.locales)
                newer, matcher = self._renewed(languages)
            except (Unreadable, locales.BadLocales) as error:
                log.error("the edited content was not taken up; the last good version stays: %s", error)
                return
            except Exception:
                log.error("the edited content breaks its reader; the last good version stays", exc_info=True)
                return
            self._put(newer, languages, matcher)
        self.name_mistakes()
        log.info("the edited content is in force after %.1f s", time.monotonic() - began)
        threading.Thread(target=self.learn, name="learning", daemon=True).start()

    def catch_up(self) -> None:
        """Take up what other instances have published meanwhile."""
        if self._catch_up():
            self.take_up()

    def learn(self) -> None:
        """Learn the questions of the content in force; until then the older learning answers."""
        with self._learning:
            newer, day = self.content, clock.today()
            mark = snapshot.fingerprint(*self.folders, today=day)
            try:
                apart(learn_tree, *self.folders, self._cache, day)
                kept = snapshot.load(self._cache, mark, newer.spellings, self.editions.content)
                matcher = kept[1] if kept else None  # none: the files were edited meanwhile, and are taken up again
            except Failed as error:
                log.warning("the edited content is learned in this process, for in one of its own %s", error)
                whole = self.whole()
                matcher = build(whole, self._cache) if whole is not newer and whole.topics == newer.topics else None
            with self._taking:
                if matcher and self.content is newer:
                    self._put(newer, self.languages, matcher)

    def whole(self) -> Content:
        """The content as it stands, with what only learning needs and answering does without.

        Where its files cannot be read at this moment it is the one in force, which may be without.
        """
        try:
            return content.load(self.editions.content, spellings(self.languages), self.content)
        except Unreadable:
            return self.content

    def name_mistakes(self) -> None:
        """Each mistake that costs a reader something, one line a mistake."""
        for mistake in self.content.mistakes:
            log.warning("content: %s", mistake)
        for file, line, what in self.languages.mistakes:
            log.warning("locales: %s:%s: %s", file, line, what)

    def _catch_up(self) -> bool:
        try:
            is_new = self.editions.catch_up(clock.now())
        except DatabaseAway as error:
            if not self._is_away:
                log.warning("what other instances publish is not seen here: %s", error)
            self._is_away = True
            return False
        self._is_away = False
        return is_new

    def _put(self, newer: Content, languages: Languages, matcher: Matcher) -> None:
        """In force from the next update on."""
        self.screens = Screens(newer, languages, matcher, clock.today)
        self.languages, self.content, self.matcher = languages, newer, matcher

    def _kept(self) -> tuple[Content, Matcher]:
        """What the last start read and learned, where nothing has changed since."""
        day, known = clock.today(), spellings(self.languages)
        mark = snapshot.fingerprint(*self.folders, today=day)
        kept = snapshot.load(self._cache, mark, known, self.editions.content)
        if kept is None and self._learns_apart:
            with suppress(Failed):  # what fails there says why here
                apart(learn_tree, *self.folders, self._cache, day)
            kept = snapshot.load(self._cache, mark, known, self.editions.content)
        if kept is None:
            kept = self._read()
            snapshot.save(self._cache, mark, *kept)
        return kept

    def _read(self) -> tuple[Content, Matcher]:
        found = content.load(self.editions.content, spellings(self.languages))
        return without_examples(found), build(found, self._cache)

    def _renewed(self, languages: Languages) -> tuple[Content, Matcher]:
        """What the desk's proof-reading has left of these files, else what a process reads now.

        A file with a mistake is read here, where it is known how it last was.
        """
        day, known = clock.today(), spellings(languages)
        mark = snapshot.fingerprint(*self.folders, today=day)
        kept = snapshot.load(self._cache, mark, known, self.editions.content, snapshot.RENEWED)
        if kept is None:
            try:
                apart(renew_tree, *self.folders, self._cache, day)
                kept = snapshot.load(self._cache, mark, known, self.editions.content, snapshot.RENEWED)
            except Failed as error:
                log.warning("the edited content is read in this process, for in one of its own %s", error)
        if kept and not kept[0].mistakes:
            return kept
        newer = content.load(self.editions.content, known, self.content)
        is_led = newer.topics.keys() >= self.content.topics.keys()  # else an old matcher would lead to what is gone
        return without_examples(newer), self.matcher if is_led else build(newer, self._cache)


def _editions(settings: Settings) -> Editions:
    """Those of this machine, or those that all instances on one database share."""
    if not is_shared(settings.database):
        return Editions.of(settings)
    from bot.memory.news import tell
    from bot.store.shelf import Shelf

    announce = partial(tell, settings.redis_url) if settings.redis_url else None
    return Editions.of(settings, Shelf(settings.database), announce)

"""What the desk itself says: its phrases of the edition in force, taken up as soon as they change."""

from pathlib import Path

from bot import locales
from bot.editions import Editions
from bot.locales import DESK, BadLocales, Languages


class OwnWords:
    """The desk's languages; a broken folder leaves the last good ones, and a phrase that is missing there is said as
    it came with the program."""

    def __init__(self, editions: Editions) -> None:
        self._editions = editions
        self._stamp: object = None
        self._languages = locales.load(editions.given_locales, DESK)

    @property
    def languages(self) -> Languages:
        self._take_up()
        return self._languages

    def _take_up(self) -> None:
        folder = self._editions.locales
        stamp = _stamp(folder)
        if stamp == self._stamp:
            return
        with self._editions.at_rest():
            try:
                found = locales.load(folder, DESK)
                given = locales.load(self._editions.given_locales, DESK)
            except BadLocales:
                return
        self._stamp, self._languages = stamp, _over(found, given)


def _over(newer: Languages, given: Languages) -> Languages:
    for language in newer:
        if language.code in given:
            language.phrases.add_fallback(given[language.code].phrases)
    return newer if all(language.code in newer for language in given) else given


def _stamp(folder: Path) -> object:
    files = sorted(folder.glob(f"*/LC_MESSAGES/{DESK}.po"))
    return folder, tuple((path, path.stat().st_mtime_ns) for path in files)

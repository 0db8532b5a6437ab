"""Where the bot says a phrase: found by drawing every screen once and listening to what it asks for."""

import threading
from contextlib import suppress
from dataclasses import replace
from gettext import NullTranslations
from weakref import WeakKeyDictionary

from bot.desk.visit import Visit
from bot.locales import Language, Languages
from bot.screens import Address, Screen, Screens
from bot.screens.every import addresses as every

MOST = 3  # screens of a preview
_heard: WeakKeyDictionary[Languages, dict[str, list[Address]]] = WeakKeyDictionary()
_lock = threading.Lock()


class _Listening(Language):
    """A language that remembers what it was asked to say."""

    heard: set[str]

    def say(self, message: str, **gaps: object) -> str:
        self.heard.add(message)
        return super().say(message, **gaps)

    def say_count(self, one: str, many: str, count: int, **gaps: object) -> str:
        self.heard.add(one)
        return super().say_count(one, many, count, **gaps)


class _Said(NullTranslations):
    """The phrases of a language, one of them in other words."""

    def __init__(self, old: NullTranslations, id: str, strings: tuple[str, ...], form: int) -> None:
        super().__init__()
        self._id, self._strings, self._form = id, strings, form
        self.add_fallback(old)

    def gettext(self, message: str) -> str:
        return self._strings[0] if message == self._id and self._strings[0] else super().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        said = self._strings[min(self._form, len(self._strings) - 1)]
        return said if msgid1 == self._id and said else super().ngettext(msgid1, msgid2, n)


def saying(languages: Languages, code: str, id: str, strings: tuple[str, ...]) -> Languages:
    """The same languages, with one phrase of one of them as it is typed; a counted one in the last of its forms."""
    changed = replace(languages[code], phrases=_Said(languages[code].phrases, id, strings, len(strings) - 1))
    return Languages([changed if one.code == code else one for one in languages], [])


def screens(visit: Visit, languages: Languages, code: str, id: str) -> list[Screen]:
    """The first screens that say this phrase, in these languages."""
    drawing = Screens(
        visit.desk.drafts.content(), languages, visit.desk.library.matcher, lambda: visit.desk.today
    )  # fmt: skip
    shown = []
    for address in addresses(visit).get(id, []):
        with suppress(KeyError):
            shown.append(drawing.at(address, code))
    return shown


def addresses(visit: Visit) -> dict[str, list[Address]]:
    """Each phrase with the screens that say it, of the edition in force; takes a second, once for each."""
    library = visit.desk.library
    languages, content = library.languages, library.content
    with _lock:
        if languages not in _heard:
            source = languages.for_client("ru")
            ear = _Listening(source.code, source.name, source.cldr, source.script, None, source.phrases)
            object.__setattr__(ear, "heard", set())
            all_ears = Languages([ear if one is source else one for one in languages], [])
            drawing = Screens(content, all_ears, library.matcher, lambda: visit.desk.today)
            found: dict[str, list[Address]] = {}
            for address in every(content):
                ear.heard.clear()
                with suppress(KeyError):  # a sum whose facts this content does not have
                    drawing.at(address, ear.code)
                for phrase in ear.heard:
                    places = found.setdefault(phrase, [])
                    if len(places) < MOST:
                        places.append(address)
            _heard[languages] = found
        return _heard[languages]

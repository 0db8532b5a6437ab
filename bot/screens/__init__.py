"""Screens: an address or a question, and a language, to what a person sees; pure, without network or database."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from weakref import proxy

from bot.content import Content
from bot.content.regions import ALL
from bot.locales import Languages
from bot.matching import Match, Matcher
from bot.matching.danger import is_call_for_help
from bot.matching.prying import is_prying
from bot.safety import is_safety
from bot.screens import (
    article,
    clearing,
    danger,
    flow,
    guide,
    kept,
    letter,
    menu,
    near,
    places,
    question,
    sources,
    sums,
    words,
    wrong,
)
from bot.screens.address import Address, Codec
from bot.screens.doors import Doors
from bot.screens.screen import Attachment, Button, Screen
from bot.screens.setting import Setting

__all__ = [
    "CLEAR",
    "GUIDE",
    "PAPER",
    "Address",
    "Attachment",
    "Button",
    "Codec",
    "Heard",
    "Opened",
    "Screen",
    "Screens",
]

log = logging.getLogger(__name__)

CLEAR, GUIDE, PAPER = clearing.PATH, guide.PATH, letter.PATH
_KEPT, _ANSWERED = 256, 512  # drawn screens, some 6 KB each: 4.5 MiB; to draw one anew takes 0.4 ms
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Opened:
    """What a button opened: its screen, and the language and address it carried."""

    screen: Screen
    language: str
    address: Address

    @property
    def is_choice(self) -> bool:
        """Whether the button stood among topics offered for a question."""
        return self.address.part == question.CHOICE or self.address.path == "none"


@dataclass(frozen=True)
class Heard:
    """Whether a message cannot wait; what a question was understood as, in which version and for which language."""

    is_urgent: bool
    by: "Screens | None" = None
    language: str = ""
    match: Match | None = None
    words: Sequence[str] = ()  # folded


class Screens:
    """Draws every screen from one version of the content; a new version is a new Screens."""

    def __init__(self, content: Content, languages: Languages, matcher: Matcher, today: Callable[[], date]) -> None:
        self.content = content
        self.languages = languages
        aliases = {id: topic.alias for id, topic in content.topics.items() if topic.alias}
        self.codec = Codec(aliases, [language.code for language in languages])
        self._matcher = matcher
        self._today = today
        labels = (*languages.labels, *(language.say("☎ Contacts") for language in languages))
        self._contacts = frozenset(_bare(label) for label in labels)
        self._about_me = frozenset(
            _bare(words)
            for language in languages
            for words in (language.say("What do you know about me?"), language.say("What do you keep about me?"))
        )
        self._longest_label = 2 * max(map(len, (*self._contacts, *self._about_me)))  # with room for signs and spaces
        self._doors = Doors(content, languages)
        self._known_places = sources.places(content)
        self._groups = {group.id: group for group in content.groups}
        self._lasting = content.topics.keys() | self._groups.keys() | {"menu"}
        own: Screens = proxy(self)  # so that an old version goes without a collection, which would hold up answers
        self._kept = lru_cache(maxsize=_KEPT)(partial(Screens._draw, own))  # the same all day: no answers in it
        self._answered = lru_cache(maxsize=_ANSWERED)(partial(Screens._answer_to, own))
        country = content.regions.get(ALL)
        self._short_numbers = frozenset(country.short_numbers if country else ())
        self._places = {wrong.code(place): place for place in content.places.values()}

    def at(self, address: Address, language: str) -> Screen:
        """The screen at an address; one that no longer exists opens the menu with a word why."""
        if address.answers or address.path not in self._lasting:
            return self._draw(address, language, self._today())
        return self._kept(address, language, self._today())

    def _draw(self, address: Address, language: str, _: date) -> Screen:
        setting = self._setting(language)
        shown = self._word(setting, address) or self._topic(setting, address) or self.lost(language)
        return clearing.with_button(setting, shown)

    def press(self, data: str) -> Opened | None:
        """What is behind a button, however old; None where its data was never ours."""
        found = self.codec.parse(data)
        return Opened(self.at(found[1], found[0]), *found) if found else None

    def lost(self, language: str) -> Screen:
        """The menu, with a word why: the button led to something that is no longer there."""
        setting = self._setting(language)
        return menu.menu(setting, setting.say("That button is from an older version. Here is the menu."))

    def for_question(self, text: str, language: str, before: str = "") -> Screen:
        """The answer to a question typed by a person whose chosen language this is, and who read `before` just now."""
        return self.answer(text, language, before)[0]

    def answer(
        self, text: str, language: str, before: str = "", heard: Heard | None = None
    ) -> tuple[Screen, Match | None]:
        """The same, and what the question was understood as, where it was taken for one; `heard` spares doing it."""
        if len(text) <= self._longest_label and _bare(text) in self._about_me:
            return kept.me(self._setting(language)), None
        try:
            folded: Sequence[str]
            if heard is None or heard.match is None or heard.by is not self or heard.language != language:
                read = self._matcher.read(text)
                folded, match = read.words, self._matcher.match(text, language, read)
            else:
                folded, match = heard.words, heard.match
            if is_prying(text, folded):
                return words.others(self._setting(match.answer_language)), None
            if not match.urgent and (address := self._doors.find(" ".join(folded), before)):
                return self.at(address, language), None
            return self._answered(question.Asked.of(match, language, before), self._today()), match
        except Exception:
            # Whatever broke in matching or content, a call for help still gets the screen that needs neither.
            if not is_call_for_help(text):
                raise
            log.error("a call for help was answered without the content", exc_info=True)
            return replace(danger.screen((), language, self.codec), topic=danger.PATH, outcome="shown"), None

    def _answer_to(self, asked: question.Asked, _: date) -> Screen:
        setting = self._setting(asked.language)
        return clearing.with_button(setting, question.answer(setting, asked))

    def to_share(self, query: str, language: str) -> list[tuple[str, str, str, str]]:
        """For an inline query: id, title, summary and text of up to five topics, none of them about safety.

        A call for help and a question about others get nothing: whoever looks over the shoulder reads along.
        """
        setting = self._setting(language)
        if query.strip():
            read = self._matcher.read(query)
            match = self._matcher.match(query, language, read)
            ids = [] if match.urgent or is_prying(query, read.words) else [id for id, _ in match.topics]
        else:
            ids = [group.topics[0].id for group in self.content.groups]
        return words.to_share(setting, ids)

    def subject(self, screen: Screen) -> str:
        """What a short question after this screen would be about; nothing where that could show what was read."""
        is_open = screen.topic in self.content.topics and not screen.is_safety and not is_safety(screen.topic)
        return screen.topic if is_open else ""

    def unlisted(self, text: str, match: Match) -> tuple[str, ...]:
        """The words of a question that nobody listed yet."""
        return self._matcher.unlisted(text, match)

    def near(self, lat: float, lon: float, language: str, awaited: str = "") -> Screen:
        """Help near a point in degrees; `awaited` is the data of the screen that asked for it."""
        setting, found = self._setting(language), self.codec.parse(awaited)
        return clearing.with_button(setting, near.around(setting, lat, lon, found[1] if found else None))

    def awaited(self, screen: Screen) -> str:
        """What a screen waits for, as the data of a button; nothing where it waits for nothing."""
        return self.codec.data(screen.language, screen.awaits) if screen.awaits else ""

    def typed(self, text: str, awaited: str) -> Screen | None:
        """What follows a typed day or sum that was waited for; None where the text is something else, first a cry."""
        found = self.codec.parse(awaited)
        if found is None:
            return None
        language, address = found
        answer = sums.read(address, text, self._today())
        if answer is None or text.strip() in self._short_numbers:
            return None
        has_words = any(sign.isalpha() for sign in text)
        if answer == sums.IMPOSSIBLE and has_words and self._matcher.match(text, language).urgent:
            return None
        return sums.typed(self._setting(language), address, answer)

    def draft(self, text: str, answers: tuple[str, ...], language: str) -> Screen:
        """The screen behind a button of the letter, for the draft in the message it stood below."""
        setting = self._setting(language)
        return letter.at(setting, answers, letter.read(text) or letter.Draft()) or self.lost(language)

    def drafted(self, text: str, said: str, language: str) -> Screen:
        """What follows an answer to the question in this message of ours."""
        setting = self._setting(letter.written_in(text, self.content.letters.values()) or language)
        return letter.go_on(setting, letter.read(text) or letter.Draft(), said) or self.lost(language)

    def filing(self, language: str) -> Screen:
        """What to do with the letter once it is made."""
        setting, words = self._setting(language), self.content.letter(language)
        return letter.filing(setting, words) if words else self.lost(language)

    @property
    def today(self) -> date:
        """The day by which facts are said."""
        return self._today()

    def cleared(self, language: str, is_left: bool, is_unsure: bool) -> Screen:
        """What is left in a chat that was cleared, and what could not be."""
        return clearing.cleared(self._setting(language), is_left, is_unsure)

    def neutral_word(self, language: str) -> str:
        """One word that says nothing, to stand where a message cannot be deleted."""
        return self._setting(language).say("Hello!")

    def after_clearing(self, text: str, language: str) -> Screen:
        """To whoever writes first in a cleared chat: numbers for a call for help, else a greeting."""
        if text.startswith("/") or self.is_contacts_label(text):
            setting, is_call = self._setting(language), not text.startswith("/") or text.startswith("/help")
        else:
            try:
                match = self._matcher.match(text, language)
                setting, is_call = self._setting(match.answer_language), match.urgent
            except Exception:
                log.error("the first words after clearing were judged without the model", exc_info=True)
                setting, is_call = self._setting(language), is_call_for_help(text)
        return clearing.numbers(setting) if is_call else clearing.greeting(setting)

    def source(self, code: str) -> str:
        """The code of a link as it may be counted."""
        return sources.counted(code, self._known_places)

    def is_contacts_label(self, text: str) -> bool:
        """Whether these words are what the button below the chat is or was called, in any language."""
        return len(text) <= self._longest_label and _bare(text) in self._contacts

    def keyboard(self, language: str) -> Screen:
        """One line that sets the button below the chat."""
        return words.keyboard(self._setting(language))

    def in_group(self, language: str, link: str) -> Screen:
        """The neutral line for a group, with the way to the private chat."""
        return words.in_group(self._setting(language), link)

    def deleted(self, screen: Screen, is_deleted: bool) -> Screen:
        """A screen with a word about the person's own message, which the bot has tried to delete."""
        return words.deleted(self._setting(screen.language), screen, is_deleted)

    def too_much(self, language: str) -> Screen:
        """More came from one chat than can be read."""
        return words.too_much(self._setting(language))

    def hear(self, text: str, language: str) -> Heard:
        """Whether these words would open the danger screen, or are the button to the contacts."""
        try:
            if self.is_contacts_label(text):
                return Heard(True)
            read = self._matcher.read(text)
            match = self._matcher.match(text, language, read)
            return Heard(match.urgent, self, language, match, read.words)
        except Exception:
            return Heard(is_call_for_help(text))

    def apology(self, language: str) -> Screen:
        """Something broke on our side."""
        return words.apology(self._setting(language))

    def _setting(self, language: str) -> Setting:
        chosen = self.languages[language] if language in self.languages else self.languages.for_client(None)
        return Setting(self.content, self.languages, self.codec, chosen, self._today())

    def _word(self, setting: Setting, address: Address) -> Screen | None:
        """The screens that are a single word, and the sections."""
        if address.path == danger.PATH:
            door = address.answers[0] if address.answers else ""
            offers = tuple(setting.topic(id) for id in danger.HELPERS.get(door, ()) if id in self.content.topics)
            return danger.screen(address.answers, setting.code, setting.codec, offers)
        if address.path == clearing.PATH:
            return clearing.stays(setting) if address.part == clearing.STAYS else clearing.cleared(setting)
        named: dict[str, Callable[[Setting], Screen]] = {
            "menu": menu.menu,
            "welcome": menu.welcome,
            "language": menu.languages,
            "privacy": menu.privacy,
            guide.PATH: guide.guide,
            kept.KEPT: kept.kept,
            kept.ME: kept.me,
            "forget": menu.forgotten,
            "none": question.none,
            "voice": words.voice,
            "thing": words.thing,
            "contact": words.contact,
            "others": words.others,
        }
        if address.path in named:
            return named[address.path](setting)
        if address.path == letter.PATH:
            return letter.at(setting, address.answers, letter.Draft())
        if address.path == near.PATH:
            return near.at(setting, address.answers)
        if address.path == wrong.PLACE:
            return self._place(setting, address)
        if address.path in sums.PATHS:
            return sums.at(setting, address)
        group = self._groups.get(address.path)
        return menu.section(setting, group) if group else None

    def _place(self, setting: Setting, address: Address) -> Screen | None:
        place = self._places.get(address.answers[0]) if address.answers else None
        if place is None:
            return None
        drawn = {places.CARD: places.card, wrong.WRONG: wrong.place}.get(address.part, places.page)
        return drawn(setting, place)

    def _topic(self, setting: Setting, address: Address) -> Screen | None:
        topic = self.content.topics.get(address.path)
        if topic is None:
            return None
        if address.answers:
            return flow.step(setting, topic, address.answers) or article.article(setting, topic)
        if address.part in (wrong.WRONG, wrong.TEXT):
            return (wrong.topic if address.part == wrong.WRONG else wrong.text)(setting, topic)
        if address.part == article.HELPED:
            return article.thanks(setting, topic)
        if address.part == article.NOT_HELPED:
            return article.sorry(setting, topic)
        if address.part:
            return article.part(setting, topic, address.part) or article.article(setting, topic)
        return article.article(setting, topic)


def _bare(label: str) -> str:
    """A label without its sign, spaces and case, so that typing the word is as good as tapping it."""
    return " ".join(_SIGNS.sub(" ", label).split()).casefold()

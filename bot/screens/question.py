"""The answer to a question in the person's own words: one topic, three to choose from, or a kind “not found”."""

from dataclasses import replace
from html import escape
from typing import NamedTuple

from bot.content.topics import Topic
from bot.matching import Match
from bot.safety import is_safety
from bot.screens import article, danger, places
from bot.screens.address import Address
from bot.screens.screen import Button, Row, Screen
from bot.screens.setting import Setting

CHOICE = "choice"  # the part of an address that says it was picked among topics offered for a question
_CHOICES = 3
_MATTER = {"confident": 1, "choices": _CHOICES, "none": 0}  # how many of the topics that were found


class Asked(NamedTuple):
    """All of a question that its answer depends on: no word of it, so that one drawn answer is for all who ask this.

    `chosen` is the person's own language. `before` is the topic read just now, where a short question that names none
    asks about a part of that one.
    """

    language: str
    chosen: str
    urgent: bool
    answer: str
    topics: tuple[str, ...]
    line: bool
    also: str
    part: str
    place: str
    foreign: str
    before: str

    @classmethod
    def of(cls, match: Match, chosen: str, before: str) -> "Asked":
        """What of a match matters here."""
        most = _MATTER[match.answer] if not match.urgent else None
        return cls(
            match.answer_language,
            chosen,
            match.urgent,
            match.answer,
            tuple([id for id, _ in match.topics[:most]]),
            match.line,
            match.also,
            match.part,
            match.place,
            match.foreign,
            before if match.part else "",
        )


def answer(setting: Setting, asked: Asked) -> Screen:
    """What to show for a question; danger first, whatever else was meant."""
    topics = [setting.content.topics[id] for id in asked.topics if id in setting.content.topics]
    if asked.urgent:
        near = [topic for topic in topics if asked.answer == "confident" or is_safety(topic.id)]
        offers = tuple(setting.topic(topic.id) for topic in near) if asked.answer != "none" else ()
        return replace(danger.screen((), setting.code, setting.codec, offers), topic=danger.PATH, outcome="shown")
    if asked.place in setting.content.places:
        return places.page(setting, setting.content.places[asked.place])
    if asked.part and asked.before in setting.content.topics:
        return _foreign(setting, asked, _followed(setting, setting.content.topics[asked.before], asked.part))
    if asked.answer == "confident" and topics:
        shown = replace(article.article(setting, topics[0]), outcome="confident")
    elif asked.answer == "choices" and topics:
        ids = dict.fromkeys([topics[0].id, *filter(None, [asked.also]), *(topic.id for topic in topics)])
        shown = _choices(setting, list(ids)[:_CHOICES])
    else:
        shown = none(setting)
    is_lined = asked.line or shown.outcome != "confident"
    text = f"{danger.line(setting.code)}\n\n{shown.text}" if is_lined else shown.text
    urgent: tuple[Row, ...] = ((setting.button(setting.say("Urgent"), danger.PATH),),) if is_lined else ()
    rows = (*urgent, *_also(setting, asked, shown), *shown.rows, *_other_language(setting, shown, asked.chosen))
    return _foreign(setting, asked, replace(shown, text=text, rows=rows))


def _followed(setting: Setting, topic: Topic, part: str) -> Screen:
    """The part of a topic that is asked about, or the whole where it has no such part."""
    shown = article.part(setting, topic, part) or article.article(setting, topic)
    return replace(shown, outcome="confident")


def _also(setting: Setting, asked: Asked, shown: Screen) -> tuple[Row, ...]:
    """The way to the answer of a second question in the same message."""
    if not asked.also or shown.outcome != "confident" or asked.also not in setting.content.topics:
        return ()
    return ((setting.topic(asked.also),),)


def _foreign(setting: Setting, asked: Asked, shown: Screen) -> Screen:
    """To somebody who writes in a language we have no texts in: why the answer is in this one, and a way to others."""
    why = setting.content.neighbours.get(asked.foreign)
    if not why:
        return shown
    language = setting.button(f"🌐 {setting.say('Language')}", "language")
    return replace(shown, text=f"{escape(why, quote=False)}\n\n{shown.text}", rows=(*shown.rows, (language,)))


def none(setting: Setting) -> Screen:
    """Nothing fits: say so kindly and lead on."""
    say = setting.say
    text = f"<b>{say('I have no sure answer to this yet.')}</b>\n\n" + say(
        "Look in the menu, or speak to a person: lawyers and organisations help for free."
    )
    rows: list[Row] = [(setting.home(), setting.contacts())]
    rows += [(setting.topic(id),) for id in ("help/hotlines", "help/legal-aid") if id in setting.content.topics]
    return Screen(setting.code, text, tuple(rows), outcome="none")


def _choices(setting: Setting, topics: list[str]) -> Screen:
    text = f"<b>{setting.say('What do you mean?')}</b>\n\n" + setting.say("Tap the nearest one.")
    rows: list[Row] = [(setting.button(setting.content.title(id, setting.code), id, part=CHOICE),) for id in topics]
    rows.append((setting.button(setting.say("None of these"), "none"),))
    return Screen(setting.code, text, (*rows, setting.footer()), outcome="choices")


def _other_language(setting: Setting, shown: Screen, chosen: str) -> tuple[Row, ...]:
    """One tap back to the person's own language, where the answer came in another."""
    if chosen == setting.code or chosen not in setting.languages:
        return ()
    path = shown.topic or "menu"
    return ((Button(setting.languages[chosen].name, setting.codec.data(chosen, Address(path))),),)

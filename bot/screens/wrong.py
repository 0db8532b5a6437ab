"""“Did not answer, or this is wrong”: one tap under every text and phone; staff hear of it, nothing is removed."""

from hashlib import blake2s

from bot.content.facts import references
from bot.content.places import Place
from bot.content.topics import Topic
from bot.safety import is_safety
from bot.screens import danger
from bot.screens.screen import Button, Row, Screen
from bot.screens.setting import Setting

WRONG, TEXT = "wrong", "wrong-text"
PLACE = "at"  # the address of a place: its id could say too much to whoever holds the phone, so a code stands for it
_IN_ROW = {True: 4, False: 2}  # numbers side by side: short ones, long ones


def code(place: Place) -> str:
    """The code that stands for a place in addresses."""
    return blake2s(place.id.encode(), digest_size=3).hexdigest()


def button(setting: Setting, path: str, answers: tuple[str, ...] = ()) -> Button:
    """The button itself."""
    return setting.button(setting.say("It is wrong"), path, answers, WRONG)


def topic(setting: Setting, topic: Topic) -> Screen:
    """Which of the phones of a text, or the text; a text without a phone is reported by the first tap."""
    places = _places(setting, topic)
    if not places:
        return text(setting, topic)
    rows = [*_numbers(setting, places, True), *_numbers(setting, places, False)]
    rows.append((setting.button(setting.say("Something in the text"), topic.id, part=TEXT),))
    rows.append((setting.button(setting.say("Back to the short answer"), topic.id), setting.home()))
    say = setting.say
    lines = [
        f"<b>{say('What is wrong?')}</b>",
        say("Tap the number that did not answer or is wrong. We only count the taps, nobody learns who tapped."),
        danger.line(setting.code),
    ]
    return Screen(setting.code, "\n\n".join(lines), tuple(rows), is_safety=is_safety(topic.id))


def text(setting: Setting, topic: Topic) -> Screen:
    """A text was reported: a word of thanks, nothing on the screen changes."""
    thanks = setting.say("Thank you. We will check this first.")
    return Screen(setting.code, "", toast=thanks, wrong=topic.id)


def place(setting: Setting, place: Place) -> Screen:
    """A phone was reported: thanks, and another way for somebody who needs help now."""
    say = setting.say
    lines = [
        f"<b>{say('Thank you. We will call this number and check.')}</b>",
        say("Meanwhile try another one:"),
        danger.line(setting.code),
    ]
    rows = (
        (setting.topic("help/hotlines"),) if "help/hotlines" in setting.content.topics else (),
        (setting.button(say("Urgent"), danger.PATH),),
        setting.footer(),
    )
    return Screen(setting.code, "\n\n".join(lines), tuple(row for row in rows if row), wrong=place.id, is_safety=True)


def _numbers(setting: Setting, places: list[Place], is_short: bool) -> list[Row]:
    """The short numbers, or the long ones, side by side."""
    ours = [place for place in places if place.phones[0].is_short is is_short]
    buttons = [setting.button(one.phones[0].number, PLACE, (code(one),), WRONG) for one in ours]
    width = _IN_ROW[is_short]
    return [tuple(buttons[begin : begin + width]) for begin in range(0, len(buttons), width)]


def _places(setting: Setting, topic: Topic) -> list[Place]:
    """The places whose phones a text names."""
    text = setting.content.text(topic.id, setting.code)
    passages = (text.short, text.risk, *text.parts.values()) if text else ()
    names = dict.fromkeys(one.name for passage in passages for one in references(passage or ""))
    found = [setting.content.places[name] for name in names if name in setting.content.places]
    return [one for one in found if one.phones]

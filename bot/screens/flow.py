"""A guided flow: one question a screen, the answers so far in the address, an ending with what to do."""

from collections.abc import Iterable
from html import escape

from bot.content.flows import Ending, FlowWords
from bot.content.markup import to_html, topic_links
from bot.content.topics import Topic
from bot.safety import is_safety
from bot.screens import wrong
from bot.screens.address import Address, Link
from bot.screens.screen import Button, Row, Screen
from bot.screens.setting import Setting, pairs
from bot.screens.sums import price

START = "start"


def step(setting: Setting, topic: Topic, answers: tuple[str, ...]) -> Screen | None:
    """The question or ending after these answers; None where the flow or an answer is unknown."""
    flow = setting.content.flows.get(topic.id)
    words = setting.content.flow_words.get((topic.id, setting.code))
    if flow is None or words is None:
        return None
    given = () if answers == (START,) else answers
    place = flow.after(given)
    if place is None:
        return None
    if isinstance(place, Ending):
        return _ending(setting, topic, words, place, given)
    labels = words.answers[place]
    rows = pairs([setting.button(label, topic.id, (*given, id)) for id, label in labels.items()])
    name = words.name or setting.content.title(topic.id, setting.code)
    text = f"{_bold(name)}\n\n{escape(words.asks[place], quote=False)}"
    return _screen(setting, topic, text, (*rows, *_way_back(setting, topic, given)))


def _ending(setting: Setting, topic: Topic, words: FlowWords, ending: Ending, given: tuple[str, ...]) -> Screen:
    def said(passage: str) -> str:
        return to_html(setting.content.fill(passage, setting.code, setting.today))

    lines = [
        _bold(words.titles[ending.id]),
        said(words.texts[ending.id]),
        _sum(setting, topic, ending, given),
        said(words.foot),
    ]
    linked = [*topic_links(words.texts[ending.id]), *ending.topics]
    rows: list[Row] = [
        (setting.topic(id),) for id in dict.fromkeys(linked) if id in setting.content.topics and id != topic.id
    ]
    rows.append((*share(setting, topic, given), wrong.button(setting, topic.id)))
    return _screen(setting, topic, "\n\n".join(filter(None, lines)), (*rows, *_way_back(setting, topic, given)))


def _sum(setting: Setting, topic: Topic, ending: Ending, given: tuple[str, ...]) -> str:
    """What the ending comes to in tenge today, from the number in the last answer."""
    months = given[-1].removeprefix("m")
    if setting.content.flows[topic.id].sums.get(ending.id) != "price" or not months.isdigit():
        return ""
    return price.worded(setting, int(months))


def share(setting: Setting, topic: Topic, given: tuple[str, ...]) -> Row:
    """Send the way to this result to somebody; there is none where the topic is about safety."""
    if is_safety(topic.id):
        return ()
    return (Button(setting.say("Share"), start=setting.codec.start(Link(setting.code, Address(topic.id, given)))),)


def named(setting: Setting, topics: Iterable[Topic]) -> list[Row]:
    """A button for each of these topics' flows that has a name of its own."""
    words = ((topic, setting.content.flow_words.get((topic.id, setting.code))) for topic in topics)
    return [(setting.button(one.name, topic.id, (START,)),) for topic, one in words if one and one.name]


def _screen(setting: Setting, topic: Topic, text: str, rows: tuple[Row, ...]) -> Screen:
    return Screen(setting.code, text, rows, topic.id, is_safety=is_safety(topic.id))


def _way_back(setting: Setting, topic: Topic, given: tuple[str, ...]) -> list[Row]:
    if not given:
        return [(setting.button(setting.say("Back"), topic.id), *setting.footer())]
    back = setting.button(setting.say("Change the last answer"), topic.id, given[:-1] or (START,))
    return [(back,), setting.footer()]


def _bold(words: str) -> str:
    return f"<b>{escape(words, quote=False)}</b>"

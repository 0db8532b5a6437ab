"""A topic as it is read: the short answer, its parts behind buttons, sources with their dates, what is near."""

from collections.abc import Callable
from dataclasses import replace
from html import escape

from bot import charts
from bot.content import Text
from bot.content.facts import references, short_date
from bot.content.markup import to_html, topic_links
from bot.content.topics import PARTS, Topic
from bot.safety import is_safety
from bot.screens import flow, letter, sums, wrong
from bot.screens.address import Address
from bot.screens.screen import Attachment, Button, Outcome, Row, Screen
from bot.screens.setting import Setting, pairs

SOURCES, NEAR, VOICE = "sources", "near", "voice"
CHART = "chart-"  # and the id of a chart
_MOST_ROWS = 7  # of buttons on a first screen
_LAST_ROWS = 2  # did it help, and the way back
HELPED, NOT_HELPED = "helped", "not-helped"


def part_title(say: Callable[[str], str], part: str) -> str:
    """How a part of a text is called in the reader's language."""
    titles = {
        "steps": say("What to do"),
        "cost": say("Cost"),
        "deadlines": say("Deadlines"),
        "dont": say("Avoid"),
        "who": say("Who helps"),
        "others": say("Countries"),
        SOURCES: say("Sources"),
        NEAR: say("See also"),
    }
    return titles[part]


def article(setting: Setting, topic: Topic, outcome: Outcome = "shown") -> Screen:
    """The first screen of a topic; where its text is missing, an honest word and a way on."""
    text = setting.content.text(topic.id, setting.code)
    if text is None:
        return missing(setting, topic, outcome)
    lines = [_bold(text.title), to_html(_fill(setting, text.short))]
    if text.risk:
        lines.append(f"<b>{setting.say('Careful:')}</b> {to_html(_fill(setting, text.risk))}")
    lines.append(f"<i>{_checked(setting, text)}</i>")
    if _is_behind(setting, text):
        lines.append(f"<i>{setting.say('The Russian text is newer. This translation is being renewed.')}</i>")
    rows = [*_extras(setting, topic, text)[: _room(setting, topic, text)], *pairs(_part_buttons(setting, text, ""))]
    rows.append(
        (
            setting.button(setting.say("This helped"), topic.id, part=HELPED),
            setting.button(setting.say("Did not help"), topic.id, part=NOT_HELPED),
            wrong.button(setting, topic.id),
        )
    )
    return _screen(setting, topic, "\n\n".join(lines), [*rows, _way_back(setting, topic)], outcome)


def part(setting: Setting, topic: Topic, name: str) -> Screen | None:
    """One part of a text, or its sources; None where the text has no such part."""
    text = setting.content.text(topic.id, setting.code)
    if text is None:
        return None
    if name == VOICE and text.recording:
        return _spoken(setting, topic, text)
    if name.startswith(CHART):
        return _drawn(setting, topic, name.removeprefix(CHART))
    if name not in (SOURCES, NEAR, *text.parts):
        return None
    head = f"{_bold(text.title)}\n<i>{part_title(setting.say, name)}</i>"
    rows: list[Row] = []
    if name == NEAR:
        body = ""
        rest = _extras(setting, topic, text)[_room(setting, topic, text) :]
        rows += dict.fromkeys([*rest, *((setting.topic(near),) for near in topic.near)])
        rows += [row for row in (flow.share(setting, topic, ()),) if row]
    elif name == SOURCES:
        body = sources(setting, text)
    else:
        body = to_html(_fill(setting, text.parts[name]))
        rows += _links(setting, text.parts[name], topic.id)
    rows += pairs(_part_buttons(setting, text, name))
    rows.append((setting.button(setting.say("Back to the short answer"), topic.id), wrong.button(setting, topic.id)))
    return _screen(setting, topic, f"{head}\n\n{body}".strip(), [*rows, setting.footer()], "")


def sources(setting: Setting, text: Text) -> str:
    """Where the text's figures were read, when it was compared with them, and who has read it."""
    content, say = setting.content, setting.say
    lines = []
    for id in text.sources:
        source = content.sources.get(id)
        if source is None:
            continue
        name = escape(source.title, quote=False)
        linked = f'<a href="{escape(source.url)}">{name}</a>' if source.url else name
        about = ", ".join(
            escape(word, quote=False)
            for word in (
                source.publisher,
                setting.say("undated") if source.date == "undated" else short_date(source.date),
            )
            if word
        )
        lines.append(f"• {linked}" + (f" – {about}" if about else ""))
    lines += ["", _checked(setting, text)]
    if _is_past_review(setting, text):
        lines.append(say("Some figures are due for a new check. Ask before you rely on them."))
    return "\n".join(lines).strip()


def missing(setting: Setting, topic: Topic, outcome: Outcome = "shown") -> Screen:
    """No text in this language yet: say so, offer it in others, and topics near it."""
    say = setting.say
    others = setting.content.others(topic.id)
    has_text = (
        [say("We have not written this in your language yet.")]
        if others
        else [say("We have not written this answer yet.")]
    )
    lines = [
        _bold(setting.content.title(topic.id, setting.code)),
        *has_text,
        say("Until then these may help:"),
    ]
    rows: list[Row] = []
    for code in others[:2]:
        name = setting.languages[code].name
        rows.append((Button(say("Read it: {language}", language=name), setting.codec.data(code, Address(topic.id))),))
    rows += [(setting.topic(near),) for near in topic.near]
    if not others and not is_safety(topic.id):
        rows.append((setting.button(setting.content.title("help/legal-aid", setting.code), "help/legal-aid"),))
    return _screen(setting, topic, "\n\n".join(lines), [*rows, _way_back(setting, topic)], outcome)


def thanks(setting: Setting, topic: Topic) -> Screen:
    """The press on “This helped”: a word of thanks, nothing on the screen changes."""
    return Screen(
        setting.code,
        "",
        topic=topic.id,
        outcome="helped",
        toast=setting.say("Thank you. This helps us write better."),
    )


def sorry(setting: Setting, topic: Topic) -> Screen:
    """The press on “Did not help”: people who can be asked, and topics near it."""
    say = setting.say
    lines = [
        _bold(say("We are sorry that this did not help.")),
        say("Ask again in other words, or speak to a person: a lawyer, an organisation, your consulate."),
    ]
    ids = dict.fromkeys(["help/legal-aid", "help/sana-sezim", "help/hotlines", *topic.near])
    rows: list[Row] = [(setting.topic(id),) for id in ids if id in setting.content.topics and id != topic.id]
    return _screen(setting, topic, "\n\n".join(lines), [*rows, _way_back(setting, topic)], "not_helped")


def _screen(setting: Setting, topic: Topic, text: str, rows: list[Row], outcome: Outcome) -> Screen:
    return Screen(setting.code, text, tuple(rows), topic.id, outcome, is_safety(topic.id))


def _fill(setting: Setting, words: str) -> str:
    return setting.content.fill(words, setting.code, setting.today)


def _bold(words: str) -> str:
    return f"<b>{escape(words, quote=False)}</b>"


def _extras(setting: Setting, topic: Topic, text: Text) -> list[Row]:
    """What stands above the parts: questions, sums, pictures, a voice, topics the text links to."""
    rows = [*_flow_row(setting, topic), *((one,) for one in letter.buttons(setting, topic.id))]
    rows += [(one,) for one in sums.buttons(setting, topic.id)]
    return [
        *rows,
        *_chart_rows(setting, topic),
        *_voice_row(setting, text),
        *_links(setting, text.short, topic.id),
    ]


def _room(setting: Setting, topic: Topic, text: Text) -> int:
    """How many of them the first screen has room for; the rest stand under “See also”. Safety topics show all."""
    parts = len(pairs(_part_buttons(setting, text, "")))
    return 99 if is_safety(topic.id) else max(1, _MOST_ROWS - _LAST_ROWS - parts)


def _flow_row(setting: Setting, topic: Topic) -> list[Row]:
    if topic.id not in setting.content.flows or (topic.id, setting.code) not in setting.content.flow_words:
        return []
    label = setting.content.flow_words[topic.id, setting.code].name or setting.say("Answer a few questions")
    return [(setting.button(label, topic.id, ("start",)),)]


def _voice_row(setting: Setting, text: Text) -> list[Row]:
    if text.recording is None:
        return []
    return [(setting.button(f"🔊 {setting.say('Listen')}", text.id, part=VOICE),)]


def _spoken(setting: Setting, topic: Topic, text: Text) -> Screen:
    """The text as a person recorded it; where the text has changed since, the caption says so."""
    assert text.recording is not None
    stale = setting.say("The text has changed since this was recorded: read it as well.")
    caption = _bold(text.title) + (f"\n{stale}" if text.is_recording_stale else "")
    back = (setting.button(setting.say("Back to the short answer"), topic.id),)
    key = f"{topic.id} {text.language} {text.recording.stat().st_mtime_ns}"
    attachment = Attachment("voice", key, text.recording.read_bytes)
    return replace(_screen(setting, topic, caption, [back, setting.footer()], ""), attachment=attachment)


def _chart_rows(setting: Setting, topic: Topic) -> list[Row]:
    found = [chart for chart in setting.content.charts.values() if chart.topic == topic.id]
    titles = ((chart.id, charts.title(chart, setting.content, setting.code)) for chart in found)
    return [(setting.button(f"📊 {title}", topic.id, part=CHART + id),) for id, title in titles]


def _drawn(setting: Setting, topic: Topic, id: str) -> Screen | None:
    """A chart as a picture, its meaning and sources as the caption."""
    chart = setting.content.charts.get(id)
    if chart is None or chart.topic != topic.id:
        return None
    content, language, today = setting.content, setting.code, setting.today
    back = (setting.button(setting.say("Back to the short answer"), topic.id),)
    key = charts.fingerprint(chart, content, language, today)
    attachment = Attachment("picture", key, lambda: charts.draw(chart, content, language, today))
    screen = _screen(setting, topic, charts.caption(chart, content, language, today), [back, setting.footer()], "")
    return replace(screen, attachment=attachment)


def _part_buttons(setting: Setting, text: Text, current: str) -> list[Button]:
    names = [
        name for name in (*PARTS, SOURCES, NEAR) if name != current and (name in text.parts or name in (SOURCES, NEAR))
    ]
    return [setting.button(part_title(setting.say, name), text.id, part=name) for name in names]


def _links(setting: Setting, words: str, own: str) -> list[Row]:
    """Buttons to the topics that a passage links to."""
    return [(setting.topic(id),) for id in topic_links(words) if id in setting.content.topics and id != own]


def _way_back(setting: Setting, topic: Topic) -> Row:
    section = setting.button(setting.say("Back"), topic.group)
    return (section, *setting.footer())


def _checked(setting: Setting, text: Text) -> str:
    assert text.compared is not None
    day = text.compared.strftime("%d.%m.%Y")
    if text.reviewed:
        return setting.say("Compared with its sources on {day}. Read by: {who}.", day=day, who=text.reviewed)
    return setting.say("Compared with its sources on {day}; not yet read by a lawyer.", day=day)


def _is_behind(setting: Setting, text: Text) -> bool:
    """Whether the Russian text was changed after this translation was made."""
    source = setting.content.text(text.id, "ru")
    return bool(text.follows) and source is not None and text.follows != source.fingerprint


def _is_past_review(setting: Setting, text: Text) -> bool:
    facts = setting.content.facts
    for passage in (text.short, *text.parts.values()):
        for reference in references(passage):
            value = facts.value(reference, setting.today)
            if value and value.review and value.review < setting.today:
                return True
    return False

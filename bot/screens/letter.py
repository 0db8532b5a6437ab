"""The complaint about unpaid wages, question by question; what was answered stands in the bot's own message.

A question is a message the person replies to, and Telegram sends a reply together with what it replies to: so the
draft is read back from there, is kept nowhere else, and a restart costs nothing. A gap (–) is filled in by hand.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from html import escape

from bot.calculators.reading import ImpossibleDay, read_amount, read_day, read_month
from bot.content.letter import FIELDS, TOPIC, LetterWords
from bot.content.markup import to_html
from bot.screens.screen import Button, Row, Screen
from bot.screens.setting import Setting, pairs

PATH = "paper"  # it says nothing to a stranger
BEGIN = "go"
OFFICIAL = ("ru", "kk")  # the languages an office takes a complaint in
MARK = "📝"
SKIP = "/skip"
LONGEST = 200  # letters of an answer: the letter stays one page
_GAP, _ASKED = "–", "…"
_MOST_MONEY = Decimal(10) ** 10
_OLDEST = date(1991, 12, 16)
_LINE = re.compile(r"^(\d)\. [^:\n]*: (.*)$", re.MULTILINE)
_SKIPPED = ("-", "–", "—", "−", SKIP)
_FOREIGN = re.compile(r"[$€₽]|долл|dollar|dolor|рубл|rubl", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]+")


@dataclass(frozen=True)
class Draft:
    """What was answered: a text, a gap (None), or not reached yet (""); `asked` is the place of the open question."""

    values: tuple[str | None, ...] = ("",) * len(FIELDS)
    asked: int | None = None

    def ask(self, place: int) -> "Draft":
        """The same draft with this question open."""
        return replace(self, asked=place)

    def answer(self, value: str | None) -> "Draft":
        """With the open question answered, and the next one open that was not reached yet."""
        values = tuple(value if place == self.asked else one for place, one in enumerate(self.values))
        return Draft(values, next((place for place, one in enumerate(values) if one == ""), None))


def read(text: str) -> Draft | None:
    """The draft that stands in a message of the bot; None where none does."""
    if not text.startswith(MARK):
        return None
    draft = Draft()
    for number, value in _LINE.findall(text.partition("\n\n")[0]):
        place = int(number) - 1
        if place not in range(len(FIELDS)):
            return None
        asked = place if value == _ASKED else draft.asked
        said = "" if value == _ASKED else None if value == _GAP else value
        draft = Draft((*draft.values[:place], said, *draft.values[place + 1 :]), asked)
    return draft


def written_in(text: str, letters: Iterable[LetterWords]) -> str:
    """The language of a draft, by its title; nothing where an editor has changed it since."""
    title = text.partition("\n")[0].removeprefix(MARK).strip()
    return next((words.language for words in letters if words.spoken["name"] == title), "")


def buttons(setting: Setting, topic: str) -> list[Button]:
    """The way to the letter from the topics it belongs to."""
    words = setting.content.letter(setting.code) if topic in (TOPIC, "rights/complaint") else None
    return [setting.button(f"{MARK} {words.spoken['name']}", PATH)] if words else []


def intro(setting: Setting) -> Screen | None:
    """Before the first question: what comes, the risk, and where the answers stay."""
    words = setting.content.letter(setting.code)
    if words is None:
        return None
    begin = setting.button(setting.say("Begin"), PATH, (BEGIN,))
    helpers: list[Row] = [(setting.topic(id),) for id in ("help/legal-aid", "rights/complaint") if _is(setting, id)]
    text = f"<b>{_title(words)}</b>\n\n{_filled(setting, words.spoken['intro'])}"
    back = setting.button(setting.say("Back"), TOPIC)
    return Screen(setting.code, text, ((begin,), *helpers, (back, *setting.footer())))


def at(setting: Setting, answers: tuple[str, ...], draft: Draft) -> Screen | None:
    """The screen behind one of the letter's buttons, for the draft it was pressed below."""
    words = setting.content.letter(setting.code)
    if words is None or not answers:
        return intro(setting)
    if answers == (BEGIN,):
        return question(setting, words, Draft().ask(0))
    if answers[0] in FIELDS:
        return question(setting, words, draft.ask(FIELDS.index(answers[0])))
    return intro(setting)


def go_on(setting: Setting, draft: Draft, text: str) -> Screen | None:
    """After an answer: the next question, the same one with a word why, or the whole to be checked."""
    words = setting.content.letter(setting.code)
    if words is None or draft.asked is None:
        return intro(setting)
    value, mistake = _understood(setting, FIELDS[draft.asked], text)
    if mistake:
        return question(setting, words, draft, mistake)
    following = draft.answer(value)
    return ready(setting, words, following) if following.asked is None else question(setting, words, following)


def question(setting: Setting, words: LetterWords, draft: Draft, mistake: str = "") -> Screen:
    """One question, below what was answered so far."""
    assert draft.asked is not None
    asked = f"<b>{escape(words.asks[FIELDS[draft.asked]], quote=False)}</b>"
    skip = setting.say("Nothing to say? Send {skip} or a dash.", skip=SKIP)
    stop = setting.say("To stop: /menu. Contacts: /help")
    lines = [_draft(words, draft), mistake, asked, f"{skip}\n{stop}"]
    hint = setting.say("Your answer, or a dash")
    return Screen(setting.code, "\n\n".join(line for line in lines if line), asks=hint, is_personal=True)


def ready(setting: Setting, words: LetterWords, draft: Draft) -> Screen:
    """The whole draft; two languages to have it in, and every answer to be changed."""
    official = [code for code in OFFICIAL if setting.content.letter(code)]
    makes = tuple(setting.button(setting.languages[code].name, PATH, (f"in-{code}",)) for code in official)
    changes = pairs([setting.button(f"✎ {words.labels[field]}", PATH, (field,)) for field in FIELDS])
    text = f"{_draft(words, draft)}\n\n{_filled(setting, words.spoken['ready'])}"
    return Screen(setting.code, text, (makes, *changes, setting.footer()), is_personal=True)


def filing(setting: Setting, words: LetterWords) -> Screen:
    """Below the files: where and how to file, until when."""
    topics: list[Row] = [(setting.topic(id),) for id in ("rights/complaint", "help/legal-aid") if _is(setting, id)]
    clear = setting.button(setting.say("Clear this chat"), "done")
    return Screen(setting.code, _filled(setting, words.spoken["filing"]), (*topics, (clear,), setting.footer()))


def _understood(setting: Setting, field: str, text: str) -> tuple[str | None, str]:
    """An answer as it will stand in the letter (None is a gap), or why it cannot."""
    said, say = " ".join(_CONTROL.sub(" ", text).split()), setting.say
    if said in _SKIPPED:
        return None, ""
    if not said or said == _ASKED:
        return None, say("Write a few words, or a dash.")
    if len(said) > LONGEST:
        return None, say("This is too long: {count} letters. Write at most {most}.", count=len(said), most=LONGEST)
    if field == "since":
        return _since(setting, said)
    return _sum(setting, said) if field == "sum" else (said, "")


def _since(setting: Setting, said: str) -> tuple[str | None, str]:
    say = setting.say
    try:
        month = read_month(said, setting.today)
        day = month or read_day(said, setting.today)
    except ImpossibleDay:
        return None, say("There is no such day or month. Write it like this: {example}", example="03.2026")
    if day is None:
        return None, say("I could not read the month. Write it like this: {example}", example="03.2026")
    if day > setting.today or day < _OLDEST:
        return None, say("This cannot be: that time has not come yet, or is too long ago. Check the year.")
    return f"{day:%m.%Y}" if month else f"{day:%d.%m.%Y}", ""


def _sum(setting: Setting, said: str) -> tuple[str | None, str]:
    say = setting.say
    amount = None if _FOREIGN.search(said) else read_amount(said)
    if amount is None:
        return None, say("I could not read the sum. Write one number, in tenge: {example}", example="250000")
    if amount <= 0:
        return None, say("A sum must be more than nought. Write figures only: 250000.")
    if amount > _MOST_MONEY:
        return None, say("This sum is too large. Check the noughts and write it again.")
    return setting.content.facts.units.count("money", amount, setting.code), ""


def _draft(words: LetterWords, draft: Draft) -> str:
    lines = [f"<b>{_title(words)}</b>"]
    for place, (field, value) in enumerate(zip(FIELDS, draft.values, strict=True)):
        said = _ASKED if place == draft.asked else _GAP if value is None else value
        if said:
            lines.append(f"{place + 1}. {escape(words.labels[field], quote=False)}: {escape(said, quote=False)}")
    return "\n".join(lines)


def _title(words: LetterWords) -> str:
    return f"{MARK} {escape(words.spoken['name'], quote=False)}"


def _filled(setting: Setting, passage: str) -> str:
    return to_html(setting.content.fill(passage, setting.code, setting.today))


def _is(setting: Setting, id: str) -> bool:
    return id in setting.content.topics

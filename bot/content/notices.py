"""Notice: a dated word on the home screen (a raid, a new rule, a rumour) that comes and goes by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content.reading import Mistake, Table, Unreadable, read_table
from bot.sentence import Sentence

NAME = "notices.yaml"


@dataclass(frozen=True)
class Notice:
    """A few sentences in every language, shown from a day until a day, and the topic that says more."""

    id: str
    since: date
    until: date
    words: dict[str, str]
    topic: str

    def is_shown(self, day: date) -> bool:
        """Whether it stands on the home screen that day."""
        return self.since <= day <= self.until


def read_notices(
    folder: Path, languages: Iterable[str], topics: Iterable[str], last: Mapping[str, Notice]
) -> tuple[dict[str, Notice], list[Mistake]]:
    """The notices of notices.yaml; one with a mistake is named, and stays as it `last` was or is left out."""
    if not (folder / NAME).is_file():
        return {}, []
    try:
        table = read_table(folder / NAME, NAME)
    except Unreadable as error:
        return dict(last), [error.mistake]
    notices, mistakes = {}, []
    for id, entry in table.items():
        try:
            notices[id] = _notice(id, entry, table.line_of(id), set(languages), set(topics))
        except Unreadable as error:
            mistakes.append(error.mistake)
            if id in last:
                notices[id] = last[id]
    return notices, mistakes


def _notice(id: str, entry: object, line: int, languages: set[str], topics: set[str]) -> Notice:
    if not isinstance(entry, Table):
        raise Unreadable(
            NAME, line, Sentence("{id}: a notice says from, until, and its words in every language", id=id)
        )
    if missing := sorted({"from", "until", *languages} - set(entry)):
        what = Sentence(
            "{id}: `{key}` is missing; a notice is shown in all languages or in none", id=id, key=missing[0]
        )
        raise Unreadable(NAME, line, what)
    if unknown := set(entry) - {"from", "until", "topic", *languages}:
        raise Unreadable(NAME, entry.line_of(min(unknown)), Sentence("{id}: unknown `{key}`", id=id, key=min(unknown)))
    try:
        since, until = date.fromisoformat(entry["from"]), date.fromisoformat(entry["until"])
    except ValueError as error:
        raise Unreadable(NAME, line, Sentence("{id}: from and until are dates like 2026-11-22", id=id)) from error
    if until < since:
        raise Unreadable(NAME, entry.line_of("until"), Sentence("{id}: it ends before it begins", id=id))
    topic = entry.get("topic", "")
    if topic and topic not in topics:
        raise Unreadable(NAME, entry.line_of("topic"), Sentence("{id}: {topic} is no topic", id=id, topic=topic))
    return Notice(id, since, until, {language: entry[language] for language in languages}, topic)

"""Everything in one file, and the card of helplines: what a phone without internet can still show.

Neither carries the day it was made on, only the day its texts were last compared: a file changes when the content does.
"""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.content import Content, Text
from bot.content.facts import short_date
from bot.content.markup import blocks
from bot.content.topics import PARTS
from bot.documents.typeset import to_pdf
from bot.locales import Language

Data = dict[str, Any]
FILES = ("all", "card")


def data(kind: str, content: Content, language: Language, today: date) -> Data:
    """All that a file says; what is the same twice is the same file."""
    return guide(content, language, today) if kind == "all" else card(content, language)


def to_file(kind: str, data: Data) -> bytes:
    """The file itself, as a PDF."""
    return to_pdf("card", data) if kind == "card" else to_pdf("guide", data, is_tagged=False)


def guide(content: Content, language: Language, today: date) -> Data:
    """Every finished text of a language, with its sources and their dates, as the template takes it."""
    say, code = language.say, language.code
    written = {id: text for id in content.topics if (text := content.text(id, code))}
    compared = max((text.compared for text in written.values() if text.compared), default=today)
    groups = [
        {
            "title": content.title(group.id, code),
            "topics": [
                _topic(content, language, written[topic.id], set(written), today)
                for topic in group.topics
                if topic.id in written
            ],
        }
        for group in content.groups
    ]
    return {
        "language": content.spellings[code].cldr.partition("_")[0],
        "title": say("Safar answers questions about living and working in Kazakhstan."),
        "about": say("All of this as one file. Compared with its sources on {day}.", day=f"{compared:%d.%m.%Y}"),
        "changes": say("Laws change. Ask the bot for the newest answer."),
        "numbers_title": say("Helplines"),
        "numbers": numbers(content, language),
        "contents": say("Contents"),
        "groups": [group for group in groups if group["topics"]],
    }


def card(content: Content, language: Language) -> Data:
    """The numbers that are proven and answer everywhere, for a pocket."""
    return {
        "language": content.spellings[language.code].cldr.partition("_")[0],
        "title": language.say("Helplines"),
        "about": language.say("Free. Keep this with you."),
        "numbers": numbers(content, language),
    }


def numbers(content: Content, language: Language) -> list[Data]:
    """The short national numbers, each with who answers."""
    spelling = content.spellings[language.code]
    return [
        {"number": phone.number, "who": place.name(spelling)}
        for place in content.places.values()
        for phone in place.proven
        if place.region == "all" and phone.is_short
    ]


def fingerprint(data: Data) -> str:
    """Twelve letters that change when a word of the file does."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()[:12]


def _topic(content: Content, language: Language, text: Text, ids: set[str], today: date) -> Data:
    say = language.say
    titles = {
        "steps": say("What to do"),
        "cost": say("Cost"),
        "deadlines": say("Deadlines"),
        "dont": say("Avoid"),
        "who": say("Who helps"),
        "others": say("Countries"),
    }

    def laid_out(passage: str) -> list[Data]:
        found = [asdict(block) for block in blocks(content.fill(passage, language.code, today))]
        for block in found:
            for span in block["spans"]:
                is_known = span["to"] in ids or span["to"].startswith(("https://", "http://"))
                span["to"] = span["to"] if is_known else ""
        return found

    risk = f"**{say('Careful:')}** {text.risk}" if text.risk else ""
    return {
        "id": text.id,
        "title": text.title,
        "short": laid_out(text.short) + laid_out(risk),
        "parts": [
            {"title": titles[name], "blocks": laid_out(text.parts[name])} for name in PARTS if name in text.parts
        ],
        "sources_title": say("Sources"),
        "sources": [
            {"title": source.title, "about": ", ".join(filter(None, (source.publisher, _dated(source.date, language))))}
            | {"url": source.url}
            for id in text.sources
            if (source := content.sources.get(id))
        ],
        "compared": _compared(text, language),
    }


def _dated(written: str, language: Language) -> str:
    return language.say("undated") if written == "undated" else short_date(written)


def _compared(text: Text, language: Language) -> str:
    day = f"{text.compared:%d.%m.%Y}" if text.compared else ""
    if text.reviewed:
        return language.say("Compared with its sources on {day}. Read by: {who}.", day=day, who=text.reviewed)
    return language.say("Compared with its sources on {day}; not yet read by a lawyer.", day=day)

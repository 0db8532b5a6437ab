"""What can be said of one text: its mistakes, how hard it is to read, which questions would lead elsewhere."""

import re
from statistics import mean

from bot.content import Content, Mistake, Text
from bot.content.check_texts import Page, check_text
from bot.content.glossary import read_glossary
from bot.content.topics import read_article
from bot.desk.visit import Visit

_SENTENCE = re.compile(r"[.!?…]+\s+|\n+")
_WORD = re.compile(r"[^\W\d_][\w'ʻʼ-]*")
_MARKUP = re.compile(r"\{[^}]*\}|\]\([^)]*\)|[*\[\]]|^\s*(?:\d+\.|-) ", re.MULTILINE)


def mistakes(visit: Visit, place: "object", content: Content, text: Text | None) -> list[Mistake]:
    """What `check` says of this text, and why it cannot be read where it cannot."""
    file = place.unit[0].removeprefix("content/")  # type: ignore[attr-defined]  # a Place of texts.py, which imports us
    found = [one for one in content.mistakes if one.file == file]
    if text is None or "/" not in text.id:
        return found
    glossary, _ = read_glossary(visit.desk.library.editions.content, text.language)
    lines = tuple(visit.desk.drafts.words((f"content/{file}", "")).split("\n"))
    return sorted({*found, *check_text(Page(content, glossary, visit.desk.today, text.id, file, lines), text)})


def parsed(visit: Visit, words: str, id: str, language: str) -> tuple[Text | None, list[Mistake]]:
    """The text these words would be, read as the bot reads files."""
    with visit.desk.drafts.scratch(f"{language}.md", words) as folder:
        return read_article(folder / f"{language}.md", "text", id, language)


def fingerprint(visit: Visit, words: str) -> str:
    """The fingerprint of these words as a text; empty where they are none."""
    text, _ = parsed(visit, words, "x", "ru")
    return text.fingerprint if text else ""


def measure(text: Text) -> tuple[float, float]:
    """Words in a sentence and letters in a word, on the average."""
    plain = _MARKUP.sub(" ", "\n".join([text.short, *text.parts.values()]))
    sentences = [words for one in _SENTENCE.split(plain) if (words := _WORD.findall(one))]
    if not sentences:
        return 0.0, 0.0
    return mean(map(len, sentences)), mean(len(word) for words in sentences for word in words)


def level(content: Content, text: Text | None) -> tuple[float, float, float, float] | None:
    """This text's measure, and that of all texts of the same language; languages are not compared with each other."""
    if text is None or not text.short:
        return None
    others = [measure(one) for (id, code), one in content.texts.items() if code == text.language and "/" in id]
    own = measure(text)
    return (*own, mean(one for one, _ in others), mean(one for _, one in others)) if others else None


def confused(visit: Visit, content: Content, text: Text | None) -> list[tuple[str, str]]:
    """Example questions that lead to another topic today, each with that topic's title."""
    if text is None or "/" not in text.id:
        return []
    found = []
    for question in text.asked:
        topics = visit.desk.library.matcher.match(question, text.language).topics
        if topics and topics[0][0] != text.id and topics[0][0] in content.topics:
            found.append((question, content.title(topics[0][0], text.language)))
    return found

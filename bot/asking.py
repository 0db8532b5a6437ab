"""`ask`: one question for a person, or many as JSON lines, one answer a line, in order."""

import json
import re
from html import unescape
from typing import IO, TextIO

from bot.matching import Matcher
from bot.screens import Screen, Screens


def ask_once(screens: Screens, matcher: Matcher, question: str, language: str) -> str:
    """What the bot answers, as plain text, with the topics it weighed."""
    match = matcher.match(question, language)
    weighed = "  ".join(f"{id} {score:.2f}" for id, score in match.topics[:3])
    head = f"[{match.answer}{', urgent' if match.urgent else ''}; {match.language} {match.script}; {weighed}]"
    return f"{head}\n\n{plain(screens.for_question(question, language))}"


def plain(screen: Screen) -> str:
    """A screen's text without tags, and its buttons in brackets."""
    text = unescape(re.sub(r"<[^>]+>", "", screen.text))
    rows = ["  ".join(f"[{button.label}]" for button in row) for row in screen.rows]
    return "\n".join([text, "", *rows])


def ask_lines(matcher: Matcher, lines: IO[bytes], write: TextIO) -> int:
    """Answer {id, text, lang?} lines; a bad one gets an error and the exit code 1, the rest their answers."""
    code = 0
    for raw in lines:
        if not raw.strip():
            continue
        answer, is_good = _answer(matcher, raw)
        code = code if is_good else 1
        write.write(json.dumps(answer, ensure_ascii=True) + "\n")
    write.flush()
    return code


def _answer(matcher: Matcher, raw: bytes) -> tuple[dict[str, object], bool]:
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError):
        return {"id": None, "error": "the line is not JSON"}, False
    if not isinstance(given, dict):
        return {"id": None, "error": "the line is not an object with id and text"}, False
    id, text, language = given.get("id"), given.get("text"), given.get("lang")
    if id is not None and not isinstance(id, str | int | float):
        return {"id": None, "error": "id must be a string or a number"}, False
    if id is None:
        return {"id": None, "error": "id is missing"}, False
    if not isinstance(text, str):
        return {"id": id, "error": "text is missing or no string"}, False
    if language is not None and language not in matcher.codes:
        return {"id": id, "error": f"lang must be one of {', '.join(matcher.codes)}"}, False
    match = matcher.match(text, language)
    return {
        "id": id,
        "lang": match.language,
        "script": match.script,
        "topics": [{"id": topic, "score": round(score, 4)} for topic, score in match.topics],
        "urgent": match.urgent,
        "line": match.line,
        "answer": match.answer,
    }, True

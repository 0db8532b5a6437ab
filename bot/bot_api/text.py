"""What the text of a message may be: 1 to 4,096 characters after markup; a caption, up to 1,024.

Characters are counted as Telegram's clients do, in UTF-16 code units.
"""

import re

from bot.bot_api.error import bad_request
from bot.bot_api.formatted import Formatted, utf16_length
from bot.bot_api.json import Json
from bot.bot_api.markup import parse_html

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_RAW_BYTES = 1 << 15
MOST_ENTITIES = 100

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_BLANK = "\\s\u00a0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\ufeff"
_LEADING = re.compile(f"[{_BLANK}]+")
_TRAILING = re.compile(f"[{_BLANK}]+$")


def check_text(text: str, parse_mode: str | None = None, entities: list[Json] | None = None) -> Formatted:
    """The text of a message as it will be shown."""
    if not text:
        raise bad_request("message text is empty")
    formatted = _trimmed(_parsed(text, parse_mode, entities))
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return formatted


def check_caption(text: str | None, parse_mode: str | None = None, entities: list[Json] | None = None) -> Formatted:
    """The words below a photo or a file; there may be none."""
    formatted = _trimmed(_parsed(text or "", parse_mode, entities))
    if utf16_length(formatted.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def _parsed(text: str, parse_mode: str | None, entities: list[Json] | None) -> Formatted:
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST_RAW_BYTES:
        raise bad_request("text is too long")
    mode = (parse_mode or "none").lower()
    if mode == "html":
        return parse_html(text)
    if mode != "none":
        raise bad_request("unsupported parse_mode")
    return Formatted(text, tuple(entities or ()))


def _trimmed(formatted: Formatted) -> Formatted:
    text = _CONTROL.sub(" ", formatted.text.replace("\r", ""))
    leading = _LEADING.match(text)
    start = utf16_length(leading.group()) if leading else 0
    text = _TRAILING.sub("", text[leading.end() :] if leading else text)
    end = utf16_length(text)
    moved = []
    for entity in formatted.entities:
        first = max(entity["offset"] - start, 0)
        last = min(entity["offset"] + entity["length"] - start, end)
        if last > first:
            moved.append({**entity, "offset": first, "length": last - first})
    return Formatted(text, tuple(moved[:MOST_ENTITIES]))

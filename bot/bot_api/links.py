"""Links: which addresses Telegram takes, and what it makes tappable by itself (commands, phones and the like)."""

import re
from collections.abc import Iterable

from bot.bot_api.formatted import utf16_length
from bot.bot_api.json import Json

_ZONES = "com|org|net|int|info|edu|gov|io|me|app|dev|eu|kz|ru|uz|tj|kg|tm|az|by|ua|de|uk|us|tr|қаз|рф"
_HOST = rf"(?:[\w-]+\.)+(?:{_ZONES})\b"
_KINDS = {
    "email": re.compile(rf"(?<![\w.+-])[\w.+-]+@{_HOST}", re.IGNORECASE),
    "url": re.compile(rf"(?<![\w@.-])(?:https?://[^\s<>\"«»]+\.[^\s<>\"«»]+|{_HOST}(?:/[^\s<>\"«»]*)?)", re.IGNORECASE),
    "mention": re.compile(r"(?<![\w@./])@[A-Za-z]\w{3,31}\b", re.ASCII),
    "bot_command": re.compile(r"(?<![\w/@.<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?![\w/@.])", re.ASCII),
    "hashtag": re.compile(r"(?<![\w#])#(?!\d+\b)\w{1,255}"),
    "phone_number": re.compile(r"(?<![\w+])\+[1-9](?:[ ()-]{0,2}\d){9,14}(?!\d)"),
}
_WEB = re.compile(r"(?:(https?)://)?([^\s/?#@]+\.[^\s/?#@]+|\[[0-9a-fA-F:]+\])([/?#]\S*)?", re.IGNORECASE)
_CLOSED = ("text_link", "text_mention", "code", "pre")


def find_links(text: str, entities: Iterable[Json] = ()) -> tuple[Json, ...]:
    """The given entities, and those found where none of them forbids it; in order."""
    given = list(entities)
    taken = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in _CLOSED]
    found: list[Json] = []
    for kind, pattern in _KINDS.items():
        for match in pattern.finditer(text):
            words = match.group().rstrip(".,;:!?)'") if kind == "url" else match.group()
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(words)
            if all(end <= low or start >= high for low, high in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return tuple(sorted([*given, *found], key=lambda e: (e["offset"], -e["length"])))


def checked_link(url: str) -> str:
    """The address as Telegram keeps it, or nothing where it would make no link of it."""
    if url.lower().startswith(("tg://", "ton://")):
        return url
    found = _WEB.fullmatch(url.strip())
    if found is None:
        return ""
    scheme, host, rest = found.groups()
    path = rest if rest and rest.startswith("/") else f"/{rest or ''}"
    return f"{(scheme or 'http').lower()}://{host.lower()}{path}"

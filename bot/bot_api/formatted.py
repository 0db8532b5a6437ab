"""A text as Telegram keeps it: words, and entities counted in UTF-16 code units."""

from dataclasses import dataclass

from bot.bot_api.json import Json


@dataclass(frozen=True)
class Formatted:
    """A text without its markup, and the entities that say what the markup meant."""

    text: str
    entities: tuple[Json, ...] = ()


def utf16_length(text: str) -> int:
    """How long Telegram finds a text; most emoji count twice."""
    return len(text) + sum(char > "\uffff" for char in text)

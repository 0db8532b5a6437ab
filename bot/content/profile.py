"""What the bot is called and says of itself in Telegram: content/profile.yaml, and a picture beside it."""

from pathlib import Path

from bot.content.reading import Table, Unreadable, read_table
from bot.sentence import Sentence

NAME, PICTURE = "profile.yaml", "profile.jpg"
_MOST = {"name": 64, "short": 120, "description": 512}  # characters, Telegram's limits


def read_profile(folder: Path) -> dict[str, dict[str, str]]:
    """Language -> name, short and description; `default` serves every other language. Raises Unreadable."""
    table = read_table(folder / NAME, NAME)
    if "default" not in table:
        what = Sentence("there is no `default`; it serves all languages that have none of their own")
        raise Unreadable(NAME, 1, what)
    for code, words in table.items():
        if not isinstance(words, Table) or set(words) != set(_MOST):
            what = Sentence("{code} must say name, short and description", code=code)
            raise Unreadable(NAME, table.line_of(code), what)
        for key, most in _MOST.items():
            if not isinstance(words[key], str) or not 1 <= len(words[key]) <= most:
                what = Sentence("{key} must have 1 to {most} characters", key=key, most=most)
                raise Unreadable(NAME, words.line_of(key), what)
    return {code: dict(words) for code, words in table.items()}


def read_picture(folder: Path) -> bytes | None:
    """The picture, where there is one."""
    path = folder / PICTURE
    return path.read_bytes() if path.is_file() else None

"""What the bot is called and says of itself in Telegram: content/profile.yaml, and a picture beside it.

`profile-<face>.yaml` and `profile-<face>.jpg` are other faces an organisation may give it.
"""

from pathlib import Path

from bot.content.reading import Table, Unreadable, read_table

_MOST = {"name": 64, "short": 120, "description": 512}  # characters, Telegram's limits


def faces(folder: Path) -> list[str]:
    """The names of all faces that are written; the usual one is empty."""
    return sorted(path.stem.removeprefix("profile").removeprefix("-") for path in folder.glob("profile*.yaml"))


def read_profile(folder: Path, face: str = "") -> dict[str, dict[str, str]]:
    """Language -> name, short and description; `default` serves every other language. Raises Unreadable."""
    name = f"{_stem(face)}.yaml"
    table = read_table(folder / name, name)
    if "default" not in table:
        raise Unreadable(name, 1, "there is no `default`; it serves all languages that have none of their own")
    for code, words in table.items():
        if not isinstance(words, Table) or set(words) != set(_MOST):
            raise Unreadable(name, table.line_of(code), f"{code} must say name, short and description")
        for key, most in _MOST.items():
            if not isinstance(words[key], str) or not 1 <= len(words[key]) <= most:
                raise Unreadable(name, words.line_of(key), f"{key} must have 1 to {most} characters")
    return {code: dict(words) for code, words in table.items()}


def read_picture(folder: Path, face: str = "") -> bytes | None:
    """The picture, where there is one."""
    path = folder / f"{_stem(face)}.jpg"
    return path.read_bytes() if path.is_file() else None


def _stem(face: str) -> str:
    return f"profile-{face}" if face else "profile"

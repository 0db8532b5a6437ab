"""The bot's name, descriptions and picture per language: the NGO's choice, set by a command, never at start."""

from collections.abc import Callable
from pathlib import Path

from aiogram import Bot
from aiogram.types import FSInputFile, InputProfilePhotoStatic

from bot.content.reading import Table, Unreadable, read_table

_MOST = {"name": 64, "short": 120, "description": 512}  # characters, Telegram's limits
PICTURE = "profile.jpg"


class BadProfile(Exception):
    """profile.yaml cannot be used; the message says what to mend."""


def read_profile(folder: Path) -> dict[str, dict[str, str]]:
    """Language -> name, short and description; `default` serves every other language. Raises BadProfile."""
    try:
        table = read_table(folder / "profile.yaml", "profile.yaml")
    except Unreadable as error:
        raise BadProfile(str(error.mistake)) from error
    if "default" not in table:
        raise BadProfile("profile.yaml:1: there is no `default`; it serves all languages that have none of their own")
    for code, words in table.items():
        if not isinstance(words, Table) or set(words) != set(_MOST):
            raise BadProfile(f"profile.yaml:{table.line_of(code)}: {code} must say name, short and description")
        for key, most in _MOST.items():
            if not 1 <= len(words[key]) <= most:
                raise BadProfile(f"profile.yaml:{words.line_of(key)}: {key} must have 1 to {most} characters")
    return {code: dict(words) for code, words in table.items()}


async def set_profile(bot: Bot, folder: Path, write: Callable[[str], None]) -> None:
    """Compare and set each; `write` hears what changed."""
    for code, words in read_profile(folder).items():
        language = None if code == "default" else code
        if (await bot.get_my_name(language_code=language)).name != words["name"]:
            await bot.set_my_name(words["name"], language_code=language)
            write(f"{code}: name set")
        if (await bot.get_my_short_description(language_code=language)).short_description != words["short"]:
            await bot.set_my_short_description(words["short"], language_code=language)
            write(f"{code}: short description set")
        if (await bot.get_my_description(language_code=language)).description != words["description"]:
            await bot.set_my_description(words["description"], language_code=language)
            write(f"{code}: description set")
    if (folder / PICTURE).is_file():
        await bot.set_my_profile_photo(InputProfilePhotoStatic(photo=FSInputFile(folder / PICTURE)))
        write("picture set")

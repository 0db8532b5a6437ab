"""Sets the bot's name, descriptions and picture: the NGO's choice, by a command, never at start."""

from collections.abc import Callable, Mapping

from aiogram import Bot
from aiogram.types import BufferedInputFile, InputProfilePhotoStatic


async def set_profile(
    bot: Bot, profile: Mapping[str, Mapping[str, str]], picture: bytes | None, write: Callable[[str], None]
) -> None:
    """Compare and set each language's words, then the picture; `write` hears what changed."""
    for code, words in profile.items():
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
    if picture:
        await bot.set_my_profile_photo(InputProfilePhotoStatic(photo=BufferedInputFile(picture, "profile.jpg")))
        write("picture set")

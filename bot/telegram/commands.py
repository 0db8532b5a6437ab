"""The commands in the client's menu, per language; set at start, only where they differ."""

import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand

from bot.locales import Language, Languages

log = logging.getLogger(__name__)


async def set_commands(bot: Bot, languages: Languages) -> None:
    """Compare and set; a failure costs nothing but the old list, and is said in one line."""
    wanted: dict[str | None, list[BotCommand]] = {None: commands(languages.for_client(None))}
    wanted |= {one.code: commands(one) for one in languages if len(one.code) == 2}
    try:
        for code, ours in wanted.items():
            if _words(await bot.get_my_commands(language_code=code)) != _words(ours):
                await bot.set_my_commands(ours, language_code=code)
    except TelegramAPIError as error:
        log.warning(
            "the list of commands was not set (%s); the old one stays until the next start",
            type(error).__name__,
        )


def _words(listed: list[BotCommand]) -> list[tuple[str, str]]:
    """What can be compared: a command from Telegram also knows its bot, and is equal to none of ours."""
    return [(one.command, one.description) for one in listed]


def commands(language: Language) -> list[BotCommand]:
    """What /menu and the others are called in one language."""
    say = language.say
    names = {
        "menu": say("All sections"),
        "help": say("Contacts"),
        "language": say("Change the language"),
        "privacy": say("What is kept about you"),
        "hide": say("Clear this chat"),
        "forget": say("Forget my language"),
    }
    return [BotCommand(command=name, description=words) for name, words in names.items()]

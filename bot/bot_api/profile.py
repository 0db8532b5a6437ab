"""What a bot says about itself, per language: its name and two descriptions.

Telegram's words for a description that is too long were not found in public; the two codes here are guesses.
"""

import re

from bot.bot_api.error import bad_request

LONGEST_NAME = 64
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120

_LANGUAGE = re.compile(r"([a-z]{2})?")


def check_name(name: str, language_code: str = "") -> str:
    """1 to 64 characters; an empty one only takes back the name of one language."""
    if len(name) > LONGEST_NAME or (not name.strip() and not language_code):
        raise bad_request("BOT_TITLE_INVALID")
    return name.strip()


def check_description(words: str) -> str:
    """Up to 512 characters, shown in a chat where nothing was said yet."""
    if len(words) > LONGEST_DESCRIPTION:
        raise bad_request("DESCRIPTION_TOO_LONG")
    return words.strip()


def check_short_description(words: str) -> str:
    """Up to 120 characters, shown on the bot's page and beside its link."""
    if len(words) > LONGEST_SHORT_DESCRIPTION:
        raise bad_request("ABOUT_TOO_LONG")
    return words.strip()


def check_language_code(code: str) -> str:
    """Two small letters, or nothing for everybody else."""
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code

"""The list of commands a bot shows."""

import re

from bot.bot_api.error import bad_request
from bot.bot_api.json import Json

MOST_COMMANDS = 100
LONGEST_COMMAND = 32
LONGEST_DESCRIPTION = 256

_COMMAND = re.compile(r"[a-z0-9_]+")


def check_commands(commands: object) -> list[Json]:
    """The commands as they will be shown: at most 100, in small Latin letters, digits and underscores."""
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_checked(command) for command in commands]


def _checked(command: Json) -> Json:
    name = str(command.get("command", "")).strip().removeprefix("/")
    words = str(command.get("description", "")).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > LONGEST_COMMAND:
        raise bad_request(f"command length must not exceed {LONGEST_COMMAND}")
    if not words:
        raise bad_request("command description must be non-empty")
    if len(words) > LONGEST_DESCRIPTION:
        raise bad_request(f"command description length must not exceed {LONGEST_DESCRIPTION}")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {**command, "command": name, "description": words}

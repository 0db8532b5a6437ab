"""Files of our own words and sentences that ship beside this code."""

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def seeds(name: str) -> Any:
    """What a file of this package says, as plain strings."""
    file = resources.files("bot.matching") / name
    return yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  # plain strings only

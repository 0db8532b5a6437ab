"""What Telegram brings, as aiogram's updates; each is read by itself, so that a strange one holds up no other."""

import json
import logging
from collections.abc import Callable
from typing import Any

from aiogram import Bot
from aiogram.types import Update
from pydantic import ValidationError

log = logging.getLogger(__name__)


class Batch(list[Update]):
    """The updates of a poll that were read; how many came that are known already, and the number after all of them."""

    known = 0
    following = 0


def read_batch(content: str | bytes, bot: Bot, is_known: Callable[[int], bool]) -> Batch | None:
    """The updates of a poll that are not known already; None where it is no such answer.

    One that cannot be read becomes an empty one, so that its number is confirmed.
    """
    try:
        batch = json.loads(content)
        raw = [one for one in batch["result"] if isinstance(one["update_id"], int)]
    except (ValueError, KeyError, TypeError):
        return None
    fresh = [one for one in raw if not is_known(one["update_id"])]
    found = Batch(read(one, bot) or Update(update_id=one["update_id"]) for one in fresh)
    found.known = len(raw) - len(fresh)
    found.following = max([one["update_id"] + 1 for one in raw], default=0)
    return found


def read(raw: dict[str, Any], bot: Bot) -> Update | None:
    """One update; None where nobody can read it. Nobody looks at the keyboard that a pressed button stood in."""
    pressed = raw.get("callback_query")
    if isinstance(pressed, dict) and isinstance(message := pressed.get("message"), dict):
        message.pop("reply_markup", None)
    try:
        return Update.model_validate(raw, context={"bot": bot})
    except ValidationError:
        log.warning("Telegram sent an update that cannot be read; it was skipped")
        return None

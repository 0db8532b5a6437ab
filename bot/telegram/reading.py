"""What a poll brings; each update is read by itself, so that a strange one holds up no other."""

import json
from collections.abc import Callable

from aiogram import Bot

from bot.telegram.arrival import Arrival, arrived


class Batch(list[Arrival]):
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
    found = Batch(arrived(one, bot) for one in fresh)
    found.known = len(raw) - len(fresh)
    found.following = max([one["update_id"] + 1 for one in raw], default=0)
    return found

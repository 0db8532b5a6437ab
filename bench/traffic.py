"""What people do, the same in every run: questions of `tests/questions`, and presses of buttons."""

import random
import time
from collections.abc import Iterator
from typing import Any

from bench import questions

_BOT = {"id": 123456789, "is_bot": True, "first_name": "B"}
_PRESSES = (
    "ru/menu", "ru/stay", "ru/stay/registration", "kk/menu", "kk/stay", "uz/stay/iin", "tg/menu", "en/permits",
    "ru/permits/which", "uz/rights/wages", "ru/help", "kk/quotas/current", "tg/life/health", "uzc/stay/registration",
)  # fmt: skip


def acts(kind: str) -> Iterator[dict[str, Any]]:
    """Texts and presses one after the other: questions, presses, or both mixed."""
    chance = random.Random(7)
    asked = [one for language in questions.read("dev") for _, one in language.asked]
    share = {"presses": 1.0, "mixed": 0.5}.get(kind, 0.0)
    while True:
        if share and chance.random() < share:
            yield {"data": chance.choice(_PRESSES)}
        else:
            yield {"text": chance.choice(asked)}


def update_of(what: dict[str, Any], chat: int) -> dict[str, Any]:
    """The update in which Telegram tells of it."""
    sender = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "ru"}
    place = {"id": chat, "type": "private", "first_name": "A"}
    message = {"message_id": 1, "date": int(time.time()), "chat": place, "from": sender, "text": what.get("text", "-")}
    if "data" not in what:
        return {"message": message}
    buttons = {"inline_keyboard": [[{"text": "-", "callback_data": what["data"]}]]}
    return {
        "callback_query": {
            "id": "1", "from": sender, "chat_instance": "1", "data": what["data"],
            "message": {**message, "from": _BOT, "reply_markup": buttons},
        }
    }  # fmt: skip


def people(count: int) -> Iterator[int]:
    """As many different chats as there are updates in hand, and then some; each comes back after the others."""
    while True:
        yield from range(10_000_000, 10_000_000 + count)

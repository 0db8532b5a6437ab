"""One door: Telegram."""

from collections.abc import Callable
from datetime import datetime

from aiogram import Dispatcher

from bot.documents.shelf import Shelf
from bot.memory import Memory
from bot.screens import Screens
from bot.store import Store
from bot.telegram.counting import Counting
from bot.telegram.errors import apologise
from bot.telegram.handlers.staff import StaffLink
from bot.telegram.person import Person
from bot.telegram.routes import UPDATES, anywhere, private

__all__ = ["UPDATES", "build_dispatcher"]


def build_dispatcher(
    screens: Callable[[], Screens],
    store: Store,
    memory: Memory,
    now: Callable[[], datetime],
    staff_link: StaffLink | None = None,
    is_listening: bool = True,
) -> Dispatcher:
    """Everything the bot reacts to, with what its handlers need; `screens` gives those in force at the moment."""
    counting = Counting(store, memory, now, is_listening)
    dispatcher = Dispatcher(
        disable_fsm=True,
        current=screens,
        shelf=Shelf(),
        memory=memory,
        counting=counting,
        staff_link=staff_link,
    )
    dispatcher.update.outer_middleware(Person(memory, screens))
    dispatcher.errors.register(apologise)
    dispatcher.include_routers(private(), anywhere())
    return dispatcher

"""Lane: what came goes to its handler, plain words and presses by a short way, the rest by aiogram's dispatcher.

aiogram's dispatching costs as much as all the rest of an answer. The short way calls the handlers that the table in
routes.py would come to, with the same things by name; what any other line of the table might look at goes through it.
LEAN=no sends everything through the table, and so does a test that compares the two.
"""

from collections.abc import Awaitable, Callable

from aiogram import Bot, Dispatcher

from bot.memory import Kind, Memory
from bot.screens import CLEAR, GUIDE, PAPER, Heard, Screens
from bot.telegram.arrival import Arrival
from bot.telegram.counting import Counting
from bot.telegram.errors import excuse
from bot.telegram.handlers import press, question
from bot.telegram.kinds import is_plain
from bot.telegram.person import language_of
from bot.telegram.show import Pressed
from bot.telegram.trail import follow

Answering = Callable[[Arrival, Heard | None], Awaitable[object]]
_OWN_LINES = (CLEAR, GUIDE, PAPER)  # paths of buttons that have lines of their own in the table


class Lane:
    """Answers what came; what the handler returned comes back, or what became of an update that broke."""

    def __init__(self, dispatcher: Dispatcher, bot: Bot, is_lean: bool = True) -> None:
        self._dispatcher, self._bot, self._is_lean = dispatcher, bot, is_lean
        self._current: Callable[[], Screens] = dispatcher["current"]
        self._memory: Memory = dispatcher["memory"]
        self._counting: Counting = dispatcher["counting"]
        follow(bot.session, self._memory.trails)

    async def answer(self, arrival: Arrival, heard: Heard | None = None) -> object:
        """`heard` is what a question was understood as, where somebody has looked already."""
        if self._is_lean and arrival.is_short:
            screens = self._current()
            if arrival.data is not None:
                if not arrival.data.partition("/")[2].startswith(_OWN_LINES):
                    return await self._press(arrival, arrival.data, screens)
            elif arrival.said is not None and is_plain(arrival.said, arrival.chat, screens, self._memory):
                return await self._question(arrival, arrival.said, screens, heard)
        return await self._dispatcher.feed_update(self._bot, arrival.update, heard=heard)

    async def _question(self, arrival: Arrival, said: str, screens: Screens, heard: Heard | None) -> object:
        chat, memory = arrival.chat, self._memory
        memory.trails.saw(chat, arrival.message, arrival.sent, Kind.PERSON)
        language = language_of(chat, arrival.client, memory, screens.languages)
        try:
            await question.answer(None, self._bot, said, language, chat, screens, self._counting, memory, heard)
        except Exception as error:
            return await excuse(arrival, error, self._bot, self._current, memory)
        return None

    async def _press(self, arrival: Arrival, data: str, screens: Screens) -> object:
        chat, memory = arrival.chat, self._memory
        memory.trails.saw(chat, arrival.message, arrival.sent, Kind.TEXT)
        language = language_of(chat, arrival.client, memory, screens.languages)
        pressed = Pressed(arrival.query, data, chat, arrival.message)
        try:
            return await press.press(None, pressed, self._bot, language, chat, screens, self._counting, memory)
        except Exception as error:
            return await excuse(arrival, error, self._bot, self._current, memory)

"""The real dispatcher without Telegram: `Chat` is one person's phone, for tests, page and terminal."""

from bot.simulator.chat import Chat, Wire
from bot.simulator.line import Line
from bot.simulator.message import Button, Message
from bot.simulator.room import Person
from bot.simulator.session import TOKEN, SimulatedSession, simulated_bot
from bot.simulator.view import NotThereError
from bot.simulator.world import BOT_ID, World

__all__ = [
    "BOT_ID",
    "TOKEN",
    "Button",
    "Chat",
    "Line",
    "Message",
    "NotThereError",
    "Person",
    "SimulatedSession",
    "Wire",
    "World",
    "simulated_bot",
]

"""The real dispatcher without Telegram: `Chat` is one person's phone, for tests, page and terminal."""

from bot.simulator.chat import Chat
from bot.simulator.message import Button, Message
from bot.simulator.room import Person
from bot.simulator.session import TOKEN, SimulatedSession, simulated_bot
from bot.simulator.view import NotThereError
from bot.simulator.world import World

__all__ = [
    "TOKEN",
    "Button",
    "Chat",
    "Message",
    "NotThereError",
    "Person",
    "SimulatedSession",
    "World",
    "simulated_bot",
]

"""What a World is made of: a person, a chat as it is seen, and what waits or was uploaded there."""

from dataclasses import dataclass, field

from bot.bot_api import Json
from bot.simulator.message import Message


@dataclass(frozen=True)
class Person:
    """Who holds the phone; `language_code` is the client's own, None where it does not say."""

    id: int
    name: str
    language_code: str | None

    def to_json(self) -> Json:
        """The User that comes with everything this person does."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        return user | ({"language_code": self.language_code} if self.language_code else {})


@dataclass(frozen=True)
class Toast:
    """What a pressed button was answered with: a passing note, or an alert to be closed."""

    text: str
    is_alert: bool
    revision: int


@dataclass
class Room:
    """One chat as the person in it sees it: messages, the keyboard below, notes, and “typing”."""

    id: int
    type: str
    title: str
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard_of: int | None = None
    is_keyboard_folded: bool = False
    replying_to: int | None = None
    toasts: list[Toast] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    typing_until: float = 0
    is_started: bool = False
    is_blocked: bool = False
    is_bot_admin: bool = False
    migrated_to: int = 0
    revision: int = 0

    def to_json(self) -> Json:
        """The Chat that comes with a message."""
        name = "first_name" if self.type == "private" else "title"
        return {"id": self.id, "type": self.type, name: self.title}

    @property
    def visible(self) -> list[Message]:
        """What was not deleted, oldest first."""
        return [message for message in self.messages.values() if not message.is_deleted]

    @property
    def keyboard(self) -> Json | None:
        """The reply keyboard below the chat; it leaves with the message that brought it, as on a phone."""
        bringer = self.messages.get(self.keyboard_of or 0)
        return bringer.markup if bringer and not bringer.is_deleted and not self.is_keyboard_folded else None


@dataclass
class Query:
    """A press or an inline query that waits for the bot's answer."""

    id: str
    room: int
    asked: float
    answer: Json | None = None


@dataclass(frozen=True)
class File:
    """Something the bot uploaded."""

    id: str
    name: str
    content: bytes

"""What a person sees of a chat: messages, buttons, notes."""

from bot.simulator.message import Message
from bot.simulator.room import Room
from bot.simulator.world import World


class NotThereError(LookupError):
    """The person reached for something that is not on the screen; the message lists what is."""


class View:
    """The screen of one person's phone.

    `last`, and all that is read from it, is the bot's message that was sent or edited last: an edited menu is
    new, as it is for the eye.
    """

    def __init__(self, world: World, room: Room) -> None:
        self.world = world
        self.room = room

    @property
    def messages(self) -> list[Message]:
        """Everything on the screen, oldest first."""
        return self.room.visible

    @property
    def last(self) -> Message:
        """The bot's message that was sent or edited last."""
        from_bot = [message for message in self.room.visible if message.is_from_bot]
        if not from_bot:
            raise NotThereError("The bot has said nothing yet, or took it back.")
        return max(from_bot, key=lambda message: message.revision)

    @property
    def text(self) -> str:
        """The words of the last message."""
        return self.last.text

    @property
    def title(self) -> str:
        """The first line of the last message."""
        return self.last.title

    @property
    def html(self) -> str:
        """The last message with its markup."""
        return self.last.html

    @property
    def buttons(self) -> list[str]:
        """The labels of the newest inline keyboard."""
        return next((message.buttons for message in self._screens()), [])

    @property
    def reply_buttons(self) -> list[str]:
        """The labels of the keyboard below the chat."""
        rows = (self.room.keyboard or {}).get("keyboard", [])
        return [str(button["text"]) for row in rows for button in row]

    @property
    def toasts(self) -> list[str]:
        """The notes that presses were answered with, alerts among them; oldest first."""
        return [toast.text for toast in self.room.toasts]

    @property
    def alerts(self) -> list[str]:
        """The notes a person must close."""
        return [toast.text for toast in self.room.toasts if toast.is_alert]

    @property
    def is_waiting(self) -> bool:
        """Whether a pressed button still shows its little clock, because nobody answered it."""
        return any(self.world.is_waiting(query) for query in self.world.queries.values() if query.room == self.room.id)

    @property
    def is_typing(self) -> bool:
        """Whether the phone shows “typing…” now."""
        return self.room.typing_until > self.world.now()

    def _screens(self) -> list[Message]:
        """The bot's messages with an inline keyboard, the one that changed last first."""
        shown = [message for message in self.room.visible if message.is_from_bot and message.rows]
        return sorted(shown, key=lambda message: -message.revision)

    def _labels(self) -> list[str]:
        return [label for message in self._screens() for label in message.buttons]

"""A message as a person's phone shows it."""

from dataclasses import dataclass, field

from bot.bot_api import BUTTON_ACTIONS, Json, find_links, to_html


@dataclass(frozen=True)
class Button:
    """An inline button: its label, its kind (`callback_data`, `url`, `copy_text` ...) and its value."""

    label: str
    kind: str
    value: str


@dataclass(frozen=True)
class Message:
    """One state of a message; an edit makes a new one under the same id.

    `sender` is a person's id, or the bot's. `content` holds what is not text (photo, location ...), as
    Telegram writes it. `revision` orders what happened: what was sent or edited later has a higher one.
    """

    id: int
    chat: int
    sender: int
    date: int
    kind: str = "text"
    text: str = ""
    entities: tuple[Json, ...] = ()
    content: Json = field(default_factory=dict)
    markup: Json | None = None
    reply_to: int | None = None
    edited: int | None = None
    revision: int = 0
    is_from_bot: bool = False
    is_deleted: bool = False

    @property
    def html(self) -> str:
        """The text with its markup, as the bot could have written it."""
        return to_html(self.text, self.entities)

    @property
    def title(self) -> str:
        """The first line."""
        return self.text.split("\n", 1)[0]

    @property
    def rows(self) -> list[list[Button]]:
        """The inline keyboard, row by row."""
        return [[_button(one) for one in row] for row in (self.markup or {}).get("inline_keyboard", [])]

    @property
    def buttons(self) -> list[str]:
        """The labels of the inline keyboard."""
        return [button.label for row in self.rows for button in row]

    @property
    def links(self) -> tuple[Json, ...]:
        """The entities, with those a phone finds by itself: addresses, commands, phone numbers."""
        return find_links(self.text, self.entities)

    @property
    def state(self) -> tuple[object, ...]:
        """What an edit must change."""
        return self.kind, self.text, self.entities, self.content, self.inline_keyboard

    @property
    def inline_keyboard(self) -> Json | None:
        """The keyboard that belongs to the message, and not to the place below the chat."""
        return self.markup if self.markup and "inline_keyboard" in self.markup else None


def _button(button: Json) -> Button:
    kind = next((name for name in BUTTON_ACTIONS if button.get(name) not in (None, "")), "")
    value = button.get(kind, "")
    return Button(button["text"], kind, str(value.get("text", "")) if isinstance(value, dict) else str(value))

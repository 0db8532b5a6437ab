"""What every screen is drawn from: one version of the content, the phrases, the codec and the day."""

from dataclasses import dataclass
from datetime import date

from bot.content import Content
from bot.locales import Language, Languages
from bot.screens.address import Address, Codec
from bot.screens.screen import Button, Row


@dataclass(frozen=True)
class Setting:
    """Handed to each function that draws a screen; `language` is the reader's."""

    content: Content
    languages: Languages
    codec: Codec
    language: Language
    today: date

    @property
    def code(self) -> str:
        return self.language.code

    def say(self, message: str, **gaps: object) -> str:
        """One of the bot's own phrases in the reader's language."""
        return self.language.say(message, **gaps)

    def button(self, label: str, path: str, answers: tuple[str, ...] = (), part: str = "") -> Button:
        """A button to an address in the reader's language."""
        return Button(label, self.codec.data(self.code, Address(path, answers, part)))

    def topic(self, id: str) -> Button:
        """A button to a topic, under its title."""
        return self.button(self.content.title(id, self.code), id)

    def home(self) -> Button:
        return self.button(self.say("Menu"), "menu")

    def contacts(self) -> Button:
        """The way to help that stands on every screen, under a label that says nothing."""
        return self.button(self.say("☎ Contacts"), "help")

    def footer(self) -> Row:
        return (self.home(), self.contacts())


def pairs(buttons: list[Button], widest: int = 14) -> list[Row]:
    """Buttons two in a row where both labels are short enough for a small phone, else one."""
    rows: list[Row] = []
    for button in buttons:
        is_short = len(button.label) <= widest
        if is_short and rows and len(rows[-1]) == 1 and len(rows[-1][0].label) <= widest:
            rows[-1] = (*rows[-1], button)
        else:
            rows.append((button,))
    return rows

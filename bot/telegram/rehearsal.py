"""What the first person would otherwise wait for, done before anybody comes: a question in every language.

Numbers and dates of a language, the types of a keyboard and the first folding each cost tens of milliseconds once.
"""

from bot.screens import Address, Screens
from bot.telegram.show import inline_keyboard


def rehearse(screens: Screens) -> None:
    """Draw a topic with a number in it, and ask for it, as nobody; nothing is sent or counted."""
    numbered = [text for (id, _), text in screens.content.texts.items() if "/" in id and "{" in text.short]
    for language in screens.languages if numbered else ():
        inline_keyboard(screens.at(Address(numbered[0].id), language.code))
        screens.for_question(numbered[0].title, language.code)

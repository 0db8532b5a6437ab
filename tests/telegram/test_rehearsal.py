"""Before anybody comes, what the first person would wait for is done; it leaves nothing behind."""

from bot.app import Library
from bot.clock import today
from bot.screens import Screens
from bot.telegram.rehearsal import rehearse
from bot.telegram.show import _keyboard


def test_a_question_in_every_language_is_drawn_with_its_keyboard(library: Library) -> None:
    screens = Screens(library.content, library.languages, library.matcher, today)
    _keyboard.cache_clear()

    rehearse(screens)

    assert screens._kept.cache_info().currsize == len(list(library.languages))
    assert _keyboard.cache_info().currsize == len(list(library.languages))

"""Before anybody comes, what the first person would wait for is done; it leaves nothing behind."""

from bot.app import Library
from bot.clock import now, today
from bot.screens import Screens
from bot.telegram.rehearsal import rehearse


async def test_a_question_in_every_language_is_drawn_and_written(library: Library) -> None:
    screens = Screens(library.content, library.languages, library.matcher, today)

    await rehearse(screens, now)

    assert screens._answered.cache_info().currsize == len(list(library.languages))
    assert screens._kept.cache_info().currsize == 2 * len(list(library.languages))

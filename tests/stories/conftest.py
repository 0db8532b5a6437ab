"""Stories that begin with `talk` are told in the process, and the first of them by polling and by webhook as well.

`STORIES_OVER_HTTP=all` tells every one of them in all three ways.
"""

import os
from collections.abc import AsyncIterator

import pytest

from bot import app
from bot.memory import Memory
from bot.simulator import Chat
from bot.store import NoStore, Store
from bot.telegram import build_dispatcher
from tests.conftest import Talk
from tests.stories.wires import OverHttp

_OVER_HTTP = ("test_first_steps", "test_questions", "test_danger", "test_every_update")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Which ways a story is told."""
    if "talk" not in metafunc.fixturenames:
        return
    name = metafunc.module.__name__.rpartition(".")[2]
    is_everywhere = name in _OVER_HTTP or os.environ.get("STORIES_OVER_HTTP") == "all"
    metafunc.parametrize("talk", ["here", "polling", "webhook"] if is_everywhere else ["here"], indirect=True)


@pytest.fixture
def talk_here(library: app.Library) -> Talk:
    """In the process alone: for faults that have no place on a wire."""

    def begin(language: str | None = "ru", store: Store | None = None, memory: Memory | None = None) -> Chat:
        dispatcher = build_dispatcher(lambda: library.screens, store or NoStore(), memory or Memory(), app.now)
        return Chat(dispatcher, language_code=language)

    return begin


@pytest.fixture
async def talk(
    request: pytest.FixtureRequest, library: app.Library, talk_here: Talk, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Talk]:
    """A new person's phone against a new dispatcher over the real content."""
    way = request.param
    monkeypatch.setattr("bot.telegram.session._PAUSES", (0.0, 0.0))
    wires: list[OverHttp] = []

    def begin(language: str | None = "ru", store: Store | None = None, memory: Memory | None = None) -> Chat:
        if way == "here":
            return talk_here(language, store, memory)
        memory = memory or Memory()
        dispatcher = build_dispatcher(lambda: library.screens, store or NoStore(), memory, app.now)
        wires.append(OverHttp(dispatcher, library, memory, by_webhook=way == "webhook"))
        return Chat(dispatcher, wire=wires[-1], language_code=language)

    yield begin
    for wire in wires:
        await wire.close()

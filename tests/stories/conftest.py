"""Stories that begin with `talk` are told in the process, by the short way; the first of them in three more ways.

These are aiogram's whole table in the process, polling and webhook; `STORIES_OVER_HTTP=all` tells every one in all.
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
    ways = ["here", "table", "polling", "webhook"] if is_everywhere else ["here"]
    metafunc.parametrize("talk", ways, indirect=True)


@pytest.fixture
def talk_here(library: app.Library) -> Talk:
    """In the process alone: for faults that have no place on a wire."""

    def begin(language: str | None = "ru", store: Store | None = None, memory: Memory | None = None) -> Chat:
        return _here(library, language, store, memory)

    return begin


def _here(
    library: app.Library, language: str | None, store: Store | None, memory: Memory | None, *, is_lean: bool = True
) -> Chat:
    dispatcher = build_dispatcher(lambda: library.screens, store or NoStore(), memory or Memory(), app.now)
    return Chat(dispatcher, language_code=language, is_lean=is_lean)


@pytest.fixture
async def talk(
    request: pytest.FixtureRequest, library: app.Library, talk_here: Talk, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Talk]:
    """A new person's phone against a new dispatcher over the real content."""
    way = request.param
    monkeypatch.setattr("bot.telegram.session._PAUSES", (0.0, 0.0))
    wires: list[OverHttp] = []

    def begin(language: str | None = "ru", store: Store | None = None, memory: Memory | None = None) -> Chat:
        if way in ("here", "table"):
            return _here(library, language, store, memory, is_lean=way == "here")
        memory = memory or Memory()
        dispatcher = build_dispatcher(lambda: library.screens, store or NoStore(), memory, app.now)
        wires.append(OverHttp(dispatcher, library, memory, by_webhook=way == "webhook"))
        return Chat(dispatcher, wire=wires[-1], language_code=language)

    yield begin
    for wire in wires:
        await wire.close()

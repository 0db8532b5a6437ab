"""Whatever comes: no exception reaches the top, and nothing a person wrote reaches the log.

2,000 updates in an ordinary run; `FUZZ=100000` makes so many, as every night should.
"""

import asyncio
import logging
import os
from collections.abc import Iterator

import pytest
from aiogram.types import Update
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.app import Library, now
from bot.bot_api import Json
from bot.log import PrivateFormatter
from bot.memory import Memory
from bot.simulator import World, simulated_bot
from bot.store import NoStore
from bot.telegram import build_dispatcher
from bot.telegram.arrival import arrived
from bot.telegram.hands import Hands
from bot.telegram.lane import Lane
from bot.telegram.pace import Pace
from tests.fuzz.updates import DATA, HOSTILE, WORDS, updates

MANY = int(os.environ.get("FUZZ", "2000"))
MARK = "Гульнора77015550142"
QUIET = settings(
    max_examples=max(MANY // 2, 1),
    deadline=None,
    database=None,
    derandomize=MANY <= 2000,
    suppress_health_check=list(HealthCheck),
)


class Lines(logging.Handler):
    """Everything that would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(PrivateFormatter())
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self.format(record))


class Bot:
    """The whole bot in the process, on a loop of its own; every chat it is spoken to in exists."""

    def __init__(self, library: Library) -> None:
        self.loop = asyncio.new_event_loop()
        self.world = World()
        self.bot = simulated_bot(self.world)
        self.bot.session.line.is_kept = False  # type: ignore[attr-defined]  # a simulated session
        memory = Memory()
        self.clock = 0.0
        dispatcher = build_dispatcher(lambda: library.screens, NoStore(), memory, now)
        pace = Pace(lambda: library.screens, memory, lambda: self.clock)
        self.hands = Hands(Lane(dispatcher, self.bot).answer, self.bot, pace)
        self.lines = Lines()

    def take(self, body: Json) -> None:
        """Hand over one update as polling would, and wait until it is dealt with."""
        self.loop.run_until_complete(self._take(body))

    async def _take(self, body: Json) -> None:
        self.clock += 600
        self.hands.take(arrived({"update_id": self.world.next_update_id(), **body}, self.bot))
        assert await self.hands.rest(60)

    def say(self, kind: str, **fields: object) -> None:
        """A message of a person who is there, with anything in it."""
        person = self.world.new_person()
        room = self.world.rooms[person.id]
        room.is_started = True
        body: Json = {"message_id": 1, "date": 1, "chat": room.to_json(), "from": person.to_json(), **fields}
        self.take({kind: body})
        self.world.forget(person)


@pytest.fixture(scope="module")
def bot(library: Library) -> Iterator[Bot]:
    bot = Bot(library)
    logging.getLogger().addHandler(bot.lines)
    yield bot
    logging.getLogger().removeHandler(bot.lines)
    bot.loop.close()


def test_any_update_of_the_api_is_outlived(bot: Bot) -> None:
    tried = {"read": 0}

    @QUIET
    @given(body=updates())
    def outlive(body: Json) -> None:
        try:
            Update.model_validate({"update_id": 1, **body})
        except ValidationError:
            return  # the session passes over what nobody can read; the tests of polling hold it to that
        tried["read"] += 1
        bot.take(body)

    outlive()

    assert tried["read"] > MANY // 4
    assert bot.hands.tally.outcomes["lost"] == 0


def test_whatever_a_person_writes_taps_or_sends_is_answered_and_never_logged(bot: Bot) -> None:
    before = bot.hands.tally.outcomes["failed"]

    @QUIET
    @given(words=WORDS, data=st.one_of(st.sampled_from(DATA), WORDS), way=st.integers(0, 6))
    def answer(words: str, data: str, way: int) -> None:
        someone = bot.world.new_person(MARK, words[:5])
        bot.world.rooms[someone.id].is_started = True
        person = someone.to_json()
        if way == 0:
            bot.say("message", text=f"{words}{MARK}")
        elif way == 1:
            bot.say("edited_message", text=words)
        elif way == 2:
            bot.say("message", caption=words, document={"file_id": words, "file_unique_id": "x", "file_name": words})
        elif way == 3:
            bot.say("message", text=f"/start {words}")
        elif way == 4:
            bot.take({"inline_query": {"id": "1", "from": person, "query": f"{words}{MARK}", "offset": data}})
        elif way == 5:
            bot.say("message", text=words, entities=[{"type": "bold", "offset": 0, "length": 2**31}])
        else:
            bot.take({"callback_query": {"id": "1", "from": person, "chat_instance": "1", "data": data}})
        bot.world.forget(someone)

    answer()

    assert bot.hands.tally.outcomes["lost"] == 0
    assert bot.hands.tally.outcomes["failed"] == before
    everything = "\n".join(bot.lines.written)
    assert MARK not in everything
    assert not [one for one in HOSTILE if len(one) > 12 and one in everything]

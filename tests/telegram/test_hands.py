"""The hands: each update once, a chat in order, chats side by side, danger first, and never more than they can hold."""

import asyncio

import pytest
from aiogram import Bot

from bot.app import Library, now
from bot.bot_api import BotApiError, Json
from bot.memory import Memory
from bot.screens import Heard
from bot.simulator import Chat, Line, World, simulated_bot
from bot.store import NoStore
from bot.telegram import build_dispatcher, hands
from bot.telegram.arrival import Arrival, arrived
from bot.telegram.hands import MOST_OF_CHAT, PLACES, Hands
from bot.telegram.lane import Lane
from bot.telegram.pace import AT_ONCE, Pace


class Held:
    """A wire that leaves each update with the hands; an update that says “wait” is stuck until `gate` opens."""

    def __init__(self, library: Library) -> None:
        self.world = World()
        self.bot: Bot = simulated_bot(self.world)
        self.line: Line = self.bot.session.line  # type: ignore[attr-defined]  # a simulated session
        self.gate = asyncio.Event()
        self.taken: list[bool] = []
        self.last: Json = {}
        self.clock = 0.0
        memory = Memory()
        self.dispatcher = build_dispatcher(lambda: library.screens, NoStore(), memory, now)
        self.lane = Lane(self.dispatcher, self.bot)
        self.hands = Hands(self._stick, self.bot, Pace(lambda: library.screens, memory, lambda: self.clock))

    async def carry(self, update: Json) -> None:
        self.last = update
        self.taken.append(self.hands.take(arrived(update, self.bot)))

    def phone(self) -> Chat:
        return Chat(self.dispatcher, wire=self)

    async def settle(self) -> None:
        """Until everything is answered that is not stuck."""
        self.gate.set()
        assert await self.hands.rest(30)

    async def _stick(self, arrival: Arrival, heard: Heard | None) -> object:
        if arrival.said == "wait":
            await self.gate.wait()
        return await self.lane.answer(arrival, heard)


@pytest.fixture
def held(library: Library) -> Held:
    return Held(library)


def titles(phone: Chat) -> list[str]:
    return [one.title for one in phone.messages if one.is_from_bot]


async def answered(phone: Chat) -> None:
    """Until the bot has said something in this chat, whatever else is stuck."""
    said = asyncio.Event()
    leave = phone.world.watch(lambda room: said.set() if room == phone.room.id and titles(phone) else None)
    async with asyncio.timeout(30):
        await said.wait()
    leave()


async def test_an_update_that_comes_again_is_answered_and_counted_once(held: Held) -> None:
    phone = held.phone()
    await phone.say("/menu")
    await held.carry(held.last)
    await held.settle()
    await held.carry(held.last)

    assert held.taken == [True, False, False]
    assert titles(phone) == ["Чем помочь?"]
    assert held.hands.tally.outcomes == {"again": 2, "answered": 1}


async def test_a_number_is_known_for_thousands_more_and_may_begin_anew(held: Held) -> None:
    await held.phone().say("/privacy")
    numbers = (900_000, 930_000, 900_000, 930_000, 5, 5, 900_000, 0, 2**70)
    for number in numbers:
        await held.carry({**held.last, "update_id": number})
        await held.settle()

    assert held.taken[1:] == [True, True, False, False, True, False, False, True, True]


async def test_what_is_remembered_of_numbers_and_shares_does_not_grow(held: Held, library: Library) -> None:
    pace, numbers = Pace(lambda: library.screens, Memory(), lambda: 5.0), held.hands._known
    for chat in range(1, 50_000):
        assert pace.takes(chat)
        held.hands._know(chat)

    assert len(pace._shares) == pace._shares.most < 20_000
    assert len(numbers) * numbers.itemsize == 1 << 18
    assert held.hands.is_known(49_999)
    assert not held.hands.is_known(1)


async def test_a_stuck_chat_keeps_its_order_and_holds_up_nobody(held: Held) -> None:
    stuck, free = held.phone(), held.phone()
    for words in ("wait", "/menu", "/privacy"):
        await stuck.say(words)

    await free.say("/menu")
    await answered(free)

    assert titles(stuck) == []
    await held.settle()
    assert titles(stuck)[1:] == ["Чем помочь?", "Что мы знаем о вас: ничего"]


async def test_when_every_place_is_stuck_the_slow_ones_give_theirs_up(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "SLOW", 0.01)
    for _ in range(PLACES):
        await held.phone().say("wait")
    late = held.phone()

    await late.say("/menu")
    await answered(late)

    assert not held.gate.is_set()


async def test_danger_needs_no_place_and_goes_before_what_the_same_person_asked(held: Held) -> None:
    for _ in range(PLACES):
        await held.phone().say("wait")
    waiting, crying = held.phone(), held.phone()
    await waiting.say("/menu")
    await crying.say("помогите, меня бьют")

    await answered(crying)

    assert titles(waiting) == []
    assert "112" in crying.text

    asking = held.phone()
    for words in ("wait", "/menu", "/privacy", "помогите, меня бьют"):
        await asking.say(words)
    await held.settle()
    assert "112" in [one.text for one in asking.messages if one.is_from_bot][1]


async def test_what_one_chat_heaps_up_is_turned_away_with_one_word_but_a_call_for_help_is_not(held: Held) -> None:
    phone = held.phone()
    await phone.say("wait")
    for _ in range(MOST_OF_CHAT + 5):
        await phone.say("/menu")
    await phone.say("помогите, меня бьют")

    await held.settle()

    said = titles(phone)
    assert held.taken.count(False) == 5
    assert len([title for title in said if title.startswith("Слишком много сообщений сразу")]) == 1
    assert len([title for title in said if title == "Чем помочь?"]) == MOST_OF_CHAT
    assert any("112" in one.text and len(one.buttons) > 3 for one in phone.messages if one.is_from_bot)


async def test_who_asks_without_end_is_told_once_a_minute_and_gets_help_all_the_same(held: Held) -> None:
    phone = held.phone()
    for _ in range(AT_ONCE + 3):
        await phone.say("/menu")
        assert await held.hands.rest(30)
    assert titles(phone).count("Чем помочь?") == AT_ONCE

    for words in ("помогите, меня бьют", "/help", "☎ Контакты"):
        await phone.say(words)
    assert held.taken[-3:] == [True] * 3

    held.clock += 61
    await phone.say("/menu")
    await held.settle()
    assert titles(phone).count("Чем помочь?") == AT_ONCE + 1


async def test_who_blocked_the_bot_costs_one_call(held: Held) -> None:
    phone = held.phone()
    for words in ("wait", "/menu", "/privacy"):
        await phone.say(words)
    held.line.fail_next(BotApiError(403, "Forbidden: bot was blocked by the user"))
    held.line.requests.clear()

    await held.settle()

    assert [one.method for one in held.line.requests] == ["sendMessage"]
    assert held.hands.tally.outcomes == {"gone": 1}


async def test_telegram_forgets_an_update_when_it_is_answered_and_not_before(held: Held) -> None:
    await held.phone().say("wait")
    await held.phone().say("/menu")

    assert held.hands.held(3) == 1
    await held.settle()
    assert held.hands.held(3) == 3


async def test_what_is_stuck_at_the_end_is_left_for_the_next_start(
    held: Held, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(hands, "LAST_SECONDS", 0.01)
    await held.phone().say("wait")

    await held.hands.finish()

    assert held.hands.held(2) == 1
    assert caplog.messages == ["1 updates could not be finished in time"]


def test_the_pace_forgets_who_is_silent_again(library: Library) -> None:
    clock = [0.0]
    pace = Pace(lambda: library.screens, Memory(), lambda: clock[0])
    for chat in range(1, 101):
        assert pace.takes(chat)
    clock[0] = 3600.0
    for chat in range(101, 301):
        assert pace.takes(chat)
        clock[0] += 60.0

    assert len(pace._shares) <= 2

"""Memory: minutes in the process, bounded, and gone on /forget, with time, or with the day."""

import gc
import random
import sys
from datetime import date

import pytest

from bot.memory import AWAITED_SECONDS, LANGUAGE_SECONDS, SUBJECT_SECONDS, Kind, Memory, Seen, Trails
from bot.memory.heard import ENOUGH, Heard
from bot.memory.lately import Lately
from bot.memory.marks import Marks
from bot.memory.seats import NONE, ROW, Seats
from bot.memory.trail import KEPT_SECONDS, MOST_CHATS, MOST_MESSAGES, MOST_OF_ALL

NOW = 1_800_000_000.0
TODAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 22)


def test_a_language_is_remembered_and_expires() -> None:
    time = [0.0]
    memory = Memory(clock=lambda: time[0])
    memory.remember_language(7, "tg")

    assert memory.language(7) == "tg"
    time[0] = LANGUAGE_SECONDS + 1
    assert memory.language(7) is None


def test_forgetting_drops_it_at_once() -> None:
    memory = Memory()
    memory.remember_language(7, "tg")

    memory.forget(7)

    assert memory.language(7) is None


def test_a_chat_is_new_once_for_each_topic_and_day() -> None:
    memory = Memory()

    seen = [memory.is_new_today(chat, topic, day) for chat, topic, day in [
        (1, "a", TODAY), (1, "a", TODAY), (1, "b", TODAY), (2, "a", TODAY), (1, "a", TOMORROW),
    ]]  # fmt: skip

    assert seen == [True, False, True, True, True]


def test_a_clock_that_jumps_over_midnight_and_back_counts_nobody_twice() -> None:
    memory = Memory()

    seen = [memory.is_new_today(1, "a", day) for day in (TODAY, TOMORROW, TODAY, TOMORROW)]

    assert seen == [True, True, False, False]


def test_a_day_that_is_long_over_is_forgotten() -> None:
    memory = Memory()

    for day in range(1, 10):
        memory.is_new_today(1, "a", date(2026, 11, day))

    assert sorted(memory._seen) == [date(2026, 11, 8), date(2026, 11, 9)]


def test_what_is_awaited_is_known_for_some_minutes_and_until_nothing_is() -> None:
    time = [0.0]
    memory = Memory(clock=lambda: time[0])
    memory.wait_for(7, "ru/permits/price")
    memory.wait_for(8, "kk/permits/price")
    memory.wait_for(8, "")

    assert (memory.awaited(7), memory.awaited(8), memory.awaited(9)) == ("ru/permits/price", "", "")
    time[0] = AWAITED_SECONDS + 1
    assert memory.awaited(7) == ""


def test_of_a_chat_that_was_cleared_neither_what_it_read_nor_what_it_may_type_is_known() -> None:
    memory = Memory()
    memory.read(7, "rights/wages")
    memory.wait_for(7, "ru/permits/price")

    memory.clear(7)

    assert (memory.subject(7), memory.awaited(7)) == ("", "")


def test_a_new_memory_knows_no_file_of_ours() -> None:
    assert Memory().files == {}


def test_who_was_counted_is_held_under_a_key_of_the_day_and_the_process() -> None:
    one, other = Memory(), Memory()
    for memory, day in ((one, TODAY), (one, TOMORROW), (other, TODAY)):
        assert memory.is_new_today(7, "rights/wages", day)

    held = [
        tuple((place, word) for place, word in enumerate(marks._words) if word)
        for memory in (one, other)
        for _, marks in memory._seen.values()
    ]

    assert [len(marks) for marks in held] == [1, 1, 1]
    assert len(set(held)) == 3


def test_what_was_kept_for_minutes_goes_with_them_though_nobody_asks_for_it() -> None:
    time = [0.0]
    memory = Memory(clock=lambda: time[0])
    for chat in range(10):
        memory.read(chat, f"stay/iin-{chat}")
    time[0] = SUBJECT_SECONDS + 1
    memory.read(20, "stay/iin")

    assert len(memory._subjects) == 1
    assert [word for word in memory._subjects._words if word] == ["stay/iin"]


def test_of_one_row_the_chat_that_was_silent_longest_makes_room() -> None:
    time = [0.0]
    lately = Lately(60.0, ROW, lambda: time[0])
    for chat in (*range(1, ROW + 1), 1, 100):
        time[0] += 1
        lately.keep(chat, f"word {chat}")

    assert [chat for chat in (*range(1, ROW + 1), 100) if not lately.of(chat)] == [2]
    assert lately.of(100) == "word 100"
    assert len(lately) == ROW


def test_nobody_is_there_before_anybody_came_or_after_they_left() -> None:
    lately = Lately(60.0, 1000, lambda: 5.0)

    assert (lately.of(7), lately.of(0), lately.of(-7), len(lately)) == ("", "", "", 0)
    lately.drop(7)
    for chat, word in ((7, "word"), (-7, "word"), (2**70, "")):  # no chat has such a number
        lately.keep(chat, "word")
        assert lately.of(chat) == word
        lately.drop(chat)
        assert lately.of(chat) == ""

    assert len(set(lately._seats._keys)) == 1


def test_however_many_come_the_seats_stay_as_they_are_and_half_as_many_are_surely_held() -> None:
    chance, seats = random.Random(7), Seats(4096)
    chats = [chance.getrandbits(33) for _ in range(50_000)]
    for order, chat in enumerate(chats, 1):
        seats.until[seats.take(chat)] = order

    held = [seats.find(chat) != NONE for chat in chats]

    assert len(seats.until) == len(seats._keys) == seats.most <= 4096
    assert sum(held) == len(seats) == seats.most
    assert sum(held[-2048:]) > 2048 * 0.97


def test_whose_time_is_over_is_gone_before_as_much_time_has_passed_again() -> None:
    seats = Seats(1600, seconds=100.0)
    seats.emptied(1000.0)
    for chat in range(800):
        seats.until[seats.take(chat)] = 1100.0

    assert list(seats.emptied(1100.0)) == []
    gone = [seat for second in range(1101, 1201) for seat in seats.emptied(float(second))]

    assert len(gone) == 800
    assert len(seats) == 0


def test_marks_hold_what_a_set_holds() -> None:
    chance, marks, held = random.Random(7), Marks(5 << 15), set[int]()
    numbers = [chance.getrandbits(64) for _ in range(10_000)]
    for mark in (0, *(chance.choice(numbers) for _ in range(20_000)), 0):
        assert marks.add(mark) == (mark not in held), mark
        held.add(mark)


@pytest.mark.parametrize(("of_a_million", "share"), [(100_000, 0.0002), (1_000_000, 0.02)])
def test_of_many_marks_few_are_taken_for_met(of_a_million: int, share: float) -> None:
    chance, marks, many = random.Random(7), Marks((5 << 15) // 10), of_a_million // 10  # as full, and sooner

    taken = sum(not marks.add(chance.getrandbits(64)) for _ in range(many))

    assert taken <= many * share
    assert len(marks._words) * marks._words.itemsize == (5 << 18) // 10


def test_when_far_too_many_were_counted_nobody_more_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.memory._MARKS", 2)
    memory = Memory()

    new = [memory.is_new_today(chat, "a", TODAY) for chat in range(1000)]

    assert new[0]
    assert not any(new[500:])


def test_however_many_come_what_is_remembered_of_all_of_them_takes_eleven_megabytes() -> None:
    chance = random.Random(7)
    memory = Memory()
    for number in range(36_000):
        chat = chance.getrandbits(33)
        memory.clear(chat)
        memory.remember_language(chat, "tg")
        memory.read(chat, "rights/wages")
        memory.wait_for(chat, f"tg/permits/price?{number}")
        for message in range(1, 8):
            memory.trails.saw(chat, 10 * number + message, int(memory.trails.now()), Kind.TEXT)
        for day in (TODAY, TOMORROW):
            memory.is_new_today(chat, "rights/wages", day)
        memory.heard.add(chat, f"word {number}", TODAY)

    assert _size(memory) < 11 * 2**20
    assert memory.trails.of(chat)
    assert (memory.language(chat), memory.subject(chat)) == ("tg", "rights/wages")


def test_nothing_in_memory_of_who_was_counted_holds_a_chats_number() -> None:
    memory = Memory()
    memory.is_new_today(123456789, "rights/wages", TODAY)

    held = repr(vars(memory))

    assert "123456789" not in held


def test_a_trail_holds_each_message_once_in_order_and_expires_after_a_week() -> None:
    time = [1_800_000_000.0]
    trails = Trails(now=lambda: time[0])
    for message in (5, 9, 7, 9, 5):
        trails.saw(1, message, int(time[0]), Kind.TEXT)
    assert [one.id for one in trails.of(1)] == [9, 7, 5]

    time[0] += KEPT_SECONDS + 1
    assert trails.of(1) == []
    trails.saw(2, 1, int(time[0]), Kind.PERSON)

    assert trails.packed(1) == b""
    assert trails._count == 1


def test_trails_are_bounded_in_each_chat_and_it_is_known_from_when_on() -> None:
    trails = Trails(now=lambda: NOW)
    for message in range(1, 1000):
        trails.saw(1, message, int(NOW) + message, Kind.PERSON)

    kept = trails.of(1)
    assert MOST_MESSAGES * 3 // 4 <= len(kept) <= MOST_MESSAGES
    assert [one.id for one in kept] == list(range(999, 999 - len(kept), -1))
    assert trails.since(1) == kept[-1].sent - 1
    assert trails.since(2) == NOW


def test_trails_are_bounded_over_all_and_nobody_is_told_that_nothing_is_left() -> None:
    time = [NOW]
    trails = Trails(now=lambda: time[0])
    for chat in range(1, 2 * MOST_CHATS):
        time[0] += 0.5
        trails.saw(chat, chat, int(time[0]), Kind.FIXED)

    assert trails._count == sum(map(bool, trails._trails)) <= MOST_CHATS
    assert (trails.of(1), trails.of(2 * MOST_CHATS - 1) != []) == ([], True)
    assert NOW < trails.since(1) <= time[0]


def test_of_too_many_messages_those_of_the_silent_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.memory.trail.MOST_OF_ALL", 1000)
    time = [NOW]
    trails = Trails(now=lambda: time[0])
    for chat in range(1, 101):
        for message in range(20):
            time[0] += 1
            trails.saw(chat, 100 * chat + message, int(time[0]), Kind.TEXT)

    assert 900 <= trails._count <= 1000 < MOST_OF_ALL
    assert trails._count == sum(map(len, trails._trails)) // 8
    assert len(trails.of(100)) == 20
    assert sum(len(trails.of(chat)) for chat in range(1, 26)) < sum(len(trails.of(chat)) for chat in range(76, 101))


def test_one_chat_never_loses_to_its_own_many_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.memory.trail.MOST_OF_ALL", 2)
    trails = Trails(now=lambda: NOW)
    for message in (1, 2, 3):
        trails.saw(1, message, int(NOW), Kind.TEXT)

    assert len(trails.of(1)) == 3


def test_a_trail_knows_when_each_message_was_sent_and_whose_it_is() -> None:
    trails = Trails(now=lambda: NOW)
    seen = [Seen(number, int(NOW) - 60 + number, kind) for number, kind in enumerate(Kind, 1)]
    for one in seen:
        trails.saw(1, one.id, one.sent, one.kind)

    assert trails.of(1) == seen[::-1]
    assert trails.of(2) == []


def test_as_many_messages_are_kept_as_were_promised() -> None:
    trails = Trails(now=lambda: NOW)
    for message in range(1, MOST_MESSAGES + 1):
        trails.saw(1, message, int(NOW), Kind.TEXT)

    assert len(trails.of(1)) == MOST_MESSAGES


def test_from_when_on_a_chat_is_known_is_the_start_or_the_day_it_was_forgotten() -> None:
    time = [NOW]
    trails = Trails(now=lambda: time[0])
    trails.saw(1, 5, int(NOW), Kind.TEXT)
    trails.saw(2, 5, int(NOW), Kind.TEXT)
    time[0] = NOW + 3600

    trails.forget(1)
    trails.forget(3)
    trails.saw(1, 6, int(NOW) + 3600, Kind.TEXT)

    assert [trails.since(chat) for chat in (1, 2, 3, 4)] == [NOW + 3600, NOW, NOW + 3600, NOW]
    assert [[one.id for one in trails.of(chat)] for chat in (1, 2, 3)] == [[6], [5], []]


def test_a_trail_that_another_instance_knew_takes_the_place_of_what_is_known_here() -> None:
    here, there = Trails(now=lambda: NOW), Trails(now=lambda: NOW)
    for trails, messages in ((here, (1, 2)), (there, (3, 4, 5))):
        for message in messages:
            trails.saw(7, message, int(NOW), Kind.PERSON)

    here.saw(8, 1, int(NOW), Kind.PERSON)

    here.unpack(7, there.packed(7))
    assert here.of(7) == there.of(7)
    assert (here._count, len(there.packed(7)), there.packed(8)) == (4, 24, b"")
    here.unpack(7, b"")

    assert here.of(7) == []
    assert (here._count, len(here.of(8))) == (1, 1)


def test_a_cleared_chat_is_known_until_somebody_was_greeted() -> None:
    memory = Memory()
    memory.trails.saw(7, 1, 1_800_000_000, Kind.TEXT)

    memory.clear(7)
    assert memory.is_cleared(7)
    assert memory.trails.of(7) == []
    memory.greeted(7)

    assert not memory.is_cleared(7)


@pytest.mark.parametrize(("message", "sent"), [(2**52, 1), (2**31, 1), (-1, 1), (6, 2**40), (6, -(2**40))])
def test_a_number_no_message_can_have_spoils_nothing_for_the_others(message: int, sent: int) -> None:
    trails = Trails(lambda: 1_800_000_000.0)

    trails.saw(1, message, sent, Kind.TEXT)
    trails.saw(2, 5, 1_800_000_000, Kind.TEXT)

    assert [one.id for one in trails.of(2)] == [5]
    assert [one.id for one in trails.of(1)] in ([], [6])


def test_the_largest_number_a_message_can_have_is_kept() -> None:
    trails = Trails(lambda: NOW)

    trails.saw(1, 2**31 - 1, int(NOW), Kind.TEXT)
    trails.saw(1, 2**31, int(NOW), Kind.TEXT)

    assert [one.id for one in trails.of(1)] == [2**31 - 1]


def test_a_word_is_told_of_only_once_enough_chats_used_it_on_one_day() -> None:
    heard = Heard()

    told = [heard.add(chat, "ru вахта", TODAY) for chat in (1, 1, 2, 3, 4, 5, 5, 6)]

    assert told == [0, 0, 0, 0, 0, ENOUGH, 0, 1]
    assert heard.add(7, "ru вахта", TOMORROW) == 0
    assert [heard.add(chat, "ru \ud83d", TOMORROW) for chat in range(ENOUGH)][-1] == ENOUGH


def test_what_is_heard_is_held_under_a_key_of_the_day_and_the_process() -> None:
    one, other = Heard(), Heard()
    held = []
    for heard, day in ((one, TODAY), (one, TOMORROW), (other, TODAY)):
        heard.add(7, "ru вахта", day)
        held.append((tuple(key for key in heard._words._keys if key > 0), tuple(filter(None, heard._marks._words))))

    assert [(len(words), len(marks)) for words, marks in held] == [(1, 1)] * 3
    assert len({word for words, _ in held for word in words}) == 3
    assert len({mark for _, marks in held for mark in marks}) == 3


def test_of_one_word_no_more_chats_are_heard_than_say_something_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.memory.heard._MOST_CHATS", ENOUGH + 1)
    heard = Heard()

    told = [heard.add(chat, "a", TODAY) for chat in range(ENOUGH + 3)]

    assert told == [0] * (ENOUGH - 1) + [ENOUGH, 1, 0, 0]


def test_of_too_many_words_the_one_not_heard_for_longest_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.memory.heard._MOST_WORDS", ROW)
    heard = Heard()
    for word in range(ROW):
        for chat in range(ENOUGH - 1):
            assert heard.add(chat, f"word {word}", TODAY) == 0
    heard.add(ENOUGH, "word 0", TODAY)
    heard.add(1, "one more", TODAY)

    assert heard.add(ENOUGH, "word 1", TODAY) == 0
    assert heard.add(ENOUGH + 1, "word 0", TODAY) == 1
    assert len(heard._words) == ROW


def _size(memory: Memory) -> int:
    """Bytes of all that is held."""
    found: dict[int, object] = {}
    left: list[object] = [vars(memory)]
    while left:
        one = left.pop()
        if id(one) not in found and not isinstance(one, type) and not callable(one):
            found[id(one)] = one
            left += gc.get_referents(one)
    return sum(map(sys.getsizeof, found.values()))

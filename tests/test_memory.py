"""Memory: minutes in the process, bounded, and gone on /forget, with time, or with the day."""

from datetime import date

from bot.memory import LANGUAGE_SECONDS, Memory

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


def test_nothing_in_memory_of_who_was_counted_holds_a_chats_number() -> None:
    memory = Memory()
    memory.is_new_today(123456789, "rights/wages", TODAY)

    held = repr(vars(memory))

    assert "123456789" not in held

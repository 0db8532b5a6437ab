"""What a screen counts for: each chat once a day, each thing in its own table, and nothing beside it."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.locales import Languages
from bot.memory import Memory
from bot.memory.heard import ENOUGH
from bot.screens import Screen
from bot.store import open_store
from bot.telegram.counting import Counting

MONDAY, TUESDAY, WEDNESDAY = "2026-11-23", "2026-11-24", "2026-11-25"


@dataclass
class Counted:
    """A counter over a real store, its clock, and the tables once all is written."""

    counting: Counting
    flush: Callable[[], Awaitable[None]]
    path: Path
    now: list[datetime] = field(default_factory=list)

    async def table(self, name: str) -> list[tuple[object, ...]]:
        await self.flush()
        with closing(sqlite3.connect(self.path)) as database:
            return database.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3").fetchall()


@pytest.fixture
async def counted(tmp_path: Path) -> AsyncIterator[Counted]:
    path, now = tmp_path / "safar.db", [datetime(2026, 11, 24, 21, 30, tzinfo=UTC)]
    store = open_store(f"sqlite:///{path}", pytest.fail)
    yield Counted(Counting(store, Memory(), lambda: now[0]), store.flush, path, now)
    await store.close()


async def test_a_region_and_a_thing_that_is_wrong_count_once_a_chat_and_day(
    counted: Counted, languages: Languages
) -> None:
    screen = Screen("ru", "", region="shymkent", wrong="facts/mci")
    for chat in (1, 2, 1):
        counted.counting.shown(screen, languages["ru"], chat, "menu")
    counted.counting.shown(Screen("ru", "", region="almaty", wrong="places/x"), languages["ru"], 1, "menu")
    counted.counting.shown(Screen("ru", ""), languages["ru"], 3, "menu")
    counted.now[0] += timedelta(days=1)
    counted.counting.shown(screen, languages["ru"], 1, "menu")

    assert await counted.table("regions") == [(MONDAY, "almaty", 1), (MONDAY, "shymkent", 3)]
    assert await counted.table("wrong") == [(MONDAY, "facts/mci", 3), (MONDAY, "places/x", 1)]
    assert await counted.table("demand") == []


async def test_a_topic_counts_people_once_and_taps_always(counted: Counted, languages: Languages) -> None:
    screen = Screen("uzc", "", topic="stay/iin", outcome="shown")
    for chat in (1, 2, 1):
        counted.counting.shown(screen, languages["uzc"], chat, "question")
    counted.now[0] += timedelta(days=1)
    counted.counting.shown(screen, languages["uzc"], 1, "question")
    counted.counting.shown(Screen("ru", "", topic="now", outcome="shown"), languages["ru"], 1, "question")

    assert await counted.table("demand") == [
        (MONDAY, "now", "ru", "Cyrl", "danger", "shown", 1, 1),
        (TUESDAY, "stay/iin", "uz", "Cyrl", "question", "shown", 2, 3),
        (WEDNESDAY, "stay/iin", "uz", "Cyrl", "question", "shown", 1, 1),
    ]


async def test_a_verdict_counts_once_a_chat_topic_and_day_and_is_no_person(
    counted: Counted, languages: Languages
) -> None:
    for chat, topic, outcome in (
        (1, "stay/iin", "helped"), (1, "stay/iin", "not_helped"), (2, "stay/iin", "helped"),
        (1, "permits/which", "not_helped"), (1, "stay/iin", "shown"),
    ):  # fmt: skip
        counted.counting.shown(Screen("ru", "", topic=topic, outcome=outcome), languages["ru"], chat, "menu")  # type: ignore[arg-type]  # one of the outcomes
    counted.now[0] += timedelta(days=1)
    counted.counting.shown(Screen("ru", "", topic="stay/iin", outcome="helped"), languages["ru"], 1, "menu")

    assert await counted.table("demand") == [
        (TUESDAY, "permits/which", "ru", "Cyrl", "menu", "not_helped", 0, 1),
        (TUESDAY, "stay/iin", "ru", "Cyrl", "menu", "helped", 0, 2),
        (TUESDAY, "stay/iin", "ru", "Cyrl", "menu", "shown", 1, 1),
        (WEDNESDAY, "stay/iin", "ru", "Cyrl", "menu", "helped", 0, 1),
    ]


async def test_an_hour_and_a_link_count_once_a_chat(counted: Counted) -> None:
    for chat in (1, 2, 1):
        counted.counting.asked(chat)
        counted.counting.came_by("poster-7", chat)
    counted.counting.came_by("poster-8", 1)
    counted.now[0] += timedelta(hours=1)
    counted.counting.asked(1)
    counted.now[0] += timedelta(days=1)
    counted.counting.came_by("poster-7", 1)
    counted.counting.asked(1)

    assert await counted.table("hours") == [(TUESDAY, 21, 2), (TUESDAY, 22, 1), (WEDNESDAY, 22, 1)]
    assert await counted.table("sources") == [
        (TUESDAY, "poster-7", 2), (TUESDAY, "poster-8", 1), (WEDNESDAY, "poster-7", 1),
    ]  # fmt: skip


async def test_a_word_counts_only_once_enough_chats_have_used_it_on_one_day(counted: Counted) -> None:
    for chat in range(ENOUGH):
        counted.counting.not_understood([f"слово{chat}", "вахта"], "ru", chat)
        counted.counting.not_understood(["вахта"], "ru", chat)
    for chat in range(ENOUGH - 1):
        counted.counting.not_understood(["вахта"], "tg", chat)
    counted.now[0] += timedelta(days=1)
    counted.counting.not_understood(["вахта"], "tg", ENOUGH)
    counted.counting.not_understood(["вахта"], "ru", ENOUGH)

    assert await counted.table("words") == [(MONDAY, "вахта", "ru", ENOUGH)]


async def test_whether_words_are_listened_for_is_as_it_was_told(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'safar.db'}", pytest.fail)

    assert Counting(store, Memory(), lambda: datetime.now(UTC)).is_listening is True
    assert Counting(store, Memory(), lambda: datetime.now(UTC), is_listening=False).is_listening is False
    await store.close()

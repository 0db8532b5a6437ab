"""What was answered is known after a kill, and only to the bot that answered it."""

import time
from pathlib import Path

import pytest

from bot.telegram import answered
from bot.telegram.answered import ROOM, Answered


def test_numbers_survive_the_process_without_being_closed(tmp_path: Path) -> None:
    first = Answered(tmp_path / "answered", bot=7)
    for number in (5, 6, 9):
        first.add(number)

    assert Answered(tmp_path / "answered", bot=7).known() == [5, 6, 9]


def test_the_oldest_give_way(tmp_path: Path) -> None:
    ring = Answered(tmp_path / "answered", bot=7)
    for number in range(ROOM + 3):
        ring.add(number)

    assert set(ring.known()) == set(range(3, ROOM + 3))


def test_another_bot_and_another_day_begin_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Answered(tmp_path / "answered", bot=7).add(5)

    assert Answered(tmp_path / "other", bot=7).known() == []
    assert Answered(tmp_path / "answered", bot=8).known() == []
    Answered(tmp_path / "answered", bot=7).add(5)
    later = time.time() + answered.STALE + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert Answered(tmp_path / "answered", bot=7).known() == []


def test_the_file_is_for_its_own_user_and_holds_nothing_but_numbers(tmp_path: Path) -> None:
    Answered(tmp_path / "answered", bot=7).add(5)

    path = tmp_path / "answered"
    assert path.stat().st_mode & 0o077 == 0
    assert path.stat().st_size == 24 + 8 * ROOM

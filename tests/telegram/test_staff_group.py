"""The digest of the week: sent once, in the morning, and never with a safety topic."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.demand import Release
from bot.demand.digest import Digest, digest
from bot.demand.table import Names
from bot.simulator import World, simulated_bot
from bot.store import NoStore, open_store
from bot.telegram.staff_group import send_if_due

MONDAY = datetime(2026, 11, 23, 9, 5)  # the clock of the bot says which zone
NEXT = MONDAY.replace(day=30)
PLAIN = Names(lambda words, **gaps: words.format(**gaps), str, str, str)


async def test_it_is_sent_once_a_week_and_not_before_nine(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'safar.db'}", pytest.fail)
    world = World()
    bot = simulated_bot(world)
    group = world.new_room("supergroup", "Staff").id
    told = Digest("<b>Week</b>", b"\x89PNG\r\n\x1a\n")

    sent = [
        await send_if_due(bot, group, lambda _: told, store, at)
        for at in (
            MONDAY.replace(hour=8),
            MONDAY,
            MONDAY.replace(hour=10),
            MONDAY.replace(day=25),
            MONDAY.replace(day=30),
        )
    ]

    assert sent == [False, True, False, False, True]
    await store.close()


async def test_what_could_not_be_sent_is_tried_again(tmp_path: Path) -> None:
    store, world = open_store(f"sqlite:///{tmp_path / 'safar.db'}", pytest.fail), World()
    group = world.new_room("supergroup", "Staff").id

    sent = [
        await send_if_due(simulated_bot(world), room, lambda _: Digest("Week", b""), store, MONDAY)
        for room in (-100999, group, group)
    ]

    assert sent == [False, True, False]
    await store.close()


async def test_nothing_is_sent_before_there_is_a_whole_week() -> None:
    assert not await send_if_due(simulated_bot(World()), -100, lambda _: None, NoStore(), MONDAY)


def test_a_digest_of_nothing_is_nothing() -> None:
    assert digest(Release(5), PLAIN, "") is None

"""The end: what runs beside is waited for, and a cancellation that got lost is said again."""

import asyncio
from contextlib import suppress

from bot.app import _end


async def test_a_task_that_lost_its_cancellation_is_told_again() -> None:
    lost = 0

    async def stubborn() -> None:
        nonlocal lost
        while lost < 2:
            with suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
            lost += 1
        await asyncio.Event().wait()

    tasks = [asyncio.create_task(stubborn())]
    await asyncio.sleep(0)

    await _end(tasks, patience=0.01)

    assert (lost, tasks) == (2, [])


async def test_what_is_in_hand_is_finished_before_it_is_told_again() -> None:
    said = []

    async def careful() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            said.append("finished")

    tasks = [asyncio.create_task(careful())]
    await asyncio.sleep(0)

    await _end(tasks)

    assert said == ["finished"]

"""One of several instances does what must happen once; killed, another takes over and does not do it again."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from bot.app import now
from bot.demand.periods import monday
from bot.demand.simulate import Course, simulate
from bot.fake_telegram.server import FakeTelegram, fake_telegram
from bot.store import copy_data, write_made_up
from bot.telegram.staff_group import HOUR
from tests.servers.cluster import Cluster, cluster

TAKEN_OVER = 30  # seconds
_LOOKED = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT mark FROM done%'"
_LEADS = "SELECT holder FROM leader WHERE until > now()"


async def test_a_killed_leader_is_followed_within_30_seconds_and_the_digest_goes_out_once(
    weights: Path, tmp_path: Path
) -> None:
    if now().weekday() == 0 and now().hour < HOUR:
        pytest.skip("the digest is not due on a Monday before nine")
    async with fake_telegram() as telegram:
        group = telegram.world.new_room("supergroup", "Staff").id
        with cluster(telegram.address, weights, 2, STAFF_GROUP=str(group)) as (found, start):
            copy_data(last_weeks(tmp_path / "weeks.db"), found.database, tmp_path / "staff.db")
            await asyncio.to_thread(start)
            async with asyncio.timeout(60):
                while not (sent := digests(telegram, group)):  # noqa: ASYNC110  # from another process
                    await asyncio.sleep(0.1)
            leader = asked(found, _LEADS)
            found.bots[int(sent[0])].signal(9)

            async with asyncio.timeout(TAKEN_OVER):
                while asked(found, _LEADS) in ("", leader) or not asked(found, _LOOKED):  # noqa: ASYNC110  # the same
                    await asyncio.sleep(0.05)
            other = found.bots[1 - int(sent[0])]
            other.signal(15)
            await asyncio.to_thread(other.ended)

            assert digests(telegram, group) == sent
            assert asked(found, "SELECT mark FROM done WHERE what = 'digest'")


def digests(telegram: FakeTelegram, group: int) -> list[str]:
    """Which bots sent something to the staff's group."""
    return [
        one.by
        for one in telegram.line.requests
        if one.method in ("sendPhoto", "sendMessage") and int(one.params["chat_id"]) == group
    ]


def asked(found: Cluster, statement: str) -> str:
    """The first column of the first row."""
    with psycopg.connect(found.database) as connection:
        row = connection.execute(statement.encode()).fetchone()  # our own words
    return str(row[0]) if row else ""


def last_weeks(path: Path) -> str:
    """A database of simulated weeks until the last Monday."""
    course = Course(1, monday(now().date()) - timedelta(days=1), 7, people_a_day=400)
    write_made_up(path, "", simulate(course, ["rights/wages", "stay/registration"], ["almaty"]))
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TABLE made_up")
    return f"sqlite:///{path}"

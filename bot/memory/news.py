"""News: instances tell each other through Redis that something is new; who cannot be told looks by itself."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress

from redis import Redis
from redis import asyncio as later
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

_CHANNEL = "safar:content"
_TIMEOUT = 1.0
LOOK = 1.0  # seconds after which one looks, told or not


def tell(url: str) -> None:
    """Say that something is new; where Redis is gone the others will see by themselves. Call it from a thread."""
    with (
        suppress(RedisError, OSError),
        Redis.from_url(url, socket_timeout=_TIMEOUT, socket_connect_timeout=_TIMEOUT, client_name="safar") as redis,
    ):
        redis.publish(_CHANNEL, b"new")


async def follow(url: str, look: Callable[[], object], seconds: float = LOOK) -> None:
    """Call `look` in a thread as soon as somebody tells, and every second anyhow, until cancelled."""
    told = asyncio.Event()
    listening = asyncio.create_task(_listen(url, told)) if url else None
    try:
        while True:
            await asyncio.to_thread(look)
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await told.wait()
            told.clear()
    finally:
        if listening:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


def is_cancelled() -> bool:
    """Whether we were told to end; the telling itself may get lost where a broken connection is closed."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def _listen(url: str, told: asyncio.Event) -> None:
    """Hear what is told; where Redis is gone, try again every second."""
    while not is_cancelled():
        begun = time.monotonic()
        with suppress(RedisError, OSError, TimeoutError):
            redis = later.Redis.from_url(url, socket_connect_timeout=_TIMEOUT, client_name="safar")
            async with redis, redis.pubsub(ignore_subscribe_messages=True) as channel:
                await channel.subscribe(_CHANNEL)
                async for _ in channel.listen():
                    told.set()
        await asyncio.sleep(max(0.0, begun + LOOK - time.monotonic()))

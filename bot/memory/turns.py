"""Turns: which instance answers a chat now, through Redis; each update once, those of a chat in order.

An instance says every second that it lives, for a few seconds; what it holds is free as soon as that has run out, so
that a killed, frozen or cut-off one keeps nobody waiting longer. Chosen over a lock with a time of its own for each
chat: an answer that waits out one of Telegram's limits keeps its turn, and a kill frees all turns at once. When Redis
is gone each instance answers by itself from what it remembers; a look every second finds it again.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date
from math import inf
from typing import Any, Literal, cast

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, RedisError

from bot.memory.news import is_cancelled
from bot.memory.shared import DAY_SECONDS, SharedMemory

log = logging.getLogger(__name__)

BEAT = 1.0  # seconds between two signs of life
ALIVE_SECONDS = 4  # for which one counts
HELD_SECONDS = 120  # after which a turn is free even of one that lives
KNOWN_SECONDS = 3600  # for which the number of an answered update is kept
LOOK = 0.03  # seconds between two looks whether it is our turn
URGENT_WAIT = 1.0  # longest that a call for help waits for its turn
LONGEST_WAIT = 30.0
_TIMEOUT = 1.0  # of one call of Redis
_ONCE_MORE = Retry(NoBackoff(), 1, (ConnectionError,))  # for connections that were left from before its restart
_AWAY = "Redis cannot be reached: this instance answers from its own memory until it can. Check REDIS_URL."

Turn = Literal["ours", "answered", "too much", "alone"]

_BEGIN = """
local me, member = ARGV[1], ARGV[1] .. ':' .. ARGV[2]
local seen, owner, queue, share = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local function lives(who) return who == me or redis.call('EXISTS', 'safar:alive:' .. who) == 1 end
if redis.call('GET', seen) == 'answered' then
  redis.call('ZREM', queue, member)
  return {'answered'}
end
redis.call('ZADD', queue, ARGV[3], member)
redis.call('EXPIRE', queue, ARGV[5])
if ARGV[4] == 'expect' then return {'wait'} end
if ARGV[4] ~= 'now' then
  local held = redis.call('GET', owner)
  if held and held ~= me and lives(held) then return {'wait'} end
  for _, one in ipairs(redis.call('ZRANGE', queue, 0, -1)) do
    if one == member then break end
    if lives(string.match(one, '^[^:]+')) then return {'wait'} end
    redis.call('ZREM', queue, one)
  end
end
redis.call('ZREM', queue, member)
local each, most = tonumber(ARGV[6]), tonumber(ARGV[7])
if each > 0 then
  local clock = redis.call('TIME')
  local now = tonumber(clock[1]) + tonumber(clock[2]) / 1000000
  local next = math.max(tonumber(redis.call('GET', share) or '0'), now) + each
  if next - now > each * most then
    redis.call('SET', seen, 'answered', 'EX', ARGV[8])
    return {'too much'}
  end
  redis.call('SET', share, string.format('%.3f', next), 'EX', math.ceil(each * most) + 1)
end
redis.call('SET', owner, me, 'EX', ARGV[5])
redis.call('SET', seen, me, 'EX', ARGV[8])
local values = {'ours', redis.call('SMEMBERS', KEYS[#KEYS])}
for place = 5, #KEYS - 1 do table.insert(values, redis.call('GET', KEYS[place]) or '') end
return values
"""
_END = """
local seen, owner, day = KEYS[1], KEYS[2], KEYS[3]
redis.call('SET', seen, 'answered', 'EX', ARGV[2])
if redis.call('GET', owner) ~= ARGV[1] then return end
redis.call('DEL', owner)
for place = 4, #KEYS do
  local value = ARGV[4 + 2 * (place - 4) + 1]
  if value == '' then redis.call('DEL', KEYS[place])
  else redis.call('SET', KEYS[place], value, 'EX', ARGV[4 + 2 * (place - 4)]) end
end
local first = 4 + 2 * (#KEYS - 3)
for place = first, #ARGV do redis.call('SADD', day, ARGV[place]) end
if #ARGV >= first then redis.call('EXPIRE', day, ARGV[3]) end
"""


class Turns:
    """`is_there`: whether Redis answered last; while it did not, every turn is `alone`."""

    def __init__(self, url: str, memory: SharedMemory, today: Callable[[], date]) -> None:
        self._redis = Redis.from_url(
            url, socket_timeout=_TIMEOUT, socket_connect_timeout=_TIMEOUT, client_name="safar", retry=_ONCE_MORE
        )
        self._memory = memory
        self._today = today
        self._me = secrets.token_hex(8)
        self._begin = self._redis.register_script(_BEGIN)
        self._end = self._redis.register_script(_END)
        self._expecting: set[asyncio.Task[object]] = set()
        self._lived = self._ran = -inf  # when the last sign of life that arrived was sent; the last look for Redis
        self._back = -inf  # since when we live without a break
        self.is_there = False

    def may_be_lost(self, since: float, turn: Turn) -> bool:
        """Whether others may answer what was begun then: we were frozen or cut off, and they took us for dead.

        What was begun without Redis is looked at only where it takes long or Redis is back: it may be gone for all.
        """
        now = time.monotonic()
        if since >= self._back and now - self._lived <= ALIVE_SECONDS:
            return False
        return turn == "ours" or since < self._back or now - since > ALIVE_SECONDS

    async def live(self) -> None:
        """Say every second that we live, until cancelled; then let Redis go."""
        try:
            while not is_cancelled():  # a cancellation may get lost in a failing call
                await self.beat()
                await asyncio.sleep(BEAT)
        finally:
            with suppress(RedisError, OSError, TimeoutError):
                await self._redis.delete(f"safar:alive:{self._me}")
            await self._redis.aclose()

    async def beat(self) -> None:
        """One sign of life; finds Redis again where it was gone."""
        sent = time.monotonic()
        found = await self._asked(lambda: self._redis.set(f"safar:alive:{self._me}", "1", ex=ALIVE_SECONDS))
        now = time.monotonic()
        self._ran = now
        if found:
            self._back = now if now - self._lived > ALIVE_SECONDS else self._back
            self._lived = sent
        if found and not self.is_there:
            self.is_there = True
            log.info("memory is shared through Redis")

    async def begin(self, number: int, chat: int, is_urgent: bool, pace: tuple[float, int]) -> Turn:
        """Wait until this update is next in its chat, and take along what is remembered of it."""
        until = time.monotonic() + (URGENT_WAIT if is_urgent else LONGEST_WAIT)
        how = "next"
        if not self.is_there and time.monotonic() - self._ran > ALIVE_SECONDS:
            await self.beat()  # we were frozen, and others may have answered this
        while self.is_there:
            found = await self._ask(number, chat, is_urgent, how, pace)
            if found is None:
                break
            word = found[0].decode()
            if word == "ours":
                self._memory.bring(chat, found[2:], found[1])
            if word != "wait":
                return cast("Turn", word)
            await asyncio.sleep(LOOK)
            how = "next" if time.monotonic() < until else "now"
        return "alone"

    def expect(self, number: int, chat: int, is_urgent: bool) -> None:
        """An update waits here for its chat's turn: no later one goes before it elsewhere."""
        if self.is_there:
            task: asyncio.Task[object] = asyncio.create_task(self._ask(number, chat, is_urgent, "expect", (0.0, 0)))
            self._expecting.add(task)
            task.add_done_callback(self._expecting.discard)

    async def end(self, number: int, chat: int) -> None:
        """The update is answered: say so, put back what changed of the chat, and let the next one go on."""
        today, memory = self._today(), self._memory
        changes, marks = memory.changes(chat, today)
        if not self.is_there:
            return
        day = memory.name(f"day {today}", chat)
        keys = [memory.name("update", number), memory.name("turn", chat), day, *(key for key, _, _ in changes)]
        values: list[Any] = [self._me, KNOWN_SECONDS, DAY_SECONDS]
        for _, seconds, value in changes:
            values += [seconds, value]
        await self._asked(lambda: self._end(keys, [*values, *marks]))

    async def keeps(self, number: int) -> bool:
        """Whether this update is still ours to answer; where Redis is gone nobody else says so."""
        holder = (await self._asked(lambda: self._redis.get(self._memory.name("update", number))) or b"").decode()
        if holder in ("", self._me, "answered"):
            return holder != "answered"
        return not await self._asked(lambda: self._redis.exists(f"safar:alive:{holder}"))

    def lose(self, chat: int) -> None:
        """Another answers the update: what was brought of its chat is theirs to change."""
        self._memory.changes(chat, self._today())

    async def _ask(self, number: int, chat: int, is_urgent: bool, how: str, pace: tuple[float, int]) -> Any:
        memory = self._memory
        kinds = (("update", number), ("turn", chat), ("queue", chat), ("share", chat))
        keys = [*(memory.name(kind, of) for kind, of in kinds), *memory.names(chat, self._today())]
        score = number - (1 << 40 if is_urgent else 0)
        each, most = (0.0, 0) if is_urgent else pace
        values: list[Any] = [self._me, number, score, how, HELD_SECONDS, each, most, KNOWN_SECONDS]
        return await self._asked(lambda: self._begin(keys, values))

    async def _asked(self, call: Callable[[], Awaitable[Any]]) -> Any:
        """What Redis says; None where it is gone. A call that ran out while we were frozen tells nothing of Redis."""
        while True:
            asked = time.monotonic()
            try:
                return await call()
            except (RedisError, OSError, TimeoutError):
                if time.monotonic() - asked > ALIVE_SECONDS:
                    continue
                if self.is_there:
                    log.warning(_AWAY)
                self.is_there = False
                return None

"""The HTTP session to Telegram: waits out limits, tries again after faults, and survives an update it cannot read."""

import asyncio
import json
import random
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, NamedTuple, cast

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import GetUpdates, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Message

from bot.telegram.lean import LeanSession
from bot.telegram.reading import read_batch
from bot.telegram.tally import Tally

_PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds before the second try, the third and so on, give or take a quarter
_LONGEST_WAIT = 30  # seconds: a longer wait is not waited out while a person looks at the screen
_MOST_WAITS = 3  # limits waited out for one call; they are no faults and cost no try
_SECONDS = 20.0  # for one call; what takes longer is tried again
_CONNECTIONS = 500  # more than there are updates in hand, so that slow calls keep nobody waiting
_MOST_LIMITED = 1_000  # a fifth of a MiB; whoever is forgotten is asked again, and Telegram says once more to wait
_DONE = b'{"ok":true,"result":true}'
_SENT = re.compile(rb'{"ok":true,"result":{"message_id":(\d{1,15}),(?:"[a-z_]+":{[^{}]*},)*"date":(\d{1,15})[,}]')
_shaken = random.SystemRandom()


def open_session(
    api_base: str, proxy: str | None, tally: Tally | None = None, is_lean: bool = True
) -> "TolerantSession":
    """A session to a Bot API server, through a proxy where one is given."""
    session = TolerantSession(
        api=TelegramAPIServer.from_base(api_base), proxy=proxy, limit=_CONNECTIONS, timeout=_SECONDS
    )
    session.is_lean = is_lean
    session.patience = Patience(asyncio.sleep, tally or Tally())
    session.middleware(session.patience)
    return session


class Patience(BaseRequestMiddleware):
    """Tries again after a fault of the network or of Telegram, and waits where Telegram asks to, for that chat alone.

    Where nobody knows whether a message arrived it is sent again: an answer that stands there twice harms nobody, one
    that never came may.
    """

    def __init__(self, sleep: Callable[[float], Awaitable[None]], tally: Tally | None = None) -> None:
        self._sleep = sleep
        self.tally = tally or Tally()
        self._limited: OrderedDict[int, float] = OrderedDict()  # until when a chat is to be left alone

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Any:
        """Polling has its own patience and is left to it."""
        if isinstance(method, GetUpdates):
            return await make_request(bot, cast("TelegramMethod[TelegramType]", method))
        chat = getattr(method, "chat_id", None)
        if chat in self._limited:
            await self._wait_out(method, cast("int", chat))
        pauses, waits = iter(_PAUSES), _MOST_WAITS
        while True:
            try:
                return await self._timed(make_request, bot, method)
            except TelegramRetryAfter as error:
                if isinstance(chat, int):
                    self._limit(chat, error.retry_after)
                waits -= 1
                if error.retry_after > _LONGEST_WAIT or waits < 0:
                    raise
                await self._sleep(error.retry_after)
            except TelegramMigrateToChat as error:
                if error.migrate_to_chat_id == getattr(method, "chat_id", None):
                    raise
                method = method.model_copy(update={"chat_id": error.migrate_to_chat_id})
            except (TelegramNetworkError, TelegramServerError):
                pause = next(pauses, None)
                if pause is None:
                    raise
                await self._sleep(pause * _shaken.uniform(0.75, 1.25))

    async def _timed(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Any:
        began, is_ok = time.monotonic(), False
        try:
            result = await make_request(bot, method)
            is_ok = True
        finally:
            self.tally.calls[method.__api_method__, is_ok].add(time.monotonic() - began)
        return result

    def is_limited(self, chat: int) -> bool:
        """Whether Telegram has asked to be left alone about this chat for a while."""
        return chat in self._limited

    def _limit(self, chat: int, seconds: float) -> None:
        self._limited[chat] = time.monotonic() + seconds
        if len(self._limited) > _MOST_LIMITED:
            self._limited.popitem(last=False)

    async def _wait_out(self, method: TelegramMethod[Any], chat: int) -> None:
        """A chat that Telegram limits is not even asked again before its time."""
        left = self._limited[chat] - time.monotonic()
        if left > _LONGEST_WAIT:
            raise TelegramRetryAfter(method=method, message="still limited", retry_after=int(left))
        if left > 0:
            await self._sleep(left)
        self._limited.pop(chat, None)


class TolerantSession(LeanSession):
    """Reads each update by itself, so that one that cannot be read does not hold up those behind it."""

    is_known: Callable[[int], bool] = staticmethod(lambda _: False)  # updates that need not be read again
    patience: Patience
    trail: Callable[[int, int, int], None] | None = None  # who notes what was sent: its chat, number and date

    async def quick(
        self, bot: Bot, name: str, chat: int, body: bytes, whole: Callable[[], Awaitable[TelegramMethod[Any]]]
    ) -> Any:
        """What came of a call whose JSON is there already; `whole` makes aiogram's method where it is needed.

        Nothing stands between the call and the wire as long as all is well; else aiogram's way goes on from there.
        """
        if self.patience.is_limited(chat):
            return await bot(await whole())
        began = time.monotonic()
        answer: tuple[int, bytes] | OSError
        try:
            path, wire = self.way(bot.token, name)
            answer = await wire.post(path, body, self.timeout)
        except OSError as error:
            answer = error
        else:
            result = _result(name, *answer)
            if result is not None:
                self.patience.tally.calls[name, True].add(time.monotonic() - began)
                if self.trail is not None and chat > 0 and isinstance(result, Sent):
                    self.trail(chat, result.message_id, result.date)
                return result
        go_on = self.middleware.wrap_middlewares(_Heard(self, answer))
        return await go_on(bot, await whole())

    async def send(
        self, bot: Bot, chat: int, body: bytes, whole: Callable[[], Awaitable[TelegramMethod[Message]]]
    ) -> int:
        """The number of the message that was sent."""
        sent: Sent | Message = await self.quick(bot, "sendMessage", chat, body, whole)
        return sent.message_id

    def short(self, bot: Bot, method: TelegramMethod[Any], status: int, content: bytes) -> Any:
        """A batch of updates is read one by one."""
        if status == HTTPStatus.OK and isinstance(method, GetUpdates):
            return read_batch(content, bot, self.is_known)
        return super().short(bot, method, status, content)

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """aiogram's own check; where it chokes on a batch of updates, what can be read of it."""
        try:
            response = super().check_response(bot, method, status_code, content)
        except ClientDecodeError:
            if status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise TelegramServerError(method=method, message=HTTPStatus(status_code).phrase) from None
            readable = read_batch(content, bot, self.is_known) if isinstance(method, GetUpdates) else None
            if readable is None:
                raise ClientDecodeError("Telegram's answer could not be read", ValueError(), "") from None
            return Response[TelegramType].model_construct(ok=True, result=readable)
        if response.result is None:
            raise ClientDecodeError("Telegram's answer is empty", ValueError(), "")
        return response


class Sent(NamedTuple):
    """Of a message of ours what is looked at."""

    message_id: int
    date: int


class _Heard:
    """What the first try has brought already; more tries are made anew."""

    def __init__(self, session: LeanSession, answer: tuple[int, bytes] | OSError) -> None:
        self._session = session
        self._answer: tuple[int, bytes] | OSError | None = answer

    async def __call__(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        """Raise what it means, or call again."""
        answer, self._answer = self._answer, None
        if answer is None:
            return await self._session.make_request(bot, method)
        return self._session.understood(bot, method, answer)


def _result(name: str, status: int, content: bytes) -> Sent | bool | None:
    """What Telegram gives back where all is well: a message that was sent or edited, or else that it is done.

    It repeats the whole message with its keyboard, of which two numbers are looked at; they are its first ones.
    """
    if status != HTTPStatus.OK:
        return None
    if found := _SENT.match(content):
        return Sent(int(found[1]), int(found[2]))
    if content == _DONE and name != "sendMessage":
        return True
    try:
        answer = json.loads(content.decode())
        if answer["ok"] is not True or answer["result"] is None:
            return None
        result = answer["result"]
        if isinstance(result, dict) or name == "sendMessage":
            is_known = type(result["message_id"]) is type(result["date"]) is int
            return Sent(result["message_id"], result["date"]) if is_known else None
    except (ValueError, KeyError, TypeError):
        return None
    return True

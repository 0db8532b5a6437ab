"""The bot's line into a World: every call is answered by the rules, kept to be read, and fails when asked to."""

import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.bot_api import BotApiError, Json
from bot.simulator.methods import METHODS
from bot.simulator.world import World

Fault = BotApiError | Exception | str | Callable[..., Exception]


class UnknownMethodError(NotImplementedError):
    """The bot called a method that the simulator has not learned."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The simulator does not know the method {name}; add it in bot/simulator/methods/.")


@dataclass(frozen=True)
class Request:
    """One call of the bot: the method's name, its parameters as plain JSON, which of several bots called, and when."""

    method: str
    params: Json
    by: str = ""
    at: float = 0.0


class Line:
    """Used by the session in the process and by the server over HTTP alike."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.requests: list[Request] = []
        self.is_kept = True
        self._faults: deque[tuple[str | None, Fault, int]] = deque()

    def fail_next(self, fault: Fault, *, on: str | None = None, times: int = 1, status: int = 200) -> None:
        """Let the next call (or the next of method `on`) fail, `times` times.

        A BotApiError is what Telegram would answer; a text is a body of rubbish under `status`; an
        exception is a broken connection: in the process it is raised as it is, and an aiogram class
        (TelegramNetworkError) for the method called.
        """
        self._faults.extend([(on, fault, status)] * times)

    def take_fault(self, name: str) -> tuple[Fault | None, int]:
        """What was asked for the next call of this method."""
        for place, (on, fault, status) in enumerate(self._faults):
            if on in (None, name):
                del self._faults[place]
                return fault, status
        return None, 200

    def note(self, name: str, params: Json, by: str = "") -> None:
        """Keep a call, to be read by tests; a long run keeps none."""
        if self.is_kept:
            self.requests.append(Request(name, params, by, time.monotonic()))

    def answer(self, name: str, params: Json) -> tuple[int, str]:
        """What Telegram says to a call: the status and the body."""
        if name not in METHODS:
            raise UnknownMethodError(name)
        try:
            return 200, json.dumps({"ok": True, "result": METHODS[name](self.world, params)}, separators=(",", ":"))
        except BotApiError as refusal:
            return refused(refusal)


def refused(refusal: BotApiError) -> tuple[int, str]:
    """A refusal as it travels."""
    body: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return refusal.code, json.dumps(body)


def with_files(value: Any, kept: dict[str, str]) -> Any:
    """The value with the ids of the uploaded files in place of their marks."""
    if isinstance(value, dict):
        return {name: with_files(one, kept) for name, one in value.items()}
    if isinstance(value, list):
        return [with_files(one, kept) for one in value]
    return kept.get(value, value) if isinstance(value, str) else value

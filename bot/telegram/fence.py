"""Before each call of Telegram: whether the update being answered is still ours to answer.

An instance that was frozen or cut off is given up for dead, and others answer what it had in hand. When it goes on,
what it would still say comes late, a second time and out of order: so it is left unsaid. Only Redis' own word stops an
answer; where that is gone, each answers what it holds. It is asked once a connection is there, since a freeze while
many calls wait for theirs would let all of them go on.
"""

from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING

from bot.telegram.lean import LeanSession

if TYPE_CHECKING:
    from bot.memory.turns import Turn, Turns

answering: ContextVar[tuple[int, float, "Turn"]] = ContextVar("answering")  # an update's number, since when, and how


class TurnLostError(Exception):
    """Another instance answers this update now; there is nothing more to say here."""


async def _look(turns: "Turns") -> None:
    """Costs a look at the clock where nothing has stood still."""
    held = answering.get(None)
    if held and turns.may_be_lost(*held[1:]) and not await turns.keeps(held[0]):
        raise TurnLostError


def fence(session: LeanSession, turns: "Turns") -> None:
    """Let calls through this session, which has not been used yet, only for those whose turn it is."""
    session.guard = partial(_look, turns)

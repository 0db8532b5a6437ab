"""What goes wrong with Telegram and the network, how often, and always the same for the same seed."""

import random
from copy import deepcopy
from dataclasses import dataclass, field, fields

from bot.bot_api import NOT_MODIFIED, BotApiError, Json, bad_request, forbidden, migrated, too_many_requests
from bot.simulator import World

_OLD_SECONDS = 86_000  # Telegram keeps an update for a day
_KINDS_WITH_DATE = ("message", "edited_message")


@dataclass
class Faults:
    """Each is a share from 0 to 1: of calls, of updates, or of handed-out batches."""

    limited: float = 0  # 429 with retry_after
    broken: float = 0  # 5xx, and nothing was done
    refused: float = 0  # the connection breaks before anything was done
    dropped: float = 0  # the connection breaks when it was done already
    slow: float = 0
    blocked: float = 0  # the person blocks the bot at this moment
    migrated: float = 0  # the group becomes a supergroup
    unmodified: float = 0  # an edit that came twice
    undeletable: float = 0
    duplicated: float = 0  # an update comes again
    reordered: float = 0  # a batch is shuffled
    old: float = 0  # an update has waited for a day
    slow_seconds: float = 1.0
    retry_seconds: int = 1
    seed: int = 1
    _random: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311  # repeatable on purpose

    def rolls(self, share: float) -> bool:
        """Whether it happens this time."""
        return share > 0 and self._random.random() < share

    def before(self, world: World, method: str, params: Json) -> BotApiError | None:
        """What Telegram refuses a call with, having done nothing."""
        if self.rolls(self.broken):
            return BotApiError(*self._random.choice(((500, "Internal Server Error"), (502, "Bad Gateway"))))
        if self.rolls(self.limited):
            return too_many_requests(self.retry_seconds)
        room = world.rooms.get(_number(params.get("chat_id")))
        if room is not None and room.type == "private" and self.rolls(self.blocked):
            room.is_blocked = True
            return forbidden("bot was blocked by the user")
        if room is not None and room.type == "group" and self.rolls(self.migrated):
            return migrated(world.migrate(room).id)
        if method.startswith("deleteMessage") and self.rolls(self.undeletable):
            return bad_request("message can't be deleted for everyone")
        return None

    def after(self, method: str) -> BotApiError | None:
        """What Telegram says though it has done what it was asked."""
        is_twice = method.startswith("editMessage") and self.rolls(self.unmodified)
        return bad_request(NOT_MODIFIED) if is_twice else None

    def aged(self, update: Json) -> Json:
        """The update, as it is or as if it had waited for a day."""
        if not self.rolls(self.old):
            return update
        old = deepcopy(update)
        for kind in _KINDS_WITH_DATE:
            if kind in old:
                old[kind]["date"] -= _OLD_SECONDS
        return old

    def shuffled(self, batch: list[Json], earlier: list[Json]) -> list[Json]:
        """A batch with some updates twice, some of an earlier batch again, and in no order."""
        again = [one for one in (*earlier, *batch) if self.rolls(self.duplicated)]
        batch = [*batch, *again]
        if self.rolls(self.reordered):
            self._random.shuffle(batch)
        return batch


def shares() -> list[str]:
    """The names of everything that can go wrong."""
    return [one.name for one in fields(Faults) if one.name not in ("slow_seconds", "retry_seconds", "seed", "_random")]


def _number(value: object) -> int:
    return int(str(value)) if str(value).lstrip("-").isdecimal() else 0

"""`python -m bot fake-telegram`: the server by itself, until it is stopped."""

import asyncio
import signal
from collections.abc import Callable, Sequence

from bot.fake_telegram.faults import Faults, shares
from bot.fake_telegram.people import add_people
from bot.fake_telegram.server import FakeTelegram
from bot.web.listening import listen


class BadFault(ValueError):
    """A fault nobody knows, or no share; the message says which there are."""


def read_faults(words: Sequence[str]) -> Faults:
    """`broken=0.05` and the like."""
    found = {}
    for word in words:
        name, _, share = word.partition("=")
        if name not in shares() or not share.replace(".", "", 1).isdecimal() or float(share) > 1:
            raise BadFault(f"Write NAME=SHARE with a share from 0 to 1; the names are {', '.join(shares())}.")
        found[name] = float(share)
    return Faults(**found)  # type: ignore[arg-type]  # every name is one of the shares


async def stand(port: int, faults: Faults, write: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    telegram = FakeTelegram(faults=faults)
    telegram.line.is_kept = False
    app = telegram.app
    add_people(app, telegram)
    async with listen(app, "127.0.0.1", port) as address:
        write(f"Telegram stands at {address}")
        write(f"TELEGRAM_API_BASE={address.rstrip('/')} BOT_TOKEN={telegram.token} python -m bot run")
        await stop.wait()

"""The commands for whoever works with the figures: report, simulate, export, bulletin."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.content import Content

Add = Callable[[str, Callable[[Settings, argparse.Namespace], int], str], argparse.ArgumentParser]


def add_commands(add: Add) -> None:
    """Each command with its options."""
    simulated = add("simulate", make_up, "Make up years of demand, in a database of its own, to try the desk with.")
    simulated.add_argument("--years", type=int, choices=range(1, 21), default=3, metavar="N", help="1 to 20; default 3")
    simulated.add_argument("--seed", type=int, default=1, help="another number makes another history")
    simulated.add_argument("--people", type=int, default=90, metavar="N", help="how many ask a day (default 90)")
    simulated.add_argument("--until", type=date.fromisoformat, help="the last day, like 2026-11-22 (default: today)")
    simulated.add_argument("--to", type=Path, help="the file (default: made-up.db in DATA_DIR)")


def make_up(settings: Settings, options: argparse.Namespace) -> int:
    """A made-up history, beside the real counters and never among them."""
    from bot.app import today
    from bot.demand.simulate import NOTE, Course, simulate
    from bot.store import write_made_up

    path: Path = options.to or settings.data_dir / "made-up.db"
    if f"sqlite:///{path}" == settings.database:
        print("That file is the bot's own. Name another with --to.", file=sys.stderr)
        return 1
    found = _content(settings)
    regions = [id for id in found.regions if id != "all"]
    course = Course(options.years, options.until or today(), options.seed, people_a_day=options.people)
    rows = write_made_up(path, NOTE, simulate(course, list(found.topics), regions))
    print(f"{rows} rows of made-up demand are in {path}")
    print(f"Look at them with DATABASE_URL=sqlite:///{path.absolute()}")
    return 0


def _content(settings: Settings) -> "Content":
    from bot import content, locales
    from bot.app import CannotStart, spellings

    try:
        return content.load(settings.content_dir, spellings(locales.load(settings.locales_dir)))
    except content.Unreadable as error:
        raise CannotStart(f"The catalogue cannot be used. {error.mistake}") from error
    except locales.BadLocales as error:
        raise CannotStart(f"LOCALES_DIR cannot be used: {error}") from error

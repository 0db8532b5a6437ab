"""The commands for whoever works with the figures: report, simulate, export, bulletin."""

import argparse
import json
import re
import sys
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.content import Content
    from bot.demand import Release
    from bot.demand.table import Names

LANGUAGES = ("ru", "kk", "uz", "en")

Add = Callable[[str, Callable[[Settings, argparse.Namespace], int], str], argparse.ArgumentParser]


def add_commands(add: Add) -> None:
    """Each command with its options."""
    simulated = add("simulate", make_up, "Make up years of demand, in a database of its own, to try the desk with.")
    simulated.add_argument("--years", type=int, choices=range(1, 21), default=3, metavar="N", help="1 to 20; default 3")
    simulated.add_argument("--seed", type=int, default=1, help="another number makes another history")
    simulated.add_argument("--people", type=int, default=90, metavar="N", help="how many ask a day (default 90)")
    simulated.add_argument("--until", type=date.fromisoformat, help="the last day, like 2026-11-22 (default: today)")
    simulated.add_argument("--to", type=Path, help="the file (default: made-up.db in DATA_DIR)")

    bulletin = add("bulletin", write_bulletin, "Write a month as a PDF and as open data that anybody may publish.")
    bulletin.add_argument("month", help="like 2026-10; it must be over")
    bulletin.add_argument("--language", choices=LANGUAGES, default="ru", help="ru, kk, uz or en (default: ru)")
    bulletin.add_argument("--to", type=Path, default=Path(), help="the folder (default: this one)")
    export = add("export", write_export, "Write what may be shown: a table a file, or all of it as a database.")
    export.add_argument("--open", type=Path, metavar="FILE", help="a small SQLite file for datasette and the like")
    export.add_argument("--to", type=Path, metavar="FOLDER", help="every table in every format, into this folder")
    export.add_argument("--language", choices=LANGUAGES, default="ru", help="ru, kk, uz or en (default: ru)")


def show_week(settings: Settings, language: str, picture: Path | None) -> int:
    """The digest of the last whole week, as the staff's group gets it."""
    from bot.demand.digest import digest

    release, names, _, made_up = _release(settings, language)
    found = digest(release, names, made_up)
    if found is None:
        print("Nothing was asked yet, or the first whole week is not over.")
        return 0
    print(unescape(re.sub(r"<[^>]+>", "", found.text)))
    if picture:
        picture.write_bytes(found.picture)
    return 0


def show_numbers(settings: Settings) -> int:
    """Every number that may leave the desk, one a line."""
    from bot.demand.opening import opened

    release, names, _, made_up = _release(settings, "en")
    for stream, period, kind, item, language, people in opened(release.outside(), names, made_up)[0]:
        line = {"stream": stream, "period": period, "kind": kind, "item": item, "language": language, "people": people}
        print(json.dumps({**line, "made_up": made_up} if made_up else line, ensure_ascii=False))
    return 0


def write_bulletin(settings: Settings, options: argparse.Namespace) -> int:
    """The files of a month."""
    from bot.demand.bulletin import bulletin

    release, names, language, made_up = _release(settings, options.language)
    files = bulletin(release, names, language, options.month, made_up)
    if not files:
        over = f" The last month that is over is {release.months[-1]}." if release.months else ""
        print(f"There is nothing to publish of {options.month}.{over}", file=sys.stderr)
        return 1
    return _write(options.to, files)


def write_export(settings: Settings, options: argparse.Namespace) -> int:
    """What may leave the desk, as files."""
    from bot.demand.table import Choice
    from bot.demand.tables import tables
    from bot.demand.writing import TYPES, write

    release, names, _, made_up = _release(settings, options.language)
    safe = release.outside()
    if options.open:
        from bot.demand.opening import opened
        from bot.store import write_open

        print(f"{write_open(options.open, *opened(safe, names, made_up))} rows are in {options.open}")
    if options.to:
        every = tables(safe, names, Choice())
        return _write(options.to, {f"{one.id}.{kind}": write(one, kind, made_up) for one in every for kind in TYPES})
    if not options.open:
        print("Say where: --open data.db, or --to a folder.", file=sys.stderr)
        return 1
    return 0


def _write(folder: Path, files: dict[str, bytes]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
        print(folder / name)
    return 0


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


def _release(settings: Settings, code: str) -> "tuple[Release, Names, str, str]":
    """What may be shown today, its names in a language, the language's tag, and a word where it is made up."""
    from bot import locales
    from bot.app import today
    from bot.demand import Source, read_release
    from bot.demand.table import made_up_word, names_of

    found, phrases = _content(settings), locales.load(settings.locales_dir, locales.DESK)
    source = Source(settings.database, settings.smallest_count, settings.keep_days, settings.data_dir / "cache")
    release = read_release(source, found.topics, today())
    names = names_of(found, phrases, code)
    return release, names, phrases[code].cldr.partition("_")[0], made_up_word(release, names)


def _content(settings: Settings) -> "Content":
    from bot import content, locales
    from bot.app import CannotStart, spellings
    from bot.editions import Editions

    editions = Editions.of(settings)
    try:
        return content.load(editions.content, spellings(locales.load(editions.locales)))
    except content.Unreadable as error:
        raise CannotStart(f"The catalogue cannot be used. {error.mistake}") from error
    except locales.BadLocales as error:
        raise CannotStart(f"LOCALES_DIR cannot be used: {error}") from error

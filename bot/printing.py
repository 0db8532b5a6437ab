"""The command that prints posters: one file a language, each with a code of its own kind of place."""

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.settings import Settings

Add = Callable[[str, Callable[[Settings, argparse.Namespace], int], str], argparse.ArgumentParser]


class NoPoster(Exception):
    """What was asked for cannot be printed; the message says what to give instead."""


def add_command(add: Add) -> None:
    """`posters` with its options."""
    posters = add("posters", print_posters, "Print posters with a QR code and a link, as PDF files.")
    posters.add_argument("--bot-name", required=True, help="the bot's name in Telegram, like @safar_bot")
    posters.add_argument("--topic", default="", help="a topic like stay/registration (default: the whole bot)")
    posters.add_argument("--language", action="append", default=[], help="kk, ru, uz, uzc, tg, en (default: all)")
    posters.add_argument("--place", default="", help="where it hangs: border, bazaar, site, office or card")
    posters.add_argument("--city", default="", help="a town of regions.yaml, like shymkent")
    posters.add_argument("--size", choices=("A4", "A5"), default="A4")
    posters.add_argument("--to", type=Path, default=Path("posters"), help="the folder (default: posters)")


def print_posters(settings: Settings, options: argparse.Namespace) -> int:
    """Write the files and name them; 1 where something that was asked for does not exist."""
    try:
        for name, content in drawn(settings, options):
            options.to.mkdir(parents=True, exist_ok=True)
            (options.to / name).write_bytes(content)
            print(options.to / name)
    except NoPoster as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def drawn(settings: Settings, options: argparse.Namespace) -> Iterator[tuple[str, bytes]]:
    """Each poster's file name and bytes; raises NoPoster."""
    from bot import content, locales
    from bot.app import spellings, today
    from bot.content import posters as hung
    from bot.documents import posters
    from bot.editions import Editions
    from bot.screens.address import MOST_BYTES, Address, Codec, Link

    editions = Editions.of(settings)
    languages = locales.load(editions.locales)
    real = content.load(editions.content, spellings(languages))
    bot_name = options.bot_name.removeprefix("@").removeprefix("https://t.me/")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{4,31}", bot_name):
        raise NoPoster("--bot-name is the bot's name in Telegram, like @safar_bot.")
    if options.topic and options.topic not in real.topics:
        raise NoPoster(f"There is no topic {options.topic}; topics.yaml lists them, like stay/registration.")
    if options.place and options.place not in hung.SPOTS:
        raise NoPoster(f"--place is one of {', '.join(hung.SPOTS)}.")
    if options.city and (not options.place or options.city not in hung.towns(real.regions)):
        raise NoPoster("--city is a town of regions.yaml, like shymkent, and goes with --place.")
    codes = options.language or [one.code for one in languages]
    if strangers := [code for code in codes if code not in languages]:
        raise NoPoster(f"There is no language {strangers[0]}; known are {', '.join(one.code for one in languages)}.")
    source = hung.code(options.place, options.city) if options.place else ""
    codec = Codec({id: one.alias for id, one in real.topics.items() if one.alias}, [one.code for one in languages])
    for code in codes:
        if options.topic and real.text(options.topic, code) is None:
            raise NoPoster(f"{options.topic} has no finished text in {code}.")
        start = codec.start(Link(code, Address(options.topic or "menu"), source))
        if len(start) > MOST_BYTES:
            raise NoPoster(f"The link would be too long for Telegram: {start}")
        poster = posters.Poster(languages[code], options.topic, bot_name, start, options.size)
        topic = f"{real.topics[options.topic].alias or options.topic.replace('/', '-')}" if options.topic else "safar"
        name = "-".join(filter(None, ("poster", topic, source, code, options.size.lower())))
        yield f"{name}.pdf", posters.to_file(poster, real, today())

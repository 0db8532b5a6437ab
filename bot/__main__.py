"""The commands: `python -m bot` and one of those below."""

import argparse
import asyncio
import gc
import os
import resource
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot import figures, lazy, log, printing, settings
from bot.settings import BadSetting, Settings

BAD_START = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 where it found something wrong, 2 where it could not start."""
    options = parser().parse_args(arguments)
    _keep_to_ourselves()
    log.set_up()
    from bot.app import CannotStart
    from bot.store import DatabaseAway

    try:
        command: Callable[[Settings, argparse.Namespace], int] = options.command
        return command(settings.load(), options)
    except (BadSetting, CannotStart, DatabaseAway) as error:
        print(error, file=sys.stderr)
        return BAD_START
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _keep_to_ourselves() -> None:
    """New files are for this user alone, and a crash leaves no image of the memory, in which the token stands."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Safar, the bot labour migrants ask.")
    commands = parser.add_subparsers(required=True, metavar="command")

    def add(name: str, command: Callable[[Settings, argparse.Namespace], int], what: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=what, description=what)
        sub.set_defaults(command=command)
        return sub

    add("run", run, "Run the bot: the local chat, and Telegram where BOT_TOKEN is set.")
    chat = add("chat", talk, "Talk to the bot in the terminal, or through a pipe; a number presses that button.")
    chat.add_argument(
        "--language", default="ru", help="the language of the client, like kk, ru, uz, tg, en (default: ru)"
    )
    ask = add("ask", answer, "Ask one question, or many as JSON lines, and see what the bot finds.")
    ask.add_argument("question", nargs="*", help="the question; without one and without --jsonl it is read from a pipe")
    ask.add_argument("--language", help="the chosen language of the person: kk, ru, uz, uzc, tg, en")
    ask.add_argument("--explain", action="store_true", help="say why: words, scores, nearest examples, danger")
    ask.add_argument("--jsonl", action="store_true", help="read {id, text, lang?} a line, write one line each")
    check = add("check", find_mistakes, "Name every mistake in content/ and locales/, with file, line and what to do.")
    check.add_argument("--advice", action="store_true", help="show advice as well")
    check.add_argument("--table", action="store_true", help="show which topic stands in which language")
    check.add_argument("--launch", action="store_true", help="show only what staff must still confirm before launch")
    report = add("report", show_report, "Show what was asked in the last whole week, as far as it may be shown.")
    report.add_argument("--week", action="store_true", help="the digest of the week, which is what you get anyway")
    report.add_argument("--language", choices=figures.LANGUAGES, default="ru", help="ru, kk, uz or en (default: ru)")
    report.add_argument("--picture", type=Path, metavar="FILE", help="the digest's picture as well, a PNG")
    report.add_argument("--json", action="store_true", help="every number that may be shown, as JSON lines")
    report.add_argument("--wrong", action="store_true", help="what people reported as wrong: numbers to call first")
    report.add_argument("--words", action="store_true", help="words of questions nobody understood, for lexicon.yaml")
    add(
        "profile",
        set_profile,
        "Set the bot's name, descriptions and picture in Telegram from content/profile.yaml.",
    )
    staff = add("staff", manage_staff, "Who may sign in to the desk: list, add or disable.")
    staff.add_argument("act", choices=("list", "add", "disable"))
    staff.add_argument("name", nargs="?", default="", help="how the person is called at the desk")
    staff.add_argument(
        "--role", action="append", default=[], help="owner, editor, translator, reviewer or analyst; may be repeated"
    )
    staff.add_argument("--telegram", type=int, help="the person's id in Telegram, for /staff in the bot")
    backup = add("backup", back_up, "Copy the databases and the edited content into one file; the bot may be running.")
    backup.add_argument("--to", type=Path, help="the folder for backups (default: backups in DATA_DIR)")
    backup.add_argument("--keep", type=int, default=14, help="how many of the newest stay (default: 14)")
    restore = add("restore", put_back, "Put a backup in place; the bot must be stopped. What stood there is set aside.")
    restore.add_argument("file", type=Path, help="a file that backup has written")
    move = add(
        "copy-data", copy_data, "Move all data from one database to another, SQLite or PostgreSQL, and check it."
    )
    move.add_argument("--from", dest="source", help="the database to read (default: DATABASE_URL)")
    move.add_argument("--to", dest="target", required=True, help="an empty one: postgresql://… or sqlite:///FILE")
    figures.add_commands(add)
    printing.add_command(add)
    fake = add("fake-telegram", stand_in, "Stand in for Telegram on this machine: a Bot API server for tests and load.")
    fake.add_argument("--port", type=int, default=8081, help="its port (default: 8081; 0 takes a free one)")
    fake.add_argument(
        "--fault", action="append", default=[], metavar="NAME=SHARE", help="like broken=0.05; may be repeated"
    )
    return parser


def run(settings: Settings, _: argparse.Namespace) -> int:
    """The bot itself, until Ctrl-C or SIGTERM."""
    gc.disable()  # until all is read: what is imported lives for ever, and collecting among it only costs time
    from bot import app
    from bot.backup import running

    with running(settings.data_dir):
        library = app.open_library(settings)  # first: what reading it leaves free is taken up by what is imported
        lazy.import_aiogram(settings.is_lean)
        from bot.telegram.polling import TokenRefused

        lazy.warm_up()
        try:
            with asyncio.Runner(loop_factory=_loop(settings.is_lean)) as runner:
                runner.run(app.run(settings, library, lambda line: print(line, flush=True)))
        except TokenRefused as error:
            print(error, file=sys.stderr)
            return BAD_START
    return 0


def _loop(is_lean: bool) -> Callable[[], asyncio.AbstractEventLoop] | None:
    """libuv's, which answers a press for a fifth less, where it is there; None for Python's own."""
    if not is_lean:
        return None
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def talk(settings: Settings, options: argparse.Namespace) -> int:
    """The conversation in the terminal."""
    lazy.import_aiogram(settings.is_lean)
    from bot import app

    return asyncio.run(app.talk(settings, options.language, sys.stdin, lambda line: print(line, flush=True)))


def answer(settings: Settings, options: argparse.Namespace) -> int:
    """One question, or JSON lines."""
    from bot.app import Library
    from bot.asking import ask_lines, ask_once
    from bot.matching.explain import explain

    library = Library(settings)
    if options.jsonl:
        return ask_lines(library.matcher, sys.stdin.buffer, sys.stdout)
    question = " ".join(options.question) or sys.stdin.read()
    if options.explain:
        for line in explain(library.matcher, library.whole(), question, options.language):
            print(line)
        return 0
    print(ask_once(library.screens, library.matcher, question, options.language or "ru"))
    return 0


def find_mistakes(settings: Settings, options: argparse.Namespace) -> int:
    """Exit code 1 where there is a mistake; advice alone is none."""
    from bot import findings

    if options.launch:
        return findings.launch(settings, print)
    return findings.check(settings, options.advice, options.table, print)


def show_report(settings: Settings, options: argparse.Namespace) -> int:
    """What was reported as wrong comes first, then the last week in a few sentences, or every number as JSON lines."""
    from bot import findings

    if options.wrong:
        return findings.reported(settings, print)
    if options.words:
        return findings.not_understood(settings, print)
    if options.json:
        return figures.show_numbers(settings)
    findings.point_to_reported(settings, print)
    return figures.show_week(settings, options.language, options.picture)


def back_up(settings: Settings, options: argparse.Namespace) -> int:
    """One file with everything a lost disk would take."""
    from bot.app import now
    from bot.backup import BackupFailed, make_backup

    folder = options.to or settings.data_dir / "backups"
    try:
        print(make_backup(settings.data_dir, settings.database_file, folder, now(), max(1, options.keep)))
    except BackupFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def put_back(settings: Settings, options: argparse.Namespace) -> int:
    """A backup in place of what is there."""
    from bot.app import now
    from bot.backup import BackupFailed, restore

    try:
        for line in restore(options.file, settings.data_dir, settings.database_file, now()):
            print(line)
    except (BackupFailed, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def copy_data(settings: Settings, options: argparse.Namespace) -> int:
    """Another database, checked; what it came from stays as it was."""
    from bot.backup import BackupFailed, alone
    from bot.store import copy_data as move
    from bot.store.moving import CannotMove

    try:
        with alone(settings.data_dir):
            for table, rows in move(
                options.source or settings.database, options.target, settings.data_dir / "staff.db"
            ).items():
                print(f"{table:14}{rows:10} rows, the same on both sides")
    except (BackupFailed, CannotMove) as error:
        print(error, file=sys.stderr)
        return 1
    print("Done. Set DATABASE_URL to the new database before the next start.")
    return 0


def stand_in(settings: Settings, options: argparse.Namespace) -> int:
    """Telegram's place, until Ctrl-C."""
    lazy.import_aiogram(settings.is_lean)
    from bot.fake_telegram.standing import BadFault, read_faults, stand

    try:
        faults = read_faults(options.fault)
    except BadFault as error:
        print(error, file=sys.stderr)
        return BAD_START
    asyncio.run(stand(options.port, faults, lambda line: print(line, flush=True)))
    return 0


def set_profile(settings: Settings, _: argparse.Namespace) -> int:
    """Name, descriptions and picture, set in Telegram."""
    lazy.import_aiogram(settings.is_lean)
    from aiogram import Bot
    from aiogram.exceptions import AiogramError

    from bot.app import CannotStart
    from bot.content.profile import read_picture, read_profile
    from bot.content.reading import Unreadable
    from bot.editions import Editions
    from bot.telegram import profile
    from bot.telegram.session import open_session

    token = settings.bot_token
    if not token:
        raise CannotStart("BOT_TOKEN is not set: the profile belongs to a bot in Telegram.")
    try:
        folder = Editions.of(settings).content
        words, picture = read_profile(folder), read_picture(folder)
    except Unreadable as error:
        print(error.mistake, file=sys.stderr)
        return 1

    async def work() -> None:
        async with Bot(token, open_session(settings.telegram_api_base, settings.proxy)) as bot:
            await profile.set_profile(bot, words, picture, print)

    try:
        asyncio.run(work())
    except AiogramError as error:
        name = type(error).__name__
        print(f"Telegram did not take it ({name}). Try again later; what was set stays set.", file=sys.stderr)
        return 1
    return 0


def manage_staff(settings: Settings, options: argparse.Namespace) -> int:
    """The list of staff, without a browser."""
    from bot.app import CannotStart, now
    from bot.desk import listing
    from bot.desk.site import staff_of
    from bot.store.staff import NoStaff

    try:
        staff = staff_of(settings, now)
    except NoStaff as error:
        raise CannotStart(f"{error}.") from error
    try:
        if options.act == "list":
            return listing.show(staff, print)
        if not options.name:
            print("Give a name.", file=sys.stderr)
            return 1
        if options.act == "add":
            return listing.add(staff, options.name, options.role, options.telegram, print)
        return listing.disable(staff, options.name, print)
    finally:
        staff.close()


if __name__ == "__main__":
    sys.exit(main())

"""Builds everything once from Settings; the only file that knows all others."""

import asyncio
import gc
import logging
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TextIO

from bot import content, locales
from bot.backup import running
from bot.clock import now, today
from bot.content import Unreadable
from bot.content.check import table as coverage
from bot.content.launch import launch_list, written
from bot.content.reported import reported as lines_of
from bot.editions import Editions
from bot.library import Library
from bot.matching.check import check_words
from bot.schedule import Lead
from bot.screens import Screens
from bot.settings import Settings
from bot.tree import CannotStart, check_locales, learn_tree, load_tree, mistakes_in, proof_read, spellings

if TYPE_CHECKING:
    from aiogram import Dispatcher
    from aiohttp import web

    from bot.memory import Memory
    from bot.memory.turns import Turns
    from bot.store import Store
    from bot.telegram.hands import Hands
    from bot.telegram.pace import Pace
    from bot.telegram.tally import Tally

__all__ = [
    "CannotStart", "Library", "check", "check_locales", "launch", "learn_tree", "load_tree", "mistakes_in",
    "not_understood", "now", "point_to_reported", "proof_read", "reported", "run", "spellings", "talk", "today",
]  # fmt: skip

log = logging.getLogger(__name__)

_PATIENCE = 9.0  # seconds to end in, before it is said again; what is in hand takes seven at most

Door = Callable[[str, "web.Application", str, int], Awaitable[str]]


async def run(settings: Settings, write: Callable[[str], None]) -> None:
    """The bot until it is told to stop: the local chat, and Telegram where there is a token."""
    with running(settings.data_dir):
        await _run(settings, write)


def _opened(settings: Settings) -> Library:
    """The library, with its mistakes named; what lives as long as the process is then left alone by the collector."""
    library = Library(settings)
    library.name_mistakes()
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 50, 100)
    return library


async def _run(settings: Settings, write: Callable[[str], None]) -> None:
    from bot.desk.site import Site, open_desk
    from bot.memory import Memory
    from bot.schedule import follow, keep_days
    from bot.store import NoStore, is_shared, open_store
    from bot.telegram import build_dispatcher
    from bot.telegram.commands import set_commands
    from bot.telegram.pace import Pace
    from bot.telegram.tally import Tally
    from bot.web.chat import build_local_chat

    library = _opened(settings)
    stop = asyncio.Event()
    _listen_for_signals(stop)

    store = open_store(settings.database, log.error)

    def current() -> Screens:
        return library.screens

    tally = Tally()
    memory, turns = _memory(settings)
    lead = Lead(store) if is_shared(settings.database) else None
    sharing = [asyncio.create_task(turns.live())] if turns else []
    local = build_dispatcher(current, NoStore(), Memory(), now)
    house = Site(open_desk(settings, library, load_tree, proof_read, learn_tree, now, log.error))
    tasks = [
        asyncio.create_task(follow(lambda: library.folders, library.take_up)),
        *_following_others(settings, library),
        asyncio.create_task(keep_days(store, settings.keep_days, today, lead=lead)),
        *([asyncio.create_task(lead.keep())] if lead else []),
    ]
    hands: Hands | None = None
    try:
        async with AsyncExitStack() as doors:
            door = partial(_open, doors)
            chat = house.around(build_local_chat(local, partial(set_commands, languages=library.languages)))
            write(house.opened(await door("WEB_PORT", chat, settings.web_host, settings.web_port)))
            if settings.bot_token:
                dispatcher = build_dispatcher(current, store, memory, now, house.staff_link, settings.is_listening)
                hands, answering = await _answer(
                    settings, dispatcher, Pace(current, memory), tally, library, door, turns
                )
                tasks += [answering, *_weekly(settings, library, store, lead)]
            else:
                write("There is no BOT_TOKEN, so Telegram is not connected.")
            if settings.metrics_port is not None:
                health = _health(settings, tally, hands, store, turns)
                at = await door("METRICS_PORT", health, settings.metrics_host, settings.metrics_port)
                write(f"Health and figures are at {at}")
            if link := house.owner_link():
                write(link)
            try:
                await _until(stop, tasks)
            finally:
                await _end(tasks)
    finally:
        await _end(tasks)
        await _end(sharing)  # what was in hand is answered now
        house.close()
        await store.close()


async def _answer(
    settings: Settings,
    dispatcher: "Dispatcher",
    pace: "Pace",
    tally: "Tally",
    library: Library,
    door: Door,
    turns: "Turns | None",
) -> tuple["Hands", asyncio.Task[None]]:
    """By webhook where WEBHOOK_URL says so, else by polling."""
    from aiogram import Bot

    from bot.telegram.answered import Answered
    from bot.telegram.hands import Hands
    from bot.telegram.polling import poll
    from bot.telegram.rehearsal import rehearse
    from bot.telegram.session import open_session

    rehearse(library.screens)
    session = open_session(settings.telegram_api_base, settings.proxy, tally, settings.is_lean)
    if turns:
        from bot.telegram.fence import fence

        fence(session, turns)
    bot = Bot(settings.bot_token or "", session)
    hands = Hands(dispatcher, bot, pace, tally, Answered(settings.data_dir / "answered", bot.id), turns)
    if not settings.webhook_url:
        return hands, asyncio.create_task(poll(hands, bot, library.languages))
    from bot.web.webhook import Webhook, build_webhook, receive

    webhook = Webhook(settings.webhook_url, settings.webhook_secret, settings.webhook_networks)
    at = await door("WEBHOOK_PORT", build_webhook(hands, bot, webhook), settings.webhook_host, settings.webhook_port)
    log.info("the webhook listens at %s", at)
    return hands, asyncio.create_task(receive(hands, bot, library.languages, webhook))


def _following_others(settings: Settings, library: Library) -> list[asyncio.Task[None]]:
    """What other instances publish, as soon as they say so."""
    from bot.memory import news
    from bot.store import is_shared

    return (
        [asyncio.create_task(news.follow(settings.redis_url, library.catch_up))] if is_shared(settings.database) else []
    )


def _memory(settings: Settings) -> tuple["Memory", "Turns | None"]:
    """In the process; with REDIS_URL also shared with all who have the same SECRET."""
    from bot.memory import Memory

    if not settings.redis_url:
        return Memory(), None
    from bot.memory.shared import SharedMemory
    from bot.memory.turns import Turns

    memory = SharedMemory(settings.secret)
    return memory, Turns(settings.redis_url, memory, today)


def _listen_for_signals(stop: asyncio.Event) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, _told_to_stop, stop)


def _told_to_stop(stop: asyncio.Event) -> None:
    """The first time finish what is in hand; the second time stop at once."""
    if stop.is_set():
        os._exit(1)
    stop.set()


async def _open(doors: AsyncExitStack, name: str, app: "web.Application", host: str, port: int) -> str:
    from bot.web.listening import listen

    try:
        return await doors.enter_async_context(listen(app, host, port))
    except OSError as error:
        raise CannotStart(
            f"{name} {port} cannot be opened ({error.strerror}). Name a free one, or stop what uses it."
        ) from error


def _health(
    settings: Settings, tally: "Tally", hands: "Hands | None", store: "Store", turns: "Turns | None"
) -> "web.Application":
    """The content is loaded wherever this runs, or nothing would. What instances share, each can do without."""
    from bot.store import is_shared
    from bot.web.health import build_health

    async def is_loaded() -> bool:
        return True

    async def is_reached() -> bool:
        return hands is None or tally.is_reached

    async def is_sharing() -> bool:
        return turns is None or turns.is_there

    checks = {"content": is_loaded, "telegram": is_reached}
    spare = {} if turns is None else {"redis": is_sharing}
    (spare if is_shared(settings.database) else checks)["database"] = store.is_writable
    return build_health(checks, tally, lambda: hands.depth if hands else (0, 0), spare)


async def _end(tasks: list[asyncio.Task[None]], patience: float = _PATIENCE) -> None:
    """Cancel what runs beside, and wait until each has finished what it had in hand.

    A library may lose a cancellation, when closing a broken connection fails; then it is said again.
    """
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=patience)
    tasks.clear()


def _weekly(settings: Settings, library: Library, store: "Store", lead: Lead | None) -> list[asyncio.Task[None]]:
    """What is sent to the staff's group, where there is one; by one of several instances."""
    if not settings.staff_group:
        return []
    tell = partial(_tell_staff, settings, library, store)
    return [asyncio.create_task(lead.during(tell) if lead else tell())]


async def _tell_staff(settings: Settings, library: Library, store: "Store") -> None:
    """The digest of each week, in the language of the staff's group."""
    from aiogram import Bot

    from bot.demand import Source, read_release
    from bot.demand.digest import Digest, digest
    from bot.demand.tables import made_up_word, names_of
    from bot.telegram.session import open_session
    from bot.telegram.staff_group import send_weekly

    group, _, code = settings.staff_group.partition(":")
    source = Source(settings.database, settings.smallest_count, settings.keep_days, settings.data_dir / "cache")

    def make(day: date) -> Digest | None:
        release = read_release(source, library.content.topics, day)
        names = names_of(library.content, locales.load(library.editions.locales, locales.DESK), code or "ru")
        return digest(release, names, made_up_word(release, names))

    async with Bot(settings.bot_token or "", open_session(settings.telegram_api_base, settings.proxy)) as bot:
        await send_weekly(bot, int(group), make, store, now)


async def talk(settings: Settings, language: str, lines: TextIO, write: Callable[[str], None]) -> int:
    """The conversation in the terminal; it counts into nothing."""
    from bot.memory import Memory
    from bot.simulator import Chat
    from bot.simulator.terminal import talk as converse
    from bot.store import NoStore
    from bot.telegram import build_dispatcher

    library = Library(settings)
    chat = Chat(build_dispatcher(lambda: library.screens, NoStore(), Memory(), now), language_code=language)
    await converse(chat, lines, write)
    return 0


def check(settings: Settings, with_advice: bool, with_table: bool, write: Callable[[str], None]) -> int:
    """Every mistake in content/ and locales/; 1 where there is one."""
    editions = Editions.of(settings)
    try:
        found = content.load(editions.content, spellings(locales.load(editions.locales)))
    except (Unreadable, locales.BadLocales) as error:
        write(str(error.mistake) if isinstance(error, Unreadable) else f"locales: {error}")
        return 1
    mistakes = [*mistakes_in(editions.content, editions.locales, today()), *check_words(found, editions.content)]
    bad = [mistake for mistake in mistakes if not mistake.is_advice]
    for mistake in mistakes if with_advice else bad:
        write(str(mistake))
    if with_table:
        for topic, states in coverage(found):
            write(f"{topic:32}" + "  ".join(f"{code} {state}" for code, state in states.items()))
    whole = sum(states[code] == "complete" for _, states in coverage(found) for code in states)
    total = len(found.topics) * len(found.spellings)
    write(f"{len(bad)} mistakes, {len(mistakes) - len(bad)} pieces of advice; {whole} of {total} texts complete")
    return 1 if bad else 0


def launch(settings: Settings, write: Callable[[str], None]) -> int:
    """Everything staff must still confirm before launch; what waits is no mistake."""
    editions = Editions.of(settings)
    try:
        found = content.load(editions.content, spellings(locales.load(editions.locales)))
    except (Unreadable, locales.BadLocales) as error:
        write(str(error.mistake) if isinstance(error, Unreadable) else f"locales: {error}")
        return 1
    for line in written(launch_list(found, today())):
        write(line)
    return 0


def reported(settings: Settings, write: Callable[[str], None]) -> int:
    """Every phone and text that people reported as wrong: to be called and read, never removed by that."""
    from bot.store import read_wrong

    editions = Editions.of(settings)
    try:
        found = content.load(editions.content, spellings(locales.load(editions.locales)))
    except (Unreadable, locales.BadLocales) as error:
        write(str(error.mistake) if isinstance(error, Unreadable) else f"locales: {error}")
        return 1
    lines = list(lines_of(found, read_wrong(settings.database)))
    for line in lines or ["Nothing was reported as wrong."]:
        write(line)
    return 0


def point_to_reported(settings: Settings, write: Callable[[str], None]) -> None:
    """One line above the report where somebody waits for a test call."""
    from bot.store import read_wrong

    if things := {row["thing"] for row in read_wrong(settings.database)}:
        write(f"Reported as wrong: {len(things)}. Call and read these first: python -m bot report --wrong\n")


def not_understood(settings: Settings, write: Callable[[str], None]) -> int:
    """The words of questions that were not understood and that nobody listed: each is a line for lexicon.yaml."""
    from bot.store import read_words

    rows = read_words(settings.database)
    for row in rows:
        write(f"{row['week']}  {row['language']:3}  {row['chats']:5}  {row['word']}")
    if not rows:
        write("No word was used by enough people without being understood.")
    return 0


async def _until(stop: asyncio.Event, tasks: list[asyncio.Task[None]]) -> None:
    """Wait to be told to stop; a task that breaks stops the bot too, with its reason."""
    stopping = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait([stopping, *tasks], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    for task in done:
        if task is not stopping:
            task.result()

"""Builds everything once from Settings; the only file that knows all others."""

import asyncio
import gc
import logging
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TextIO

from bot import locales
from bot.clock import now, today
from bot.library import Library
from bot.schedule import Lead
from bot.screens import Screens
from bot.settings import Settings
from bot.tree import CannotStart, check_locales, learn_tree, load_tree, proof_read, spellings

if TYPE_CHECKING:
    from aiogram import Dispatcher
    from aiohttp import web

    from bot.desk.site import Site
    from bot.memory import Memory
    from bot.memory.turns import Turns
    from bot.store import Store
    from bot.telegram.hands import Hands
    from bot.telegram.pace import Pace
    from bot.telegram.tally import Tally
    from bot.web.plain import Pages

__all__ = [
    "CannotStart", "Library", "check_locales", "learn_tree", "load_tree", "now", "open_library", "proof_read", "run",
    "spellings", "talk", "today",
]  # fmt: skip

log = logging.getLogger(__name__)

_PATIENCE = 9.0  # seconds to end in, before it is said again; what is in hand takes seven at most

Door = Callable[[str, AbstractAsyncContextManager[str]], Awaitable[str]]


def open_library(settings: Settings) -> Library:
    """The library, with its mistakes named."""
    library = Library(settings, learns_apart=True)
    library.name_mistakes()
    return library


def _leave_alone() -> None:
    """What was read and imported lives as long as the process; the collector need not look at it again and again."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 50, 100)


async def run(settings: Settings, library: Library, write: Callable[[str], None]) -> None:
    """The bot until it is told to stop: the local chat, and Telegram where there is a token."""
    _leave_alone()
    from bot.desk.site import Site
    from bot.schedule import follow, keep_days
    from bot.store import is_shared, open_store
    from bot.telegram import build_dispatcher
    from bot.telegram.pace import Pace
    from bot.telegram.tally import Tally
    from bot.web.listening import listen_later

    stop = asyncio.Event()
    _listen_for_signals(stop)

    store = open_store(settings.database, log.error)

    def current() -> Screens:
        return library.screens

    tally, (memory, turns) = Tally(), _memory(settings)
    lead = Lead(store) if is_shared(settings.database) else None
    sharing = [asyncio.create_task(turns.live())] if turns else []
    site = Site.of(settings, now, log.error)
    tasks = [
        asyncio.create_task(follow(lambda: library.folders, library.take_up)),
        *_following_others(settings, library),
        asyncio.create_task(keep_days(store, settings.keep_days, today, lead=lead)),
        *([asyncio.create_task(lead.keep())] if lead else []),
    ]
    hands: Hands | None = None
    try:
        async with AsyncExitStack() as doors:
            door = partial(_open, doors, settings)
            pages = listen_later(partial(_pages, settings, library, site), settings.web_host, settings.web_port)
            write(site.opened(await door("WEB_PORT", pages)))
            if settings.bot_token:
                dispatcher = build_dispatcher(current, store, memory, now, site.staff_link, settings.is_listening)
                hands, answering = await _answer(
                    settings, dispatcher, Pace(current, memory), tally, library, door, turns
                )
                tasks += [answering, *_weekly(settings, library, store, lead)]
            else:
                write("There is no BOT_TOKEN, so Telegram is not connected.")
            if settings.metrics_port is not None:
                from bot.web.plain import listen_plain

                health = _health(settings, tally, hands, store, turns)
                at = listen_plain(health, settings.metrics_host, settings.metrics_port)
                write(f"Health and figures are at {await door('METRICS_PORT', at)}")
            if link := site.owner_link():
                write(link)
            try:
                await _until(stop, tasks)
            finally:
                await _end(tasks)
    finally:
        await _end(tasks)
        await _end(sharing)  # what was in hand is answered now
        site.close()
        library.editions.close()
        await store.close()


def _pages(settings: Settings, library: Library, site: "Site") -> "web.Application":
    """The local chat and the desk, once somebody comes; called in a thread."""
    from bot.desk.house import around, open_desk
    from bot.memory import Memory
    from bot.store import NoStore
    from bot.telegram import build_dispatcher
    from bot.telegram.commands import set_commands
    from bot.web.chat import build_local_chat

    local = build_dispatcher(lambda: library.screens, NoStore(), Memory(), now)
    chat = build_local_chat(local, partial(set_commands, languages=library.languages))
    if site.staff is None:
        return chat
    return around(open_desk(settings, site.staff, library, load_tree, proof_read, learn_tree, now), chat)


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
    from bot.telegram.lane import Lane
    from bot.telegram.polling import poll
    from bot.telegram.rehearsal import rehearse
    from bot.telegram.session import open_session

    await rehearse(library.screens, now)
    gc.collect()  # its chat and all that remembered it; without what was frozen this takes a few milliseconds
    session = open_session(settings.telegram_api_base, settings.proxy, tally, settings.is_lean)
    if turns:
        from bot.telegram.fence import fence

        fence(session, turns)
    bot = Bot(settings.bot_token or "", session)
    lane = Lane(dispatcher, bot, settings.is_lean)
    hands = Hands(lane.answer, bot, pace, tally, Answered(settings.data_dir / "answered", bot.id), turns)
    if not settings.webhook_url:
        return hands, asyncio.create_task(poll(hands, bot, library.languages))
    from bot.web.door import Doors
    from bot.web.hook import Hook, Webhook
    from bot.web.listening import listen, listen_lean
    from bot.web.webhook import build_webhook, receive

    webhook = Webhook(settings.webhook_url, settings.webhook_secret, settings.webhook_networks)
    hook, where = Hook(hands, bot, webhook), (settings.webhook_host, settings.webhook_port)
    listening = listen_lean(Doors(hook), *where) if settings.is_lean else listen(build_webhook(hook), *where)
    at = await door("WEBHOOK_PORT", listening)
    log.info("the webhook listens at %s", at)
    return hands, asyncio.create_task(receive(hands, bot, library.languages, webhook))


def _following_others(settings: Settings, library: Library) -> list[asyncio.Task[None]]:
    """What other instances publish, as soon as they say so."""
    from bot.store import is_shared

    if not is_shared(settings.database):
        return []
    from bot.memory import news

    return [asyncio.create_task(news.follow(settings.redis_url, library.catch_up))]


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


async def _open(
    doors: AsyncExitStack, settings: Settings, name: str, listening: AbstractAsyncContextManager[str]
) -> str:
    try:
        return await doors.enter_async_context(listening)
    except OSError as error:
        port = getattr(settings, name.lower())
        raise CannotStart(
            f"{name} {port} cannot be opened ({error.strerror}). Name a free one, or stop what uses it."
        ) from error


def _health(
    settings: Settings, tally: "Tally", hands: "Hands | None", store: "Store", turns: "Turns | None"
) -> "Pages":
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
    from bot.demand.table import made_up_word, names_of
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


async def _until(stop: asyncio.Event, tasks: list[asyncio.Task[None]]) -> None:
    """Wait to be told to stop; a task that breaks stops the bot too, with its reason."""
    stopping = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait([stopping, *tasks], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    for task in done:
        if task is not stopping:
            task.result()

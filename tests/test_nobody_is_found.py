"""The proof: somebody with a name, a number, a place and words goes through every handler; then everything is searched.

The database with its log and freed pages, the caches, the log of the bot with a crash in it, backups, exports and the
bulletin: nothing of the person is anywhere, neither plain nor as a digest. The same search finds what a store leaks on
purpose.
"""

import gzip
import hashlib
import io
import itertools
import logging
import tarfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot import app
from bot.backup import make_backup
from bot.bot_api import Json
from bot.demand import Source, read_release
from bot.demand.bulletin import bulletin
from bot.demand.digest import digest
from bot.demand.opening import opened
from bot.demand.table import Choice, names_of
from bot.demand.tables import tables
from bot.demand.writing import TYPES, write
from bot.log import PrivateFormatter
from bot.memory import Memory
from bot.screens.every import addresses
from bot.settings import Settings
from bot.simulator import Chat
from bot.simulator.room import Person, Room
from bot.store import Demand, Door, NoStore, Store, open_store, read_report, write_open
from bot.telegram import build_dispatcher

ID = 7_311_846_209
PERSON: Json = {
    "id": ID, "is_bot": False, "first_name": "Zuhrakhon", "last_name": "Qudratullozoda", "username": "zq_marker_77",
    "language_code": "uz",
}  # fmt: skip
PHONE, LATITUDE, LONGITUDE = "+77079183746", 43.918273, 77.564738
SAID = "zulmkash xojayin oyligimni bermayapti markerlik"
MARKERS = (
    "Zuhrakhon", "Qudratullozoda", "zq_marker_77", str(ID), PHONE, PHONE[1:], "43.918273", "77.564738", "zulmkash",
    "markerlik", "markerpass.pdf", "markercaption", "markersource", "markerword",
)  # fmt: skip


def traces() -> Iterator[bytes]:
    """How each marker could stand somewhere: in three encodings and as the digests people like to call anonymous."""
    for marker in MARKERS:
        for text in (marker, marker.lower(), marker.upper()):
            yield from (text.encode("utf-8"), text.encode("utf-16-le"), text.encode("utf-16-be"))
    for whole in (str(ID), PHONE, "zq_marker_77", SAID):
        for name in ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s"):
            digested = hashlib.new(name, whole.encode())
            yield from (digested.digest()[:8], digested.hexdigest()[:16].encode())
    yield from (ID.to_bytes(8, "big"), ID.to_bytes(8, "little"), ID.to_bytes(5, "big"), ID.to_bytes(6, "big"))


def found_in(folder: Path) -> list[str]:
    """Which files hold a trace, in themselves or in what they have packed."""
    found = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        for name, data in unpacked(path):
            found += [f"{name}: {trace!r}" for trace in traces() if trace in data]
    return found


def unpacked(path: Path) -> Iterator[tuple[str, bytes]]:
    data = path.read_bytes()
    yield path.name, data
    if data.startswith(b"\x1f\x8b"):
        with tarfile.open(fileobj=io.BytesIO(gzip.decompress(data))) as packed:
            for member in packed.getmembers():
                if held := packed.extractfile(member):
                    yield f"{path.name}/{member.name}", held.read()


async def live(library: app.Library, store: Store) -> None:
    """Go through every kind of update and every screen, as this person, on three days; one update breaks the bot."""
    clock = [datetime(2026, 9, 1, 12, tzinfo=UTC)]
    dispatcher = build_dispatcher(lambda: library.screens, store, Memory(), lambda: clock[0])
    person, own = Person(ID, "Zuhrakhon", "uz"), Room(ID, "private", "Zuhrakhon")
    own.is_started = True
    chat = Chat(dispatcher, person=person, room=own)
    chat.world.persons[ID], chat.world.rooms[ID] = person, own
    numbers = itertools.count(1000)
    room: Json = {"id": ID, "type": "private", "first_name": "Zuhrakhon", "username": "zq_marker_77"}

    async def send(kind: str = "message", **content: object) -> None:
        body: Json = {"message_id": next(numbers), "date": 1_788_000_000, "chat": room, "from": PERSON, **content}
        await chat.feed(kind, body)

    for day in range(2):
        for text in (
            SAID, "yordam bering markerword", "/start", "/start uz_menuSmarkersource",
            "/start uz_stay_iinSmarkersource-zuhrakhon",
            "/menu", "/help", "/privacy", "/me", "/forget", "/hide", "/markerword", f"mening raqamim {PHONE}",
            "☎ Aloqa",
        ):  # fmt: skip
            await send(text=text)
            await send("edited_message", text=text, edit_date=1_788_000_001)
        await send(location={"latitude": LATITUDE, "longitude": LONGITUDE})
        await send(contact={"phone_number": PHONE, "first_name": "Zuhrakhon", "user_id": ID})
        file = {"file_id": "markerpass.pdf", "file_unique_id": "markerpass.pdf"}
        await send(document={**file, "file_name": "markerpass.pdf"}, caption="markercaption")
        await send(photo=[{**file, "width": 1, "height": 1}])
        await send(voice={**file, "duration": 1})
        for address in addresses(library.content) if day == 0 else ():
            if not address.part.startswith("chart-"):  # drawing each picture takes long and holds nobody's words
                data = library.screens.codec.data("uz", address)
                asked = chat.world.ask(chat.room)
                query = {"id": asked.id, "from": PERSON, "chat_instance": str(ID), "data": data}
                await chat.feed("callback_query", query)
        await chat.inline("zulmkash markerlik")
        clock[0] += timedelta(days=1)


async def break_down(library: app.Library) -> None:
    """Something breaks on this person's message, with their words in the exception."""

    class Breaking(NoStore):
        def count(self, demand: Demand, is_new_person: bool, today: date) -> None:
            raise ValueError(f"cannot count {SAID} of {ID}, {PHONE}")

    dispatcher = build_dispatcher(lambda: library.screens, Breaking(), Memory(), app.now)
    await Chat(dispatcher, name="Zuhrakhon").say("не платят зарплату")


def log_to(folder: Path) -> logging.Handler:
    handler = logging.FileHandler(folder / "bot.log", encoding="utf-8")
    handler.setFormatter(PrivateFormatter())
    logging.getLogger().addHandler(handler)
    return handler


async def test_nothing_of_a_person_is_anywhere(library: app.Library, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, smallest_count=1)
    handler = log_to(tmp_path)
    store = open_store(settings.database, logging.getLogger("bot").error)
    try:
        await live(library, store)
        await break_down(library)
        await store.flush()
        assert len(read_report(settings.database)) > 40
        assert found_in(tmp_path) == []  # with the write-ahead log still there
        await store.roll_up(date(2026, 10, 1))
    finally:
        await store.close()
        logging.getLogger().removeHandler(handler)
        handler.close()

    make_backup(tmp_path, tmp_path / "safar.db", tmp_path / "backups", datetime(2026, 11, 22, tzinfo=UTC), 3)
    export(settings, library, tmp_path / "exports")

    assert "ValueError" in (tmp_path / "bot.log").read_text(encoding="utf-8")
    assert (tmp_path / "exports" / "digest.txt").is_file()
    assert found_in(tmp_path) == []


def export(settings: Settings, library: app.Library, folder: Path) -> None:
    """Everything that can be written of what was counted; with a smallest count of one, so that nothing is hidden."""
    folder.mkdir()
    source = Source(settings.database, 1, settings.keep_days, settings.data_dir / "cache")
    release = read_release(source, library.content.topics, date(2026, 11, 22))
    names = names_of(library.content, library.languages, "ru")
    for table in tables(release, names, Choice()):
        for kind in TYPES:
            (folder / f"{table.id}.{kind}").write_bytes(write(table, kind, ""))
    assert "2026-09" in release.months
    files = [bulletin(release, names, "ru", month, "") for month in release.months]
    assert any(files)
    for name, data in (pair for month in files for pair in month.items()):
        (folder / name).write_bytes(data)
    write_open(folder / "open.db", *opened(release, names, ""))
    told = digest(release, names, "")
    assert told is not None
    (folder / "digest.txt").write_text(told.text, encoding="utf-8")


class Leaky:
    """A store like the real one that keeps one thing too many."""

    def __init__(self, store: Store, kept: str) -> None:
        self._store, self._kept = store, kept

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def count(self, demand: Demand, is_new_person: bool, today: date) -> None:
        door: Door = "menu"
        self._store.count(Demand(self._kept, "uz", "Latn", door, "shown"), is_new_person, today)


@pytest.mark.parametrize(
    "kept", [str(ID), SAID, "Zuhrakhon", hashlib.sha256(str(ID).encode()).hexdigest(), f"at {LATITUDE}"]
)
async def test_the_search_finds_what_is_kept_on_purpose(library: app.Library, tmp_path: Path, kept: str) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'safar.db'}", pytest.fail)
    leaky = Leaky(store, kept)
    leaky.count(Demand("stay", "uz", "Latn", "menu", "shown"), True, date(2026, 9, 1))
    await store.close()

    assert found_in(tmp_path)

"""Several instances on one database: what one publishes all serve, as a whole, and two at once lose nothing."""

import asyncio
import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from dulwich.object_store import tree_lookup_path
from dulwich.refs import Ref
from dulwich.repo import Repo

from bot.editions import Behind, Editions
from bot.library import Library
from bot.memory import news
from bot.settings import ROOT, Settings
from bot.store import DatabaseAway
from bot.store.shelf import Shelf
from tests import servers
from tests.servers import Server

NOW = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
TEXT, FACTS = "content/stay/registration/ru.md", "content/facts.yaml"
Instance = Callable[..., Library]


@pytest.fixture(scope="module")
def postgres() -> Iterator[tuple[Server, str]]:
    with servers.postgres() as found:
        yield found


@pytest.fixture(scope="module")
def redis() -> Iterator[tuple[Server, str]]:
    with servers.redis() as found:
        yield found


@pytest.fixture
def instance(
    postgres: tuple[Server, str], redis: tuple[Server, str], folder: Path, tmp_path: Path
) -> Iterator[Instance]:
    """One more instance on an empty database that all of a test share, with a disk of its own."""
    with psycopg.connect(postgres[1], autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS editions, migrations")
    opened: list[Library] = []

    def start(name: str) -> Library:
        settings = Settings(
            data_dir=tmp_path / name, content_dir=folder, locales_dir=ROOT / "locales", database_url=postgres[1],
            redis_url=redis[1], secret="x" * 32,
        )  # fmt: skip
        opened.append(Library(settings))
        return opened[-1]

    yield start
    for thread in [one for one in threading.enumerate() if one.name == "learning"]:
        thread.join()  # it writes beside what this test leaves
    for library in opened:
        library.editions.close()


def publish(library: Library, new: str, file: str = TEXT, old: str = "Хозяин сообщает") -> None:
    """As the desk of this instance does it."""
    over = library.editions.version
    words = library.editions.read(file)
    assert old in words
    library.editions.publish({file: words.replace(old, new).encode()}, "anna", f"say {new}", NOW, over)
    library.take_up()


def says(library: Library) -> str:
    return library.screens.content.texts["stay/registration", "ru"].short


def test_what_one_publishes_all_serve_with_the_same_history(instance: Instance) -> None:
    one, other = instance("one"), instance("other")

    publish(one, "Хозяин жилья сообщает")
    other.catch_up()
    publish(other, "5,", FACTS, "3,")
    one.catch_up()

    assert says(one) == says(other) == "Хозяин жилья сообщает за **{host_days}**."
    assert one.content.facts.all == other.content.facts.all
    assert one.content.facts.all["host_days"].values[0].value == "5"
    history = ["say 5,", "say Хозяин жилья сообщает", "What the desk began with"]
    assert [version.why for version in one.editions.versions()] == history
    assert one.editions.versions() == other.editions.versions()


def test_one_that_starts_later_gets_the_newest(instance: Instance, tmp_path: Path) -> None:
    one = instance("one")
    publish(one, "Хозяин жилья сообщает")
    publish(one, "7,", FACTS, "3,")

    late = instance("late")

    assert says(late) == "Хозяин жилья сообщает за **{host_days}**."
    assert late.editions.versions() == one.editions.versions()
    with closing(Repo(str(tmp_path / "late" / "content"))) as repository:
        assert repository.head().decode() == one.editions.version


def test_one_that_was_away_for_some_versions_takes_them_as_one(instance: Instance, tmp_path: Path) -> None:
    one, other = instance("one"), instance("other")
    publish(one, "A сообщает")
    other.catch_up()
    other.editions.close()
    publish(one, "B сообщает", old="A сообщает")
    publish(one, "9,", FACTS, "3,")

    again = instance("other")

    assert (says(again)[0], again.content.facts.all["host_days"].values[0].value) == ("B", "9")
    assert again.editions.versions() == one.editions.versions()


def test_of_two_that_publish_at_once_one_is_told_and_nothing_is_lost(instance: Instance) -> None:
    one, other = instance("one"), instance("other")
    publish(one, "Хозяин жилья сообщает")
    other.catch_up()

    publish(one, "5,", FACTS, "3,")
    with pytest.raises(Behind):
        publish(other, "Кто сдаёт жильё, сообщает", old="Хозяин жилья сообщает")

    other.catch_up()
    assert other.content.facts.all["host_days"].values[0].value == "5"
    assert says(other) == "Хозяин жилья сообщает за **{host_days}**."
    publish(other, "Кто сдаёт жильё, сообщает", old="Хозяин жилья сообщает")
    one.catch_up()
    assert says(one).startswith("Кто сдаёт")
    assert one.content.facts.all["host_days"].values[0].value == "5"


def test_of_two_first_edits_at_once_one_is_told_and_nothing_is_lost(instance: Instance) -> None:
    one, other = instance("one"), instance("other")
    publish(one, "Хозяин жилья сообщает")

    with pytest.raises(Behind):
        publish(other, "5,", FACTS, "3,")
    other.catch_up()
    publish(other, "5,", FACTS, "3,")
    one.catch_up()

    assert says(one) == says(other) == "Хозяин жилья сообщает за **{host_days}**."
    assert one.content.facts.all["host_days"].values[0].value == "5"
    assert one.editions.versions() == other.editions.versions()


def test_what_was_edited_by_hand_on_one_machine_is_set_aside_and_named(
    instance: Instance, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = instance("one"), instance("other")
    publish(one, "Хозяин жилья сообщает")
    other.catch_up()
    by_hand = tmp_path / "other" / "content" / FACTS
    by_hand.write_text(by_hand.read_text(encoding="utf-8").replace("3,", "99,"), encoding="utf-8")
    publish(one, "B сообщает", old="Хозяин жилья сообщает")

    other.catch_up()

    assert says(other).startswith("B сообщает")
    assert other.content.facts.all["host_days"].values[0].value == "3"
    branch = re.findall(r"kept as (aside-\w+)", caplog.text)[0]
    with closing(Repo(str(tmp_path / "other" / "content"))) as repository:
        kept = repository.refs[Ref(f"refs/heads/{branch}".encode())]
        _, blob = tree_lookup_path(repository.__getitem__, repository[kept].tree, FACTS.encode())  # type: ignore[attr-defined]  # a commit
        assert b"value: 99" in repository[blob].as_raw_string()


def test_a_start_brings_what_a_desk_published_when_it_was_alone(
    instance: Instance, folder: Path, tmp_path: Path
) -> None:
    alone = Editions(folder, ROOT / "locales", tmp_path / "one")
    words = alone.read(TEXT).replace("Хозяин сообщает", "Хозяин жилья сообщает")
    alone.publish({TEXT: words.encode()}, "anna", "alone", NOW)
    alone.close()

    instance("one").catch_up()

    assert says(instance("other")).startswith("Хозяин жилья")


def test_a_process_that_died_before_it_shared_a_version_shares_it_at_its_next_start(
    instance: Instance, tmp_path: Path
) -> None:
    one = instance("one")
    publish(one, "Хозяин жилья сообщает")
    one.editions.close()
    unshared = Editions(tmp_path / "content", ROOT / "locales", tmp_path / "one")  # as if the shelf were not there yet
    unshared.publish({TEXT: unshared.read(TEXT).replace("жилья", "дома").encode()}, "anna", "x", NOW)
    unshared.close()

    again, other = instance("one"), instance("other")

    assert says(again) == says(other) == "Хозяин дома сообщает за **{host_days}**."


def test_without_the_database_the_last_version_stays_and_nothing_is_published(
    instance: Instance, postgres: tuple[Server, str], caplog: pytest.LogCaptureFixture
) -> None:
    one = instance("one")
    publish(one, "Хозяин жилья сообщает")
    server, url = postgres
    server.signal(signal.SIGINT)
    server.ended()
    try:
        one.catch_up()
        one.catch_up()
        with pytest.raises(DatabaseAway):
            publish(one, "B сообщает", old="Хозяин жилья сообщает")
        before = says(one), one.editions.read(TEXT)
        late = instance("one")
    finally:
        server.start()
        servers.until_answers(url)

    assert caplog.text.count("what other instances publish is not seen here") == 2  # once for each process
    assert says(late) == before[0]
    assert before[0].startswith("Хозяин жилья")
    assert "Хозяин жилья" in before[1]
    publish(one, "B сообщает", old="Хозяин жилья сообщает")
    assert says(one).startswith("B")


async def test_who_is_told_looks_at_once_and_who_cannot_be_told_looks_all_the_same(redis: tuple[Server, str]) -> None:
    server, url = redis
    looks: asyncio.Queue[None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def look() -> None:
        loop.call_soon_threadsafe(looks.put_nowait, None)

    patient = asyncio.create_task(news.follow(url, look, seconds=3600))
    try:
        async with asyncio.timeout(20):
            await looks.get()
            while looks.empty():  # until it listens
                await asyncio.to_thread(news.tell, url)
            while not looks.empty():
                looks.get_nowait()
            await asyncio.to_thread(news.tell, url)
            await looks.get()
            server.signal(signal.SIGKILL)
            server.ended()
            await asyncio.to_thread(news.tell, url)  # nobody hears, nothing breaks
            server.start()
            while not looks.empty():
                looks.get_nowait()
            while looks.empty():
                await asyncio.to_thread(news.tell, url)
    finally:
        patient.cancel()
    alone = asyncio.create_task(news.follow("redis://127.0.0.1:1/0", look, seconds=0.01))
    async with asyncio.timeout(20):
        for _ in range(3):
            await looks.get()
    alone.cancel()
    await asyncio.gather(patient, alone, return_exceptions=True)


def test_the_shelf_keeps_the_order_and_refuses_a_fork(instance: Instance, postgres: tuple[Server, str]) -> None:
    one = instance("one")
    publish(one, "A сообщает")

    with closing(Shelf(postgres[1])) as shelf:
        first, second = shelf.after("")
        assert (first.before, second.before) == ("", first.version)
        assert shelf.newest() == second.version
        assert not shelf.put(type(second)("f" * 40, first.version, b""))
        assert shelf.put(second)  # the same again is the same
        assert [found.version for found in shelf.after(first.version)] == [second.version]


def test_copies_differ_in_nothing(instance: Instance, tmp_path: Path) -> None:
    one, other = instance("one"), instance("other")
    publish(one, "A сообщает")
    one.editions.publish({"content/lexicon.yaml": b"register: [x]\n"}, "anna", "new file", NOW)
    other.catch_up()
    one.editions.publish({"content/lexicon.yaml": None}, "anna", "gone again", NOW)
    other.catch_up()

    def files(name: str) -> dict[str, bytes]:
        root = tmp_path / name / "content"
        found = (path for folder in ("content", "locales") for path in (root / folder).rglob("*") if path.is_file())
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}

    assert files("one") == files("other")

"""Danger gets its screen with the database gone, the disk full or the content broken; groups and inline get none."""

import resource
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.app import Library, now
from bot.memory import Memory
from bot.settings import ROOT, Settings
from bot.simulator import Chat
from bot.store import NoStore, Store, open_store
from bot.telegram import build_dispatcher

CRIES = {"kk": "көмектесіңіздер", "ru": "помогите", "uz": "yordam bering", "tg": "ёрӣ диҳед", "en": "help me"}


def talk_to(library: Library, store: Store, language: str) -> Chat:
    return Chat(build_dispatcher(lambda: library.screens, store, Memory(), now), language_code=language)


async def cry_and_clear(chat: Chat, language: str) -> None:
    """The danger screen, one of its doors, and the chat cleared."""
    await chat.say(CRIES[language])
    assert chat.title == "☎ 112 · 102 · 103 · 111"
    await chat.press(next(label for label in chat.buttons if label.startswith("111 ·")))
    assert "111" in chat.text
    await chat.command("hide")
    assert len(chat.messages) == 1


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process may grow, as on a disk without room; let go before pytest writes its report to one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    held = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, held)


@pytest.mark.parametrize("language", CRIES)
async def test_it_comes_with_the_database_gone(library: Library, tmp_path: Path, language: str) -> None:
    said: list[str] = []
    store = open_store(f"sqlite:///{tmp_path}/safar.db", said.append)
    chat = talk_to(library, store, language)
    await chat.command("menu")
    await store.flush()
    shutil.rmtree(tmp_path)

    await cry_and_clear(chat, language)
    await store.flush()
    await store.close()


@pytest.mark.parametrize("language", CRIES)
async def test_it_comes_with_a_database_that_is_none(library: Library, tmp_path: Path, language: str) -> None:
    said: list[str] = []
    (tmp_path / "safar.db").mkdir()
    store = open_store(f"sqlite:///{tmp_path}/safar.db", said.append)

    await cry_and_clear(talk_to(library, store, language), language)
    await store.flush()

    assert len(said) == 1
    await store.close()


@pytest.mark.parametrize("language", CRIES)
async def test_it_comes_with_the_disk_full(library: Library, tmp_path: Path, language: str) -> None:
    said: list[str] = []
    with full_disk():
        store = open_store(f"sqlite:///{tmp_path}/safar.db", said.append)
        await cry_and_clear(talk_to(library, store, language), language)
        await store.flush()
        with pytest.raises(OSError, match="too large"):
            (tmp_path / "proof").write_text("the disk is really full")

    await store.close()
    assert len(said) == 1


@pytest.mark.parametrize("language", CRIES)
async def test_it_comes_with_the_database_locked_by_another(library: Library, tmp_path: Path, language: str) -> None:
    store = open_store(f"sqlite:///{tmp_path}/safar.db", lambda _: None)
    other = sqlite3.connect(tmp_path / "safar.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    await cry_and_clear(talk_to(library, store, language), language)

    other.close()
    await store.close()


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library whose content folder broke after the start: every file of it is rubbish, then all of it is gone."""
    folder = tmp_path_factory.mktemp("broken")
    shutil.copytree(ROOT / "content", folder / "content")
    library = Library(Settings(data_dir=folder / "data", content_dir=folder / "content"))
    for path in (folder / "content").rglob("*.*"):
        if path.is_file():
            path.write_bytes(b"\xff\xfe: [")
    library.take_up()
    shutil.rmtree(folder / "content")
    library.take_up()
    return library


@pytest.mark.parametrize("language", CRIES)
async def test_it_comes_with_the_content_broken_after_the_start(broken: Library, tmp_path: Path, language: str) -> None:
    store = open_store(f"sqlite:///{tmp_path}/safar.db", lambda _: None)
    chat = talk_to(broken, store, language)

    await cry_and_clear(chat, language)
    await chat.say("/privacy")
    await chat.say("SOS")
    await chat.press(next(label for label in chat.buttons if label.startswith("☎")))

    assert len(chat.buttons) > 8
    await store.close()


@pytest.mark.parametrize("language", CRIES)
async def test_in_a_group_and_inline_a_cry_gets_no_danger_answer(library: Library, language: str) -> None:
    chat = talk_to(library, NoStore(), language)
    group = chat.in_group()
    me = await group.bot.me()

    for cry in (CRIES[language], f"@{me.username} {CRIES[language]}", f"/help@{me.username}", "SOS"):
        await group.say(cry)

    assert all("112" not in message.text for message in group.messages if message.is_from_bot)
    assert await chat.inline(CRIES[language]) == []
    assert len([message for message in group.messages if message.is_from_bot]) == 2


@pytest.mark.parametrize("language", CRIES)
async def test_shelter_lawyer_consulate_and_the_others_are_two_taps_from_the_danger_screen(
    library: Library, language: str
) -> None:
    chat = talk_to(library, NoStore(), language)
    say = library.content.title
    await chat.say("SOS")
    more = next(label for label in chat.buttons if label.startswith("☎"))

    for topic in ("help/crisis-centers", "help/legal-aid", "help/consulates"):
        await chat.say("SOS")
        await chat.press(more)
        await chat.press(say(topic, language))
        assert chat.title == say(topic, language)
    for sign in ("🧱", "🧒", "👤", "💬"):
        await chat.say("SOS")
        await chat.press(more)
        await chat.press(next(label for label in chat.buttons if label.startswith(sign)))
        assert "111" in chat.text
    for sign in ("🔇", "📍", "📱"):
        await chat.say("SOS")
        assert sign in chat.text
        await chat.press(next(label for label in chat.buttons if label.startswith(sign)))
        assert "112" in chat.text

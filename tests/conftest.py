"""What the tests share: the real content once, small content of their own, and conversations over both."""

import asyncio
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import uvloop

from bot import app, content, locales
from bot.content import Content, Spelling
from bot.locales import Languages
from bot.memory import Memory
from bot.settings import ROOT, Settings
from bot.simulator import Chat
from bot.store import NoStore, Store
from bot.telegram import build_dispatcher

TODAY = date(2026, 11, 22)
_ON_BOTH_LOOPS = ("test_door", "test_webhook", "test_wire", "test_lane", "test_lean", "test_polling")


def pytest_asyncio_loop_factories(item: pytest.Item) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """What speaks over a network is tested on Python's own loop and on libuv's, which a running bot has."""
    is_on_both = item.path.stem in _ON_BOTH_LOOPS
    return {"asyncio": asyncio.new_event_loop} | ({"uvloop": uvloop.new_event_loop} if is_on_both else {})


@pytest.fixture(scope="session")
def languages() -> Languages:
    return locales.load(ROOT / "locales")


@pytest.fixture(scope="session")
def spellings(languages: Languages) -> dict[str, Spelling]:
    return app.spellings(languages)


@pytest.fixture(scope="session")
def real(spellings: dict[str, Spelling]) -> Content:
    """The content of this repository."""
    return content.load(ROOT / "content", spellings)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The defaults, with a data folder of the tests' own."""
    return Settings(data_dir=tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def library(settings: Settings) -> app.Library:
    """Everything built as the bot builds it, over the real content."""
    return app.Library(settings)


@pytest.fixture(scope="session")
def weights(library: app.Library, settings: Settings) -> Path:
    """The folder of what was learned from the real content, so that a process of a test need not learn it again."""
    return settings.data_dir / "cache"


Talk = Callable[..., Chat]


@pytest.fixture
def talk(library: app.Library) -> Talk:
    """A new person's phone against a new dispatcher over the real content."""

    def begin(language: str | None = "ru", store: Store | None = None, memory: Memory | None = None) -> Chat:
        dispatcher = build_dispatcher(lambda: library.screens, store or NoStore(), memory or Memory(), app.now)
        return Chat(dispatcher, language_code=language)

    return begin


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small content folder: two topics, one fact, one place, in Russian and Uzbek."""
    return small_content(tmp_path / "content")


def small_content(folder: Path) -> Path:
    """Write the small content into a folder and return it."""
    files = {
        "topics.yaml": (
            "stay:\n  registration:\n    about: x\n    near: help/lines\nhelp:\n  lines:\n    about: y\n    alias: k9\n"
        ),
        "facts.yaml": (
            "host_days:\n  kind: working_days\n  values:\n"
            "    - {value: 3, from: 2020-01-01, confidence: high, checked: 2026-01-01, sources: [law]}\n"
        ),
        "sources.yaml": "law: {title: The law, publisher: Adilet, url: https://adilet.zan.kz/x, date: 2025-09-27}\n",
        "regions.yaml": (
            "all:\n  names: {ru: Весь Казахстан, en: All Kazakhstan}\n  short_numbers: ['111', '112']\n"
            "shymkent:\n  names: {ru: Шымкент, uz: Chimkent}\n  near: [turkistan]\n"
            "  towns:\n    shymkent: {names: {ru: Шымкент, uz: Chimkent}, lat: 42.32, lon: 69.59}\n"
            "turkistan:\n  names: {ru: Туркестанская область}\n  near: [shymkent]\n"
            "  towns:\n    saryagash: {names: {ru: Сарыагаш}, lat: 41.47, lon: 69.17}\n"
        ),
        "places.yaml": (
            "line-112:\n  kind: hotline\n  names: {ru: Служба, en: Line}\n  region: all\n  serves: [emergency]\n"
            "  phones:\n  - {number: '112', status: official}\n  as_of: '2021-09-08'\n  sources:\n  - {title: t}\n"
        ),
        "stay/ru.md": "---\ntitle: Жизнь здесь\n---\nВсё о жизни.\n",
        "help/ru.md": "---\ntitle: Помощь\n---\nКто поможет.\n",
        "stay/registration/ru.md": article("Регистрация", "Хозяин сообщает за **{host_days}**."),
        "stay/registration/uz.md": article("Roʻyxatdan oʻtish", "Uy egasi **{host_days}** ichida xabar beradi."),
        "help/lines/ru.md": article("Телефоны", "Звоните {line-112}."),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "content" / "units.yaml", folder / "units.yaml")
    return folder


def article(title: str, short: str, header: str = "compared: 2026-11-21\nsources: law\n") -> str:
    """A text file with a part."""
    return f"---\ntitle: {title}\nasked: {title} как; {title} где\n{header}---\n{short}\n\n## steps\n1. Раз.\n2. Ещё.\n"

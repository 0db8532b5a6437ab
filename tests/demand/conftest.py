"""Made-up histories, small and large, and what may be shown of them."""

from datetime import date
from pathlib import Path

import pytest

from bot.content import Content
from bot.demand import Release, Source, read_release
from bot.demand.simulate import NOTE, Course, simulate
from bot.store import write_made_up
from tests.conftest import TODAY


@pytest.fixture(scope="session")
def topics(real: Content) -> list[str]:
    return list(real.topics)


@pytest.fixture(scope="session")
def regions(real: Content) -> list[str]:
    return [id for id in real.regions if id != "all"]


@pytest.fixture(scope="session")
def busy(tmp_path_factory: pytest.TempPathFactory, topics: list[str], regions: list[str]) -> str:
    """Two years of a bot that ninety people ask a day; the database's URL."""
    path = tmp_path_factory.mktemp("busy") / "made-up.db"
    write_made_up(path, NOTE, simulate(Course(2, TODAY), topics, regions))
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def quiet(tmp_path_factory: pytest.TempPathFactory, topics: list[str], regions: list[str]) -> str:
    """A year of a bot that nine people ask a day."""
    path = tmp_path_factory.mktemp("quiet") / "made-up.db"
    write_made_up(path, NOTE, simulate(Course(1, date(2026, 5, 20), people_a_day=9), topics, regions))
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def release(busy: str, topics: list[str]) -> Release:
    """What may be shown of the busy bot's years."""
    return read_release(Source(busy, 5, 400), topics, TODAY)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"

"""A database of each kind, empty for every test."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests import servers


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with servers.postgres() as (_, url):
        yield url


@pytest.fixture
def shared(postgres_server: str) -> str:
    """An empty database of PostgreSQL."""
    name = f"safar_{uuid4().hex}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres_server.replace("/postgres", f"/{name}")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'safar.db'}"
    return str(request.getfixturevalue("shared"))

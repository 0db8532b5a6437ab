"""Shelf: the versions of the content that several instances share, as git's own objects, one after the other.

A row is a version over the one before it: as no two rows name the same one before, two desks that publish at once lose
nothing: one of them is told.
"""

import threading
from dataclasses import dataclass
from typing import Any

import psycopg

from bot.store.bare import Database, Migrations
from bot.store.errors import DatabaseAway, Taken
from bot.store.postgres import Postgres

migrations = Migrations("editions")


@migrations()
def m001_editions(database: Database) -> None:
    """The versions in their order; the first stands over nothing."""
    database.execute("""
        CREATE TABLE editions (
            number INTEGER PRIMARY KEY, version TEXT NOT NULL UNIQUE, before TEXT NOT NULL UNIQUE,
            objects BYTEA NOT NULL
        )
    """)


@dataclass(frozen=True)
class Shared:
    """One version, what it stands over, and the objects it brought."""

    version: str
    before: str
    objects: bytes


class Shelf:
    """Every call is one round trip under a lock; raises DatabaseAway."""

    def __init__(self, url: str) -> None:
        self._database = Postgres(url)
        self._lock = threading.Lock()
        self._is_migrated = False

    def newest(self) -> str:
        """The version that every instance shall serve; empty before the first."""
        rows = self._tried("SELECT version FROM editions ORDER BY number DESC LIMIT 1")
        return str(rows[0]["version"]) if rows else ""

    def has(self, version: str) -> bool:
        """Whether it was ever shared."""
        return bool(self._tried("SELECT 1 FROM editions WHERE version = ?", version))

    def after(self, version: str) -> list[Shared]:
        """What was shared after a version, or ever, where it was not shared itself; in order."""
        rows = self._tried(
            "SELECT version, before, objects FROM editions WHERE number >"
            " coalesce((SELECT number FROM editions WHERE version = ?), 0) ORDER BY number",
            version,
        )
        return [Shared(str(row["version"]), str(row["before"]), bytes(row["objects"])) for row in rows]

    def put(self, one: Shared) -> bool:
        """Share a version; False where another was shared over the same one before."""
        try:
            self._tried(
                "INSERT INTO editions SELECT coalesce(max(number), 0) + 1, ?, ?, ?::bytea FROM editions"
                " RETURNING number",
                one.version, one.before, one.objects,
            )  # fmt: skip
        except Taken:
            return self.newest() == one.version  # the answer to our own first try was lost
        return True

    def close(self) -> None:
        with self._lock:
            self._database.close()

    def _tried(self, statement: str, *values: object) -> list[dict[str, Any]]:
        with self._lock:
            try:
                if not self._is_migrated:
                    self._database.migrate(migrations)
                    self._is_migrated = True
                return list(self._database.query(statement, values))
            except psycopg.Error as error:
                raise DatabaseAway(f"DATABASE_URL does not answer now ({type(error).__name__}).") from error

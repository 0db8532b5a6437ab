"""The staff database: who works at the desk, one-time links, sessions, drafts, confirmations and the audit list.

A file of its own beside the counters, or tables beside theirs in PostgreSQL: here ids of staff may stand, and nothing
about readers ever does. Keys of links and sessions are kept as keyed hashes, so that a stolen copy opens no session.
"""

import hashlib
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.store.bare import Database, Migrations
from bot.store.errors import DatabaseAway, Taken

if TYPE_CHECKING:
    from bot.store.postgres import Postgres

ROLES = ("owner", "editor", "translator", "reviewer", "analyst")
LINK_MINUTES = 10
IDLE_HOURS, LONGEST_DAYS = 12, 14
_MOST_LINKS = 5  # unused at once, for one person


@dataclass(frozen=True)
class Person:
    """Somebody on the staff; `title` is the profession that may stand under a reviewed text."""

    id: int
    name: str
    roles: frozenset[str]
    languages: frozenset[str] = frozenset()
    telegram: int | None = None
    title: str = ""
    is_active: bool = True

    def has(self, roles: Iterable[str]) -> bool:
        """Whether any of these roles is this person's."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True)
class Session:
    """One browser that signed in; `number` names it to the owner, its key is known to the browser alone."""

    number: int
    person: Person
    csrf: str
    client: str
    began: str
    seen: str


@dataclass(frozen=True)
class Draft:
    """New words for one unit (a file, or one entry of a file), and the words they were written over."""

    file: str
    key: str
    base: str
    body: str
    by: str
    at: str
    state: str
    is_machine: bool


@dataclass(frozen=True)
class Checked:
    """That a person has checked the number of a place, on a day and in a way."""

    staff: int
    role: str
    by: str
    on: str


@dataclass(frozen=True)
class Deed:
    """One line of the audit list."""

    at: str
    who: str
    act: str
    what: str


migrations = Migrations("staff")


@migrations()
def m001_staff(database: Database) -> None:
    """Everything the desk keeps."""
    for table in (
        """staff (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, roles TEXT NOT NULL, languages TEXT NOT NULL,
                  telegram INTEGER UNIQUE, title TEXT NOT NULL, is_active INTEGER NOT NULL)""",
        "links (hash TEXT PRIMARY KEY, staff INTEGER NOT NULL, until TEXT NOT NULL)",
        """sessions (number INTEGER PRIMARY KEY AUTOINCREMENT, hash TEXT NOT NULL UNIQUE, staff INTEGER NOT NULL,
                     csrf TEXT NOT NULL, client TEXT NOT NULL, began TEXT NOT NULL, seen TEXT NOT NULL)""",
        """drafts (file TEXT NOT NULL, key TEXT NOT NULL, base TEXT NOT NULL, body TEXT NOT NULL, staff TEXT NOT NULL,
                   at TEXT NOT NULL, state TEXT NOT NULL, is_machine INTEGER NOT NULL, PRIMARY KEY (file, key))""",
        """confirmations (place TEXT NOT NULL, number TEXT NOT NULL, staff INTEGER NOT NULL, role TEXT NOT NULL,
                          by TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (place, number, staff))""",
        """audit (id INTEGER PRIMARY KEY, at TEXT NOT NULL, staff TEXT NOT NULL, act TEXT NOT NULL,
                  what TEXT NOT NULL)""",
    ):
        database.execute(f"CREATE TABLE {table} STRICT")


class NoStaff(Exception):  # a word for whoever runs the bot, as elsewhere in this house
    """The database of staff cannot be opened."""


def open_staff(path: Path, url: str, secret: str, now: Callable[[], datetime]) -> "Staff":
    """The staff database in this file, or beside the counters in the database several instances share."""
    from bot.store import is_shared

    if is_shared(url):
        from bot.store.postgres import open_tables

        try:
            return Staff(open_tables(url, migrations), secret, now)
        except DatabaseAway as error:
            raise NoStaff("the database that DATABASE_URL names does not answer; start again when it does") from error
    try:
        return Staff(open_file(path), secret, now)
    except (OSError, sqlite3.Error) as error:
        raise NoStaff(f"{path.name} in DATA_DIR cannot be opened ({error})") from error


def open_file(path: Path) -> Database:
    """The tables in a file of their own, which no other user of the machine may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    path.chmod(0o600)
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    database = Database(connection)
    migrations.apply(database)
    return database


class Staff:
    """Every call is one short transaction under a lock; call it from a thread, never on the bot's own path."""

    def __init__(self, database: "Database | Postgres", secret: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._lock = threading.RLock()
        self._key = hashlib.blake2b(secret.encode(), digest_size=32).digest()
        self._now = now

    def close(self) -> None:
        with self._lock:
            self._database.close()

    # People

    def everyone(self) -> list[Person]:
        """All who are or were on the list, by name."""
        return [_person(row) for row in self._rows("SELECT * FROM staff ORDER BY is_active DESC, name")]

    def find(self, id: int) -> Person | None:
        return next((_person(row) for row in self._rows("SELECT * FROM staff WHERE id = ?", id)), None)

    def named(self, name: str) -> Person | None:
        return next((_person(row) for row in self._rows("SELECT * FROM staff WHERE name = ?", name)), None)

    def on_telegram(self, telegram: int) -> Person | None:
        """The active person with this id in Telegram."""
        rows = self._rows("SELECT * FROM staff WHERE telegram = ? AND is_active = 1", telegram)
        return next((_person(row) for row in rows), None)

    def has_owner(self) -> bool:
        """Whether an owner has ever signed in."""
        return any(
            person.is_active and "owner" in person.roles and _has_been(self, person) for person in self.everyone()
        )

    def add(self, person: Person) -> Person:
        """Put somebody on the list; raises ValueError where the name or Telegram id is taken."""
        try:
            rows = self._rows(
                "INSERT INTO staff (name, roles, languages, telegram, title, is_active) VALUES (?, ?, ?, ?, ?, 1)"
                " RETURNING *",
                *_columns(person),
            )
        except (sqlite3.IntegrityError, Taken) as error:
            raise ValueError("taken") from error
        return _person(rows[0])

    def change(self, person: Person) -> None:
        """Write a person's name, roles and the rest anew; one who is off the list loses sessions and links at once."""
        try:
            with self._lock, self._database.atomic():
                self._database.execute(
                    "UPDATE staff SET name=?, roles=?, languages=?, telegram=?, title=?, is_active=? WHERE id=?",
                    (*_columns(person), int(person.is_active), person.id),
                )
                if not person.is_active:
                    self._database.execute("DELETE FROM sessions WHERE staff = ?", (person.id,))
                    self._database.execute("DELETE FROM links WHERE staff = ?", (person.id,))
        except (sqlite3.IntegrityError, Taken) as error:
            raise ValueError("taken") from error

    # Links and sessions

    def link(self, person: Person, minutes: int = LINK_MINUTES) -> str | None:
        """The key of a new one-time link; None where too many of this person's wait unused."""
        key = secrets.token_urlsafe(32)
        with self._lock, self._database.atomic():
            self._database.execute("DELETE FROM links WHERE until < ?", (self._at(),))
            waiting = self._rows("SELECT count(*) AS n FROM links WHERE staff = ?", person.id)
            if int(str(waiting[0]["n"])) >= _MOST_LINKS:
                return None
            until = self._at(timedelta(minutes=minutes))
            self._database.execute("INSERT INTO links VALUES (?, ?, ?)", (self._hash(key), person.id, until))
        return key

    def enter(self, key: str, client: str) -> str | None:
        """Use up a link; the token of the new session, or None for a key that is unknown, used or too old."""
        with self._lock, self._database.atomic():
            rows = self._rows("DELETE FROM links WHERE hash = ? RETURNING *", self._hash(key))
            person = self.find(int(str(rows[0]["staff"]))) if rows else None
            if person is None or not person.is_active or str(rows[0]["until"]) < self._at():
                return None
            token = secrets.token_urlsafe(32)
            self._database.execute(
                "INSERT INTO sessions (hash, staff, csrf, client, began, seen) VALUES (?, ?, ?, ?, ?, ?)",
                (self._hash(token), person.id, secrets.token_urlsafe(32), client[:80], self._at(), self._at()),
            )
        return token

    def session(self, token: str) -> Session | None:
        """The session of a browser's cookie, while it is fresh and its person on the list."""
        with self._lock:
            idle, oldest = self._at(timedelta(hours=-IDLE_HOURS)), self._at(timedelta(days=-LONGEST_DAYS))
            self._database.execute("DELETE FROM sessions WHERE seen < ? OR began < ?", (idle, oldest))
            rows = self._rows("SELECT * FROM sessions WHERE hash = ?", self._hash(token))
            person = self.find(int(str(rows[0]["staff"]))) if rows else None
            if person is None or not person.is_active:
                return None
            self._database.execute("UPDATE sessions SET seen = ? WHERE number = ?", (self._at(), rows[0]["number"]))
            return _session(rows[0], person)

    def sessions(self) -> list[Session]:
        """All that are open, the newest first."""
        people = {person.id: person for person in self.everyone()}
        rows = self._rows("SELECT * FROM sessions ORDER BY seen DESC")
        return [_session(row, people[int(str(row["staff"]))]) for row in rows]

    def end(self, number: int) -> None:
        self._run("DELETE FROM sessions WHERE number = ?", number)

    # Drafts

    def drafts(self) -> list[Draft]:
        """All drafts, the newest first."""
        return [_draft(row) for row in self._rows("SELECT * FROM drafts ORDER BY at DESC, file, key")]

    def draft(self, file: str, key: str) -> Draft | None:
        rows = self._rows("SELECT * FROM drafts WHERE file = ? AND key = ?", file, key)
        return next((_draft(row) for row in rows), None)

    def keep(self, drafts: Iterable[Draft]) -> None:
        """Write drafts, all or none."""
        with self._lock, self._database.atomic():
            for one in drafts:
                self._database.execute(
                    "INSERT INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (file, key) DO UPDATE SET"
                    " base = excluded.base, body = excluded.body, staff = excluded.staff, at = excluded.at,"
                    " state = excluded.state, is_machine = excluded.is_machine",
                    (one.file, one.key, one.base, one.body, one.by, self._at(), one.state, int(one.is_machine)),
                )

    def drop(self, units: Iterable[tuple[str, str]]) -> None:
        with self._lock, self._database.atomic():
            for file, key in units:
                self._database.execute("DELETE FROM drafts WHERE file = ? AND key = ?", (file, key))

    # Phones

    def confirm(self, place: str, number: str, checked: Checked) -> None:
        """One person's word for a number; said anew it replaces the older one."""
        self._run(
            "INSERT INTO confirmations VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (place, number, staff) DO UPDATE SET"
            " role = excluded.role, by = excluded.by, day = excluded.day",
            place, number, checked.staff, checked.role, checked.by, checked.on,
        )  # fmt: skip

    def confirmations(self, place: str, number: str) -> list[Checked]:
        rows = self._rows("SELECT * FROM confirmations WHERE place = ? AND number = ? ORDER BY day", place, number)
        return [Checked(int(str(row["staff"])), str(row["role"]), str(row["by"]), str(row["day"])) for row in rows]

    # Audit

    def note(self, who: str, act: str, what: str = "") -> None:
        """Add a line to the audit list; it speaks of staff and content, never of readers."""
        self._run("INSERT INTO audit (at, staff, act, what) VALUES (?, ?, ?, ?)", self._at(), who, act, what[:300])

    def audit(self, most: int = 300) -> list[Deed]:
        """The newest lines first."""
        rows = self._rows("SELECT * FROM audit ORDER BY id DESC LIMIT ?", most)
        return [Deed(str(row["at"]), str(row["staff"]), str(row["act"]), str(row["what"])) for row in rows]

    def _run(self, statement: str, *values: object) -> None:
        with self._lock:
            self._database.execute(statement, values)

    def _rows(self, statement: str, *values: object) -> list[dict[str, object]]:
        with self._lock:
            return list(self._database.query(statement, values))

    def _hash(self, key: str) -> str:
        return hashlib.blake2b(key.encode(), key=self._key, digest_size=32).hexdigest()

    def _at(self, shift: timedelta = timedelta()) -> str:
        return (self._now() + shift).isoformat(" ", "seconds")


def _has_been(staff: Staff, person: Person) -> bool:
    return bool(staff._rows("SELECT 1 FROM audit WHERE staff = ? AND act = 'sign in' LIMIT 1", person.name))


def _columns(person: Person) -> tuple[object, ...]:
    roles, languages = " ".join(sorted(person.roles)), " ".join(sorted(person.languages))
    return person.name, roles, languages, person.telegram, person.title


def _person(row: dict[str, object]) -> Person:
    telegram = row["telegram"]
    return Person(
        int(str(row["id"])), str(row["name"]), frozenset(str(row["roles"]).split()),
        frozenset(str(row["languages"]).split()), None if telegram is None else int(str(telegram)),
        str(row["title"]), bool(row["is_active"]),
    )  # fmt: skip


def _session(row: dict[str, object], person: Person) -> Session:
    texts = (str(row[name]) for name in ("csrf", "client", "began", "seen"))
    return Session(int(str(row["number"])), person, *texts)


def _draft(row: dict[str, object]) -> Draft:
    file, key, base, body, by, at, state = (
        str(row[name]) for name in ("file", "key", "base", "body", "staff", "at", "state")
    )
    return Draft(file, key, base, body, by, at, state, bool(row["is_machine"]))

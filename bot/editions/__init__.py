"""Editions: what is published, as files in a git repository; a version is in force as a whole or not at all.

The repository is the folder that holds `content/` and `locales/`. Where that is a git repository of its own which may
be written, versions are committed there and the files in it change. Otherwise (a read-only checkout, no repository, or
one that holds the program too) both folders are copied into DATA_DIR/content at the first edit, which is a repository
from then on and is what the bot reads. The program's own repository is left alone on purpose: texts of an organisation
and code of its makers in one history would stand in the way of every upgrade.

Several instances share their versions on a shelf in the database: a version is put there before it is in force, over
the one before it or not at all, and each instance takes into its copy what the others have put there.

A version is committed first and then written into the folder, file by file by renaming, under a lock the bot's reader
takes too. If the process dies between, the next start finds the mark it left and finishes the writing.
"""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.editions.files import FOLDERS, files_in, is_ours, write
from bot.editions.version import Change, Version
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.editions.repository import Repository
    from bot.store.shelf import Shelf

__all__ = ["Behind", "Change", "Conflict", "Editions", "Files", "Version"]

log = logging.getLogger(__name__)

Files = Mapping[str, bytes | None]  # by name from the root, like content/stay/ru.md; None takes a file away

Tell = Callable[[], object]

_MARK = "publishing"


class Editions:
    """The folders in force and their history; every call may take milliseconds of disk, none of network but two."""

    def __init__(
        self,
        content: Path,
        locales: Path,
        data: Path,
        shelf: "Shelf | None" = None,
        tell: Tell | None = None,
    ) -> None:
        self._shelf, self._tell, self._caught = shelf, tell, ""
        self._given = {"content": content, "locales": locales}
        self._copy = data / "content"
        self._lock = threading.RLock()
        self._repository: Repository | None = None
        own = content.resolve().parent
        is_own = (own / ".git").exists() and locales.resolve().parent == own and not (own / "bot").exists()
        self._own = own if is_own and content.name == "content" and locales.name == "locales" else None
        if shelf or (self._own and not os.access(self._own / ".git", os.W_OK)):
            self._own = None
        self._finish()

    @classmethod
    def of(cls, settings: Settings, shelf: "Shelf | None" = None, tell: Tell | None = None) -> "Editions":
        """Those a bot with these settings serves: commands read what people see, not what it all began with."""
        return cls(settings.content_dir, settings.locales_dir, settings.data_dir, shelf, tell)

    @property
    def content(self) -> Path:
        return self._folder("content")

    @property
    def locales(self) -> Path:
        return self._folder("locales")

    @property
    def given_locales(self) -> Path:
        """The folder of phrases that came with the program; newer than the copy after an upgrade."""
        return self._given["locales"]

    @property
    def is_copied(self) -> bool:
        """Whether the bot reads the copy in DATA_DIR, and not the folders it was given."""
        return self._own is None and (self._copy / ".git").exists()

    def close(self) -> None:
        """Let go of the repository's files."""
        with self._lock:
            if self._repository:
                self._repository.close()
                self._repository = None
        if self._shelf:
            self._shelf.close()

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """While this holds, no version is being written."""
        with self._lock:
            yield

    def read(self, file: str) -> str:
        """The words of a file in force; empty where there is none."""
        folder, _, name = file.partition("/")
        path = self._folder(folder) / name
        with self._lock:
            return path.read_bytes().decode("utf-8") if path.is_file() else ""

    def stamp(self) -> object:
        """Changes with the edition in force and with every hand that edits its files."""
        folders = (self.content, self.locales)
        paths = (path for folder in folders for path in folder.rglob("*") if is_ours(path.name))
        return hash(tuple(sorted((str(path), path.stat().st_mtime_ns) for path in paths)))

    @property
    def version(self) -> str:
        """The version in force; empty before the first edit."""
        repository = self._open()
        return repository.head if repository else ""

    def publish(self, files: Files, who: str, why: str, now: datetime, over: str | None = None) -> Version:
        """Make a version of these files and put it in force; raises Behind where it is not `over` the last any more."""
        with self._lock:
            if over not in (None, self.version):
                raise Behind
            repository = self._begin(now)
            self._take_in(repository, now)
            return self._release(repository, files, lambda: repository.commit(files, who, why, now))

    def catch_up(self, now: datetime) -> bool:
        """Put in force what other instances have published; whether there was anything. Raises DatabaseAway."""
        if self._shelf is None or (newest := self._shelf.newest()) == self._caught != "":
            return False
        with self._lock:
            repository = self._open()
            if repository is None:
                if newest:
                    self._begin_with(newest, self._shelf)
                    self._caught = newest
                return bool(newest)
            if self._share(repository):
                return False
            last = self._last_shared(repository)
            for one in self._shelf.after(last):
                repository.take(one.objects)
            was = self._set_aside(repository, last, now)
            with self._marked(repository, was):
                repository.move(newest)
                self._write(repository, repository.to_write(was, newest))
            self._caught = newest
            return True

    def versions(self, most: int = 100, file: str = "") -> list[Version]:
        """The newest first; none before the first edit."""
        repository = self._open()
        return repository.log(most, file) if repository else []

    def changes(self, version: str) -> list[Change]:
        """What a version changed: each file before and after; raises KeyError for an unknown one."""
        repository = self._open()
        if repository is None:
            raise KeyError(version)
        return repository.changes(version)

    def undoing(self, version: str) -> Files:
        """The files as they were right before a version, to be published as a newer one.

        Only what this version changed goes back; raises Conflict where a later one has changed the same file again.
        """
        back: dict[str, bytes | None] = {}
        for change in self.changes(version):
            if self._bytes(change.file) != change.after:
                raise Conflict(change.file)
            back[change.file] = change.before
        return back

    def past(self, file: str, most: int = 60) -> Iterator[str]:
        """What a file said in earlier versions, the newest first."""
        repository = self._open()
        seen = set()
        for version in repository.log(most, file) if repository else ():
            for change in repository.changes(version.id) if repository else ():
                for state in (change.after, change.before):
                    if change.file == file and state is not None and state not in seen:
                        seen.add(state)
                        yield state.decode("utf-8", "replace")

    def remote(self) -> str:
        """The address of the repository others work in, as git knows it under `origin`; empty where there is none."""
        repository = self._open()
        return repository.remote() if repository else ""

    def push(self) -> None:
        """Send our versions on; raises Diverged where others have published meanwhile."""
        repository = self._open()
        if repository:
            repository.push()

    def fetch(self) -> tuple[Files, Files, str]:
        """What others changed since we last agreed, and what we did, and the version they are at."""
        repository = self._open()
        if repository is None:
            return {}, {}, ""
        return repository.fetch()

    def join(self, files: Files, theirs: str, who: str, why: str, now: datetime, over: str) -> Version:
        """Publish a version that holds theirs and ours; raises Behind where ours is not the last one any more."""
        with self._lock:
            if over != self.version:
                raise Behind
            repository = self._begin(now)
            return self._release(repository, files, lambda: repository.commit(files, who, why, now, theirs))

    def _release(self, repository: "Repository", files: Files, commit: Callable[[], Version]) -> Version:
        """Commit, share and write a version; raises Behind where another instance was quicker."""
        before, is_shared = repository.head, False
        with self._marked(repository, before):
            version = commit()
            try:
                is_shared = self._share(repository)
            finally:
                if not is_shared:
                    repository.move(before)
            if is_shared:
                self._write(repository, files)
        if not is_shared:
            raise Behind
        if self._tell:
            self._tell()
        return version

    def _share(self, repository: "Repository") -> bool:
        """Put on the shelf what stands over its newest version; False where it does not."""
        if self._shelf is None or self._shelf.newest() == repository.head:
            self._caught = repository.head if self._shelf else ""
            return True
        from bot.store.shelf import Shared

        last, head = self._last_shared(repository), repository.head
        if not self._shelf.put(Shared(head, last, repository.pack(head, last))):
            return False
        self._caught = head
        return True

    def _last_shared(self, repository: "Repository") -> str:
        assert self._shelf is not None
        return next((version for version in repository.lineage() if self._shelf.has(version)), "")

    def _set_aside(self, repository: "Repository", last: str, now: datetime) -> str:
        """Keep on a branch what only this instance has, so that it serves what all serve; the version it was at."""
        self._take_in(repository, now)
        if (was := repository.head) != last:
            log.warning(
                "the content was changed here and published elsewhere; ours is kept as %s", repository.set_aside()
            )
        return was

    @contextmanager
    def _marked(self, repository: "Repository", before: str) -> Iterator[None]:
        """While this holds, a start finishes what is written, from the version before."""
        mark = repository.root / ".git" / _MARK
        mark.write_text(before, encoding="utf-8")
        yield
        mark.unlink()

    def _folder(self, name: str) -> Path:
        return self._copy / name if self.is_copied else self._given[name]

    def _bytes(self, file: str) -> bytes | None:
        folder, _, name = file.partition("/")
        path = self._folder(folder) / name
        return path.read_bytes() if path.is_file() else None

    def _open(self) -> "Repository | None":
        if self._repository is None and (self._own or self.is_copied):
            from bot.editions.repository import Repository

            self._repository = Repository(self._own or self._copy)
        return self._repository

    def _begin(self, now: datetime) -> "Repository":
        """The repository; the first edit makes it where there is none."""
        if found := self._open():
            return found
        from bot.editions.repository import Repository

        side = self._copy.with_name("content.new")
        shutil.rmtree(side, ignore_errors=True)
        for name in FOLDERS:
            shutil.copytree(self._given[name], side / name, ignore=shutil.ignore_patterns(".*"))
            _make_writable(side / name)
        repository = Repository.begin(side)
        repository.commit(files_in(side), "Safar", "What the desk began with", now)
        repository.stage(files_in(side))
        repository.close()
        side.rename(self._copy)
        self._repository = Repository(self._copy)
        if not self._share(self._repository):
            raise Behind
        return self._repository

    def _begin_with(self, newest: str, shelf: "Shelf") -> None:
        """The copy of an instance that comes later: all that was shared."""
        from bot.editions.repository import Repository

        side = self._copy.with_name("content.new")
        shutil.rmtree(side, ignore_errors=True)
        side.mkdir(parents=True)
        repository = Repository.begin(side)
        for one in shelf.after(""):
            repository.take(one.objects)
        repository.move(newest)
        self._write(repository, repository.to_write("", newest))
        repository.close()
        side.rename(self._copy)

    def _take_in(self, repository: "Repository", now: datetime) -> None:
        """What somebody changed in the files by hand becomes a version of its own, so that nothing is lost."""
        edited = {name: body for name, body in repository.edited(files_in(repository.root)).items() if is_ours(name)}
        if edited:
            repository.commit(edited, "files", "Edited in the files", now)
            repository.stage(edited)

    def _write(self, repository: "Repository", files: Files) -> None:
        for name, body in files.items():
            write(repository.root / name, body)
        repository.stage(files)

    def _finish(self) -> None:
        """A version that was committed and not wholly written is written now."""
        mark = (self._own or self._copy) / ".git" / _MARK
        if mark.exists() and (repository := self._open()):
            self._write(repository, repository.to_write(mark.read_text(encoding="utf-8"), repository.head))
            mark.unlink()


class Behind(Exception):  # a word for the person, as elsewhere in this house
    """Another instance has published meanwhile; its version comes first."""


class Conflict(Exception):  # a word for the person, as elsewhere in this house
    """A file was changed by somebody else meanwhile; carries its name."""


def _make_writable(folder: Path) -> None:
    for path in _all(folder):
        path.chmod(path.stat().st_mode | (0o700 if path.is_dir() else 0o600))


def _all(folder: Path) -> Iterable[Path]:
    yield folder
    yield from folder.rglob("*")

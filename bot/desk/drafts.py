"""Drafts: what somebody has changed and nobody has published; kept beside the content, tried as if it were in force.

A unit is what one person edits at a time: a whole text, or one entry of a file: a fact, a place, a phrase. A draft
keeps the words it was written over, so that newer words of somebody else are seen and never lost.
"""

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import po
from bot.apart import apart
from bot.content import Content, Mistake, editing
from bot.editions import Editions, Files
from bot.editions.files import write
from bot.locales import Languages
from bot.store.staff import Draft, Staff
from bot.tree import CannotBeRead

Unit = tuple[str, str]  # a file, and the name of an entry in it, or nothing for the whole


class Newer(Exception):  # a word for the person, as elsewhere in this house
    """Somebody has saved newer words of the same unit meanwhile; carries them."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class Overtaken(Exception):  # a word for the person, as elsewhere in this house
    """A draft was written over words that are not the published ones any more; carries its unit."""

    def __init__(self, unit: Unit) -> None:
        super().__init__()
        self.unit = unit


Load = Callable[[Path, Path, Content | None], tuple[Content, Languages]]
FindMistakes = Callable[[Path, Path, date, bool, Path], list[Mistake]]


@dataclass(frozen=True)
class _Loaded:
    stamp: object
    content: Content
    languages: Languages


class Drafts:
    """All drafts of the desk over the edition in force; safe to use from several threads."""

    def __init__(
        self, staff: Staff, editions: Editions, folder: Path, cache: Path, load: Load, mistakes: FindMistakes
    ) -> None:
        self._staff, self._editions, self._folder, self._cache = staff, editions, folder, cache
        self._load, self._mistakes = load, mistakes
        self._lock = threading.RLock()
        self._loaded: _Loaded | None = None

    def published(self, unit: Unit) -> str:
        """What is in force."""
        text = self._editions.read(unit[0])
        return entry(unit[0], text, unit[1]) if unit[1] else text

    def words(self, unit: Unit) -> str:
        """What the next reader at the desk sees: the draft, else what is in force."""
        draft = self._staff.draft(*unit)
        return draft.body if draft else self.published(unit)

    def file(self, name: str) -> str:
        """A whole file with every draft of it."""
        text = self._editions.read(name)
        for draft in reversed(self._staff.drafts()):
            if draft.file == name:
                text = with_entry(draft.file, text, draft.key, draft.body) if draft.key else draft.body
        return text

    def save(self, unit: Unit, body: str, seen: str, by: str, state: str = "draft", machine: bool = False) -> None:
        """Keep new words, written over those with the mark `seen`; raises Newer where these are not the last ones."""
        with self._lock:
            current = self.words(unit)
            if mark(current) != seen and current != body:
                raise Newer(current)
            published, old = self.published(unit), self._staff.draft(*unit)
            if body == published:
                self._staff.drop([unit])
                return
            base = old.base if old else published
            self._staff.keep([Draft(*unit, base, body, by, "", state, machine)])

    def save_whole(self, unit: Unit, body: str, seen: str, by: str) -> None:
        """As `save`; raises CannotBeRead, and keeps nothing, where not a page of the desk could be read with it."""
        with self._lock:
            old = self._staff.draft(*unit)
            self.save(unit, body, seen, by)
            try:
                self._fresh()
            except CannotBeRead:
                self._staff.drop([unit])
                self._staff.keep([old] if old else [])
                raise

    def keep_all(self, changed: Iterable[tuple[Unit, str]], by: str, machine: bool = False) -> int:
        """Keep many at once, all or none; how many differ from what is in force."""
        with self._lock:
            drafts = []
            for unit, body in changed:
                old, published = self._staff.draft(*unit), self.published(unit)
                if body != (old.body if old else published):
                    drafts.append(Draft(*unit, old.base if old else published, body, by, "", "draft", machine))
            self._staff.keep(drafts)
            return len(drafts)

    def rebase(self, unit: Unit) -> None:
        """Somebody has seen both: the draft stands over what is in force now."""
        with self._lock:
            if draft := self._staff.draft(*unit):
                kept = Draft(*unit, self.published(unit), draft.body, draft.by, "", draft.state, draft.is_machine)
                self._staff.keep([kept])

    def is_overtaken(self, draft: Draft) -> bool:
        return draft.base != self.published((draft.file, draft.key))

    def files(self, drafts: Iterable[Draft]) -> Files:
        """The files these drafts make of those in force; raises Overtaken."""
        texts: dict[str, str] = {}
        for draft in drafts:
            if self.is_overtaken(draft):
                raise Overtaken((draft.file, draft.key))
            text = texts.get(draft.file, self._editions.read(draft.file))
            texts[draft.file] = with_entry(draft.file, text, draft.key, draft.body) if draft.key else draft.body
        return {name: text.encode() if text else None for name, text in texts.items()}

    def content(self) -> Content:
        """The content as it would be with every draft."""
        return self._fresh().content

    def languages(self) -> Languages:
        """The bot's own phrases as they would be."""
        return self._fresh().languages

    def mistakes(self, drafts: Iterable[Draft], today: date) -> list[Mistake]:
        """What `check` says of the edition these drafts would make; in a process of its own."""
        return self.mistakes_in(self.files(drafts), today)

    def mistakes_in(self, files: Files, today: date) -> list[Mistake]:
        """What `check` says of the edition these files would make."""
        with self._lock:
            folder = self._lay_out("candidate", files)
            has_phrases = any(name.startswith("locales/") for name in files)
            tree = folder / "content", folder / "locales"
            return apart(self._mistakes, *tree, today, has_phrases, self._cache, seconds=300)

    @contextmanager
    def scratch(self, name: str, body: str) -> Iterator[Path]:
        """A folder with one file in it, to be read apart from everything; gone afterwards."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self._folder) as folder:
            write(Path(folder) / name, body.encode())
            yield Path(folder)

    @property
    def cache(self) -> Path:
        """Where lies what was learned of the edition in force."""
        return self._cache

    @property
    def is_any(self) -> bool:
        return bool(self._staff.drafts())

    @property
    def tree(self) -> tuple[Path, Path]:
        """Where the content and phrases with every draft lie."""
        return self._folder / "draft" / "content", self._folder / "draft" / "locales"

    @property
    def stamp(self) -> object:
        """Changes with every draft and every edition."""
        drafts = tuple((one.file, one.key, mark(one.body)) for one in self._staff.drafts())
        return drafts, self._editions.stamp()

    def _fresh(self) -> _Loaded:
        with self._lock:
            stamp = self.stamp
            if self._loaded is None or self._loaded.stamp != stamp:
                good = [draft for draft in self._staff.drafts() if not self.is_overtaken(draft)]
                folder = self._lay_out("draft", self.files(good))
                last = self._loaded.content if self._loaded else None
                self._loaded = _Loaded(stamp, *self._load(folder / "content", folder / "locales", last))
            return self._loaded

    def _lay_out(self, name: str, files: Files) -> Path:
        """The edition in force with these files over it, as a tree of its own."""
        folder = self._folder / name
        shutil.rmtree(folder, ignore_errors=True)
        with self._editions.at_rest():
            shutil.copytree(self._editions.content, folder / "content")
            shutil.copytree(self._editions.locales, folder / "locales")
        for file, body in files.items():
            write(folder / file, body)
        return folder


def mark(words: str) -> str:
    """Twelve letters that change with any byte of the words."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def entry(file: str, text: str, key: str) -> str:
    """One entry of a file, by the kind of the file."""
    return po.entry(text, key) if file.endswith(".po") else editing.entry(text, key)


def with_entry(file: str, text: str, key: str, words: str) -> str:
    """A file with one entry written anew."""
    return po.with_entry(text, key, words) if file.endswith(".po") else editing.with_entry(text, key, words)

"""One git repository through dulwich: versions are commits on its branch; no git program is needed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

from dulwich import porcelain
from dulwich.diff_tree import tree_changes
from dulwich.graph import find_merge_base
from dulwich.object_store import MissingObjectFinder, commit_tree_changes, iter_tree_contents
from dulwich.objects import Blob, Commit, ObjectID, ShaFile, Tree, TreeEntry
from dulwich.refs import HEADREF, Ref
from dulwich.repo import Repo

from bot.editions.version import Change, Version

_FILE = 0o100644
_MAIL = "desk@safar.invalid"  # commits ask for an address; nobody's own stands in the history
_FOLDERS = (b"content/", b"locales/")


class Diverged(Exception):  # a word for the person, as elsewhere in this house
    """Others have published meanwhile; take theirs in first."""


class Repository:
    """Knows only what lies in content/ and locales/; anything else in the repository stays as it is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._repo = Repo(str(root))

    @classmethod
    def begin(cls, root: Path) -> "Repository":
        """A new repository in a folder."""
        Repo.init(str(root), default_branch=b"main").close()
        return cls(root)

    def close(self) -> None:
        self._repo.close()

    def commit(self, files: Mapping[str, bytes | None], who: str, why: str, now: datetime, merged: str = "") -> Version:
        """A version of these files over the last one."""
        store = self._repo.object_store
        changes: list[tuple[bytes, int | None, ObjectID | None]] = []
        known = {entry.path for entry in self._tree()}
        for name, body in files.items():
            if body is not None:
                blob = Blob.from_string(body)
                store.add_object(blob)
                changes.append((name.encode(), _FILE, blob.id))
            elif name.encode() in known:
                changes.append((name.encode(), None, None))
        tree = commit_tree_changes(store, self._head_tree(), changes)
        person = f"{_plain(who)} <{_MAIL}>".encode()
        shift = now.utcoffset()
        zone = int(shift.total_seconds()) if shift else 0
        id = self._repo.get_worktree().commit(
            f"{why.strip()}\n".encode(), person, person, int(now.timestamp()), zone, int(now.timestamp()), zone,
            tree=tree, merge_heads=[ObjectID(merged.encode())] if merged else [], no_verify=True, sign=False,
        )  # fmt: skip
        return Version(id.decode(), _plain(who), now.isoformat(" ", "minutes"), why.strip())

    def stage(self, files: Iterable[str]) -> None:
        """Tell git's own list of files, so that people who use git in this folder see nothing odd."""
        self._repo.get_worktree().stage([name.encode() for name in files])

    @property
    def head(self) -> str:
        """The last version; empty before the first."""
        head = self._head()
        return head.decode() if head else ""

    def lineage(self, most: int = 1000) -> Iterator[str]:
        """The last version and those it stands over, the newest first."""
        version = self.head
        for _ in range(most if version else 0):
            yield version
            parents = self._commit(version).parents
            if not parents:
                return
            version = parents[0].decode()

    def pack(self, version: str, after: str) -> bytes:
        """All that is kept of a version and not of one before it, to be taken into another repository."""
        store = self._repo.object_store
        haves = [ObjectID(after.encode())] if after else []
        missing = MissingObjectFinder(store, haves, [ObjectID(version.encode())])
        bodies = [store[sha].as_legacy_object() for sha, _ in missing]
        return b"".join(len(body).to_bytes(4, "big") + body for body in bodies)

    def take(self, packed: bytes) -> None:
        """Take in what another repository has packed; nothing is in force by that."""
        stream = BytesIO(packed)
        while size := stream.read(4):
            body = stream.read(int.from_bytes(size, "big"))
            self._repo.object_store.add_object(ShaFile.from_file(BytesIO(body)))

    def move(self, version: str) -> None:
        """Make another version the last one; files stay as they are."""
        self._repo.refs[HEADREF] = ObjectID(version.encode())

    def set_aside(self) -> str:
        """Keep the last version on a branch of its own, whatever comes next; the name of the branch."""
        name = f"aside-{self.head[:10]}"
        self._repo.refs[Ref(f"refs/heads/{name}".encode())] = ObjectID(self.head.encode())
        return name

    def to_write(self, before: str, version: str) -> dict[str, bytes | None]:
        """Our files that differ between two versions, as they are in the second; all of them after nothing."""
        first = self._commit(before).tree if before else None
        found = self._between(first, self._commit(version).tree)
        return {name: new for name, (_, new) in found.items() if name.encode().startswith(_FOLDERS)}

    def log(self, most: int, file: str = "") -> list[Version]:
        if self._head() is None:
            return []
        paths = [file.encode()] if file else None
        return [_version(one.commit) for one in self._repo.get_walker(max_entries=most, paths=paths)]

    def changes(self, version: str) -> list[Change]:
        """What a version changed against the one before it; raises KeyError."""
        commit = self._commit(version)
        before = self._commit(commit.parents[0].decode()).tree if commit.parents else None
        return [
            Change(name, old, new)
            for name, (old, new) in self._between(before, commit.tree).items()
            if name.encode().startswith(_FOLDERS)
        ]

    def edited(self, found: Mapping[str, bytes]) -> dict[str, bytes | None]:
        """What of the files on disk differs from the last version."""
        kept = {entry.path.decode(): entry.sha for entry in self._tree()}
        edited: dict[str, bytes | None] = {
            name: body for name, body in found.items() if Blob.from_string(body).id != kept.get(name)
        }
        edited |= {name: None for name in kept if name not in found}
        return edited

    def remote(self) -> str:
        try:
            return self._repo.get_config().get((b"remote", b"origin"), b"url").decode()
        except KeyError:
            return ""

    def push(self) -> None:
        """Raises Diverged, or what the network raises."""
        branch = self._branch()
        try:
            porcelain.push(
                self._repo, self.remote(), [f"refs/heads/{branch}"], outstream=BytesIO(), errstream=BytesIO()
            )
        except porcelain.DivergedBranches as error:
            raise Diverged from error

    def fetch(self) -> tuple[dict[str, bytes | None], dict[str, bytes | None], str]:
        """Both sides' changes since the last version they share, and the id of theirs."""
        found = porcelain.fetch(self._repo, self.remote(), errstream=BytesIO(), quiet=True)
        theirs = found.refs.get(f"refs/heads/{self._branch()}".encode())  # type: ignore[call-overload]  # a plain name
        ours = self._head()
        if not theirs or ours is None or theirs == ours:
            return {}, {}, ""
        shared = find_merge_base(self._repo, [ours, theirs])
        base = self._commit(shared[0].decode()).tree if shared else None
        their_files = self._between(base, self._commit(theirs.decode()).tree)
        our_files = self._between(base, self._commit(ours.decode()).tree)
        return (
            {name: new for name, (_, new) in their_files.items() if name.encode().startswith(_FOLDERS)},
            {name: new for name, (_, new) in our_files.items()},
            theirs.decode() if shared != [theirs] else "",
        )

    def _between(self, one: ObjectID | None, other: ObjectID) -> dict[str, tuple[bytes | None, bytes | None]]:
        found = {}
        for change in tree_changes(self._repo.object_store, one, other):
            entry = change.new if change.new and change.new.path else change.old
            assert entry is not None
            assert entry.path is not None
            found[entry.path.decode()] = self._side(change.old), self._side(change.new)
        return dict(sorted(found.items()))

    def _side(self, entry: TreeEntry | None) -> bytes | None:
        return self._body(entry.sha) if entry and entry.sha and entry.path else None

    def _body(self, sha: ObjectID) -> bytes:
        blob = self._repo.object_store[sha]
        assert isinstance(blob, Blob)
        return blob.data

    def _tree(self) -> list[TreeEntry]:
        tree = self._head_tree()
        entries = iter_tree_contents(self._repo.object_store, tree) if self._head() else iter(())
        return [entry for entry in entries if entry.path and entry.path.startswith(_FOLDERS)]

    def _head_tree(self) -> ObjectID:
        head = self._head()
        if head is None:
            empty = Tree()
            self._repo.object_store.add_object(empty)
            return empty.id
        tree: ObjectID = self._commit(head.decode()).tree
        return tree

    def _head(self) -> ObjectID | None:
        try:
            return self._repo.head()
        except KeyError:
            return None

    def _branch(self) -> str:
        chain, _ = self._repo.refs.follow(b"HEAD")  # type: ignore[arg-type]  # a plain name
        return chain[-1].decode().removeprefix("refs/heads/")

    def _commit(self, version: str) -> Commit:
        try:
            found = self._repo.object_store[ObjectID(version.encode("ascii"))]
        except (ValueError, UnicodeEncodeError, AssertionError) as error:
            raise KeyError(version) from error
        if not isinstance(found, Commit):
            raise KeyError(version)
        return found


def _version(commit: Commit) -> Version:
    who = commit.author.decode("utf-8", "replace").partition(" <")[0]
    zone = commit.author_timezone
    at = datetime.fromtimestamp(commit.author_time, timezone(timedelta(seconds=zone)))
    return Version(
        commit.id.decode(), who, at.isoformat(" ", "minutes"), commit.message.decode("utf-8", "replace").strip()
    )


def _plain(who: str) -> str:
    return "".join(sign for sign in who if sign.isprintable() and sign not in "<>") or "?"

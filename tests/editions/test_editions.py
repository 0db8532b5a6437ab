"""Versions: whole or not at all, in the given repository or in a copy, joined with what others do."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from dulwich import porcelain

from bot.editions import Conflict, Editions, Version
from bot.editions.repository import Diverged

NOW = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
NAME = "content/stay/ru.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of content and locales, with no repository around it."""
    for name, words in {NAME: "old\n", "content/facts.yaml": "a: 1\n", "locales/ru/language.yaml": "x: y\n"}.items():
        (tmp_path / "given" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "given" / name).write_text(words, encoding="utf-8")
    return tmp_path / "given"


_opened: list[Editions] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """No test leaves a repository open."""
    yield
    while _opened:
        _opened.pop().close()


def editions(root: Path, data: str = "data") -> Editions:
    found = Editions(root / "content", root / "locales", root.parent / data)
    _opened.append(found)
    return found


def own(root: Path) -> Path:
    """The same folder as a repository of its own, with one version."""
    repo = porcelain.init(str(root))
    porcelain.add(repo, [str(path) for path in root.rglob("*") if path.is_file() and ".git" not in path.parts])
    porcelain.commit(repo, b"first", author=b"a <a@x>", committer=b"a <a@x>")
    repo.close()
    return root


def say(found: Editions, words: str, name: str = NAME) -> Version:
    return found.publish({name: words.encode()}, "anna", f"say {words}", NOW)


def test_before_the_first_edit_nothing_is_copied(root: Path) -> None:
    found = editions(root)

    assert (found.content, found.versions()) == (root / "content", [])
    assert not (root.parent / "data").exists()


def test_the_first_edit_copies_and_leaves_the_given_files_alone(root: Path) -> None:
    found = editions(root)

    say(found, "new\n")

    assert found.read(NAME) == "new\n"
    assert (root / NAME).read_text(encoding="utf-8") == "old\n"
    assert editions(root).read(NAME) == "new\n"
    assert [version.who for version in found.versions()] == ["anna", "Safar"]


def test_a_read_only_checkout_is_copied_too(root: Path) -> None:
    for path in (own(root), *root.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.access(root / ".git", os.W_OK):
        pytest.skip("whoever runs this may write everywhere, so nothing is read-only")
    found = editions(root)

    say(found, "new\n")

    assert found.is_copied


def test_a_repository_of_its_own_gets_the_version_and_git_sees_nothing_odd(root: Path) -> None:
    found = editions(own(root))

    say(found, "new\n")

    assert (root / NAME).read_text(encoding="utf-8") == "new\n"
    status = porcelain.status(str(root))
    assert not any(status.staged.values())
    assert status.unstaged == []
    assert not (root.parent / "data").exists()


def test_the_programs_own_repository_is_left_alone(root: Path) -> None:
    own(root)
    (root / "bot").mkdir()
    found = editions(root)

    say(found, "new\n")

    assert found.is_copied
    assert (root / NAME).read_text(encoding="utf-8") == "old\n"


def test_what_somebody_edits_in_the_files_becomes_a_version_and_is_not_lost(root: Path) -> None:
    found = editions(own(root))
    (root / "content" / "facts.yaml").write_text("a: 2\n", encoding="utf-8")

    say(found, "new\n")

    assert [version.who for version in found.versions()] == ["anna", "files", "a"]
    assert found.read("content/facts.yaml") == "a: 2\n"


def test_a_process_that_died_between_commit_and_files_is_mended_at_the_next_start(root: Path) -> None:
    found = editions(root)
    say(found, "first\n")
    say(found, "second\n")
    copy = root.parent / "data" / "content"
    (copy / NAME).write_text("first\n", encoding="utf-8")
    (copy / ".git" / "publishing").write_text("", encoding="utf-8")

    again = editions(root)

    assert again.read(NAME) == "second\n"
    assert not (copy / ".git" / "publishing").exists()


def test_a_version_is_taken_back_and_not_over_a_later_one(root: Path) -> None:
    found = editions(root)
    first, second = say(found, "first\n"), say(found, "second\n")

    with pytest.raises(Conflict):
        found.undoing(first.id)
    found.publish(found.undoing(second.id), "anna", "back", NOW)

    assert found.read(NAME) == "first\n"
    assert len(found.versions()) == 4


def test_past_words_are_found_in_the_history(root: Path) -> None:
    found = editions(root)
    say(found, "first\n")
    say(found, "second\n")

    assert list(found.past(NAME)) == ["second\n", "first\n", "old\n"]


@pytest.fixture
def two(root: Path, tmp_path: Path) -> tuple[Editions, Editions]:
    """Two desks, each with a clone of one bare repository between them."""
    own(root)
    middle = tmp_path / "middle.git"
    porcelain.clone(str(root), str(middle), bare=True, errstream=BytesIO()).close()
    for name in ("one", "other"):
        porcelain.clone(str(middle), str(tmp_path / name), errstream=BytesIO()).close()
    shutil.rmtree(root)
    return editions(tmp_path / "one"), editions(tmp_path / "other", "other-data")


def test_two_teams_stay_in_step(two: tuple[Editions, Editions]) -> None:
    one, other = two
    say(one, "ours\n")
    one.push()

    theirs, ours, version = other.fetch()
    other.join(theirs, version, "bota", "joined", NOW, other.version)

    assert ours == {}
    assert other.read(NAME) == "ours\n"
    assert other.fetch()[2] == ""


def test_work_on_different_files_is_joined_and_both_stand(two: tuple[Editions, Editions]) -> None:
    one, other = two
    say(one, "ours\n")
    one.push()
    say(other, "a: 9\n", "content/facts.yaml")

    with pytest.raises(Diverged):
        other.push()
    theirs, ours, version = other.fetch()
    other.join(theirs, version, "bota", "joined", NOW, other.version)
    other.push()

    assert set(theirs) == {NAME}
    assert set(ours) == {"content/facts.yaml"}
    assert (other.read(NAME), other.read("content/facts.yaml")) == ("ours\n", "a: 9\n")


def test_work_on_the_same_file_shows_both_sides(two: tuple[Editions, Editions]) -> None:
    one, other = two
    say(one, "ours\n")
    one.push()
    say(other, "theirs\n")

    found, mine, version = other.fetch()

    assert found[NAME] == b"ours\n"
    assert mine[NAME] == b"theirs\n"
    assert version
    assert other.read(NAME) == "theirs\n"

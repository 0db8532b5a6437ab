"""A tree: any two folders of content and phrases; read, proof-read and learned, mostly in a process of its own."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

from bot import content, locales, snapshot
from bot.content import Content, Mistake, Spelling, Unreadable
from bot.content.check import check as check_content
from bot.content.profile import read_profile
from bot.locales import Languages
from bot.matching import Matcher, build, renewed


class CannotStart(Exception):
    """The bot cannot start; the message says in one sentence what to mend."""


class CannotBeRead(CannotStart):
    """A tree has no catalogue, units or languages; carries the mistake to mend."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(str(mistake.what))
        self.mistake = mistake


def spellings(languages: Languages) -> dict[str, Spelling]:
    """What the content needs to know of each language."""
    return {one.code: Spelling(one.code, one.cldr, one.spelled_from, one.respell) for one in languages}


def load_tree(content_dir: Path, locales_dir: Path, last: Content | None) -> tuple[Content, Languages]:
    """The content and phrases of a tree; raises CannotBeRead where there is no catalogue in it."""
    try:
        languages = locales.load(locales_dir)
        return content.load(content_dir, spellings(languages), last), languages
    except Unreadable as error:
        raise CannotBeRead(error.mistake) from error
    except locales.BadLocales as error:
        raise CannotBeRead(Mistake("locales", 1, error.what)) from error


def renew_tree(content_dir: Path, locales_dir: Path, cache: Path, day: date) -> None:
    """Leave in the cache what a tree says, with what was learned before it."""
    _leave(content_dir, locales_dir, cache, day, renewed, snapshot.RENEWED)


def learn_tree(content_dir: Path, locales_dir: Path, cache: Path, day: date) -> None:
    """Leave in the cache what a tree says, and what is learned from it."""
    _leave(content_dir, locales_dir, cache, day, build, snapshot.LEARNED)


def mistakes_in(content_dir: Path, locales_dir: Path, day: date) -> list[Mistake]:
    """Every mistake of a tree, the catalogue's own too, with the advice that costs no time."""
    tree = _read_or_mistake(content_dir, locales_dir)
    if isinstance(tree, Mistake):
        return [tree]
    found, languages = tree
    return [*_mistakes(found, content_dir, day), *check_locales(languages, locales_dir)]


def proof_read(content_dir: Path, locales_dir: Path, day: date, has_phrases: bool, cache: Path) -> list[Mistake]:
    """Every mistake of a version, which is left in the cache, ready to be taken up where there is none.

    Phrases are looked at where the version changes some: what an older set of them lacks keeps no text from its reader.
    """
    mark = snapshot.fingerprint(content_dir, locales_dir, today=day)
    tree = _read_or_mistake(content_dir, locales_dir)
    if isinstance(tree, Mistake):
        return [tree]
    found, languages = tree
    beside = os.fork()  # from a process of one thread, to use the other core
    if not beside:
        _keep_renewed(found, mark, cache)
    mistakes = [*_mistakes(found, content_dir, day), *(check_locales(languages, locales_dir) if has_phrases else ())]
    os.waitpid(beside, 0)
    return mistakes


def _read_or_mistake(content_dir: Path, locales_dir: Path) -> tuple[Content, Languages] | Mistake:
    """A tree, or the one mistake for which nothing of it can be read."""
    try:
        languages = locales.load(locales_dir)
        return content.load(content_dir, spellings(languages)), languages
    except Unreadable as error:
        return error.mistake
    except locales.BadLocales as error:
        return Mistake("locales", 1, error.what)


def _keep_renewed(found: Content, mark: str, cache: Path) -> NoReturn:
    """Only a start ahead: where it breaks, the version is read when it is taken up."""
    try:
        snapshot.save(cache, mark, found, renewed(found, cache), snapshot.RENEWED)
    finally:
        os._exit(0)


def check_locales(languages: Languages, folder: Path) -> list[Mistake]:
    """The mistakes in locales/, named as those in content/ are."""
    from bot.phrases import check_phrases

    found = [*languages.mistakes, *check_phrases(folder)]
    return sorted({Mistake(f"{folder.name}/{file}", line, what) for file, line, what in found})


def _mistakes(found: Content, folder: Path, day: date) -> list[Mistake]:
    mistakes = check_content(found, folder, day)
    try:
        read_profile(folder)
    except Unreadable as error:
        mistakes.append(error.mistake)
    return mistakes


def _leave(
    content_dir: Path, locales_dir: Path, cache: Path, day: date, made: Callable[[Content, Path], Matcher], name: str
) -> None:
    mark = snapshot.fingerprint(content_dir, locales_dir, today=day)
    found = content.load(content_dir, spellings(locales.load(locales_dir)))
    matcher = made(found, cache)
    if snapshot.fingerprint(content_dir, locales_dir, today=day) == mark:  # nobody wrote meanwhile
        snapshot.save(cache, mark, found, matcher, name)

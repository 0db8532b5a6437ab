"""What is found in content, phrases and counters without a running bot: mistakes, tasks, reports, unlisted words."""

from collections.abc import Callable

from bot import content, locales
from bot.clock import today
from bot.content import Content, Unreadable
from bot.content.check import table as coverage
from bot.content.launch import launch_list, written
from bot.content.reported import reported as lines_of
from bot.editions import Editions
from bot.matching.check import check_words
from bot.settings import Settings
from bot.tree import mistakes_in, spellings


def check(settings: Settings, with_advice: bool, with_table: bool, write: Callable[[str], None]) -> int:
    """Every mistake in content/ and locales/; 1 where there is one."""
    editions = Editions.of(settings)
    if (found := _load(editions, write)) is None:
        return 1
    mistakes = [*mistakes_in(editions.content, editions.locales, today()), *check_words(found, editions.content)]
    bad = [mistake for mistake in mistakes if not mistake.is_advice]
    for mistake in mistakes if with_advice else bad:
        write(str(mistake))
    if with_table:
        for topic, states in coverage(found):
            write(f"{topic:32}" + "  ".join(f"{code} {state}" for code, state in states.items()))
    whole = sum(states[code] == "complete" for _, states in coverage(found) for code in states)
    total = len(found.topics) * len(found.spellings)
    write(f"{len(bad)} mistakes, {len(mistakes) - len(bad)} pieces of advice; {whole} of {total} texts complete")
    return 1 if bad else 0


def launch(settings: Settings, write: Callable[[str], None]) -> int:
    """Everything staff must still confirm before launch; what waits is no mistake."""
    editions = Editions.of(settings)
    if (found := _load(editions, write)) is None:
        return 1
    for line in written(launch_list(found, today())):
        write(line)
    return 0


def reported(settings: Settings, write: Callable[[str], None]) -> int:
    """Every phone and text that people reported as wrong: to be called and read, never removed by that."""
    from bot.store import read_wrong

    editions = Editions.of(settings)
    if (found := _load(editions, write)) is None:
        return 1
    lines = list(lines_of(found, read_wrong(settings.database)))
    for line in lines or ["Nothing was reported as wrong."]:
        write(line)
    return 0


def point_to_reported(settings: Settings, write: Callable[[str], None]) -> None:
    """One line above the report where somebody waits for a test call."""
    from bot.store import read_wrong

    if things := {row["thing"] for row in read_wrong(settings.database)}:
        write(f"Reported as wrong: {len(things)}. Call and read these first: python -m bot report --wrong\n")


def not_understood(settings: Settings, write: Callable[[str], None]) -> int:
    """The words of questions that were not understood and that nobody listed: each is a line for lexicon.yaml."""
    from bot.store import read_words

    rows = read_words(settings.database)
    for row in rows:
        write(f"{row['week']}  {row['language']:3}  {row['chats']:5}  {row['word']}")
    if not rows:
        write("No word was used by enough people without being understood.")
    return 0


def _load(editions: Editions, write: Callable[[str], None]) -> Content | None:
    """The content in force; None, and a word why, where its catalogue is broken."""
    try:
        return content.load(editions.content, spellings(locales.load(editions.locales)))
    except (Unreadable, locales.BadLocales) as error:
        write(str(error.mistake) if isinstance(error, Unreadable) else f"locales: {error}")
        return None

"""Gaps: topics and languages where an answer helps too few, as a list of work; what helps most people comes first."""

from dataclasses import dataclass
from typing import Literal

from bot.demand.release import LANGUAGES, Release, stream_of

MOST = 20
_WEAK = 0.7  # a text that fewer of its readers call helpful stands on the list


@dataclass(frozen=True)
class Gap:
    """One piece of work: `people` is how many a month, or a quarter for verdicts, would be helped."""

    kind: Literal["unanswered", "unhelpful", "missing"]
    topic: str
    language: str
    people: int


def gaps(release: Release, missing: set[tuple[str, str]]) -> list[Gap]:
    """Work, ordered by people; `missing` are the texts (topic, language) that are not written or behind."""
    return sorted([*_unanswered(release), *_unhelpful(release), *_missing(release, missing)], key=_order)[:MOST]


def _order(gap: Gap) -> tuple[int, str, str]:
    return -gap.people, gap.topic, gap.language


def _unanswered(release: Release) -> list[Gap]:
    """Questions that found nothing, by the language they came in."""
    month = release.months[-1] if release.months else ""
    shown = [(language, release.of(f"open/month/{month}", f"cell/{language}/none")) for language in LANGUAGES]
    return [Gap("unanswered", "", language, people) for language, people in shown if people is not None]


def _unhelpful(release: Release) -> list[Gap]:
    """Texts of which many readers say that they did not help."""
    table = f"verdict/{release.quarters[-1]}" if release.quarters else ""
    found = []
    for topic in release.topics:
        good, bad = release.of(table, f"helped/{topic}"), release.of(table, f"not_helped/{topic}")
        if bad is not None and good is not None and good < _WEAK * (good + bad):
            found.append(Gap("unhelpful", topic, "", bad))
    return found


def _missing(release: Release, missing: set[tuple[str, str]]) -> list[Gap]:
    """Languages in which a topic is asked and its text is not good."""
    month = release.months[-1] if release.months else ""
    found = []
    for topic, language in missing:
        people = release.of(f"{stream_of(topic)}/month/{month}", f"cell/{language}/{topic}")
        if people is not None:
            found.append(Gap("missing", topic, language, people))
    return found

"""Try a question: the topics it gets with the drafts, beside those it gets now. What is typed here is kept nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.content import Content
from bot.desk.visit import STAFF, Page, Visit
from bot.matching import Match, Matcher
from bot.matching.explain import explain

LONGEST = 400


def pages() -> list[Page]:
    return [Page("GET", "/asked", show, STAFF), Page("POST", "/asked", ask, STAFF)]


@dataclass(frozen=True)
class Outcome:
    """What becomes of a question with one set of words."""

    name: str
    match: Match
    topics: list[tuple[str, str, float]]  # id, title, score
    why: list[str]


def show(visit: Visit) -> web.Response:
    return visit.page("asked.html", question="", outcomes=[], is_learned=True, back=_back(visit, visit.query))


def ask(visit: Visit) -> web.Response:
    """Answered twice; what is still being learned of the drafts is said."""
    desk, question = visit.desk, " ".join(visit.form.get("question", "").split())[:LONGEST]
    outcomes, is_learned = [], True
    if question:
        matcher, is_learned = desk.trial.matcher(lambda: desk.today)
        now = _outcome(visit, visit.say("Now"), desk.library.matcher, desk.library.whole(), question)
        outcomes = [now]
        if desk.drafts.is_any:
            name = visit.say("With the drafts")
            outcomes.append(_outcome(visit, name, matcher, desk.drafts.content(), question))
    back = _back(visit, visit.form)
    return visit.page("asked.html", question=question, outcomes=outcomes, is_learned=is_learned, back=back)


def _outcome(visit: Visit, name: str, matcher: Matcher, content: Content, question: str) -> Outcome:
    match = matcher.match(question)
    code = visit.language.code if visit.language.code in content.spellings else "ru"
    topics = [(id, content.title(id, code), score) for id, score in match.topics[:3] if id in content.topics]
    return Outcome(name, match, topics, list(explain(matcher, content, question, None)))


def _back(visit: Visit, given: Mapping[str, str]) -> str:
    """The meaning somebody came from; only ones that are there, so that no address comes from outside."""
    id = given.get("meaning", "")
    return id if id in visit.desk.drafts.content().lexicon else ""

"""The launch list: everything staff must still confirm before launch, by importance and by place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.content import Content, Place
from bot.content.facts import Fact, Value, references
from bot.content.places import OFFICES, SHELTERS
from bot.content.regions import ALL
from bot.safety import is_safety
from bot.sentence import Sentence

FIRST = "sana-sezim"  # the partner everything else leans on; its phone comes before all others


class Matter(Enum):
    """What a task is about, the most important first; the value is its title."""

    SHELTER_PHONES = Sentence("Phones of Sana Sezim and the crisis centres")
    NATIONAL_PHONES = Sentence("Phones of national lines and helpers")
    CONSULATE_PHONES = Sentence("Phones of embassies, consulates and lines of other countries")
    LOCAL_PHONES = Sentence("Phones of organisations, lawyers and doctors in the regions")
    OFFICE_PHONES = Sentence("Phones of offices in the regions")
    LINES = Sentence("Hours and languages of lines")
    LAWS = Sentence("Laws and rules that nobody has read in full")
    SAFETY_TEXTS = Sentence("Texts about safety that nobody has reviewed")
    PLACES = Sentence("Places of low confidence; they stand in no list until somebody finds out")
    OVERDUE = Sentence("Facts past their review date")
    LOW_FACTS = Sentence("Facts of low confidence")
    MEDIUM_FACTS = Sentence("Facts of medium confidence")
    TEXTS = Sentence("Other texts that nobody has reviewed")


@dataclass(frozen=True)
class Task:
    """One thing to confirm: in which region or file, about what, and what to do."""

    matter: Matter
    where: str
    subject: str
    what: Sentence


def launch_list(content: Content, today: date) -> list[Task]:
    """All that is left to confirm: by importance, then by region or file."""
    tasks = [*_places(content), *_laws(content), *_facts(content, today), *_texts(content)]
    matters, regions = list(Matter), list(content.regions)

    def order(task: Task) -> tuple[int, bool, int]:
        region = regions.index(task.where) if task.where in regions else len(regions)
        return matters.index(task.matter), task.subject != FIRST, region

    return sorted(tasks, key=order)


def written(tasks: list[Task]) -> Iterator[str]:
    """The list as plain lines, each matter under its title and count."""
    for matter in Matter:
        ours = [task for task in tasks if task.matter is matter]
        if ours:
            yield f"{matter.value}: {len(ours)}"
            yield from (f"  {task.where}  {task.subject}: {task.what}" for task in ours)
            yield ""
    yield f"{len(tasks)} things to confirm"


def _places(content: Content) -> Iterator[Task]:
    for place in content.places.values():
        matter = _phone_matter(place)
        if not place.phones:
            what = Sentence("no phone is known; find one, and have two people check it")
            yield Task(matter, place.region, place.id, what)
        for phone in place.phones:
            number = f"{phone.number} ({phone.what})" if phone.what else phone.number
            if not phone.is_proven:
                yield Task(matter, place.region, place.id, _to_call(number, place.as_of))
            lost = not phone.hours, not phone.languages
            if any(lost) and (phone.is_short or place.kind in ("hotline", "medical")):
                yield Task(Matter.LINES, place.region, place.id, _unconfirmed(number, *lost))
        if not place.is_listed:
            yield Task(Matter.PLACES, place.region, place.id, _to_find_out(place))


def _to_call(number: str, day: str) -> Sentence:
    if day:
        return Sentence("call {number}; its source is of {day}", number=number, day=day)
    return Sentence("call {number}; its source is undated", number=number)


def _unconfirmed(number: str, hours: bool, languages: bool) -> Sentence:
    if hours and languages:
        return Sentence("{number}: hours and languages not confirmed", number=number)
    if hours:
        return Sentence("{number}: hours not confirmed", number=number)
    return Sentence("{number}: languages not confirmed", number=number)


def _to_find_out(place: Place) -> Sentence:
    what = Sentence("find out whether it works and whom it takes; its source is undated.")
    if place.as_of:
        what = Sentence("find out whether it works and whom it takes; its source is of {day}.", day=place.as_of)
    return Sentence("{what} {note}", what=what, note=place.note) if place.note else what


def _phone_matter(place: Place) -> Matter:
    if place.id == FIRST or place.kind in SHELTERS:
        return Matter.SHELTER_PHONES
    if "consular" in place.serves:
        return Matter.CONSULATE_PHONES
    if place.region == ALL:
        return Matter.NATIONAL_PHONES
    return Matter.OFFICE_PHONES if place.kind in OFFICES else Matter.LOCAL_PHONES


def _laws(content: Content) -> Iterator[Task]:
    for source in content.sources.values():
        if not source.unread:
            continue
        topics = sorted({text.id for text in content.texts.values() if source.id in text.sources})
        unread = source.unread.rstrip(".")
        what = Sentence("read {what}.", what=unread)
        if topics:
            what = Sentence("read {what}. Cited by {topics}.", what=unread, topics=", ".join(topics))
        yield Task(Matter.LAWS, "sources.yaml", source.id, what)


def _facts(content: Content, today: date) -> Iterator[Task]:
    """Each fact once for each matter; a value that was replaced in time needs no review."""
    users = _users(content)
    for fact in content.facts.all.values():
        overdue = [
            value for value in fact.values if value.review and value.review < today and (value.until or today) >= today
        ]
        for matter, values in (
            (Matter.OVERDUE, overdue),
            (Matter.LOW_FACTS, [value for value in fact.values if value.confidence == "low"]),
            (Matter.MEDIUM_FACTS, [value for value in fact.values if value.confidence == "medium"]),
        ):
            if values:
                what = _to_check(fact, values, users.get(fact.id, []))
                yield Task(matter, f"facts.yaml:{values[0].line}", fact.id, what)


def _to_check(fact: Fact, values: list[Value], topics: list[str]) -> Sentence:
    of = [f"{value.key or value.since.year}: {value.value}" for value in values]
    said = f"{', '.join(of[:3])}{' …' if len(of) > 3 else ''} ({fact.about})"
    if topics:
        return Sentence("{values}; stands in {topics}", values=said, topics=", ".join(topics))
    return Sentence("{values}; stands in no text", values=said)


def _users(content: Content) -> dict[str, list[str]]:
    """The topics each fact stands in."""
    users: dict[str, list[str]] = {}
    passages = [
        *((text.id, one) for text in content.texts.values() for one in (text.short, *text.parts.values())),
        *((topic, one) for (topic, _), words in content.flow_words.items() for one in words.texts.values()),
    ]
    for topic, passage in passages:
        for reference in references(passage):
            topics = users.setdefault(reference.name, [])
            if topic not in topics:
                topics.append(topic)
    return users


def _texts(content: Content) -> Iterator[Task]:
    for topic in content.topics.values():
        waiting = [
            code
            for code, spelling in content.spellings.items()
            if spelling.source is None and (text := content.texts.get((topic.id, code))) and not text.reviewed
        ]
        if waiting:
            matter = Matter.SAFETY_TEXTS if is_safety(topic.id) else Matter.TEXTS
            yield Task(
                matter, topic.group, topic.id, Sentence("to be read in {languages}", languages=", ".join(waiting))
            )

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

FIRST = "sana-sezim"  # the partner everything else leans on; its phone comes before all others


class Matter(Enum):
    """What a task is about, the most important first; the value is its title."""

    SHELTER_PHONES = "Phones of Sana Sezim and the crisis centres"
    NATIONAL_PHONES = "Phones of national lines and helpers"
    CONSULATE_PHONES = "Phones of embassies, consulates and lines of other countries"
    LOCAL_PHONES = "Phones of organisations, lawyers and doctors in the regions"
    OFFICE_PHONES = "Phones of offices in the regions"
    LINES = "Hours and languages of lines"
    LAWS = "Laws and rules that nobody has read in full"
    SAFETY_TEXTS = "Texts about safety that nobody has reviewed"
    PLACES = "Places of low confidence; they stand in no list until somebody finds out"
    OVERDUE = "Facts past their review date"
    LOW_FACTS = "Facts of low confidence"
    MEDIUM_FACTS = "Facts of medium confidence"
    TEXTS = "Other texts that nobody has reviewed"


@dataclass(frozen=True)
class Task:
    """One thing to confirm: in which region or file, about what, and what to do."""

    matter: Matter
    where: str
    subject: str
    what: str


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
            yield Task(matter, place.region, place.id, "no phone is known; find one, and have two people check it")
        since = f"of {place.as_of}" if place.as_of else "undated"
        for phone in place.phones:
            what = f" ({phone.what})" if phone.what else ""
            if not phone.is_proven:
                yield Task(matter, place.region, place.id, f"call {phone.number}{what}; its source is {since}")
            lost = [name for name, known in (("hours", phone.hours), ("languages", phone.languages)) if not known]
            if lost and (phone.is_short or place.kind in ("hotline", "medical")):
                yield Task(
                    Matter.LINES, place.region, place.id, f"{phone.number}{what}: {' and '.join(lost)} not confirmed"
                )
        if not place.is_listed:
            what = f"find out whether it works and whom it takes; its source is {since}. {place.note}"
            yield Task(Matter.PLACES, place.region, place.id, what.strip())


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
        cited = f" Cited by {', '.join(topics)}." if topics else ""
        yield Task(Matter.LAWS, "sources.yaml", source.id, f"read {source.unread.rstrip('.')}.{cited}")


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
                used = f"; stands in {', '.join(users[fact.id])}" if fact.id in users else "; stands in no text"
                yield Task(matter, f"facts.yaml:{values[0].line}", fact.id, _said(fact, values) + used)


def _said(fact: Fact, values: list[Value]) -> str:
    of = [f"{value.key or value.since.year}: {value.value}" for value in values]
    return f"{', '.join(of[:3])}{' …' if len(of) > 3 else ''} ({fact.about})"


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
            yield Task(matter, topic.group, topic.id, f"to be read in {', '.join(waiting)}")

"""Every address that leads to a screen, so that check and tests can draw them all."""

from collections.abc import Iterator
from datetime import date

from bot.content import Content
from bot.content.letter import FIELDS
from bot.content.topics import PARTS
from bot.screens import danger, letter, near, sums, wrong
from bot.screens.address import Address

WORDS = (
    "menu",
    "language",
    "welcome",
    "privacy",
    "kept",
    "me",
    "forget",
    "none",
    "voice",
    "thing",
    "contact",
    "others",
    "done",
    "guide",
)


def addresses(content: Content) -> Iterator[Address]:
    """The words, the danger screen and its doors, sections, topics with their parts, places, sums, ways of flows."""
    for word in WORDS:
        yield Address(word)
    yield Address("done", (), "more")
    for answer in ("", letter.BEGIN, *FIELDS):
        yield Address(letter.PATH, (answer,) if answer else ())
    for door in ("", *danger.DOORS, *danger.STATES, danger.MORE, *danger.OTHERS):
        yield Address(danger.PATH, (door,) if door else ())
    for group in content.groups:
        yield Address(group.id)
    for topic in content.topics:
        for part in ("", *PARTS, "sources", "near", "helped", "not-helped", "choice", "wrong", "wrong-text"):
            yield Address(topic, (), part)
    for place in content.places.values():
        for part in ("", "card", "wrong"):
            yield Address(wrong.PLACE, (wrong.code(place),), part)
    for chosen in ("", "a", "b.more", "c.astana", "a.karaganda", "c.karaganda.temirtau", "d", "d.uz", "d.uz.almaty"):
        yield Address(near.PATH, tuple(chosen.split(".")) if chosen else ())
    yield from sums.samples(date.today())
    for chart in content.charts.values():
        yield Address(chart.topic, (), f"chart-{chart.id}")
    for topic, flow in content.flows.items():
        for way in flow.ways():
            yield Address(topic, way or ("start",))

"""Every address that leads to a screen, so that check and tests can draw them all."""

from collections.abc import Iterator

from bot.content import Content
from bot.content.topics import PARTS
from bot.screens import danger
from bot.screens.address import Address

WORDS = ("menu", "language", "welcome", "privacy", "kept", "me", "forget", "none", "voice", "thing", "contact", "done")


def addresses(content: Content) -> Iterator[Address]:
    """The words, the danger screen and its doors, the sections, each topic with its parts, each way of each flow."""
    for word in WORDS:
        yield Address(word)
    yield Address("done", (), "more")
    for door in ("", *danger.DOORS, *danger.STATES, danger.MORE, *danger.OTHERS):
        yield Address(danger.PATH, (door,) if door else ())
    for group in content.groups:
        yield Address(group.id)
    for topic in content.topics:
        for part in ("", *PARTS, "sources", "near", "helped", "not-helped", "choice"):
            yield Address(topic, (), part)
    for chart in content.charts.values():
        yield Address(chart.topic, (), f"chart-{chart.id}")
    for topic, flow in content.flows.items():
        for way in flow.ways():
            yield Address(topic, way or ("start",))

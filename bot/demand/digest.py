"""The digest: a short message with one picture, of what may leave the desk; the same words on the command line."""

from dataclasses import dataclass
from html import escape

from bot.demand.overview import overview
from bot.demand.release import Release
from bot.demand.rises import outside, rises
from bot.demand.table import Choice, Names
from bot.demand.tables import topics
from bot.demand.writing import to_png

LONGEST = 1024  # of a caption in Telegram


@dataclass(frozen=True)
class Digest:
    """What is sent to the staff's group; without a picture where there is nothing to draw."""

    text: str  # in our HTML
    picture: bytes


def digest(release: Release, names: Names, made_up: str) -> Digest | None:
    """The last whole week; nothing before there is one."""
    if release.last is None:
        return None
    safe = release.outside()
    lines = overview(safe, names, outside(rises(release)))
    head = names.say("What people asked in the week of {day}", day=f"{release.last:%d.%m.%Y}")
    body = [f"<b>{escape(head, quote=False)}</b>", *([escape(made_up, quote=False)] if made_up else [])]
    for line in lines:
        words = f" – {line.words}" if line.words else ""
        body.append(escape(f"{line.title}: {line.big}{words}", quote=False))
    body.append(escape(names.say("The figures stand at the desk, under Demand."), quote=False))
    table = topics(safe, names, Choice())
    text = "\n\n".join(body)
    while len(text) > LONGEST and len(body) > 2:
        body.pop(-2)
        text = "\n\n".join(body)
    return Digest(text, b"" if table.is_empty else to_png(table, made_up))

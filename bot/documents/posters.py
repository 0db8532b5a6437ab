"""A poster: what one may ask, a QR code to it and the same link in letters, for a wall, a fence, a bus window."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import segno

from bot.content import Content
from bot.documents.typeset import to_pdf
from bot.locales import Language

SIZES = ("A4", "A5")


@dataclass(frozen=True)
class Poster:
    """What one poster says; `start` is the start parameter of its link."""

    language: Language
    topic: str
    bot_name: str
    start: str
    size: str = "A4"

    @property
    def link(self) -> str:
        """Where its code leads."""
        return f"https://t.me/{self.bot_name}?start={self.start}"


def to_file(poster: Poster, content: Content, today: date) -> bytes:
    """The poster as a PDF of one page."""
    return to_pdf("poster", data(poster, content, today))


def data(poster: Poster, content: Content, today: date) -> dict[str, Any]:
    """Everything the template draws."""
    language, say = poster.language, poster.language.say
    text = content.text(poster.topic, language.code) if poster.topic else None
    safar = say("Safar answers questions about living and working in Kazakhstan.")
    emergency = next(
        (phone.number for place in content.places.values() if place.id == "line-112" for phone in place.proven), ""
    )
    return {
        "language": content.spellings[language.code].cldr.partition("_")[0],
        "size": poster.size,
        "title": text.title if text else safar,
        "about": safar if text else say("Permits, registration, wages, your rights, help in trouble."),
        "promises": [say("It is free."), say("Nothing about you is kept."), say("In your language.")],
        "scan": say("Point the camera of your phone here"),
        "find": say("or find in Telegram"),
        "name": f"@{poster.bot_name}",
        "link": poster.link.removeprefix("https://"),
        "qr": _qr(poster.link),
        "emergency": say("Life in danger: {number}", number=emergency) if emergency else "",
    }


def _qr(link: str) -> str:
    """The code as an SVG with its quiet zone; a quarter of it may be dirty or torn."""
    drawn = io.BytesIO()
    segno.make(link, error="q", micro=False, boost_error=False).save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue().decode()

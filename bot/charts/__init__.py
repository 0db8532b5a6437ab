"""Charts: a chart of content as a picture in the reader's language and numerals, and the words that go below it.

What draws is loaded with the first picture: most are sent again as the file that Telegram has already.
"""

import re
from datetime import date
from hashlib import sha256
from html import escape, unescape

from bot.charts.picture import Picture, compose, title
from bot.content import Content
from bot.content.charts import Chart
from bot.content.markup import to_html

__all__ = ["caption", "draw", "fingerprint", "title"]

LONGEST_CAPTION = 1024  # after markup, in UTF-16 units as Telegram counts


def draw(chart: Chart, content: Content, language: str, today: date) -> bytes:
    """The chart as a PNG for a small phone."""
    from bot.charts.png import to_png
    from bot.charts.svg import WIDTH, to_svg

    return to_png(to_svg(compose(chart, content, language, today)), WIDTH)


def fingerprint(chart: Chart, content: Content, language: str, today: date) -> str:
    """Twelve signs that change whenever the picture does: a picture sent once need not be drawn or sent again."""
    return sha256(repr(compose(chart, content, language, today)).encode()).hexdigest()[:12]


def caption(chart: Chart, content: Content, language: str, today: date) -> str:
    """The picture in words, as our HTML: what it is, its figures, what they leave out, who published them and when."""
    picture = compose(chart, content, language, today)
    words = [
        f"<b>{escape(picture.title, quote=False)}</b>\n{escape(picture.subtitle, quote=False)}",
        escape(picture.figures or picture.words.get("nothing", ""), quote=False),
        to_html(picture.note),
    ]
    cited = _cited(picture)
    for shown in range(len(cited), 0, -1):
        more = "; …" if shown < len(cited) else ""
        before = picture.words.get("sources", "")
        sources = (f"{escape(before, quote=False)}: " if before else "") + "; ".join(cited[:shown]) + more
        whole = "\n\n".join([*words, sources])
        if _length(whole) <= LONGEST_CAPTION:
            return whole
    return "\n\n".join(words)


def _cited(picture: Picture) -> list[str]:
    """Each publisher with the dates of what was read, linked where it has an address; the newest figures' first."""
    return [
        ", ".join(
            [
                _linked(publisher, next((url for day, url in dates if not day), "")),
                *(_linked(day, url) for day, url in dates if day),
            ]
        )
        for publisher, dates in picture.cited
    ]


def _linked(words: str, url: str) -> str:
    said = escape(words, quote=False)
    return f'<a href="{escape(url)}">{said}</a>' if url else said


def _length(html: str) -> int:
    return len(unescape(re.sub(r"<[^>]+>", "", html)).encode("utf-16-le")) // 2

"""A text and its entities -> Telegram's HTML: the way back from `parse_html`."""

from collections.abc import Iterable
from html import escape

from bot.bot_api.json import Json

_SIMPLE = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


def to_html(text: str, entities: Iterable[Json]) -> str:
    """The HTML that would give this text and these entities."""
    units = text.encode("utf-16-le", "surrogatepass")
    marks: list[tuple[int, int, int, str]] = []
    for order, entity in enumerate(sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))):
        opening, closing = _tags(entity)
        end = entity["offset"] + entity["length"]
        marks.append((entity["offset"], 1, order, opening))
        marks.append((end, 0, -order, closing))
    html, done = "", 0
    for place, _, _, tag in sorted(marks):
        html += escape(units[2 * done : 2 * place].decode("utf-16-le", "surrogatepass"), quote=False) + tag
        done = place
    return html + escape(units[2 * done :].decode("utf-16-le", "surrogatepass"), quote=False)


def _tags(entity: Json) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    if kind == "custom_emoji":
        return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
    if kind == "pre" and entity.get("language"):
        return f'<pre><code class="language-{escape(entity["language"])}">', "</code></pre>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    return (f"<{_SIMPLE[kind]}>", f"</{_SIMPLE[kind]}>") if kind in _SIMPLE else ("", "")

"""A text that is too long for one message, in pieces that are not."""

import re

MOST_CHARACTERS = 4096
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def split(html: str, most: int = MOST_CHARACTERS) -> list[str]:
    """Pieces that fit one message each, cut between paragraphs, else lines, else sentences, never inside a tag."""
    pieces, rest = [], html
    while len(rest) > most:
        cut = _cut(rest, most)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest]


def _cut(html: str, most: int) -> int:
    """Where to cut: the last good place before `most` at which every tag is closed."""
    window = html[:most]
    for place in (*_places(window, "\n\n"), *_places(window, "\n"), *_ends(window), *_places(window, " ")):
        if place and _is_balanced(html[:place]):
            return place
    return most


def _places(text: str, mark: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(mark), text)][::-1]


def _ends(text: str) -> list[int]:
    return [found.start() for found in _SENTENCE.finditer(text)][::-1]


def _is_balanced(html: str) -> bool:
    opened = len(re.findall(r"<(?!/)[a-z]", html))
    return opened == html.count("</") and html.rfind("<") <= html.rfind(">")

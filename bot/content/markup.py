"""Our small Markdown -> the HTML of Telegram, which browsers read too: bold, lists, links, paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

_markdown = MarkdownIt("zero").enable(["emphasis", "link", "list", "escape"])
_TOPIC_LINK = re.compile(r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*")


@lru_cache(maxsize=512)  # the texts that are read most: half a MiB
def to_html(markdown: str) -> str:
    """Paragraphs and lists, parted by blank lines; a link to another topic is left as its words."""
    blocks: list[str] = []
    lines: list[str] = []
    numbers: list[int | None] = []
    for token in _markdown.parse(markdown):
        if token.type == "ordered_list_open":
            numbers.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            numbers.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            numbers.pop()
            if not numbers:
                blocks.append("\n".join(lines))
                lines = []
        elif token.type == "inline":
            words = _inline(token.children or [])
            if not numbers:
                blocks.append(words)
            elif numbers[-1] is None:
                lines.append(f"• {words}")
            else:
                lines.append(f"{numbers[-1]}. {words}")
                numbers[-1] += 1
    return "\n\n".join(block for block in blocks if block)


@lru_cache(maxsize=512)
def topic_links(markdown: str) -> tuple[str, ...]:
    """The topics a text links to, in order; they become buttons below it."""
    if "](" not in markdown:
        return ()
    found = (
        token.attrGet("href")
        for block in _markdown.parse(markdown)
        for token in block.children or []
        if token.type == "link_open"
    )
    return tuple(dict.fromkeys(str(href) for href in found if href and _TOPIC_LINK.fullmatch(str(href))))


@dataclass(frozen=True)
class Span:
    """Words of one look; `to` is the topic or web page they lead to."""

    words: str
    is_bold: bool = False
    to: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, or an entry of a list behind its `mark`: a bullet or a number."""

    spans: tuple[Span, ...]
    mark: str = ""


def blocks(markdown: str) -> list[Block]:
    """The same Markdown for paper: its paragraphs and list entries, one after the other."""
    found: list[Block] = []
    numbers: list[int | None] = []
    for token in _markdown.parse(markdown):
        if token.type == "ordered_list_open":
            numbers.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            numbers.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            numbers.pop()
        elif token.type == "inline":
            number = numbers[-1] if numbers else None
            mark = "" if not numbers else "•" if number is None else f"{number}."
            if number is not None:
                numbers[-1] = number + 1
            found.append(Block(tuple(_spans(token.children or [])), mark))
    return found


def _spans(tokens: list[Token]) -> Iterator[Span]:
    is_bold, to = False, ""
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            is_bold = token.type == "strong_open"
        elif token.type == "link_open":
            to = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            to = ""
        elif token.type in ("softbreak", "hardbreak"):
            yield Span("\n")
        elif token.content:
            yield Span(token.content, is_bold, to)


def foreign_marks(markdown: str) -> list[str]:
    """Marks that are Markdown elsewhere and would stand in the text as they are."""
    found = re.findall(r"^(?:>|```|~~~|\|.*\|)|</?[a-z]+[^>]*>|!\[|__\w|`", markdown, re.MULTILINE)
    return list(dict.fromkeys(found))


def _inline(tokens: list[Token]) -> str:
    words, open_links = "", []
    for token in tokens:
        if token.type == "text":
            words += escape(token.content, quote=False)
        elif token.type in ("softbreak", "hardbreak"):
            words += "\n"
        elif token.type == "strong_open":
            words += "<b>"
        elif token.type == "strong_close":
            words += "</b>"
        elif token.type == "link_open":
            href = str(token.attrGet("href") or "")
            is_web = href.startswith(("https://", "http://"))
            open_links.append(is_web)
            words += f'<a href="{escape(href)}">' if is_web else "<b>"
        elif token.type == "link_close":
            words += "</a>" if open_links.pop() else "</b>"
        elif token.type in ("em_open", "em_close"):
            words += token.markup
    return words

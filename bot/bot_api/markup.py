"""Telegram's HTML: which tags it knows, how they must be closed, and what they become."""

import re
from dataclasses import dataclass

from bot.bot_api.error import BotApiError, bad_request
from bot.bot_api.formatted import Formatted, utf16_length
from bot.bot_api.json import Json
from bot.bot_api.links import checked_link

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_KINDS = list(dict.fromkeys(_TYPES.values()))
_SPACE = " \t\r\n\v"
_PLAIN = re.compile(r"[^<&]+")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_PERSON = re.compile(r"tg:(?://)?user\?id=(\d+)", re.IGNORECASE)


def parse_html(text: str) -> Formatted:
    """The text without tags, and its entities; refuses what Telegram cannot read, and names the byte."""
    return _Parser(text).parse()


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    position: int


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.words: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def parse(self) -> Formatted:
        while self.at < len(self.text):
            plain = _PLAIN.match(self.text, self.at)
            if plain:
                self.at = plain.end()
                self._add(plain.group())
            elif self.text[self.at] == "&":
                self._add(self._reference())
            elif self.text.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise self._error(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return Formatted("".join(self.words), tuple(sorted(self.entities, key=_order)))

    def _add(self, words: str) -> None:
        self.words.append(words)
        self.length += utf16_length(words)

    def _reference(self) -> str:
        found = _REFERENCE.match(self.text, self.at)
        code = int(found[1], 16) if found and found[1] else int(found[2]) if found and found[2] else 0
        if found is None or (not found[3] and not 0 < code < 0x10FFFF):
            self.at += 1
            return "&"
        self.at = found.end()
        if 0xD800 <= code <= 0xDFFF:
            raise self._error(
                "Text contains invalid Unicode characters after decoding HTML entities,"
                " check for unmatched surrogate code units"
            )
        return _NAMED[found[3]] if found[3] else chr(code)

    def _start_tag(self) -> None:
        start = self.at
        self.at = self._find(_SPACE + ">", start + 1)
        if self.at >= len(self.text):
            raise self._error(f"Unclosed start tag at byte offset {self._byte(start)}")
        tag = self.text[start + 1 : self.at].lower()
        if tag not in _TYPES:
            raise self._error(f'Unsupported start tag "{tag}" at byte offset {self._byte(start)}')
        argument = self._attributes(tag, start)
        if tag == "span" and argument != "spoiler":
            raise self._error(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(start)}')
        self.at += 1
        self.open.append(_Open(tag, argument, self.length, len(self.words)))

    def _attributes(self, tag: str, start: int) -> str:
        """Read up to the closing bracket; what the one attribute that matters said."""
        argument = ""
        while True:
            self._skip_space()
            if self._char() == ">":
                return argument
            begin = self.at
            self.at = self._find(_SPACE + "=>/\"'", begin)
            name = self.text[begin : self.at]
            if not name:
                raise self._error(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(start)}')
            self._skip_space()
            if self._char() == "=":
                self.at += 1
                self._skip_space()
                value = self._value(tag, start)
            elif self.at >= len(self.text):
                raise self._error(f'Unclosed start tag "{tag}" at byte offset {self._byte(start)}')
            else:
                value = ""
            argument = _argument(tag, name, value, argument)

    def _value(self, tag: str, start: int) -> str:
        quote = self._char()
        if not quote:
            raise self._error(f'Unclosed start tag "{tag}" at byte offset {self._byte(start)}')
        if quote not in "\"'":
            token = _NAME_TOKEN.match(self.text, self.at)
            begin, self.at = self.at, token.end() if token else self.at
            if self.at < len(self.text) and self._char() not in _SPACE + ">":
                raise self._error(f"Unexpected end of name token at byte offset {self._byte(begin)}")
            value = self.text[begin : self.at].lower()
        else:
            end = self.text.find(quote, self.at + 1)
            value = _REFERENCE.sub(_decoded, self.text[self.at + 1 : end])
            self.at = end + 1 if end >= 0 else len(self.text)
        if self.at >= len(self.text):
            raise self._error(f"Unclosed start tag at byte offset {self._byte(start)}")
        return value

    def _end_tag(self) -> None:
        start = self.at
        if not self.open:
            raise self._error(f"Unexpected end tag at byte offset {self._byte(start)}")
        self.at = self._find(_SPACE + ">", start + 2)
        tag = self.text[start + 2 : self.at].lower()
        self._skip_space()
        if self._char() != ">":
            raise self._error(f"Unclosed end tag at byte offset {self._byte(start)}")
        opened = self.open.pop()
        if tag and tag != opened.tag:
            raise self._error(
                f'Unmatched end tag at byte offset {self._byte(start)}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        self.at += 1
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Json = {
            "type": _TYPES[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if opened.tag == "a":
            url = opened.argument or "".join(self.words[opened.position :])
            person = _PERSON.fullmatch(url)
            if person:
                entity |= {
                    "type": "text_mention",
                    "user": {"id": int(person[1]), "is_bot": False, "first_name": ""},
                }
            elif checked_link(url):
                entity["url"] = checked_link(url)
            else:
                return
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdecimal() or int(opened.argument) == 0:
                raise self._error("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "tg-time":
            return
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag in ("pre", "code"):
            self._close_code(opened, entity)
            return
        self.entities.append(entity)

    def _close_code(self, opened: _Open, entity: Json) -> None:
        """`<pre><code class="language-x">` is one block with a language, whichever tag stands outside."""
        same = (entity["offset"], entity["length"])
        inner = self.entities[-1] if self.entities else None
        if inner and (inner["offset"], inner["length"]) == same and {inner["type"], entity["type"]} == {"pre", "code"}:
            language = opened.argument or inner.get("language", "")
            if language:
                inner |= {"type": "pre", "language": language}
                return
        if opened.argument:
            entity["language"] = opened.argument
        self.entities.append(entity)

    def _char(self) -> str:
        return self.text[self.at : self.at + 1]

    def _skip_space(self) -> None:
        while self._char() and self._char() in _SPACE:
            self.at += 1

    def _find(self, stops: str, start: int) -> int:
        return next((at for at in range(start, len(self.text)) if self.text[at] in stops), len(self.text))

    def _byte(self, at: int) -> int:
        return len(self.text[:at].encode("utf-8", "surrogatepass"))

    def _error(self, words: str) -> BotApiError:
        return bad_request(f"can't parse entities: {words}")


def _order(entity: Json) -> tuple[int, int, int]:
    """From left to right, the longer first, then as tags are listed above."""
    kind = str(entity["type"])
    return entity["offset"], -entity["length"], _KINDS.index(kind) if kind in _KINDS else 0


def _argument(tag: str, name: str, value: str, before: str) -> str:
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    return before


def _decoded(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else found[0]

"""PO, as translators' tools know it: the id is the context, the version stands in a comment."""

import re
from io import BytesIO

from bot.exchange import Broken, Line
from bot.sentence import Sentence

_LINE = re.compile(r'(?:msg(?:id|id_plural|ctxt|str(?:\[\d\])?)\s*)?"(?:[^"\\]|\\.)*"')
_VERSION = re.compile(r"version: (\S+)")


def write(lines: list[Line], language: str) -> bytes:
    """The lines as a catalogue."""
    pieces = [
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    ]
    for line in lines:
        pieces.append(
            f"#. {line.where} ({line.state})\n#. version: {line.version}\n"
            f"msgctxt {_quoted(line.id)}\nmsgid {_quoted(line.source)}\nmsgstr {_quoted(line.target)}\n"
        )
    return "\n".join(pieces).encode()


def read(body: bytes) -> list[Line]:
    """The lines of a catalogue; raises Broken with the line where a quote is missing, which readers pass over."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        text = body.decode("utf-8-sig")
        for number, one in enumerate(text.splitlines(), start=1):
            if one.strip() and not one.startswith("#") and not _LINE.fullmatch(one.strip()):
                raise Broken(Sentence("line {line}: a quote is missing", line=number))
        catalogue = read_po(BytesIO(text.encode()), abort_invalid=True)
    except (UnicodeDecodeError, PoFileError, ValueError) as error:
        raise Broken(Sentence("this is no PO file that can be read ({why})", why=error)) from error
    lines = []
    for message in catalogue:
        if not message.id or not message.context:
            continue
        found = _VERSION.search(" ".join(message.auto_comments))
        target = message.string if isinstance(message.string, str) and not message.fuzzy else ""
        source = message.id if isinstance(message.id, str) else message.id[0]
        place = Sentence("line {line}", line=message.lineno)
        lines.append(Line(message.context, "", source, target, "", found[1] if found else "", place))
    return lines


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'

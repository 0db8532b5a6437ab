"""XLIFF 2.0, its core alone: a unit a sentence, its version in a note; entities and outside files are refused."""

from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring  # only written here

from bot.exchange import Broken, Line
from bot.sentence import Sentence

_NAMES = "urn:oasis:names:tc:xliff:document:2.0"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def write(lines: list[Line], language: str) -> bytes:
    """The lines as a document."""
    root = Element("xliff", {"xmlns": _NAMES, "version": "2.0", "srcLang": "ru", "trgLang": language})
    file = SubElement(root, "file", {"id": "texts"})
    for number, line in enumerate(lines, start=1):
        unit = SubElement(file, "unit", {"id": f"u{number}", "name": line.id, _SPACE: "preserve"})
        notes = SubElement(unit, "notes")
        SubElement(notes, "note", {"category": "where"}).text = f"{line.where} ({line.state})"
        SubElement(notes, "note", {"category": "version"}).text = line.version
        state = "translated" if line.target and line.state == "same" else "initial"
        segment = SubElement(unit, "segment", {"state": state})
        SubElement(segment, "source").text = line.source
        SubElement(segment, "target").text = line.target
    indent(root)
    document: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{document}\n'.encode()


def read(body: bytes) -> list[Line]:
    """The units of a document; raises Broken."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Broken(Sentence("this is no XLIFF file that can be read")) from error
    if root.tag != f"{{{_NAMES}}}xliff":
        raise Broken(Sentence("this is no XLIFF 2.0 document"))
    lines = []
    for number, unit in enumerate(root.iter(f"{{{_NAMES}}}unit"), start=1):
        notes = {note.get("category"): note.text or "" for note in unit.iter(f"{{{_NAMES}}}note")}
        target = " ".join("".join(one.itertext()) for one in unit.iter(f"{{{_NAMES}}}target"))
        id, version = unit.get("name") or "", notes.get("version", "")
        lines.append(Line(id, "", "", target, "", version, Sentence("unit {number}", number=number)))
    return lines

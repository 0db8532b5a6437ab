"""How wide words are in the one font we draw with, and which letters it has; read from the font's own tables.

fontTools would do it, for 13 MB; what we need of it is two tables and a screen of code.
"""

import struct
from functools import cache
from pathlib import Path

import fontpkg_noto_sans  # type: ignore[import-untyped]  # the package has no py.typed

FAMILY: str = fontpkg_noto_sans.FAMILY
FOLDER: Path = fontpkg_noto_sans.ROOT / "files"
BOLD, BOLDEST = 600, 700

_FILE = FOLDER / "NotoSans[wdth,wght].ttf"
_WIDER = {BOLD: 1.07, BOLDEST: 1.12}  # words in bold against plain ones; the test measures ours with typst


def width(words: str, size: float, weight: int = 400) -> float:
    """How far a line reaches, a little more than it does when it is drawn."""
    advances, missing = _font()
    ems = sum(advances.get(ord(letter), missing) for letter in words)
    return ems * size * _WIDER.get(weight, 1)


def missing_letters(words: str) -> set[str]:
    """The letters that would be drawn as an empty box."""
    advances, _ = _font()
    return {letter for letter in words if ord(letter) not in advances}


def wrapped(words: str, size: float, most: float, weight: int = 400) -> list[str]:
    """The words in as few lines as fit into `most`, about equally long; a single word that is wider stands alone."""
    lines = _filled(words, size, most, weight)
    for share in range(19, 9, -1):
        narrower = _filled(words, size, most * share / 20, weight)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _filled(words: str, size: float, most: float, weight: int) -> list[str]:
    lines: list[str] = []
    for word in words.split(" "):
        if lines and width(f"{lines[-1]} {word}", size, weight) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def fitting(words: list[str], size: float, most: float, weight: int = 400) -> float:
    """The size at which each of the words fits, `size` at most."""
    widest = max((width(word, size, weight) for word in words), default=0)
    return size if widest <= most else size * most / widest


@cache
def _font(path: Path = _FILE) -> tuple[dict[int, float], float]:
    """The advance of each character in ems, and that of the box for those it lacks."""
    data = path.read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sIII", data, 12 + 16 * place) for place in range(count))
    tables = {tag: offset for tag, _, offset, _ in records}
    (units,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
    (metrics,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    advances = [struct.unpack_from(">H", data, tables[b"hmtx"] + 4 * place)[0] / units for place in range(metrics)]
    glyphs = _glyphs(data, tables[b"cmap"])
    return {letter: advances[min(glyph, metrics - 1)] for letter, glyph in glyphs.items() if glyph}, advances[0]


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Character -> glyph, from the table's format 12: groups of characters that follow each other."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    glyphs: dict[int, int] = {}
    for place in range(count):
        *_, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * place)
        table = cmap + offset
        form, *_, groups = struct.unpack_from(">HHIII", data, table)
        if form != 12:
            continue
        for group in range(groups):
            first, last, glyph = struct.unpack_from(">III", data, table + 16 + 12 * group)
            glyphs |= {letter: glyph + letter - first for letter in range(first, last + 1)}
    return glyphs

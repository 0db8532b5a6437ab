"""Posters: one page, every letter drawn, and a code that a camera reads back as the link we meant."""

import json
import struct
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import typst
import zxingcpp

from bot.__main__ import main
from bot.app import Library
from bot.charts.font import FAMILY, FOLDER, missing_letters
from bot.content import Content
from bot.content.posters import SPOTS, code, towns
from bot.documents import posters
from bot.locales import Languages
from bot.screens import Address, Codec
from bot.screens.address import Link
from bot.settings import ROOT
from tests.conftest import TODAY
from tests.documents.conftest import page_count

CODES = ("kk", "ru", "uz", "uzc", "tg", "en")
NAME = "safar_bot"


@pytest.fixture(scope="module")
def codec(real: Content, languages: Languages) -> Codec:
    aliases = {id: topic.alias for id, topic in real.topics.items() if topic.alias}
    return Codec(aliases, [one.code for one in languages])


def seen(data: object) -> str:
    """What a camera reads off the drawn poster."""
    source = (ROOT / "bot/documents/poster.typ").read_bytes()
    inputs = {"data": json.dumps(data), "font": FAMILY}
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])
    png = typst.Compiler(source, font_paths=fonts, sys_inputs=inputs).compile(format="png", ppi=50)
    assert isinstance(png, bytes)
    (found,) = zxingcpp.read_barcodes(grey(png))
    return str(found.text)


def grey(png: bytes) -> npt.NDArray[np.uint8]:
    """The pixels of a PNG as typst writes them: eight bits, three or four channels, each row filtered."""
    chunks, place = {b"IDAT": b""}, 8
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        kind = png[place + 4 : place + 8]
        chunks[kind] = chunks.get(kind, b"") + png[place + 8 : place + 8 + length]
        place += 12 + length
    width, height, depth, colours = struct.unpack_from(">IIBB", chunks[b"IHDR"])
    step = {2: 3, 6: 4}[colours]
    assert depth == 8
    raw, stride = zlib.decompress(chunks[b"IDAT"]), width * step
    above, rows = bytearray(stride), []
    for number in range(height):
        start = number * (stride + 1)
        row = bytearray(raw[start + 1 : start + 1 + stride])
        unfilter(raw[start], row, above, step)
        rows.append(bytes(row))
        above = row
    pixels = np.frombuffer(b"".join(rows), np.uint8).reshape(height, width, step)
    return np.ascontiguousarray(pixels[:, :, :3].mean(axis=2).astype(np.uint8))


def unfilter(kind: int, row: bytearray, above: bytearray, step: int) -> None:
    """Undo one of the five filters of PNG."""
    for place in range(len(row)):
        left = row[place - step] if place >= step else 0
        corner = above[place - step] if place >= step else 0
        up = above[place]
        guess = left + up - corner
        nearest = min((left, up, corner), key=lambda one: abs(guess - one))
        row[place] = (row[place] + (0, left, up, (left + up) // 2, nearest)[kind]) & 255


@pytest.mark.parametrize("code_", CODES)
@pytest.mark.parametrize(("topic", "size"), [("", "A4"), ("permits/self-employed", "A5"), ("trafficking/danger", "A5")])
def test_a_code_is_read_back_as_its_link(
    real: Content, languages: Languages, codec: Codec, code_: str, size: str, topic: str
) -> None:
    link = Link(code_, Address(topic or "menu"), code("site", "shymkent"))
    poster = posters.Poster(languages[code_], topic, NAME, codec.start(link), size)
    data = posters.data(poster, real, TODAY)

    read = seen(data)

    assert read == poster.link
    assert codec.from_start(read.partition("?start=")[2]) == link
    assert "trafficking" not in read
    made = posters.to_file(poster, real, TODAY)
    assert page_count(made) == 1
    assert made == posters.to_file(poster, real, TODAY)
    assert not missing_letters("".join(str(one) for key, one in data.items() if key not in ("qr", "promises")))


def test_every_topic_makes_a_poster_of_one_page_in_every_language(
    real: Content, languages: Languages, codec: Codec
) -> None:
    for number, (topic, language) in enumerate((topic, one) for topic in real.topics for one in languages):
        if number % 7:  # each language and each topic comes up, not each pair
            continue
        start = codec.start(Link(language.code, Address(topic), "border"))
        poster = posters.Poster(language, topic, "a" * 32, start, "A5")

        assert page_count(posters.to_file(poster, real, TODAY)) == 1


def test_every_code_of_a_place_fits_every_link_and_is_counted(
    library: Library, real: Content, languages: Languages, codec: Codec
) -> None:
    sources = [code(spot, town) for spot in SPOTS for town in ("", *towns(real.regions))]

    assert all(library.screens.source(source) == source for source in sources)
    for topic in real.topics:
        for language in languages:
            for source in sources:
                assert len(codec.start(Link(language.code, Address(topic), source))) <= 64


def test_the_command_writes_a_file_a_language_and_names_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["posters", "--bot-name", "@safar_bot", "--place", "site", "--city", "almaty", "--to", str(tmp_path)]

    code_ = main([*asked, "--topic", "rights/wages", "--size", "A5"])

    names = sorted(path.name for path in tmp_path.iterdir())
    assert code_ == 0
    assert names == sorted(f"poster-rights-wages-site-almaty-{one}-a5.pdf" for one in CODES)
    assert all(name in capsys.readouterr().out for name in names[:1])


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (("--topic", "no/topic"), "There is no topic"),
        (("--language", "fr"), "There is no language"),
        (("--place", "moon"), "--place is one of"),
        (("--city", "almaty"), "--city is a town"),
        (("--place", "site", "--city", "gotham"), "--city is a town"),
        (("--bot-name", "a b"), "--bot-name"),
    ],
)
def test_the_command_says_what_does_not_exist(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, ...], what: str
) -> None:
    assert main(["posters", "--bot-name", "@safar_bot", "--to", str(tmp_path), *wrong]) == 1

    assert what in capsys.readouterr().err
    assert not list(tmp_path.iterdir())

"""Every chart in every language as it reaches a phone: the right size, every letter there, nothing cut or covered."""

import json
import re
import struct
import zlib
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typst

from bot.bot_api.text import check_caption
from bot.charts import caption, draw, font, title
from bot.charts.picture import compose
from bot.charts.png import to_png
from bot.charts.svg import WIDTH, Text, lay_out, to_svg
from bot.content import Content
from bot.content.charts import Chart
from tests.charts.conftest import Draft
from tests.charts.test_picture import PLACES, year
from tests.conftest import TODAY

IDS = (
    "quota-by-year", "quota-by-group", "workers-by-country", "workers-by-sector", "workers-by-group",
    "home-workers-by-country",
    "home-permits-by-year",
)  # fmt: skip
LANGUAGES = ("kk", "ru", "uz", "uzc", "tg", "en")
OUR_LETTERS = "әғқңөұүһіӘҒҚҢӨҰҮҺІӣӯҳҷӢӮҲҶўЎёЁъэʻʼ’№₸«»“”—–…•%?"
SMALLEST = 27  # pixels of 1,080: nine on a phone 360 wide
BUTTON = 38

each = pytest.mark.parametrize("language", LANGUAGES)
every = pytest.mark.parametrize("id", IDS)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG that is whole: every chunk's sum, and as many bytes of pixels as it promises."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, place = [], 8
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        kind, data = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        assert struct.unpack_from(">I", png, place + 8 + length)[0] == zlib.crc32(kind + data)
        chunks.append((kind, data))
        place += 12 + length
    assert chunks[-1][0] == b"IEND"
    width, height, depth, colours = struct.unpack_from(">IIBB", chunks[0][1])
    pixels = zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT"))
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colours]
    assert len(pixels) == height * (1 + (width * channels * depth + 7) // 8)
    assert len(set(pixels)) > 10, "an empty picture"
    return width, height


def test_the_charts_are_those_we_know(charts: dict[str, Chart]) -> None:
    assert tuple(charts) == IDS


@every
@each
def test_a_chart_is_a_picture_of_the_right_size(
    charts: dict[str, Chart], real: Content, id: str, language: str
) -> None:
    png = draw(charts[id], real, language, TODAY)

    width, height = size_of(png)
    assert width == WIDTH == 1080
    assert 500 <= height <= 1600
    assert len(png) < 200_000


@every
@each
def test_nothing_is_cut_or_covered_and_all_of_it_is_big_enough(
    charts: dict[str, Chart], real: Content, id: str, language: str
) -> None:
    sheet = lay_out(compose(charts[id], real, language, TODAY))

    for text in sheet.texts:
        left, top, right, bottom = text.box
        assert left >= 40, text
        assert right <= WIDTH - 40, text
        assert 0 <= top < bottom <= sheet.height, text
        assert text.size >= SMALLEST, text
    for one, other in combinations(sheet.texts, 2):
        assert not is_covered(one, other), (one, other)


def is_covered(one: Text, other: Text) -> bool:
    first, second = one.box, other.box
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def test_labels_of_any_length_are_not_cut(draft: Draft) -> None:
    long = "Электрогазосварщик " * 6 + "Электрогазосварщикэлектрогазосварщикэлектрогазосварщик"
    facts = f"cooks:\n  kind: number\n  values:\n{year('123456789', 2026)}"

    sheet = lay_out(compose(*draft("groups", facts, f"{{cooks: {{ru: {long}}}}}"), "ru", TODAY))

    assert all(text.box[2] <= WIDTH - 50 for text in sheet.texts)


@pytest.mark.parametrize(
    ("years", "figure", "said"),
    [
        (1, "63000", "63\xa0000"),
        (7, "63000", "63\xa0000"),
        (12, "63000", "63"),
        (12, "271300", "271,3"),
        (12, "950", "950"),
    ],
)
def test_columns_write_exact_figures_where_they_fit_and_thousands_where_not(
    draft: Draft, years: int, figure: str, said: str
) -> None:
    chart, content = draft("years", PLACES + "".join(year(figure, one) for one in range(2027 - years, 2027)))

    words = [text.words for text in lay_out(compose(chart, content, "ru", TODAY)).texts]

    assert words.count(said) == years
    assert ("Числа — в тысячах" in words) == (said in ("63", "271,3"))


@every
@each
def test_the_same_chart_is_the_same_bytes(charts: dict[str, Chart], real: Content, id: str, language: str) -> None:
    assert draw(charts[id], real, language, TODAY) == draw(charts[id], real, language, TODAY)


@every
@each
def test_every_letter_is_in_the_font(charts: dict[str, Chart], real: Content, id: str, language: str) -> None:
    texts = lay_out(compose(charts[id], real, language, TODAY)).texts

    assert font.missing_letters("".join(text.words for text in texts)) == set()


def test_the_font_has_the_letters_of_all_our_languages_and_knows_what_it_lacks() -> None:
    assert font.missing_letters(OUR_LETTERS) == set()
    assert font.missing_letters("漢ә☎") == {"漢", "☎"}


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_letters_are_drawn_and_not_an_empty_box(weight: int) -> None:
    def drawn(letter: str) -> bytes:
        shown = f'<text x="9" y="60" font-size="50" font-weight="{weight}" font-family="{font.FAMILY}">{letter}</text>'
        return to_png(f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="80">{shown}</svg>', 99)

    box, nothing = drawn("漢"), drawn(" ")

    assert box != nothing
    for letter in OUR_LETTERS:
        assert drawn(letter) not in (box, nothing), letter


def test_words_are_never_wider_than_we_reckon(charts: dict[str, Chart], real: Content, tmp_path: Path) -> None:
    texts = [
        text
        for chart in charts.values()
        for language in LANGUAGES
        for text in lay_out(compose(chart, real, language, TODAY)).texts
    ]
    page = tmp_path / "page.typ"
    page.write_text(
        '#set text(font: "Noto Sans")\n#context [#metadata(json(bytes(sys.inputs.texts)).map(one => '
        "measure(text(size: one.at(1) * 1pt, weight: one.at(2), one.at(0))).width.pt())) <widths>]",
        encoding="utf-8",
    )
    asked = json.dumps([(text.words, text.size, text.weight) for text in texts])
    fonts = [str(font.FOLDER)]

    answer = typst.query(
        str(page), "<widths>", field="value", one=True, font_paths=fonts, sys_inputs={"texts": asked}
    )  # fmt: skip

    for text, real_width in zip(texts, json.loads(answer) if isinstance(answer, str) else answer, strict=True):
        ours = font.width(text.words, text.size, text.weight)
        assert real_width - 1 <= ours <= real_width * 1.12 + 2, text


@every
@each
def test_a_caption_fits_below_a_photo_and_says_every_figure(
    charts: dict[str, Chart], real: Content, id: str, language: str
) -> None:
    words = caption(charts[id], real, language, TODAY)

    said = check_caption(words, "HTML").text
    picture = compose(charts[id], real, language, TODAY)
    assert said.startswith(f"{picture.title}\n{picture.subtitle}")
    assert all(mark.said in said for mark in picture.marks)
    assert picture.sources
    assert "…" not in said
    assert not re.search(r"[{}]", said)
    for source in picture.sources:
        assert (source.publisher or source.title) in said


def test_a_caption_with_too_many_sources_keeps_the_newest_and_stays_in_the_limit(folder: Path, draft: Draft) -> None:
    names = [f"s{number}" for number in range(90)]
    lines = (f"{name}: {{title: T, publisher: Gazette number {name}, url: https://x.kz/{name}}}\n" for name in names)
    (folder / "sources.yaml").write_text("".join(lines), encoding="utf-8")
    chart, content = draft("years", (PLACES + year("5", 2026)).replace("[law]", f"[{', '.join(names)}]"))

    said = check_caption(caption(chart, content, "ru", TODAY), "HTML").text

    assert "Gazette number s0;" in said
    assert said.endswith("; …")


def test_a_caption_escapes_what_is_markup_elsewhere(folder: Path, draft: Draft) -> None:
    (folder / "sources.yaml").write_text('law: {title: T, publisher: "A&<B>", url: "https://x.kz/?a&b"}\n', "utf-8")
    chart, content = draft("years", PLACES + year("5", 2026))

    assert "A&<B>" in check_caption(caption(chart, content, "ru", TODAY), "HTML").text
    assert "A&amp;&lt;B&gt;" in to_svg(compose(chart, content, "ru", TODAY))


@every
@each
def test_a_title_fits_on_a_button(charts: dict[str, Chart], real: Content, id: str, language: str) -> None:
    assert 0 < len(title(charts[id], real, language)) <= BUTTON


@each
def test_the_svg_can_be_read_by_those_who_do_not_see_it(charts: dict[str, Chart], real: Content, language: str) -> None:
    picture = compose(charts["quota-by-year"], real, language, TODAY)

    root = ElementTree.fromstring(to_svg(picture))

    space = "{http://www.w3.org/2000/svg}"
    named = {one.get("id"): one.text for one in root if one.tag in (f"{space}title", f"{space}desc")}
    assert root.get("role") == "img"
    assert list(named) == (root.get("aria-labelledby") or "").split()
    assert named["quota-by-year-desc"] == picture.figures
    assert len(root.findall(f"{space}path/{space}title")) == 10

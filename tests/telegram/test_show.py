"""Long texts are split between paragraphs, lines or sentences, never inside a tag, and nothing is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bot_api.markup import parse_html
from bot.telegram.split import split

WORDS = st.lists(
    st.sampled_from(
        ["Слово.", "ещё", "<b>жирно и долго</b>", "\n", "\n\n", '<a href="https://a.kz">ссылка</a>', "&amp;"]
    ),
    max_size=200,
)


def bare(html: str) -> str:
    return re.sub(r"\s+", "", html)


@given(WORDS, st.integers(60, 300))
def test_every_piece_fits_is_balanced_and_nothing_is_lost(words: list[str], most: int) -> None:
    html = " ".join(words)

    pieces = split(html, most)

    assert bare("".join(pieces)) == bare(html)
    assert all(len(piece) <= most for piece in pieces)
    for piece in pieces:
        if piece.strip():
            parse_html(piece)


@pytest.mark.parametrize(
    ("html", "pieces"),
    [
        ("Первый абзац.\n\nВторой абзац.", ["Первый абзац.", "Второй абзац."]),
        ("Строка один\nстрока два", ["Строка один", "строка два"]),
        ("Одно слово. Другое слово.", ["Одно слово.", "Другое слово."]),
    ],
)
def test_the_best_place_is_chosen(html: str, pieces: list[str]) -> None:
    assert split(html, 20) == pieces


def test_a_short_text_stays_whole() -> None:
    assert split("Слово.") == ["Слово."]

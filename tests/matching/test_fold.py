"""Folding: what a keyboard, a school or a hurry does to a word is undone."""

from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.matching.fold import CUT, fold, fold_all, fold_words

ALIKE = {
    "Uzbek in both alphabets, without the apostrophe, on a Russian keyboard": [
        "ro‘yxatdan o‘tish", "roʻyxatdan oʻtish", "ro'yxatdan o`tish", "royxatdan otish",
        "рўйхатдан ўтиш", "руйхатдан утиш",
    ],
    "sh as it is typed in a chat": ["ishxona", "iwxona", "i6xona", "ишхона"],
    "ch as it is typed in a chat": ["uchun", "u4un", "учун"],
    "yo and ya": ["yordam", "ёрдам"],
    "ye": ["kerak yer", "керак ер"],
    "Kazakh on a Russian keyboard": ["қонақүй", "конакуй", "qonaqui", "qonaqúı", "qonaqüy"],
    "Kazakh ng": ["менің ақшаңды", "мениң акшанды", "mening aqshangdy", "мениң ақшангды"],
    "Kazakh in Arabic letters": ["жұмыс беруші ақша бермей жатыр", "جۇمىس بەرۋشى اقشا بەرمەي جاتىر"],
    "tenge": ["теңге", "тенге", "tenge"],
    "Tajik on a Russian keyboard": ["Тоҷикистон", "Точикистон"],
    "Tajik vowels": ["рӯз меҷӯям", "руз мечуям"],
    "Russian in Latin letters": ["регистрация", "registratsiya", "registraciya", "REGISTRACIA"],
    "Russian police": ["полиция", "policiya", "politsiya"],
    "Russian щ, ё, ь": ["ещё помощь", "еще помощ", "eshche pomosh'"],
    "money": ["деньги", "dengi", "den'gi"],
    "capitals and stress": ["ПОМОГИТЕ", "помоги́те", "ПOМOГИТE", "помогитеееее"],
    "wide and invisible letters": ["help", "ｈｅｌｐ", "he\u200blp", "\u202ehelp\u202c", "h\u0435lp"],
    "a cry drawn out": ["help", "heeelp"],
    "digits of other scripts": ["112", "١١٢", "۱۱۲"],
}  # fmt: skip


@pytest.mark.parametrize("spellings", ALIKE.values(), ids=ALIKE.keys())
def test_every_keyboard_variant_of_a_word_folds_alike(spellings: list[str]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("ИИН", "in"), ("тенге", "тени"), ("сад", "зад"), ("виза", "фиса"), ("қарыз", "қар")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


MARKS = st.sampled_from("\u200b\u200d\u202e\u2066\ufeff\u00ad'ʻ’`")
LETTERS = "abcdefghijklmnopqrstuvwxyzабвгджзийклмңнгоөұүўқҳҷӣьъыэюяё 46'ʻәіцщشۇە"
TYPED = st.text(st.sampled_from(LETTERS), max_size=60)


@given(st.text(max_size=200) | TYPED)
@example("ддж ннгг ннгги ё йё ҷж")
@example("ИИН ииии ааааа 4и4и")
@example("İ ﷺ ß ŉ")
@example("a:4:a d j h")
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    assert fold(fold(text)[:CUT]) == fold(text)[:CUT].strip()


@given(TYPED, st.data())
def test_invisible_marks_and_apostrophes_change_nothing(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))

    marked = text[:place] + data.draw(MARKS) + text[place:]

    assert fold(marked) == fold(text)


@given(st.text(st.characters(codec=None), max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    assert all(fold_words(text))


@given(st.lists(TYPED | st.text(max_size=50), max_size=8))
@example(["a'pа", "б\u2028в\r\nг", "с о с"])
def test_many_at_once_fold_as_each_alone(texts: list[str]) -> None:
    assert list(fold_all(texts)) == [fold_words(text) for text in texts]


def test_an_unpaired_surrogate_is_left_out() -> None:
    assert fold("паспорт \ud83d") == fold("паспорт")


def test_only_emoji_is_no_word() -> None:
    assert fold_words("😭😭🙏🏽") == []


def test_what_stands_behind_the_cut_is_not_read() -> None:
    assert fold("а" * CUT + " паспорт") == fold("а" * CUT)


@pytest.mark.parametrize("piece", ["ng", "дж", "aа", "о'", "ﷺ", "😀", "\u0301", "4a", "\ud800", "нг"])
def test_a_long_text_costs_no_more_than_its_cut(piece: str) -> None:
    begin = perf_counter()
    fold(piece * 100_000)

    assert perf_counter() - begin < 0.1

"""The matcher over a small content of its own, and over the real one."""

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import content
from bot.content import Content, Spelling
from bot.matching import Match, Matcher, build
from bot.matching.fold import fold


@pytest.fixture(scope="module")
def matcher(real: Content) -> Matcher:
    return build(real)


@pytest.fixture
def small(folder: Path, spellings: Mapping[str, Spelling]) -> Content:
    return content.load(folder, spellings)


def test_a_title_or_an_example_typed_as_it_is_hits_its_topic_surely(matcher: Matcher, real: Content) -> None:
    texts = [text for (id, _), text in real.texts.items() if "/" in id]
    doors: dict[str, set[str]] = {}
    for text in texts:
        for asked in (text.title, *text.asked):
            doors.setdefault(asked.casefold(), set()).add(text.id)

    alone = [(asked, ids) for asked, ids in doors.items() if len(ids) == 1]
    missed = [asked for asked, ids in alone if matcher.match(asked).topics[0][0] not in ids]

    assert len(missed) <= len(alone) / 100


@pytest.mark.parametrize(
    ("text", "topic", "language"),
    [
        ("rasxot bermiapti ikki oy boldi", "rights/wages", "uz"),
        ("мнге патент керакми килса бозорда", None, "uz"),
        ("паспортымды хозяин берми жатыр", "rights/passport-taken", "kk"),
        ("где сделать регистрацию", "stay/registration", "ru"),
        ("gde sdelat registraciyu", "stay/registration", "ru"),
        ("жсн қайдан алам", "stay/iin", "kk"),
        ("جۇمىس بەرۋشى اقشا بەرمەي جاتىر", "rights/wages", "kk"),
        ("маоши маро намедиҳанд", "rights/wages", "tg"),
        ("boss did not pay my salary", "rights/wages", "en"),
    ],
)
def test_people_are_understood_as_they_write(matcher: Matcher, text: str, topic: str | None, language: str) -> None:
    match = matcher.match(text)

    assert match.language == language
    assert topic is None or match.topics[0][0] == topic


def test_topics_are_at_most_five_with_scores_that_fall(matcher: Matcher) -> None:
    scores = [score for _, score in matcher.match("хозяин не платит и забрал паспорт").topics]

    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    "text",
    [
        "привет",
        "как купить биткоин",
        "asdf qwer zxcv",
        "salom qalaysiz",
        "😀",
        "",
        "а",
        "поддельный паспорт где купить",
    ],
)
def test_what_is_not_ours_is_never_answered_surely(matcher: Matcher, text: str) -> None:
    assert matcher.match(text).answer != "confident"


@pytest.mark.parametrize("text", ["помогите", "нас заперли в подвале и бьют", "SOS", "мени урушвотти кутқаринг"])
def test_a_call_for_help_is_urgent_and_has_the_line(matcher: Matcher, text: str) -> None:
    match = matcher.match(text)

    assert match.urgent
    assert match.line


@pytest.mark.parametrize("text", ["привет", "какая погода", "hello", "где сделать регистрацию", "asdfgh jkl"])
def test_small_talk_and_plain_questions_are_not_urgent(matcher: Matcher, text: str) -> None:
    assert not matcher.match(text).urgent


def test_the_line_goes_along_whenever_the_bot_is_not_sure(matcher: Matcher) -> None:
    match = matcher.match("тут такое дело")

    assert match.answer != "confident"
    assert match.line


@pytest.mark.parametrize(
    ("text", "chosen", "answer"),
    [
        ("salary", "kk", "kk"),
        ("my boss did not pay my salary for two months", "ru", "en"),
        ("хозяин мне зарплату не отдаёт второй месяц", "uz", "ru"),
        ("xo'jayin ikki oydan beri oyligimni bermayapti", "uzc", "uzc"),
        ("хўжайин икки ойдан бери ойлигимни бермаяпти", "ru", "uzc"),
        ("хўжайин икки ойдан бери ойлигимни бермаяпти", None, "uzc"),
        ("қожайын екі айдан бері жалақымды бермей жүр", "ru", "kk"),
        ("хоҷаин ду моҳ боз маоши маро намедиҳад", "ru", "tg"),
        ("😀", "tg", "tg"),
    ],
)
def test_the_answer_comes_in_the_chosen_language_unless_the_words_are_clearly_another(
    matcher: Matcher, text: str, chosen: str | None, answer: str
) -> None:
    assert matcher.match(text, chosen).answer_language == answer


def test_a_match_keeps_no_word_of_the_question(matcher: Matcher) -> None:
    match = matcher.match("меня зовут Шерзодбек где регистрация")

    assert "шерзодбек" not in repr(match).casefold()
    assert set(Match._fields) == {
        "language", "script", "topics", "urgent", "line", "answer", "answer_language", "also", "part",
        "place", "foreign", "is_calm",
    }  # fmt: skip


def test_what_is_kept_to_be_quick_holds_no_word_that_only_a_reader_wrote(matcher: Matcher) -> None:
    matcher.match("меня зовут Шерзодбек Абдувахобов где регистрация")

    own = matcher.judge._model.own
    kept = [*own, *matcher.languages.words, *matcher._reader.typed, *matcher._reader.folded]
    assert matcher.judge._met[own.place(fold("регистрация"))]
    assert len(matcher.judge._met) == len(own) + 1
    assert matcher.judge._met[-1] is None
    assert not [word for word in kept if "шерзод" in word or "вахоб" in word]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None), max_size=1200), st.sampled_from([None, "kk", "ru", "uz", "uzc", "tg", "en"]))
def test_no_text_breaks_it(matcher: Matcher, text: str, chosen: str | None) -> None:
    match = matcher.match(text, chosen)

    assert match.language in ("kk", "ru", "uz", "tg", "en")
    assert match.answer_language in ("kk", "ru", "uz", "uzc", "tg", "en")
    assert match.line or not match.urgent


@pytest.mark.parametrize("piece", ["а", "где ", "ng", "😀", "\ud800", "ﷺ", "a\u200b", "помогите "])
def test_a_very_long_text_costs_no_more_than_its_cut(matcher: Matcher, piece: str) -> None:
    begin = perf_counter()
    matcher.match(piece * 100_000)

    assert perf_counter() - begin < 0.5


def test_a_small_content_with_missing_languages_is_enough(small: Content) -> None:
    match = build(small).match("Регистрация где")

    assert match.topics[0][0] == "stay/registration"
    assert match.answer == "confident"


def test_editors_add_words_of_danger_and_meanings(folder: Path, spellings: Mapping[str, Spelling]) -> None:
    (folder / "danger.yaml").write_text("words: [құпиясөз, две синие птицы]\n", encoding="utf-8")
    (folder / "lexicon.yaml").write_text("lines: [колцентр*, регистр*]\n", encoding="utf-8")

    matcher = build(content.load(folder, spellings))

    assert matcher.match("там две синие птицы").urgent
    assert matcher.match("құпиясөз").urgent
    assert not matcher.match("Регистрация: две птицы").urgent


def test_a_folder_without_texts_still_knows_a_call_for_help(folder: Path, spellings: Mapping[str, Spelling]) -> None:
    for text in folder.rglob("*.md"):
        text.unlink()

    matcher = build(content.load(folder, spellings))

    assert matcher.match("помогите").urgent
    assert matcher.match("где регистрация").topics == ()
    assert matcher.match("где регистрация").answer == "none"


ASKED = ["Регистрация где", "где прописка", "телефон помощи", "нас заперли", "salom"]


def test_what_was_learned_is_taken_from_the_cache_and_answers_alike(small: Content, tmp_path: Path) -> None:
    first = build(small, tmp_path / "data")

    second = build(small, tmp_path / "data")

    assert [first.match(text) for text in ASKED] == [second.match(text) for text in ASKED]
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["matching.npz"]


@pytest.mark.parametrize("junk", [b"", b"not weights", b"PK\x03\x04broken"])
def test_a_broken_cache_is_ignored_and_written_anew(small: Content, tmp_path: Path, junk: bytes) -> None:
    matcher = build(small, tmp_path)
    good = (tmp_path / "matching.npz").stat().st_size
    (tmp_path / "matching.npz").write_bytes(junk)

    again = build(small, tmp_path)

    assert [again.match(text) for text in ASKED] == [matcher.match(text) for text in ASKED]
    assert (tmp_path / "matching.npz").stat().st_size == good


def test_a_cut_off_cache_is_ignored(small: Content, tmp_path: Path) -> None:
    build(small, tmp_path)
    whole = (tmp_path / "matching.npz").read_bytes()
    (tmp_path / "matching.npz").write_bytes(whole[: len(whole) // 2])

    assert build(small, tmp_path).match("Регистрация где").answer == "confident"


def test_changed_content_is_learned_anew(folder: Path, spellings: Mapping[str, Spelling], tmp_path: Path) -> None:
    build(content.load(folder, spellings), tmp_path / "data")
    file = folder / "stay" / "registration" / "ru.md"
    file.write_text(file.read_text("utf-8").replace("Регистрация где", "сказать куда приехал"), encoding="utf-8")

    matcher = build(content.load(folder, spellings), tmp_path / "data")

    assert matcher.match("сказать куда приехал").topics[0][0] == "stay/registration"


def test_a_cache_folder_that_cannot_be_written_is_no_error(small: Content, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    assert build(small, tmp_path / "file").match("Регистрация где").answer == "confident"

"""Words people use, and words of danger, at the desk: entered, proof-read, tried against the drafts, published."""

from pathlib import Path

import pytest

from bot import app
from bot.content.editing import with_items
from bot.desk.visit import Desk
from tests.desk.conftest import Enter, form_of
from tests.desk.test_publishing import phone, publish

LEXICON = (
    "# Words people use\n\n# Where somebody is written down\n"
    "register: [регистрац*, 'two, words', \"ro'yxat*\",  прописк*]  # the first\n\n"
    "# Calls\nlines:\n- телефон*\n- номер*\n"
)


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "lexicon.yaml").write_text(LEXICON, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("items", "written"),
    [
        (["регистрац*", "two, words", "ro'yxat*", "прописк*"], "[регистрац*, 'two, words', \"ro'yxat*\",  прописк*]"),
        (["two, words", "ro'yxat*", "прописк*", "қайд"], "['two, words', \"ro'yxat*\",  прописк*, қайд]"),
        (["регистрац*", "прописк*", "a, b"], "[регистрац*,  прописк*, 'a, b']"),
        (["қайд"], "[қайд]"),
    ],
)
def test_words_that_stay_keep_their_place_and_their_bytes(items: list[str], written: str) -> None:
    assert with_items(LEXICON, ["register"], items) == LEXICON.replace(
        "[регистрац*, 'two, words', \"ro'yxat*\",  прописк*]", written
    )


async def test_a_word_put_into_a_line_changes_that_line_alone_and_is_understood(
    enter: Enter, own_library: app.Library, desk: Desk
) -> None:
    editor = await enter("anna", "editor")

    page = await editor.open("/meaning?id=register")
    await editor.fill("/meaning?id=register", "/meaning", **{"w.kk": "тіркеубайлық*\nпроще простого"})
    shown = await editor.open("/publish")
    await publish(editor)

    assert "Регистрация" in page.split("Met in example questions of:")[1].split("</p>")[0]
    assert "<ins>тіркеубайлық*</ins>" in shown
    assert "регистрац*" not in shown.split('class="changes"')[1].split("</dl>")[0]
    new = desk.library.editions.read("content/lexicon.yaml")
    gone = [line for line in LEXICON.split("\n") if line not in new.split("\n")]
    assert gone == [LEXICON.split("\n")[3]]
    assert "прописк*, тіркеубайлық*, проще простого]  # the first" in new
    assert "тіркеубайлық*" in own_library.whole().lexicon["register"]


async def test_a_question_shows_what_the_draft_would_change_before_anybody_else_sees_it(
    enter: Enter, own_library: app.Library
) -> None:
    editor = await enter("anna", "editor")

    before = await editor.send("/asked", question="абырвалг тарабар")
    await editor.fill("/meaning?id=register", "/meaning", **{"w.ru": "абырвалг\nрегистрац*"})
    after = await editor.send("/asked", question="абырвалг тарабар")

    assert "With the drafts" not in before
    assert "register (" not in before
    now, drafts = after.split("With the drafts")
    assert "register (" not in now
    assert "register (" in drafts
    assert "абырвалг" not in str(own_library.whole().lexicon)


async def test_a_question_typed_here_is_kept_nowhere(enter: Enter, desk: Desk, tmp_path: Path) -> None:
    editor = await enter("anna", "editor")

    await editor.send("/asked", question="меня зовут Кровопусков")

    assert editor.status == 200
    assert holding("Кровопусков", tmp_path) == []
    assert "Кровопусков" not in await (await enter("own", "owner")).open("/audit")


def holding(words: str, folder: Path) -> list[Path]:
    """The files with these words in them."""
    return [path for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


async def test_a_list_in_lines_is_written_anew_and_the_rest_stays(enter: Enter, desk: Desk) -> None:
    editor = await enter("anna", "editor")

    await editor.fill("/meaning?id=lines", "/meaning", **{"w.uz": "raqam*"})

    new = desk.drafts.file("content/lexicon.yaml")
    assert new.startswith(LEXICON[: LEXICON.index("lines:")])
    assert "raqam*" in new
    assert "номер*" in new


async def test_a_new_meaning_goes_to_the_end_and_an_old_one_is_taken_out(
    enter: Enter, own_library: app.Library, desk: Desk
) -> None:
    editor = await enter("anna", "editor")

    await editor.fill("/meaning", "/meaning", **{"id": "lost_card", "w.ru": "потерял карту"})
    await editor.fill("/meaning?id=lines", "/meaning/drop", whole="1")
    undo = await editor.open("/meaning?id=lines")
    await publish(editor)

    assert "Throw this draft away" in undo
    assert set(own_library.whole().lexicon) == {"register", "lost_card"}
    assert "# Where somebody is written down" in desk.library.editions.read("content/lexicon.yaml")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("рег*истр", "a star stands only at the end"),
        ("!!!", "has no letters"),
        ("я" * 61, "too long"),
        ("", "at least one word"),
    ],
)
async def test_a_word_that_cannot_work_is_named_and_nothing_is_kept(
    enter: Enter, desk: Desk, words: str, told: str
) -> None:
    editor = await enter("anna", "editor")
    empty = {f"w.{code}": "" for code in ("ru", "kk", "uz", "tg", "en")}

    page = await editor.fill("/meaning?id=register", "/meaning", **{**empty, "w.ru": words})

    assert editor.status == 409
    assert told in page
    assert desk.staff.drafts() == []


async def test_a_beginning_that_is_too_short_gets_the_advice_of_check(enter: Enter) -> None:
    editor = await enter("anna", "editor")

    await editor.fill("/meaning?id=register", "/meaning", **{"w.kk": "ре*"})

    assert "so short that it is met in every sentence" in await editor.open("/meaning?id=register")


async def test_two_at_one_meaning_the_second_sees_both(enter: Enter, desk: Desk) -> None:
    anna, bota = await enter("anna", "editor"), await enter("bota", "editor")
    page = await bota.open("/meaning?id=register")
    fields = {name: values for name, values in form_of(page, "/meaning").items() if name != "csrf"}

    await anna.fill("/meaning?id=register", "/meaning", **{"w.kk": "анна"})
    late = await bota.send("/meaning", {**fields, "w.kk": "бота"})
    kept = desk.drafts.words(("content/lexicon.yaml", "register"))
    again = {name: values for name, values in form_of(late, "/meaning").items() if name != "csrf"}
    await bota.send("/meaning", {**again, "w.kk": "анна\nбота"})

    assert "анна" in late.split("Only in theirs:")[1].split("</p>")[0]
    assert "бота" in late.split("Only in yours:")[1].split("</p>")[0]
    assert "анна" in kept
    assert "бота" not in kept
    assert bota.status == 200
    assert "анна, бота" in desk.drafts.words(("content/lexicon.yaml", "register"))


async def test_a_word_of_danger_puts_the_emergency_screen_first_after_publishing(
    enter: Enter, own_library: app.Library
) -> None:
    editor, reader = await enter("anna", "editor"), phone(own_library)

    await editor.fill("/danger", "/danger", **{"w.ru": "синий зонтик"})
    tried = await editor.send("/asked", question="у вас есть синий зонтик")
    await publish(editor, "a password")
    await reader.command("start")
    await reader.say("у вас есть синий зонтик")

    now, drafts = tried.split("With the drafts")
    assert "the emergency screen comes first" not in now
    assert "the emergency screen comes first" in drafts
    assert "112" in reader.text


async def test_hostile_words_stay_words(enter: Enter) -> None:
    editor = await enter("anna", "editor")
    hostile = '"><script>alert(1)</script>'

    await editor.fill("/meaning?id=register", "/meaning", **{"w.ru": hostile})
    page = await editor.open("/meaning?id=register") + await editor.open("/publish")
    page += await editor.send("/asked", question=hostile)

    assert "<script>alert" not in page


@pytest.mark.parametrize("id", ["../facts", "Register", "a b", "", "nothing"])
async def test_only_names_of_meanings_can_be_named(enter: Enter, id: str) -> None:
    editor = await enter("anna", "editor")

    await editor.send("/meaning", {"id": id, "w.ru": "слово"})

    assert editor.status in (400, 404)

"""Phrases of the bot at the desk: found, written, proof-read, published; and the desk's own words with them."""

from pathlib import Path

import pytest

from bot import app
from bot.desk.drafts import mark
from bot.desk.visit import Desk
from bot.settings import ROOT, Settings
from tests.desk.conftest import Enter, form_of
from tests.desk.test_publishing import phone, publish

CHOOSE = "Choose your language."


def at(id: str, language: str = "uz", of: str = "messages") -> str:
    return f"/phrase?language={language}&of={of}&id={mark(id)}"


async def test_a_phrase_changed_at_the_desk_is_what_a_reader_is_told_and_no_other_line_changes(
    enter: Enter, own_library: app.Library, desk: Desk
) -> None:
    translator, editor = await enter("dilnoza", "translator", languages="uz"), await enter("anna", "editor")
    file = "locales/uz/LC_MESSAGES/messages.po"
    before = desk.library.editions.read(file)

    await translator.fill(at(CHOOSE), "/phrase", **{"s.0": "Qaysi tilda oʻqiysiz?"})
    page = await editor.open("/publish")
    await publish(editor)
    reader = phone(own_library, "uz")
    await reader.command("start")
    await reader.press_old(None, "uz/language")

    assert "<ins>" in page
    assert "Qaysi tilda oʻqiysiz?" in reader.text
    lines = zip(before.split("\n"), desk.library.editions.read(file).split("\n"), strict=True)
    assert [new for old, new in lines if old != new] == ['msgstr "Qaysi tilda oʻqiysiz?"']


@pytest.mark.parametrize(
    ("words", "told"),
    [("Oʻqish", "{language} is lost"), ("{til} oʻqish", "{til} is no gap"), ("{language} {", "has no partner")],
)
async def test_a_gap_that_is_lost_or_invented_is_named_at_the_phrase_and_nothing_is_kept(
    enter: Enter, desk: Desk, words: str, told: str
) -> None:
    editor = await enter("anna", "editor")

    page = await editor.fill(at("Read it: {language}"), "/phrase", **{"s.0": words})

    assert editor.status == 409
    assert told in page
    assert form_of(page, "/phrase")["s.0"] == [words]
    assert desk.staff.drafts() == []


async def test_a_translator_writes_phrases_of_their_language_alone(enter: Enter, desk: Desk) -> None:
    translator = await enter("dilnoza", "translator", languages="uz")
    key = mark("Back")

    page = await translator.open("/phrases")
    await translator.send("/phrase", {"language": "ru", "of": "messages", "id": key, "s.0": "Взад"})
    foreign = translator.status
    await translator.send("/phrase/drop", {"language": "ru", "of": "messages", "id": key})

    assert "Orqaga" in page
    assert (foreign, translator.status) == (403, 403)
    assert desk.staff.drafts() == []


async def test_two_at_one_phrase_the_second_sees_both(enter: Enter, desk: Desk) -> None:
    anna, bota = await enter("anna", "editor"), await enter("bota", "editor")
    fields = {
        name: values for name, values in form_of(await bota.open(at("Back")), "/phrase").items() if name != "csrf"
    }

    await anna.fill(at("Back"), "/phrase", **{"s.0": "Orqaga qaytish"})
    page = await bota.send("/phrase", {**fields, "s.0": "Ortga"})
    unit = ("locales/uz/LC_MESSAGES/messages.po", "Back")
    kept = desk.drafts.words(unit)
    again = {name: values for name, values in form_of(page, "/phrase").items() if name != "csrf"}
    await bota.send("/phrase", again)

    assert bota.status == 200
    assert "Orqaga qaytish" in page
    assert "Ortga" in page
    assert "Orqaga qaytish" in kept
    assert "Ortga" in desk.drafts.words(unit)


async def test_two_at_different_phrases_do_not_meet(enter: Enter, desk: Desk) -> None:
    anna, bota = await enter("anna", "editor"), await enter("bota", "editor")
    page = await bota.open(at("Menu"))
    fields = {name: values for name, values in form_of(page, "/phrase").items() if name != "csrf"}

    await anna.fill(at("Back"), "/phrase", **{"s.0": "Ortga"})
    await bota.send("/phrase", {**fields, "s.0": "Bosh menyu"})

    assert bota.status == 200
    words = desk.drafts.file("locales/uz/LC_MESSAGES/messages.po")
    assert "Ortga" in words
    assert "Bosh menyu" in words


@pytest.fixture
def lacking(tmp_path: Path) -> Settings:
    """Phrases of which Uzbek lacks one, has one too many, and has one with a lost gap."""
    import shutil

    folder = Path(shutil.copytree(ROOT / "locales", tmp_path / "locales"))
    path = folder / "uz" / "LC_MESSAGES" / "messages.po"
    text = path.read_text(encoding="utf-8").replace('msgid "Back"', 'msgid "Backwards"')
    path.write_text(text.replace("Oʻqish: {language}", "Oʻqish"), encoding="utf-8")
    return Settings(locales_dir=folder)


class TestWhatIsMissing:
    @pytest.fixture
    def settings(self, folder: Path, tmp_path: Path, lacking: Settings) -> Settings:
        return Settings(data_dir=tmp_path / "data", content_dir=folder, locales_dir=lacking.locales_dir)

    async def test_it_is_listed_alone_and_can_be_mended_until_nothing_is_left(
        self, enter: Enter, own_library: app.Library
    ) -> None:
        editor = await enter("anna", "editor")

        page = await editor.open("/phrases?language=uz&only=open")
        await editor.fill(at("Back"), "/phrase", **{"s.0": "Orqaga", "do": "next"})
        following = editor.html
        await editor.fill(at("Read it: {language}"), "/phrase", **{"s.0": "Oʻqish: {language}"})
        await editor.open(at("Backwards"))
        line = form_of(editor.html, "/phrase/drop")
        await editor.send("/phrase/drop", {**{key: line[key] for key in ("language", "of", "id")}, "gone": "1"})
        await publish(editor)
        left = await editor.open("/phrases?language=uz&only=open")

        assert page.count("not translated") == 1
        assert page.count("has a mistake") == 1
        assert page.count("nothing says it any more") == 1
        assert "Read it:" in following
        assert "The bot says it now" in await editor.open("/history?done=1")
        assert "Nothing here needs you" in left
        assert own_library.languages["uz"].say("Back") == "Orqaga"


async def test_the_list_finds_a_phrase_by_any_of_its_words(enter: Enter) -> None:
    editor = await enter("anna", "editor")

    page = await editor.open("/phrases?language=uz&q=orqaga")

    assert "Back" in page
    assert "Menyu" not in page.split('class="plain phrases"')[1]


async def test_a_preview_shows_the_phrase_where_the_bot_says_it(enter: Enter) -> None:
    editor = await enter("anna", "editor")
    fields = {"language": "uz", "of": "messages", "id": mark("Choose your language.")}

    page = await editor.send("/preview/phrase", {**fields, "s.0": "Tilingiz qaysi? <script>"})

    assert editor.status == 200
    assert "Tilingiz qaysi?" in page
    assert "<script" not in page


async def test_a_counted_phrase_has_a_field_for_each_form_of_its_language(enter: Enter, desk: Desk) -> None:
    editor = await enter("anna", "editor")
    one, many = "{count} phrase", "{count} phrases"

    page = await editor.open(at(one, "ru", "desk"))
    await editor.fill(at(one, "ru", "desk"), "/phrase", **{"s.2": "{count} фразочек"})

    assert "for 1, 21, 31" in page
    assert "for 5, 6, 7" in page
    assert many in page.replace('<code class="gap">', "").replace("</code>", "")
    assert 'msgstr[2] "{count} фразочек"' in desk.drafts.words(("locales/ru/LC_MESSAGES/desk.po", one))


async def test_published_words_of_the_desk_are_said_at_once(enter: Enter) -> None:
    editor = await enter("anna", "editor")

    await editor.fill(at("Texts", "ru", "desk"), "/phrase", **{"s.0": "Все тексты тут"})
    await editor.send("/language", to="ru", back="/desk/")
    before = await editor.open("/")
    await publish(editor)
    after = await editor.open("/")

    assert "Все тексты тут" not in before
    assert "Все тексты тут" in after


async def test_words_the_edition_lacks_are_said_as_they_came_with_the_program(enter: Enter, desk: Desk) -> None:
    editor = await enter("anna", "editor")
    await editor.fill(at("Texts", "ru", "desk"), "/phrase", **{"s.0": "Все тексты тут"})
    await publish(editor)
    path = desk.library.editions.locales / "ru" / "LC_MESSAGES" / "desk.po"
    path.write_text(path.read_text(encoding="utf-8").replace('msgid "Facts"', 'msgid "Facts of old"'), encoding="utf-8")

    await editor.send("/language", to="ru", back="/desk/")
    page = await editor.open("/")

    assert "Все тексты тут" in page
    assert ">Факты</a>" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"language": "en", "of": "messages"},
        {"language": "uzc", "of": "messages"},
        {"language": "tg", "of": "desk"},
        {"language": "uz", "of": "../../x"},
        {"language": "../uz", "of": "messages"},
        {"language": "uz", "of": "messages", "id": "nothing"},
    ],
)
async def test_no_other_file_can_be_named(enter: Enter, fields: dict[str, str]) -> None:
    editor = await enter("anna", "editor")

    await editor.send("/phrase", {"id": mark("Back"), "s.0": "x", **fields})

    assert editor.status == 404

"""Adding a language touches locales/ and content/ alone: Kyrgyz, tried out."""

import shutil
from pathlib import Path

import pytest

from bot import app
from bot.memory import Memory
from bot.settings import ROOT, Settings
from bot.simulator import Chat
from bot.store import NoStore
from bot.telegram import build_dispatcher
from tests.conftest import article

PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Menu"\nmsgstr "Башкы бет"\n'


@pytest.fixture
def kyrgyz(folder: Path, tmp_path: Path) -> app.Library:
    """The small content and the real locales, with Kyrgyz beside the other languages."""
    locales = shutil.copytree(ROOT / "locales", tmp_path / "locales")
    (locales / "ky" / "LC_MESSAGES").mkdir(parents=True)
    (locales / "ky" / "language.yaml").write_text(
        "name: Кыргызча\ncldr: ky\nscript: Cyrl\norder: 7\n", encoding="utf-8"
    )
    (locales / "ky" / "LC_MESSAGES" / "messages.po").write_text(PO, encoding="utf-8")
    short = "Үй ээси бул жөнүндө **{host_days}** ичинде кабарлайт. Эмне кылсаңыз болот, төмөндө жазылган."
    (folder / "stay" / "registration" / "ky.md").write_text(article("Каттоого туруу", short), encoding="utf-8")
    (folder / "neighbours.yaml").write_text("ky: Кыргызча жаза албайм.\nkaa: Қарақалпақша жаза алмайман.\n", "utf-8")
    return app.Library(Settings(data_dir=tmp_path / "data", content_dir=folder, locales_dir=locales))


def test_its_questions_are_matched_and_answered_in_it(kyrgyz: app.Library) -> None:
    match = kyrgyz.matcher.match("мен каттоого кантип турсам болот, айтып коёсузбу", "ru")

    assert match.topics[0][0] == "stay/registration"
    assert (match.language, match.answer_language, match.foreign) == ("ky", "ky", "")
    assert "ky" in kyrgyz.matcher.codes


def test_its_neighbours_are_still_told_from_it(kyrgyz: app.Library) -> None:
    match = kyrgyz.matcher.match("маған не ислеў керек, айлығымды үш айдан бери бермей атыр", "ru")

    assert match.foreign in ("kaa", "")
    assert match.language != "ky"


async def test_a_person_reads_it_from_the_first_screen_on(kyrgyz: app.Library) -> None:
    dispatcher = build_dispatcher(lambda: kyrgyz.screens, NoStore(), Memory(), app.now)
    chat = Chat(dispatcher, language_code="ky")
    await chat.say("каттоого туруу")

    assert chat.title == "Каттоого туруу"
    assert "Башкы бет" in chat.buttons
    assert "Кыргызча жаза албайм" not in chat.text


async def test_a_call_for_help_in_it_gets_the_numbers(kyrgyz: app.Library) -> None:
    dispatcher = build_dispatcher(lambda: kyrgyz.screens, NoStore(), Memory(), app.now)
    chat = Chat(dispatcher, language_code="ky")

    await chat.say("жардам бергиле")

    assert "112" in chat.text

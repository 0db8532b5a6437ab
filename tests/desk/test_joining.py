"""A draft that somebody's publication has overtaken: both are taken together, and nothing of either is lost."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot import app
from bot.desk.drafts import mark
from bot.desk.visit import Desk
from tests.desk.conftest import Browser, Enter, form_of
from tests.desk.test_flows import MAP, WORDS
from tests.desk.test_publishing import publish

PHRASE = f"/phrase?language=uz&of=messages&id={mark('Back')}"
MEANING, FLOW = "/meaning?id=register", "/flow?topic=stay/registration&language=ru"
AT_MAP = "/flow/map?topic=stay/registration"


@pytest.fixture
def folder(folder: Path) -> Path:
    for name, words in (("flow.yaml", MAP), ("flow.ru.yaml", WORDS)):
        (folder / "stay" / "registration" / name).write_text(words, encoding="utf-8")
    (folder / "lexicon.yaml").write_text("# Words\nregister: [регистрац*, прописк*, учёт]\n", encoding="utf-8")
    return folder


async def overtaken(
    enter: Enter, desk: Desk, page: str, act: str, mine: Mapping[str, str], theirs: Callable[[str], str]
) -> Browser:
    """Somebody's draft, over which a newer version of the same file was published from elsewhere."""
    editor = await enter("anna", "editor")
    await editor.fill(page, act, **mine)
    (draft,) = desk.staff.drafts()
    words = desk.library.editions.read(draft.file)
    desk.library.editions.publish({draft.file: theirs(words).encode()}, "bota", "newer", desk.now())
    desk.library.take_up()
    return editor


@pytest.mark.parametrize(
    ("page", "act", "mine", "theirs", "kept"),
    [
        (PHRASE, "/phrase", {"s.0": "Ortga"}, ("Orqaga", "Qaytish"), ["Ortga"]),
        (MEANING, "/meaning", {"w.ru": "регистрац*\nмоё"}, ("прописк*", "прописк*, чужое"),
         ["моё", "чужое", "# Words"]),
        (FLOW, "/flow", {"f.foot": "Моё."}, ("Вы далеко", "Чужое"), ["foot: Моё.", "title: Чужое"]),
        (AT_MAP, "/flow/map", {"t.questions.what.b": "end:work"},
         ("away: help/lines", "away: help/lines, stay/registration"),
         ["b: end:work", "away: help/lines, stay/registration", "# asked second"]),
    ],
)  # fmt: skip
async def test_both_are_taken_together_and_published(
    enter: Enter, own_library: app.Library, desk: Desk, page: str, act: str, mine: dict[str, str],
    theirs: tuple[str, str], kept: list[str],
) -> None:  # fmt: skip
    editor = await overtaken(enter, desk, page, act, mine, lambda words: words.replace(*theirs))
    (draft,) = desk.staff.drafts()

    await editor.send("/publish", drafts=f"{draft.file}\n{draft.key}")
    refused = editor.status
    shown = await editor.open(page)
    await editor.send("/join", form_of(shown, "/join") | {"csrf": [editor.csrf]})
    joined = await editor.open(page)
    await publish(editor)

    assert refused == 409
    assert "Take both together" not in joined
    words = own_library.editions.read(draft.file)
    assert [one for one in kept if one not in words] == []


async def test_only_whoever_may_write_it_takes_it_together(enter: Enter, desk: Desk) -> None:
    await overtaken(enter, desk, FLOW, "/flow", {"f.foot": "Моё."}, lambda words: words.replace("Вы далеко", "Чужое"))
    translator = await enter("dilnoza", "translator", languages="uz")

    await translator.send("/join", draft="content/stay/registration/flow.ru.yaml\n")
    foreign = translator.status
    await translator.send("/join", draft="content/../../x\n")

    assert (foreign, translator.status) == (403, 404)

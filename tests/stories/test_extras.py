"""What an editor may add to a text: a recorded voice, a dated notice."""

from datetime import date
from pathlib import Path

import pytest

from bot import content
from bot.app import Library, now
from bot.content import Spelling
from bot.memory import Memory
from bot.screens import Screens
from bot.simulator import Chat
from bot.store import NoStore
from bot.telegram import build_dispatcher
from tests.conftest import TODAY, Talk

OGG = b"OggS" + bytes(60)


def phone(library: Library, folder: Path, spellings: dict[str, Spelling]) -> Chat:
    """A phone against the small content."""
    small = content.load(folder, spellings)
    screens = Screens(small, library.languages, library.matcher, lambda: TODAY)
    return Chat(build_dispatcher(lambda: screens, NoStore(), Memory(), now), language_code="ru")


async def test_a_recording_beside_a_text_is_sent_by_a_button_and_uploaded_once(
    library: Library, folder: Path, spellings: dict[str, Spelling]
) -> None:
    (folder / "stay/registration/ru.ogg").write_bytes(OGG)
    chat = phone(library, folder, spellings)
    await chat.command("menu")

    for _ in range(2):
        await chat.press_old(chat.last.id, "ru/stay/registration")
        await chat.press("🔊 Послушать")

    sent = [request.params["voice"] for request in chat.session.requests if request.method == "sendVoice"]
    assert len(sent) == 2
    assert isinstance(sent[1], str)
    assert chat.last.kind == "voice"
    await chat.press("К короткому ответу")
    assert chat.title == "Регистрация"


@pytest.mark.parametrize("is_fresh", [True, False])
async def test_a_recording_says_when_the_text_has_changed_since(
    library: Library, folder: Path, spellings: dict[str, Spelling], is_fresh: bool
) -> None:
    (folder / "stay/registration/ru.ogg").write_bytes(OGG)
    text = content.load(folder, spellings).text("stay/registration", "ru")
    assert text is not None
    path = folder / "stay/registration/ru.md"
    voice = text.fingerprint if is_fresh else "0123456789ab"
    path.write_text(
        path.read_text(encoding="utf-8").replace("sources: law\n", f"sources: law\nvoice: {voice}\n"), encoding="utf-8"
    )
    chat = phone(library, folder, spellings)
    await chat.command("menu")

    await chat.press_old(chat.last.id, "ru/stay/registration#voice")

    assert ("изменился" in chat.text) is not is_fresh


async def test_a_notice_stands_above_the_menu_with_its_topic(
    library: Library, folder: Path, spellings: dict[str, Spelling]
) -> None:
    words = "".join(f"  {code}: Идут проверки ({code}).\n" for code in ("kk", "ru", "uz", "tg", "en"))
    day = f"  from: {TODAY}\n  until: {date(2026, 12, 1)}\n  topic: stay/registration\n"
    (folder / "notices.yaml").write_text(f"raid:\n{day}{words}", encoding="utf-8")
    chat = phone(library, folder, spellings)

    await chat.command("menu")

    assert chat.title == "Идут проверки (ru)."
    assert chat.buttons[0] == "Регистрация"


@pytest.mark.parametrize("language", ["ru", "uzc", "tg"])
async def test_a_chart_is_sent_as_a_picture_with_its_meaning_and_uploaded_once(talk: Talk, language: str) -> None:
    chat = talk("ru")
    await chat.command("menu")

    for _ in range(2):
        await chat.press_old(chat.last.id, f"{language}/quotas/current")
        await chat.press(next(label for label in chat.buttons if label.startswith("📊")))

    sent = [request.params["photo"] for request in chat.session.requests if request.method == "sendPhoto"]
    assert len(sent) == 2
    assert isinstance(sent[1], str)
    assert chat.last.kind == "photo"
    assert "2026" in chat.text
    await chat.press(chat.buttons[0])
    assert chat.last.kind == "text"

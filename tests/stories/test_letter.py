"""The complaint about unpaid wages: asked, answered, made, sent and forgotten."""

import io
import logging
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from bot import content
from bot.app import Library, now
from bot.content import Spelling
from bot.documents import letter
from bot.memory import Memory
from bot.screens import Screens
from bot.simulator import Chat
from bot.store import NoStore, open_store
from bot.telegram import build_dispatcher
from tests.conftest import TODAY, Talk
from tests.documents.conftest import page_count

ANSWERS = {
    "ru": ("ТОО «Маркер-Строй»", "Шымкент, улица Маркерная", "март 2026", "250 тыс"),
    "tg": ("Маркер Ақаи Қодир", "Тошканд, бозори Маркер", "03.2026", "250 000"),
    "uzc": ("Маркер фирмаси", "Чимкент, Маркер қурилиши", "03.2026", "250 минг"),
    "kk": ("Маркер Әлібек", "Түркістан, Маркер құрылысы", "наурыз 2026", "250 мың"),
    "en": ("Marker & Sons <Ltd>", "Marker street", "March 2026", "250,000"),
}


@pytest.fixture
def phone(talk: Talk) -> Chat:
    return talk("ru")


async def begin(chat: Chat, code: str) -> None:
    await chat.command("menu")
    await chat.press_old(chat.last.id, f"{code}/rights/wages")
    await chat.press(next(label for label in chat.buttons if label.startswith("📝")))
    await chat.press_old(chat.last.id, f"{code}/paper?go")


async def answer(chat: Chat, *answers: str) -> None:
    for one in answers:
        await chat.say(one)


def files(chat: Chat) -> dict[str, bytes]:
    """What was sent, by name."""
    sent = [message for message in chat.messages if message.kind == "document"]
    return {
        str(message.content["document"]["file_name"]): chat.world.files[message.content["document"]["file_id"]].content
        for message in sent
    }


def words(docx: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(docx)).paragraphs)


@pytest.mark.parametrize("code", ANSWERS)
async def test_a_letter_is_asked_for_made_and_sent_in_two_languages(phone: Chat, code: str) -> None:
    await begin(phone, code)
    assert phone.last.markup
    assert phone.last.markup["force_reply"]

    await answer(phone, *ANSWERS[code])

    employer, place, *_ = ANSWERS[code]
    for said in (employer, place, "03.2026", "250"):
        assert said in phone.text
    await phone.press("Қазақша")
    made = files(phone)
    assert set(made) == {"document.pdf", "document.docx"}
    assert made["document.pdf"].startswith(b"%PDF")
    text = words(made["document.docx"])
    assert "ШАҒЫМ" in text
    assert text.count(employer) == (1 if code == "kk" else 2)
    assert "eotinish.gov.kz" in phone.text
    assert "/hide" in phone.text


@pytest.mark.parametrize(("code", "risk"), [("ru", "Нет регистрации"), ("tg", "Бақайдгирӣ"), ("uz", "Roʻyxatdan")])
async def test_the_risk_and_where_answers_stay_are_said_before_the_first_question(
    phone: Chat, code: str, risk: str
) -> None:
    await phone.command("menu")

    await phone.press_old(phone.last.id, f"{code}/paper")

    assert risk in phone.text
    assert "/hide" in phone.text


@pytest.mark.parametrize("skip", ["/skip", "-", "–"])
async def test_every_question_can_be_skipped_and_is_then_a_line_to_write_on(phone: Chat, skip: str) -> None:
    await begin(phone, "ru")

    await answer(phone, *[skip] * 4)
    await phone.press("Русский")

    assert words(files(phone)["document.docx"]).count("____________________________________") >= 4


async def test_a_restart_in_the_middle_costs_nothing(talk_here: Talk) -> None:
    phone = talk_here("ru")
    await begin(phone, "ru")
    await answer(phone, *ANSWERS["ru"][:2])

    restarted = Chat(talk_here("ru").dispatcher, bot=phone.bot, person=phone.person, room=phone.room)
    await answer(restarted, *ANSWERS["ru"][2:])
    again = Chat(talk_here("ru").dispatcher, bot=phone.bot, person=phone.person, room=phone.room)
    await again.press("Русский")

    assert "ТОО «Маркер-Строй»" in words(files(again)["document.docx"])


async def test_who_closes_the_reply_and_just_writes_is_understood(phone: Chat) -> None:
    await begin(phone, "ru")
    phone.close_reply()

    await phone.say("ТОО «Маркер»")

    assert "1. Кто не платит: ТОО «Маркер»" in phone.text
    assert sum("Кто не платит" in message.text for message in phone.messages) == 2, "the forwarded copy is gone"


async def test_a_question_in_between_is_answered_and_the_letter_goes_on(phone: Chat) -> None:
    await begin(phone, "ru")
    question = phone.last.id
    phone.close_reply()

    await phone.say("где зарегистрироваться?")
    assert "Кто не платит" not in phone.text
    await phone.say("ТОО «Маркер»", reply_to=question)

    assert "ТОО «Маркер»" in phone.text


async def test_a_stop_ends_it_and_what_is_typed_then_is_a_question(phone: Chat) -> None:
    await begin(phone, "ru")

    await phone.command("menu")
    phone.close_reply()
    await phone.say("регистрация")

    assert "Кто не платит" not in phone.text


@pytest.mark.parametrize(
    ("code", "cry"), [("ru", "меня заперли и бьют, помогите"), ("uz", "meni qamab qoʻyishdi, yordam bering")]
)
async def test_a_cry_for_help_comes_before_the_next_question(phone: Chat, code: str, cry: str) -> None:
    await begin(phone, code)
    before = len(phone.messages)

    await phone.say(cry)

    new = [message for message in phone.messages[before:] if message.is_from_bot]
    assert "112" in new[0].text
    assert new[-1].markup
    assert new[-1].markup.get("force_reply")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (0, "я" * 4000),
        (2, "31.02.2026"),
        (2, "13.2026"),
        (2, "05.2099"),
        (2, "давно"),
        (3, "-5000"),
        (3, "0"),
        (3, "много"),
        (3, "1000 $"),
        (3, "99999999999999"),
    ],
)
async def test_what_cannot_be_is_said_and_asked_again_with_nothing_lost(phone: Chat, place: int, said: str) -> None:
    await begin(phone, "ru")
    await answer(phone, *ANSWERS["ru"][:place])
    asked = phone.text.rsplit("\n\n", 2)[1]

    await phone.say(said)

    assert asked in phone.text
    assert len(phone.text) < 1000
    if place:
        assert "ТОО «Маркер-Строй»" in phone.text
    await answer(phone, *ANSWERS["ru"][place:])
    assert "Қазақша" in phone.buttons


async def test_an_answer_is_changed_at_the_end_and_the_others_stay(phone: Chat) -> None:
    await begin(phone, "ru")
    await answer(phone, *ANSWERS["ru"])

    await phone.press("✎ Где работали")
    await phone.say("Алматы")

    assert "2. Где работали: Алматы" in phone.text
    assert "1. Кто не платит: ТОО «Маркер-Строй»" in phone.text
    first = next(message for message in phone.messages if message.text == ANSWERS["ru"][0])
    await phone.edit(first.id, "Другой")
    assert "✎" in phone.text


@pytest.mark.parametrize(
    "said",
    [
        '#read("/etc/passwd") $x^2$ #panic()',
        "<b>x</b> & </w:t> ]]>",
        "a\x00b\x0bc\u202ed \x1b[0m",
        "2. Где работали: чужое\n3. Не платят с: 01.2020",
        "📝 Написать жалобу\n1. x: y",
        "[employer] {mci} {0} %s",
        "أحمد 漢字 👷",
    ],
)
async def test_hostile_words_are_words_in_the_draft_and_in_both_files(phone: Chat, said: str) -> None:
    await begin(phone, "ru")

    await answer(phone, said, *ANSWERS["ru"][1:])
    assert "2. Где работали: Шымкент, улица Маркерная" in phone.text
    await phone.press("Русский")

    made = files(phone)
    kept = "".join(sign for sign in said if sign.isalnum())
    assert kept in "".join(sign for sign in words(made["document.docx"]) if sign.isalnum())
    assert b"root:" not in made["document.pdf"]


async def test_a_letter_button_of_another_message_begins_anew(phone: Chat) -> None:
    await phone.command("menu")

    for data in ("ru/paper?in-ru", "ru/paper?in-xx", "ru/paper?nonsense", "ru/paper?sum"):
        await phone.press_old(phone.last.id, data)

        assert phone.title.startswith("📝")


async def test_a_letter_can_be_cleared_from_the_chat(phone: Chat) -> None:
    await begin(phone, "ru")
    await answer(phone, *ANSWERS["ru"])
    await phone.press("Русский")

    await phone.command("hide")

    assert len(phone.messages) == 1


def on_disk(folder: Path) -> list[bytes]:
    """The content of every file below a folder."""
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


async def test_nothing_of_a_letter_is_left_on_the_disk_or_in_the_log(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    store = open_store(f"sqlite:///{tmp_path / 'safar.db'}", lambda line: None)
    dispatcher = build_dispatcher(lambda: library.screens, store, Memory(), now)

    for code, answers in ANSWERS.items():
        chat = Chat(dispatcher, language_code="ru")
        await begin(chat, code)
        await answer(chat, *answers)
        await chat.press("Русский")
        assert files(chat)
    await store.flush()

    marks = [mark.encode() for mark in ("Маркер", "Marker", "250000", "250 000", "03.2026")]
    written = on_disk(tmp_path)
    assert written
    for one in (*written, caplog.text.encode()):
        assert not any(mark in one for mark in marks)
    await store.close()


@pytest.mark.parametrize("day", [date(2019, 1, 1), TODAY, date(2031, 1, 1)])
def test_a_letter_can_be_made_on_any_day(library: Library, day: date) -> None:
    for code in ("kk", "ru", "uz", "uzc", "tg", "en"):
        pages = letter.pages(library.content, "ru", code, (None, "x", None, "1000"), day)

        assert pages
        made = letter.make(pages)
        assert made == letter.make(pages)
        assert zipfile.ZipFile(io.BytesIO(made["document.docx"])).testzip() is None
        assert page_count(made["document.pdf"]) == len(pages)


async def test_where_the_letter_has_no_words_its_old_button_opens_the_menu(
    library: Library, folder: Path, spellings: dict[str, Spelling]
) -> None:
    small = content.load(folder, spellings)
    screens = Screens(small, library.languages, library.matcher, lambda: TODAY)
    chat = Chat(build_dispatcher(lambda: screens, NoStore(), Memory(), now), language_code="ru")
    await chat.command("menu")

    await chat.press_old(chat.last.id, "ru/paper?go")

    assert "Вот меню" in chat.text

"""From a sentence typed at the desk to the sentence in the chat; whole versions, four eyes, and the way back."""

import asyncio
from pathlib import Path

import pytest

from bot import app
from bot.desk.visit import Desk
from bot.memory import Memory
from bot.simulator import Chat
from bot.store import NoStore
from bot.telegram import build_dispatcher
from tests.desk.conftest import Browser, Enter

TEXT = "/text?id=stay/registration&language=ru"
NEW = "Хозяин жилья сообщает о вас за **{host_days}**."


def phone(library: app.Library, language: str = "ru") -> Chat:
    return Chat(build_dispatcher(lambda: library.screens, NoStore(), Memory(), app.now), language_code=language)


def texts_in(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*.md")}


async def publish(browser: Browser, why: str = "new law") -> None:
    await browser.fill("/publish", "/publish", why=why)


async def test_a_sentence_and_an_amount_changed_on_a_tuesday_evening_are_in_the_chat(
    enter: Enter, own_library: app.Library
) -> None:
    lawyer = await enter("anna", "editor", "reviewer")
    reader, uzbek = phone(own_library), phone(own_library, "uz")

    await lawyer.fill(TEXT, "/text", **{"p.short": NEW})
    await lawyer.fill("/fact?id=host_days", "/fact", **{"0.value": "5"})
    assert "sentences read differently" in lawyer.html or "sentence reads differently" in lawyer.html
    again = {name: values for name, values in _fields(lawyer, "/fact").items() if name != "csrf"}
    await lawyer.send("/fact", {**again, "do": "save"})
    await publish(lawyer)
    assert lawyer.status == 200, lawyer.html
    assert "The bot says it now" in lawyer.html
    await reader.command("start")
    await reader.press_old(None, "ru/stay/registration")
    await uzbek.command("start")
    await uzbek.press_old(None, "uz/stay/registration")

    assert "Хозяин жилья сообщает о вас за 5 рабочих дней." in reader.text
    assert "5 ish kuni" in uzbek.text
    assert "The Russian text is newer" not in uzbek.text
    assert own_library.content.texts["stay/registration", "uz"].follows


async def test_a_translation_left_behind_tells_its_reader_and_its_translator(
    enter: Enter, own_library: app.Library
) -> None:
    editor = await enter("anna", "editor")
    translator = await enter("dilnoza", "translator", languages="uz")

    await editor.fill(TEXT, "/text", **{"p.short": NEW})
    await publish(editor)
    reader = phone(own_library, "uz")
    await reader.command("start")
    await reader.press_old(None, "uz/stay/registration")
    page = await translator.open("/text?id=stay/registration&language=uz")

    assert "Tarjima yangilanmoqda" in reader.text
    assert "<ins>жилья " in page.replace("<ins> жилья", "<ins>жилья ")
    assert "/desk/text?id=stay/registration&amp;language=uz" in await translator.open("/")


async def test_nobody_sees_a_draft_and_everybody_sees_a_version(enter: Enter, own_library: app.Library) -> None:
    editor = await enter("anna", "editor")
    reader = phone(own_library)

    await editor.fill(TEXT, "/text", **{"p.short": NEW})
    own_library.take_up()
    await reader.command("start")
    await reader.press_old(None, "ru/stay/registration")

    assert "Хозяин сообщает" in reader.text


async def test_a_version_with_a_mistake_is_refused_with_file_and_line(
    enter: Enter, own_library: app.Library, desk: Desk
) -> None:
    editor = await enter("anna", "editor")

    await editor.fill(TEXT, "/text", **{"p.short": "Хозяин сообщает за 30 дней."})
    await publish(editor)

    assert editor.status == 409
    assert "stay/registration/ru.md:" in editor.html
    assert not desk.library.editions.is_copied
    assert len(desk.staff.drafts()) == 1


async def test_the_given_folder_stays_as_it_was_and_the_copy_is_a_repository(
    enter: Enter, own_library: app.Library, folder: Path, desk: Desk
) -> None:
    before = texts_in(folder)
    editor = await enter("anna", "editor")

    await editor.fill(TEXT, "/text", **{"p.short": NEW})
    await publish(editor, "the law changed")

    assert texts_in(folder) == before
    assert own_library.folders[0] != folder
    last = desk.library.editions.versions()[0]
    assert (last.who, last.why) == ("anna", "the law changed")
    changed = desk.library.editions.changes(last.id)
    assert [change.file for change in changed] == ["content/stay/registration/ru.md"]


async def test_one_click_takes_a_version_back(enter: Enter, own_library: app.Library, desk: Desk) -> None:
    editor = await enter("anna", "editor")
    old = own_library.content.texts["stay/registration", "ru"].short

    await editor.fill(TEXT, "/text", **{"p.short": NEW})
    await publish(editor)
    version = desk.library.editions.versions()[0]
    page = await editor.open(f"/version?id={version.id}")
    await editor.send("/history/back", id=version.id)

    assert "<ins>" in page
    assert editor.status == 200
    assert own_library.content.texts["stay/registration", "ru"].short == old
    assert len(desk.library.editions.versions()) == 3


async def test_a_version_somebody_built_upon_is_not_taken_back_over_them(enter: Enter, desk: Desk) -> None:
    editor = await enter("anna", "editor")
    await editor.fill(TEXT, "/text", **{"p.short": NEW})
    await publish(editor)
    first = desk.library.editions.versions()[0]
    await editor.fill(TEXT, "/text", **{"p.short": NEW.replace("жилья", "дома")})
    await publish(editor)

    await editor.send("/history/back", id=first.id)

    assert editor.status == 409


@pytest.mark.parametrize("id", ["", "HEAD", "../..", "0" * 40, "нет"])
async def test_only_versions_of_the_history_can_be_named(enter: Enter, id: str) -> None:
    editor = await enter("anna", "editor")

    await editor.send("/history/back", id=id)

    assert editor.status == 404


async def test_two_at_one_text_the_second_sees_both_and_overwrites_nothing(enter: Enter, desk: Desk) -> None:
    anna, bota = await enter("anna", "editor"), await enter("bota", "editor")
    page = await bota.open(TEXT)

    await anna.fill(TEXT, "/text", **{"p.short": NEW})
    fields = {name: values for name, values in _parsed(page, "/text").items() if name != "csrf"}
    await bota.send("/text", {**fields, "p.short": "Бота пишет: {host_days}."})
    kept = desk.drafts.words(("content/stay/registration/ru.md", ""))

    assert bota.status == 409
    assert "Хозяин жилья" in bota.html
    assert "Бота пишет" in bota.html
    assert "Хозяин жилья" in kept
    joined = {name: values for name, values in _parsed(bota.html, "/text/whole").items() if name != "csrf"}
    await bota.send("/text/whole", joined)
    assert "Бота пишет" in desk.drafts.words(("content/stay/registration/ru.md", ""))


async def test_a_number_goes_live_after_two_people_and_a_call(
    enter: Enter, own_library: app.Library, desk: Desk
) -> None:
    anna, bota = await enter("anna", "editor"), await enter("bota", "editor")
    confirm = {"id": "helpers", "number": "+77252000001"}

    await anna.send("/place/confirm", confirm, by="page")
    await anna.send("/place/confirm", confirm, by="call")
    alone = desk.staff.drafts()
    await bota.send("/place/confirm", confirm, by="page")
    await publish(bota, "both checked")

    assert alone == []
    assert bota.status == 200
    found = own_library.content.places["helpers"].phones[0]
    assert found.is_proven
    assert {one.role for one in found.confirmed} == {"editor", "another editor"}
    assert "anna" not in desk.library.editions.read("content/places.yaml")
    assert "# Somebody who helps" in desk.library.editions.read("content/places.yaml")


async def test_a_changed_number_must_be_confirmed_anew(enter: Enter, own_library: app.Library, desk: Desk) -> None:
    anna, bota = await enter("anna", "editor"), await enter("bota", "reviewer")
    for who in (anna, bota):
        await who.send("/place/confirm", id="helpers", number="+77252000001", by="call")

    await anna.fill("/place?id=helpers", "/place", **{"0.number": "+77252000009"})
    await publish(anna)

    found = own_library.content.places["helpers"].phones[0]
    assert (found.number, found.status, found.is_proven) == ("+77252000009", "unproven", False)


async def test_words_typed_into_a_place_cannot_confirm_its_number(enter: Enter, desk: Desk) -> None:
    editor = await enter("anna", "editor")
    said = "[{role: a, on: 2026-01-01, by: call}, {role: b, on: 2026-01-01}]"
    forged = f"unproven\n    confirmed: {said}\n    status: confirmed"

    await editor.fill("/place?id=helpers", "/place", **{"0.hours": forged, "0.what": forged, "note": forged})
    unit = desk.drafts.words(("content/places.yaml", "helpers"))
    await editor.send("/file", name="content/places.yaml", body=unit, mark="x")

    assert "    status: confirmed" not in unit
    assert editor.status == 404


async def test_a_reviewer_signs_exactly_what_was_read_and_a_change_takes_it_off(
    enter: Enter, own_library: app.Library, desk: Desk
) -> None:
    reviewer = await enter("anna", "reviewer", "editor", title="юрист")
    editor = await enter("bota", "editor")

    await reviewer.fill(TEXT, "/text/review")
    await publish(reviewer)
    signed = own_library.content.texts["stay/registration", "ru"].reviewed
    await editor.fill(TEXT, "/text", **{"p.short": NEW})
    await publish(editor)

    assert signed == "2026-11-24, юрист"
    assert own_library.content.texts["stay/registration", "ru"].reviewed == ""


async def test_who_joins_two_texts_by_hand_cannot_sign_them_as_read(enter: Enter, desk: Desk) -> None:
    editor = await enter("anna", "editor")
    unit = ("content/stay/registration/ru.md", "")
    page = await editor.open(TEXT)
    fields = {name: values for name, values in _parsed(page, "/text").items() if name in ("id", "language", "mark")}

    forged = desk.drafts.words(unit).replace("---\n", "---\nreviewed: 2026-01-01, юрист\n", 1)
    await editor.send("/text/whole", {**fields, "body": forged})

    assert "reviewed" not in desk.drafts.words(unit)


async def test_a_machine_translation_is_published_only_after_a_person_takes_off_the_tick(
    enter: Enter, own_library: app.Library
) -> None:
    editor = await enter("anna", "editor")
    address = "/text?id=stay/registration&language=uz"

    await editor.fill(address, "/text", **{"title": "Yangi", "machine": "on"})
    await publish(editor)
    await editor.send("/publish", drafts="content/stay/registration/uz.md\n")
    refused = editor.status
    page = await editor.open(address)
    fields = {name: values for name, values in _parsed(page, "/text").items() if name not in ("csrf", "machine")}
    await editor.send("/text", fields)
    await publish(editor)

    assert refused == 409
    assert own_library.content.texts["stay/registration", "uz"].title == "Yangi"


async def test_a_translator_writes_in_their_language_alone(enter: Enter) -> None:
    translator = await enter("dilnoza", "translator", languages="uz")

    await translator.fill("/text?id=stay/registration&language=uz", "/text", title="Yangi")
    own = translator.status
    await translator.send("/text", id="stay/registration", language="ru", title="x")

    assert (own, translator.status) == (200, 403)


@pytest.mark.parametrize("id", ["../../etc/passwd", "stay/../../x", "", "/etc", "stay/registration/../.."])
async def test_no_path_comes_from_a_form(enter: Enter, id: str) -> None:
    editor = await enter("anna", "editor")

    await editor.send("/text", id=id, language="ru", title="x")
    text = editor.status
    await editor.send("/text", id="stay/registration", language="../ru", title="x")
    language = editor.status
    await editor.send("/file", name=f"content/{id}", body="x")

    assert (text, language, editor.status) == (404, 404, 404)


async def test_hostile_words_stay_words_in_the_preview(enter: Enter) -> None:
    editor = await enter("anna", "editor")
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) {host_days}"

    await editor.send("/preview", {"id": "stay/registration", "language": "ru", "p.short": hostile})

    assert editor.status == 200
    assert "<script>" not in editor.html
    assert "<img" not in editor.html
    assert "javascript:alert" not in editor.html.replace("[x](javascript:alert(3))", "")


def _parsed(html: str, act: str) -> dict[str, list[str]]:
    from tests.desk.conftest import form_of

    return form_of(html, act)


def _fields(browser: Browser, act: str) -> dict[str, list[str]]:
    return _parsed(browser.html, act)


async def test_of_two_who_publish_at_the_same_moment_one_is_told_and_nothing_is_lost(
    enter: Enter, own_library: app.Library, desk: Desk
) -> None:
    anna, bota = await enter("anna", "editor"), await enter("bota", "editor")
    await anna.fill(TEXT, "/text", **{"p.short": NEW})
    await bota.fill("/fact?id=host_days", "/fact", **{"0.value": "5", "do": "save"})
    text, fact = sorted((f"{draft.file}\n{draft.key}" for draft in desk.staff.drafts()), key=len, reverse=True)
    await anna.open("/publish")
    await bota.open("/publish")

    await asyncio.gather(
        anna.send("/publish", {"drafts": text, "why": "a sentence"}),
        bota.send("/publish", {"drafts": fact, "why": "an amount"}),
    )

    assert sorted((anna.status, bota.status)) == [200, 409]
    late, draft = (anna, text) if anna.status == 409 else (bota, fact)
    assert "at the same moment" in late.html
    await late.send("/publish", {"drafts": draft, "why": "again"})
    assert late.status == 200
    assert own_library.content.texts["stay/registration", "ru"].short == NEW
    assert own_library.content.facts.all["host_days"].values[0].value == "5"
    assert {version.why for version in own_library.editions.versions()} >= {"again"}

"""Guided questions at the desk: their words beside the Russian ones, their map as a picture and a form, a walk."""

import re
from pathlib import Path

import pytest

from bot import app
from bot.content import Content
from bot.content.editing import leaves, with_value, with_words
from bot.desk import flow_picture
from bot.desk.visit import Desk
from bot.settings import ROOT
from tests.desk.conftest import Enter, form_of
from tests.desk.test_publishing import phone, publish

MAP = (
    "# Which way?\nfirst: where\nquestions:\n  where:\n    here: what\n    there: end:away\n"
    "  # asked second\n  what:\n    a: end:work\n    b: end:away\nendings:\n"
    "  away: help/lines\n  work: stay/registration, help/lines\n# sums come here\n"
)
WORDS = (
    "compared: 2026-11-21\nquestions:\n  where:\n    ask: Где вы?\n    answers:\n      here: Здесь\n"
    "      there: 'Там: далеко'\n  what:\n    ask: Что вы делаете?\n    answers:\n      a: Работаю\n      b: Ничего\n"
    "endings:\n  away:\n    title: Вы далеко\n    text: |\n      Позвоните.\n\n      Потом приходите.\n"
    "  work:\n    title: Вы работаете\n    text: |\n      Хозяин сообщает за **{host_days}**.\n"
    "# Under every ending.\nfoot: Мы рядом.\n"
)
FLOW = "/flow?topic=stay/registration&language=ru"
UZBEK = "/flow?topic=stay/registration&language=uz"
AT_MAP = "/flow/map?topic=stay/registration"
FILES = sorted((ROOT / "content").glob("*/*/flow.*.yaml"))


@pytest.fixture
def folder(folder: Path) -> Path:
    for name, words in (("flow.yaml", MAP), ("flow.ru.yaml", WORDS)):
        (folder / "stay" / "registration" / name).write_text(words, encoding="utf-8")
    return folder


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_words_of_a_flow_come_back_without_a_byte_changed_and_other_words_change_their_lines(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    for place, (words, first, last) in leaves(text).items():
        newer = with_words(text, place, words + " x")

        assert with_words(text, place, words) == text
        assert leaves(newer)[place][0] == words + " x"
        lines = list(zip(text.split("\n"), newer.split("\n"), strict=True))
        changed = [number for number, (old, new) in enumerate(lines, start=1) if old != new]
        assert all(first <= number <= last for number in changed), place


def test_comments_stay_where_they_are_when_what_stands_above_them_goes() -> None:
    gone = with_value(MAP, ["questions", "where"], None)
    gone = with_value(gone, ["endings", "work"], None)

    assert "  # asked second\n  what:" in gone
    assert gone.endswith("  away: help/lines\n# sums come here\n")


async def test_words_of_a_flow_are_changed_tried_and_published(
    enter: Enter, own_library: app.Library, desk: Desk
) -> None:
    editor, reader = await enter("anna", "editor"), phone(own_library)

    text = "Хозяин сообщает за **{host_days}**.\n\n- Раз.\n- Два."
    await editor.fill(FLOW, "/flow", **{"f.endings.work.text": text, "f.questions.what.answers.a": "Я работаю: да"})
    walked = await editor.open("/preview/walk?topic=stay/registration&language=ru&at=here.a")
    shown = await editor.open("/publish")
    await publish(editor)
    await reader.command("start")
    await reader.press_old(None, "ru/stay/registration?here.a")

    assert re.findall(r"<dt>(.*?)</dt>", shown) == ["questions › what › answers › a", "endings › work › text"]
    assert "3 рабочих дня" in walked
    assert "• Два" in reader.text
    new = desk.library.editions.read("content/stay/registration/flow.ru.yaml")
    assert new == WORDS.replace("a: Работаю", "a: 'Я работаю: да'").replace(
        "      Хозяин сообщает за **{host_days}**.\n",
        "      Хозяин сообщает за **{host_days}**.\n\n      - Раз.\n      - Два.\n",
    )


async def test_a_walk_leads_from_question_to_ending_by_its_buttons(enter: Enter) -> None:
    editor = await enter("anna", "editor")

    page = await editor.open("/preview/walk?topic=stay/registration&language=ru")
    found = re.search(r'href="/desk(/preview/walk[^"]*at=there)"', page)
    assert found
    ending = await editor.open(found[1].replace("&amp;", "&"))

    assert "Где вы?" in page
    assert "Вы далеко" in ending


async def test_a_language_that_has_no_words_yet_gets_them_field_by_field(
    enter: Enter, own_library: app.Library, desk: Desk
) -> None:
    translator, editor = await enter("dilnoza", "translator", languages="uz"), await enter("anna", "editor")
    page = await translator.open(UZBEK)
    fields = form_of(page, "/flow")
    said = {name: f"soʻz {name[-3:]}" for name in fields if name.startswith("f.")}
    said["f.endings.work.text"] = "Uy egasi **{host_days}** ichida xabar beradi."

    await translator.fill(UZBEK, "/flow", **{name: words for name, words in said.items() if "ending" not in name})
    half = translator.html
    await translator.fill(UZBEK, "/flow", **said)
    await publish(editor)

    assert "Где вы?" in page
    assert half.count('class="pair changed"') == 4
    assert ("stay/registration", "uz") in own_library.content.flow_words


async def test_a_mistake_stands_at_its_field(enter: Enter) -> None:
    editor = await enter("anna", "editor")

    await editor.fill(FLOW, "/flow", **{"f.endings.away.text": "Звоните 12 раз."})
    page = await editor.open(FLOW)

    at = page[page.index('name="f.endings.away.text"') : page.index('name="f.endings.work.title"')]
    assert 'class="notice bad"' in at
    assert page.count('class="notice bad"') == 1


async def test_a_long_label_shows_its_length(enter: Enter) -> None:
    editor = await enter("anna", "editor")

    await editor.fill(FLOW, "/flow", **{"f.questions.where.answers.here": "я" * 29})

    assert '<span class="tag warn">29 of 28 letters</span>' in await editor.open(FLOW)


async def test_two_at_one_flow_the_second_sees_both_and_loses_nothing(enter: Enter, desk: Desk) -> None:
    anna, bota = await enter("anna", "editor"), await enter("bota", "editor")
    page = await bota.open(FLOW)
    fields = {name: values for name, values in form_of(page, "/flow").items() if name != "csrf"}

    await anna.fill(FLOW, "/flow", **{"f.foot": "Анна.", "f.questions.where.ask": "Анна где?"})
    late = await bota.send("/flow", {**fields, "f.foot": "Бота.", "f.endings.away.title": "Бота тут"})
    status = bota.status
    again = {name: values for name, values in form_of(late, "/flow").items() if name != "csrf"}
    await bota.send("/flow", {**again, "f.foot": "Анна и Бота."})

    assert status == 409
    assert again["f.foot"] == ["Бота."]
    assert "Анна." in late
    words = leaves(desk.drafts.words(("content/stay/registration/flow.ru.yaml", "")))
    assert words["foot",][0] == "Анна и Бота."
    assert words["questions", "where", "ask"][0] == "Анна где?"
    assert words["endings", "away", "title"][0] == "Бота тут"


async def test_a_translator_writes_flows_of_their_language_alone(enter: Enter, desk: Desk) -> None:
    translator = await enter("dilnoza", "translator", languages="uz")

    await translator.send("/flow", {"topic": "stay/registration", "language": "ru", "f.foot": "x", "mark": "x"})
    words = translator.status
    await translator.open(AT_MAP)

    assert (words, translator.status) == (403, 403)
    assert desk.staff.drafts() == []


async def test_an_answer_leads_elsewhere_after_publishing(enter: Enter, own_library: app.Library, desk: Desk) -> None:
    editor = await enter("anna", "editor")

    await editor.fill(AT_MAP, "/flow/map", **{"t.questions.what.b": "end:work"})
    await publish(editor)

    assert own_library.content.flows["stay/registration"].questions["what"]["b"] == "end:work"
    new = desk.library.editions.read("content/stay/registration/flow.yaml")
    assert new == MAP.replace("    b: end:away", "    b: end:work")


async def test_a_question_an_answer_and_an_ending_are_added_and_taken_out(
    enter: Enter, own_library: app.Library, desk: Desk
) -> None:
    editor = await enter("anna", "editor")

    fresh = {"new.question": "how", "new.answer": "a", "new.to": "end:work"}
    await editor.fill(AT_MAP, "/flow/map", **fresh)
    unreached = await editor.open(AT_MAP)
    await editor.fill(AT_MAP, "/flow/map", **{"add.where": "maybe", "to.where": "how"})
    await editor.fill(AT_MAP, "/flow/map", **{"gone": ["questions.where.there", "questions.what.b", "endings.away"]})
    lacking = await editor.open(AT_MAP)
    words = {"f.questions.how.ask": "Как?", "f.questions.how.answers.a": "Так", "f.questions.where.answers.maybe": "Да"}
    await editor.fill(FLOW, "/flow", **words)
    await publish(editor)

    at = unreached[unreached.index('id="q-how"') : unreached.index('name="new.question"')]
    assert "no way leads to the question `how`" in at
    assert '<span class="count">3</span>' in lacking
    flow = own_library.content.flows["stay/registration"]
    assert flow.questions == {
        "where": {"here": "what", "maybe": "how"}, "what": {"a": "end:work"}, "how": {"a": "end:work"},
    }  # fmt: skip
    assert set(flow.endings) == {"work"}
    assert own_library.content.flow_words["stay/registration", "ru"].asks["how"] == "Как?"
    new = desk.library.editions.read("content/stay/registration/flow.yaml")
    assert all(comment in new for comment in ("# Which way?", "# asked second", "# sums come here"))


@pytest.mark.parametrize(
    ("fields", "told", "place"),
    [
        ({"t.questions.what.a": "where"}, "lead in a circle", "q-where"),
        ({"gone": "endings.away"}, "which is neither a question nor", "q-where"),
        ({"gone": ["questions.what.a", "questions.what.b"]}, "list its answers below it", "q-what"),
        ({"add.where": "here", "to.where": "what"}, "is there already", ""),
        ({"add.where": "Не так", "to.where": "what"}, "A short name has letters", ""),
        ({"new.question": "../x", "new.answer": "a", "new.to": "what"}, "A short name has letters", ""),
    ],
)
async def test_a_way_that_leads_nowhere_is_shown_at_its_place_and_not_kept(
    enter: Enter, desk: Desk, fields: dict[str, object], told: str, place: str
) -> None:
    editor = await enter("anna", "editor")

    page = await editor.fill(AT_MAP, "/flow/map", **fields)

    assert editor.status in (400, 409)
    assert told in (page[page.index(f'id="{place}"') :].split("</fieldset>")[0] if place else page)
    assert desk.staff.drafts() == []


async def test_two_at_one_map_the_second_sees_how_both_differ(enter: Enter, desk: Desk) -> None:
    anna, bota = await enter("anna", "editor"), await enter("bota", "editor")
    page = await bota.open(AT_MAP)
    fields = {name: values for name, values in form_of(page, "/flow/map").items() if name != "csrf"}

    await anna.fill(AT_MAP, "/flow/map", **{"t.questions.what.b": "end:work"})
    late = await bota.send("/flow/map", {**fields, "t.questions.where.there": "end:work"})
    status = bota.status
    await bota.send("/flow/map", {k: v for k, v in form_of(late, "/flow/map").items() if k != "csrf"})

    assert status == 409
    assert "<ins>" in late
    assert form_of(late, "/flow/map")["t.questions.what.b"] == ["end:work"]
    words = desk.drafts.words(("content/stay/registration/flow.yaml", ""))
    assert "b: end:work" in words
    assert "there: end:work" in words


@pytest.mark.parametrize("language", ["ru", "kk", "uz", "tg", "en"])
def test_no_label_of_a_picture_lies_on_another_and_every_line_runs_to_the_right(real: Content, language: str) -> None:
    for topic, flow in real.flows.items():
        svg = str(flow_picture.draw(flow, real.flow_words[topic, language]))

        boxes = [
            tuple(map(int, found))
            for found in re.findall(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', svg)
        ]
        assert len(boxes) == len(flow.questions) + len(flow.endings)
        for number, (x, y, wide, high) in enumerate(boxes):
            for other_x, other_y, other_wide, other_high in boxes[number + 1 :]:
                is_apart = (
                    x + wide <= other_x or other_x + other_wide <= x or y + high <= other_y or other_y + other_high <= y
                )
                assert is_apart, topic
        texts = re.findall(r'<text x="(\d+)" y="(\d+)"', svg)
        assert len(texts) == len(set(texts))
        for x, y in texts:
            assert any(bx < int(x) < bx + wide and by < int(y) <= by + high for bx, by, wide, high in boxes)
        for start, end in re.findall(r'<path d="M(\d+) \d+C.*? (\d+) \d+" class="way', svg):
            assert int(start) < int(end)

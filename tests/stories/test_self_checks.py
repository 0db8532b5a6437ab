"""Three self-checks, each answer a tap: what the answers mean, what to do now, whom to call; never a verdict."""

import re

import pytest

from bot.app import Library
from bot.screens import Address
from tests.conftest import Talk

CODES = ["kk", "ru", "uz", "uzc", "tg", "en"]
CHECKS = {"trafficking/signs": "s6", "trafficking/safe-job": "x2", "stay/police-check": "m4"}
ASKED = {
    "ru": {"s6": "это принудительный труд?", "x2": "проверить предложение работы", "m4": "в порядке ли мои документы?"},
    "en": {"s6": "is this forced labour?", "x2": "is this job offer safe?", "m4": "are my papers in order?"},
    "kk": {"s6": "бұл мәжбүрлі еңбек пе?", "x2": "жұмыс ұсынысын тексеру", "m4": "құжаттарым дұрыс па?"},
    "uz": {"s6": "bu majburiy mehnatmi?", "x2": "ish taklifini tekshirish", "m4": "hujjatlarim joyidami?"},
    "tg": {"s6": "ин меҳнати маҷбурӣ аст?", "x2": "санҷидани пешниҳоди кор", "m4": "ҳуҷҷатҳоям дурустанд?"},
}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("topic", CHECKS)
def test_every_way_is_at_most_six_taps_and_ends_in_what_it_means_what_to_do_and_whom_to_call(
    library: Library, topic: str, code: str
) -> None:
    content = library.content
    flow, words = content.flows[topic], content.flow_words[topic, code]

    for way in flow.ways():
        assert len(way) <= 6
    for ending in flow.endings:
        paragraphs = words.texts[ending].split("\n\n")
        assert len(paragraphs) == 3
        assert all(paragraph.startswith("**") for paragraph in paragraphs)
        assert flow.endings[ending].topics
    assert words.name
    assert words.foot


@pytest.mark.parametrize("topic", ["trafficking/signs", "trafficking/safe-job"])
def test_where_danger_is_near_each_ending_says_112_and_111(library: Library, topic: str) -> None:
    for text in library.content.flow_words[topic, "ru"].texts.values():
        assert "{line-112}" in text
        assert "{line-111}" in text


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("topic", "alias"), CHECKS.items())
def test_the_answers_in_a_button_say_nothing_to_a_stranger(library: Library, topic: str, alias: str, code: str) -> None:
    for way in library.content.flows[topic].ways():
        screen = library.screens.at(Address(topic, way or ("start",)), code)
        own = [button.data for row in screen.rows for button in row if button.data.startswith(f"{code}/{alias}?")]
        assert all(re.fullmatch(rf"{code}/{alias}\?(start|[abc](\.[abc])*)", data) for data in own)
        assert screen.is_safety


@pytest.mark.parametrize(("language", "questions"), ASKED.items())
async def test_a_typed_question_leads_to_the_check_and_back_at_every_step(
    talk: Talk, library: Library, language: str, questions: dict[str, str]
) -> None:
    for topic, alias in CHECKS.items():
        chat = talk(language)
        words = library.content.flow_words[topic, language]

        await chat.say(questions[alias])
        await chat.press(words.name)
        first = chat.text
        assert words.asks[library.content.flows[topic].first] in first
        await chat.press(chat.buttons[0])
        await chat.press(library.languages[language].say("Change the last answer"))

        assert chat.text == first


async def test_somebody_who_is_held_hears_at_the_first_answer_what_to_do(talk: Talk) -> None:
    chat = talk("ru")
    await chat.command("menu")
    await chat.press_old(chat.last.id, "ru/s6?start")

    await chat.press("Нет, не выпускают")

    assert chat.title == "Вас не выпускают"
    assert "112" in chat.text
    assert "Срочный совет" in chat.buttons
    assert "Очистить чат" in chat.buttons


@pytest.mark.parametrize(
    ("answers", "title"),
    [
        ("a.a.a.a.a.a", "Тревожных признаков вы не назвали"),
        ("a.a.b.a.a.a", "Есть над чем подумать"),
        ("b.a.a.a.a.a", "Есть над чем подумать"),
        ("b.b.a.a.a.a", "Это похоже на принудительный труд"),
        ("a.a.b.c.b.c", "Это похоже на принудительный труд"),
        ("a.c", "Так с вами поступать нельзя"),
    ],
)
def test_the_ending_weighs_how_many_signs_were_named(library: Library, answers: str, title: str) -> None:
    screen = library.screens.at(Address("trafficking/signs", tuple(answers.split("."))), "ru")

    assert title in screen.text


@pytest.mark.parametrize("code", CODES)
def test_the_checks_stand_in_their_sections(library: Library, code: str) -> None:
    words = library.content.flow_words

    labels = {
        button.label
        for group in ("trafficking", "stay")
        for row in library.screens.at(Address(group), code).rows
        for button in row
    }

    assert {words[topic, code].name for topic in CHECKS} <= labels

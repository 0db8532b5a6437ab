"""A short question about the topic before, two questions in one message, labels and numbers typed as they are."""

import pytest

from bot.memory import SUBJECT_SECONDS, Memory
from tests.conftest import Talk

AND_HOW_MUCH = {
    "ru": "а сколько стоит?",
    "kk": "ал қанша тұрады?",
    "uz": "qancha turadi?",
    "uzc": "қанча туради?",
    "tg": "чанд пул аст?",
    "en": "and how much is it?",
}


@pytest.mark.parametrize("language", AND_HOW_MUCH)
async def test_a_short_question_asks_about_the_topic_that_was_read(talk: Talk, language: str) -> None:
    chat = talk("ru")
    await chat.command("menu")
    await chat.press_old(chat.last.id, f"{language}/stay/temporary-residence")
    title = chat.title

    await chat.say(AND_HOW_MUCH[language])

    assert chat.title == title
    back = [one.value for row in chat.last.rows for one in row if one.kind == "callback_data"]
    assert any(value.endswith("/stay/temporary-residence") for value in back)
    assert not any(value.endswith("/stay/temporary-residence#cost") for value in back)


@pytest.mark.parametrize("question", ["and the deadline?", "what are the deadlines", "how long does it take", "when"])
async def test_other_parts_are_asked_for_alike(talk: Talk, question: str) -> None:
    chat = talk("en")
    await chat.say("my boss has not paid my salary for two months")

    await chat.say(question)

    assert chat.title == "Wages not paid"
    assert "Deadlines" in chat.text


async def test_without_a_topic_before_it_is_a_question_like_any(talk: Talk) -> None:
    chat = talk("ru")

    await chat.say("а сколько стоит?")

    assert "Назад к короткому ответу" not in chat.buttons
    assert "☎ Контакты" in chat.buttons


async def test_a_question_with_a_subject_of_its_own_is_no_follow_up(talk: Talk) -> None:
    chat = talk("ru")
    await chat.say("не платят зарплату")

    await chat.say("сколько стоит разрешение на работу")

    assert "Сколько стоит разрешение на работу" in chat.text


@pytest.mark.parametrize("first", ["помогите", "муж меня бьет что делать", "где приют для женщин"])
async def test_after_danger_nothing_shows_what_was_read(talk: Talk, first: str) -> None:
    chat = talk("ru")
    await chat.say("не платят зарплату")
    await chat.say(first)

    await chat.say("а кто поможет?")

    assert "Не платят зарплату" not in chat.title
    assert chat.title != "Насилие дома или на работе"


async def test_after_some_minutes_it_is_forgotten(talk: Talk) -> None:
    clock = [0.0]
    chat = talk("ru", memory=Memory(lambda: clock[0]))
    await chat.say("не платят зарплату")
    clock[0] = SUBJECT_SECONDS + 1.0

    await chat.say("а сколько стоит?")

    assert "Не платят зарплату" not in chat.text.split("\n")[0]


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("ru", "не платят зарплату два месяца. И ещё вопрос: как получить ИИН?"),
        ("en", "my boss did not pay my salary. where do i get an iin number?"),
        ("uz", "oylik bermayapti ikki oydan beri. va yana bir savol iin qayerdan olaman?"),
        ("kk", "айлық бермейді екі ай болды. тағы бір сұрақ: жсн қайдан аламын?"),
        ("tg", "маош намедиҳанд ду моҳ шуд. боз як савол: ИИН-ро аз куҷо гирам?"),
    ],
)
async def test_two_questions_in_one_message_get_both(talk: Talk, language: str, message: str) -> None:
    chat = talk(language)

    await chat.say(message)

    data = [one.value for row in chat.last.rows for one in row if one.kind == "callback_data"]
    shown = {value.partition("/")[2].partition("#")[0] for value in data}
    assert {"rights/wages", "stay/iin"} <= shown


@pytest.mark.parametrize(
    ("language", "typed", "path"),
    [
        ("ru", "меню", "menu"),
        ("uz", "menyu", "menu"),
        ("kk", "мәзір", "menu"),
        ("ru", "Сменить язык", "language"),
        ("en", "privacy", "privacy"),
    ],
)
async def test_a_command_word_is_as_good_as_its_button(talk: Talk, language: str, typed: str, path: str) -> None:
    chat, other = talk(language), talk(language)
    await other.command(path)

    await chat.say(typed)

    assert chat.text == other.text


@pytest.mark.parametrize("language", ["kk", "ru", "uz", "tg", "en"])
async def test_a_section_typed_by_its_name_opens(talk: Talk, language: str) -> None:
    chat = talk(language)
    await chat.command("menu")
    await chat.press_old(chat.last.id, f"{language}/rights")
    title, text = chat.title, chat.text

    await chat.say(title)

    assert chat.text == text


@pytest.mark.parametrize("typed", ["111", "1 1 1", "чей номер 111", "١١١"])
async def test_a_number_of_a_line_opens_the_line(talk: Talk, typed: str) -> None:
    chat = talk("ru")

    await chat.say(typed)

    assert "111" in chat.text
    assert any("111" in label for label in chat.buttons)


@pytest.mark.parametrize(
    ("client", "question", "word", "language"),
    [
        ("ru", "мага айлыгымды бербей жатышат, эмне кылсам болот айтып коёсузбу", "кыргызча", "kk"),
        ("en", "maaşımı vermiyorlar ne yapmalıyım lütfen söyleyin", "Türkçe", "uz"),
        ("en", "burada iş icazəsini necə ala bilərəm", "Azərbaycan", "uz"),
        ("ru", "کار می‌کنم ولی پول نمی‌دهند چه کار کنم", "فارسی", "tg"),
        ("ru", "مەن قازاقستاندا جۇمىس ىستەيمىن ايلىق بەرمەيدى", "توتە", "kk"),
        ("ru", "老板不给我工资怎么办", "中文", "ru"),
        ("en", "मुझे वेतन नहीं मिला", "हिंदी", "en"),
    ],
)
async def test_a_language_without_texts_gets_the_nearest_and_a_word_why(
    talk: Talk, client: str, question: str, word: str, language: str
) -> None:
    chat = talk(client)

    await chat.say(question)

    assert word in chat.text
    data = [one.value for row in chat.last.rows for one in row if one.kind == "callback_data"]
    assert f"{language}/language" in data

"""An employer, a trafficker or a policeman may be the one who types: the bot tells nothing of anybody, calmly."""

import re

import pytest

from bot.app import Library
from bot.memory import Memory
from tests.conftest import Talk
from tests.matching.test_prying import PRYING

SHELTERS = {
    "ru": ["где приют", "адрес приюта"],
    "en": ["where is the shelter", "address of the shelter"],
    "kk": ["баспана қайда", "дағдарыс орталығының мекенжайы"],
    "uz": ["boshpana qayerda", "boshpana manzili"],
    "tg": ["паноҳгоҳ куҷост", "суроғаи паноҳгоҳ"],
}

STREET = re.compile(r"(ул\.|улиц|street|көшесі|koʻchasi|кӯчаи)[^.\n]{0,25}?\b(?!1\d\d\b)\d", re.IGNORECASE)


@pytest.mark.parametrize("language", PRYING)
async def test_whoever_asks_about_others_hears_that_nothing_is_told(
    talk: Talk, library: Library, language: str
) -> None:
    chat = talk(language)
    calm = library.languages[language].say("I tell nobody anything about other people.")

    for question in PRYING[language]:
        await chat.say(question)
        assert calm in chat.text, question
        assert "112" in chat.title


@pytest.mark.parametrize("language", PRYING)
async def test_the_answer_is_the_same_whether_others_have_asked_or_not(talk: Talk, language: str) -> None:
    memory = Memory()
    before, after = talk(language, memory=memory), None
    await before.say(PRYING[language][0])
    aziza = before.another(name="Aziza", language_code=language)
    await aziza.say("меня держат взаперти и бьют")

    after = before.another(name="Boss", language_code=language)
    await after.say(PRYING[language][0])

    assert after.text == before.text
    assert "Aziza" not in after.text


@pytest.mark.parametrize("language", SHELTERS)
async def test_no_answer_names_the_street_of_a_shelter(talk: Talk, language: str) -> None:
    chat = talk(language)

    for question in SHELTERS[language]:
        await chat.say(question)
        assert "111" in chat.text
        for button in [label for label in chat.buttons if not label.startswith("📋")][:6]:
            await chat.press(button)
            assert not STREET.search(chat.text)
            await chat.say(question)


async def test_in_a_group_and_inline_a_prying_question_gets_nothing(talk: Talk) -> None:
    chat = talk("ru")
    await chat.command("menu")
    group = chat.in_group()
    me = await group.bot.me()

    await group.say(f"@{me.username} кто вам писал?")

    assert group.text == "Я отвечаю только в личном чате."
    assert all(one["id"].split("/")[0] not in ("help", "trafficking") for one in await chat.inline("кто вам писал?"))

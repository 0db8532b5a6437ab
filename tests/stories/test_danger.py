"""Danger is recognised before anything else, and its screen needs nothing that could be broken."""

from dataclasses import replace

import pytest

from bot.app import Library, now
from bot.memory import Memory
from bot.screens import Screens
from bot.simulator import Chat
from bot.store import NoStore
from bot.telegram import build_dispatcher
from tests.conftest import Talk

CRIES = {
    "kk": ["көмек", "КӨМЕКТЕСІҢІЗДЕР!!", "komek", "мені қамап қойды, шығармайды"],
    "ru": ["помогите", "Помогите!!!", "pomogite", "меня держат взаперти и бьют", "хочу умереть"],
    "uz": ["yordam", "Yordam bering!", "ёрдам", "meni qamab qoʻyishdi, chiqarmayapti", "мени уришяпти ёрдам беринг"],
    "tg": ["кӯмак", "кумак", "ёрӣ диҳед", "маро зада истодаанд", "маро намемонанд ки равам, дарро қулф карданд"],
    "en": ["help", "HELP ME", "SOS", "112", "they locked me in and beat me"],
}


@pytest.mark.parametrize(("language", "cry"), [(code, cry) for code, cries in CRIES.items() for cry in cries])
async def test_a_call_for_help_gets_the_danger_screen_first(talk: Talk, language: str, cry: str) -> None:
    chat = talk(language)

    await chat.say(cry)

    assert "112" in chat.title
    assert "111" in chat.text


@pytest.mark.parametrize("language", CRIES)
async def test_both_doors_open_and_lead_back(talk: Talk, language: str) -> None:
    chat = talk(language)
    await chat.say("SOS")
    first = chat.text
    life, police = (label for label in chat.buttons if label.startswith(("112 ·", "111 ·")))

    await chat.press(life)
    assert "103" in chat.text
    await chat.press(police)
    assert "111" in chat.text
    assert "102" not in chat.text
    await chat.press(chat.buttons[-3])

    assert chat.text == first


async def test_the_numbers_can_be_copied(talk: Talk) -> None:
    chat = talk("ru")
    await chat.say("SOS")

    await chat.press("📋 112")

    assert chat.copied == "112"


@pytest.mark.parametrize("code", ["kk", "ru", "uz", "uzc", "tg", "en"])
async def test_the_sentence_to_read_aloud_is_in_the_readers_own_letters(talk: Talk, code: str) -> None:
    chat = talk("ru")
    await chat.command("menu")

    await chat.press_old(chat.last.id, f"{code}/now?a")

    spoken = {"kk": "Меня держат", "ru": "Мени кушпен", "uz": "Menya derjat", "uzc": "Меня держат",
              "tg": "Мени кушпен", "en": "Menya derzhat"}  # fmt: skip
    assert spoken[code] in chat.text


@pytest.mark.parametrize("cry", [cry for cries in CRIES.values() for cry in cries[:2]])
async def test_it_comes_with_the_content_gone(library: Library, cry: str) -> None:
    gone = replace(library.content, texts={}, flows={}, flow_words={}, places={}, topics={}, groups=())
    screens = Screens(gone, library.languages, library.matcher, lambda: now().date())
    chat = Chat(build_dispatcher(lambda: screens, NoStore(), Memory(), now), language_code="ru")

    await chat.say(cry)
    assert "112" in chat.title
    await chat.press("111 · Консульство")

    assert "111" in chat.text


class BrokenMatcher:
    """A model that does not work any more."""

    def match(self, text: str, chosen: str | None = None) -> None:
        raise MemoryError


async def test_it_comes_with_the_model_broken(library: Library) -> None:
    screens = Screens(library.content, library.languages, BrokenMatcher(), lambda: now().date())  # type: ignore[arg-type]
    chat = Chat(build_dispatcher(lambda: screens, NoStore(), Memory(), now), language_code="tg")

    await chat.say("кӯмак")
    assert "112" in chat.title
    await chat.say("музд намедиҳанд")

    assert chat.title.startswith("Дар хатаред?") or "Дар тарафи мо чизе вайрон шуд" in chat.text


@pytest.mark.parametrize("question", ["сколько стоит патент", "как получить ИИН", "сколько квота в этом году"])
async def test_an_ordinary_question_does_not_get_the_danger_screen(talk: Talk, question: str) -> None:
    chat = talk("ru")

    await chat.say(question)

    assert "Жизнь в опасности" not in chat.text

"""A first visit: language, welcome, menu, a topic and its parts, and the way back."""

import pytest

from bot.app import Library
from bot.memory import Memory
from tests.conftest import Talk

OWN_NAMES = {"kk": "Қазақша", "ru": "Русский", "uz": "Oʻzbekcha", "tg": "Тоҷикӣ", "en": "English"}
CONTACTS = {
    "kk": "☎ Байланыс",
    "ru": "☎ Контакты",
    "uz": "☎ Aloqa",
    "uzc": "☎ Алоқа",
    "tg": "☎ Тамос",
    "en": "☎ Contacts",
}


@pytest.mark.parametrize("language", OWN_NAMES)
async def test_start_offers_every_language_in_its_own_name_the_clients_first(talk: Talk, language: str) -> None:
    chat = talk(language)

    await chat.command("start")

    assert chat.buttons[0] == OWN_NAMES[language]
    assert set(chat.buttons) == {*OWN_NAMES.values(), "Ўзбекча"}


async def test_a_client_in_another_language_starts_with_russian(talk: Talk) -> None:
    chat = talk("pt-br")

    await chat.command("start")

    assert chat.buttons[0] == "Русский"


@pytest.mark.parametrize("code", CONTACTS)
async def test_the_welcome_is_honest_and_sets_the_button_below(talk: Talk, library: Library, code: str) -> None:
    language = library.languages[code]
    chat = talk("en")
    await chat.command("start")

    await chat.press(language.name)

    welcome = chat.messages[-2]
    promise = (
        "We keep nothing about you. This chat stays on your phone, on every device signed in to your account, "
        "and with Telegram. Whoever holds one can read it."
    )
    assert language.say(promise) in welcome.text
    assert chat.reply_buttons == [CONTACTS[code]]
    assert len(chat.buttons) == 10


async def test_a_topic_shows_its_answer_then_its_parts_and_the_way_back(talk: Talk) -> None:
    chat = talk("ru")
    await chat.command("menu")
    await chat.press("Въезд и жизнь здесь")
    await chat.press("Регистрация по месту пребывания")
    assert "3 рабочих дня" in chat.text

    await chat.press("Сроки")
    assert chat.text.split("\n")[:2] == ["Регистрация по месту пребывания", "Сроки"]
    await chat.press("К короткому ответу")
    await chat.press("Источники")
    assert "Закон" in chat.text
    await chat.press("К короткому ответу")
    await chat.press("Назад")

    assert chat.title == "Въезд и жизнь здесь"
    assert len([message for message in chat.messages if message.is_from_bot]) == 1


async def test_did_this_help_is_answered_and_leads_to_people(talk: Talk) -> None:
    chat = talk("ru")
    await chat.command("menu")
    await chat.press_old(chat.last.id, "ru/stay/registration")

    await chat.press("Помогло")
    assert chat.toasts == ["Спасибо. Так мы напишем лучше."]
    assert chat.title == "Регистрация по месту пребывания"
    await chat.press("Не помогло")

    assert "Бесплатный юрист" in chat.buttons


@pytest.mark.parametrize(("code", "label"), CONTACTS.items())
async def test_the_button_below_and_its_label_in_any_language_open_help(talk: Talk, code: str, label: str) -> None:
    chat = talk("en")

    await chat.say(label)
    assert "112" in chat.text
    await chat.say(label.removeprefix("☎ ").upper())

    assert "112" in chat.text
    assert code in CONTACTS


async def test_the_commands_open_their_screens(talk: Talk) -> None:
    chat = talk("ru")

    shown = {}
    for name in ("menu", "help", "language", "privacy", "forget", "nonsense"):
        await chat.command(name)
        shown[name] = chat.title

    assert shown == {
        "menu": "Чем помочь?",
        "help": "Кто поможет",
        "language": "Выберите язык.",
        "privacy": "Что мы знаем о вас: ничего",
        "forget": "Забыто.",
        "nonsense": "Чем помочь?",
    }


async def test_the_chosen_language_holds_for_what_is_typed_next_and_is_forgotten_on_forget(
    talk: Talk, library: Library
) -> None:
    memory = Memory()
    chat = talk("ru", memory=memory)
    await chat.command("start")
    await chat.press("Тоҷикӣ")
    await chat.command("privacy")
    assert chat.title == library.languages["tg"].say("What we know about you: nothing")

    await chat.command("forget")
    await chat.command("privacy")

    assert chat.title == "Что мы знаем о вас: ничего"


async def test_a_button_carries_its_language_through_a_restart(talk: Talk) -> None:
    chat = talk("ru")
    await chat.command("menu")

    await chat.press_old(chat.last.id, "uzc/stay")
    await chat.press(chat.buttons[1])

    assert "иш куни" in chat.text


async def test_a_link_opens_its_topic_in_its_language_with_the_button_below(talk: Talk) -> None:
    chat = talk("ru")

    await chat.command("start", "tg_stay_registrationSmarket-1")

    assert chat.reply_buttons == ["☎ Тамос"]
    assert "рӯзи корӣ" in chat.text


async def test_a_link_that_is_not_ours_starts_as_usual(talk: Talk) -> None:
    chat = talk("ru")

    await chat.command("start", "whatever-42")

    assert chat.buttons[0] == "Русский"


@pytest.mark.parametrize(
    ("language", "menu", "first", "answers"),
    [
        ("ru", "Чем помочь?", "Ответить на вопросы", ["Узбекистан", "В доме у частного человека", "Уборка", "1 месяц"]),
        ("en", "How can we help?", "Answer a few questions", ["Uzbekistan", "In a home", "Cleaning", "1 month"]),
    ],
)
async def test_the_guided_flow_leads_to_an_answer_and_back(
    talk: Talk, language: str, menu: str, first: str, answers: list[str]
) -> None:
    chat = talk(language)
    await chat.command("menu")
    assert chat.title == menu
    await chat.press_old(chat.last.id, f"{language}/permits/which")
    await chat.press(first)
    for answer in answers:
        await chat.press(next(button for button in chat.buttons if answer.split()[0] in button))

    assert "17" in chat.text
    assert len([message for message in chat.messages if message.is_from_bot]) == 1

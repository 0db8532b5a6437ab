"""Every kind of update gets what the table says: an answer, a kind word, a deletion, or nothing."""

from collections.abc import Awaitable, Callable

import pytest

from bot.simulator import Chat
from tests.conftest import Talk


@pytest.mark.parametrize(
    "send",
    [Chat.send_voice, Chat.send_video_note, Chat.send_audio],
    ids=["voice", "video note", "audio"],
)
async def test_a_voice_is_told_that_the_bot_cannot_listen_with_the_emergency_line(
    talk: Talk, send: Callable[[Chat], Awaitable[None]]
) -> None:
    chat = talk("ru")

    await send(chat)

    assert "112" in chat.text
    assert "Слушать я пока не умею" in chat.text
    assert chat.buttons[0] == "Срочно"


@pytest.mark.parametrize(
    "send",
    [
        Chat.send_photo,
        Chat.send_document,
        Chat.send_sticker,
        Chat.send_poll,
        Chat.send_game,
        Chat.send_dice,
        Chat.send_unknown,
    ],
    ids=["photo", "document", "sticker", "poll", "game", "dice", "unknown"],
)
async def test_a_thing_gets_a_kind_word_and_the_menu(talk: Talk, send: Callable[[Chat], Awaitable[None]]) -> None:
    chat = talk("ru")

    await send(chat)

    assert chat.title.startswith("Спасибо. Посмотреть это я не могу")
    assert "Въезд и жизнь здесь" in chat.buttons


async def test_a_caption_is_a_question(talk: Talk) -> None:
    chat = talk("ru")

    await chat.send_photo("не платят зарплату")

    assert "Не платят зарплату" in chat.text


async def test_an_edited_question_is_answered_anew(talk: Talk) -> None:
    chat = talk("ru")
    await chat.say("не платят зарплату")

    await chat.edit(chat.messages[0].id, "трудовой договор")

    assert "Трудовой договор" in chat.text


async def test_a_location_finds_help_and_is_deleted(talk: Talk) -> None:
    chat = talk("ru")

    await chat.send_location(42.34, 69.59)

    assert chat.title == "Помощь рядом"
    assert "Сана Сезім" in chat.text
    assert "Ваше сообщение я удалил" in chat.text
    assert [message for message in chat.messages if not message.is_from_bot] == []


@pytest.mark.parametrize("point", [(0.0, 0.0), (55.75, 37.62), (-89.9, 179.9)])
async def test_a_location_abroad_or_in_the_sea_still_leads_on(talk: Talk, point: tuple[float, float]) -> None:
    chat = talk("ru")

    await chat.send_location(*point)

    assert "не в Казахстане" in chat.text
    assert "Посольства и консульства" in chat.buttons


async def test_a_contact_is_not_needed_and_is_deleted(talk: Talk) -> None:
    chat = talk("ru")

    await chat.send_contact()

    assert chat.title == "Номер телефона мне не нужен, я его не сохранил."
    assert [message for message in chat.messages if not message.is_from_bot] == []


async def test_a_press_without_its_message_or_on_rubbish_opens_something(talk: Talk) -> None:
    chat = talk("ru")
    await chat.command("menu")

    await chat.press_old(None, "ru/stay/registration")
    assert chat.title == "Регистрация по месту пребывания"
    await chat.press_old(chat.last.id, "wages:1:2:3")
    assert chat.title == "Эта кнопка от старой версии. Вот меню."
    await chat.press_old(chat.last.id, "ru/stay/gone-topic")

    assert chat.title == "Эта кнопка от старой версии. Вот меню."


async def test_pressing_the_same_button_twice_is_no_error(talk: Talk) -> None:
    chat = talk("ru")
    await chat.command("menu")
    old = chat.last.id

    await chat.press_old(old, "ru/stay")
    await chat.press_old(old, "ru/stay")

    assert chat.title == "Въезд и жизнь здесь"
    assert not chat.is_waiting


async def test_a_photo_cannot_become_a_text_so_a_new_message_comes(talk: Talk) -> None:
    chat = talk("ru")
    await chat.send_photo()

    await chat.press_old(chat.messages[0].id, "ru/stay")

    assert chat.title == "Въезд и жизнь здесь"


async def test_in_a_group_the_bot_is_silent_until_addressed_and_then_says_one_neutral_line(talk: Talk) -> None:
    chat = talk("ru")
    group = chat.in_group("Бригада")

    await group.say("помогите меня бьют")
    assert [message for message in group.messages if message.is_from_bot] == []
    me = await group.bot.me()
    await group.say(f"@{me.username} помогите меня бьют")

    assert group.text == "Я отвечаю только в личном чате."
    assert group.buttons == ["Открыть чат"]


async def test_channels_business_and_blocking_get_nothing(talk: Talk) -> None:
    chat = talk("ru")
    await chat.command("menu")
    before = len(chat.session.requests)

    await chat.post_in_channel("News")
    await chat.send_business("Hello")
    await chat.block()
    await chat.unblock()

    assert len(chat.session.requests) == before


async def test_an_inline_query_offers_topics_in_the_askers_language_and_never_a_safety_topic(talk: Talk) -> None:
    chat = talk("uz")

    for query in ("ish haqi", "", "meni urishyapti qutqaring", "politsiya", "zoʻravonlik"):
        results = await chat.inline(query)
        for result in results:
            group = result["id"].split("/")[0]
            assert group not in ("help", "trafficking")
            assert result["id"] not in ("stay/overstay", "stay/police-check", "stay/police-abuse")

    found = await chat.inline("ish haqi bermayapti")
    assert found[0]["id"] == "rights/wages"


async def test_two_people_see_nothing_of_each_other(talk: Talk) -> None:
    one = talk("ru")
    other = one.another(language_code="uz")

    await one.say("не платят зарплату")
    await other.command("menu")

    assert len(one.messages) == 2
    assert other.title != one.title

"""Stories of a person's phone, told against a small bot."""

import re

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError

from bot.simulator import Chat, NotThereError


async def test_a_menu_is_edited_in_place_by_its_buttons(chat: Chat) -> None:
    await chat.command("start")
    await chat.press("Wages")

    assert chat.title == "Wages"
    assert chat.buttons == ["Back"]
    assert [message.title for message in chat.messages] == ["/start", "Welcome", "Wages"]

    await chat.press("Back")

    assert chat.title == "Menu"
    assert not chat.is_waiting


async def test_a_message_is_read_with_its_markup(chat: Chat) -> None:
    await chat.command("start")

    welcome = chat.messages[1]

    assert welcome.text == "Welcome\nAsk or tap."
    assert welcome.html == "<b>Welcome</b>\nAsk or tap."
    assert welcome.entities == ({"type": "bold", "offset": 0, "length": 7},)


async def test_the_button_below_the_chat_says_its_label_as_ones_own_words(chat: Chat) -> None:
    await chat.command("start")
    assert chat.reply_buttons == ["☎ Contacts"]

    await chat.press("☎ Contacts")

    assert chat.messages[-2].text == "☎ Contacts"
    assert chat.messages[-2].sender == chat.person.id
    assert chat.text == "text: ☎ Contacts"


async def test_a_copy_button_fills_the_clipboard_and_a_link_opens(chat: Chat) -> None:
    await chat.command("start")
    await chat.press("Call 111")
    await chat.press("Site")

    assert chat.copied == "111"
    assert chat.opened == "https://example.org/help"


async def test_a_missing_button_is_told_with_those_that_are_there(chat: Chat) -> None:
    await chat.command("start")

    with pytest.raises(NotThereError, match=re.escape("['Wages', 'Call 111', 'Site']; below the chat ['☎ Contacts']")):
        await chat.press("Permits")


async def test_nothing_leaks_between_two_persons(chat: Chat) -> None:
    other = chat.another(language_code="uz")
    await chat.say("hello")
    await other.say("salom")

    assert [message.text for message in chat.messages] == ["hello", "text: hello"]
    assert [message.text for message in other.messages] == ["salom", "text: salom"]


async def test_an_old_press_comes_with_its_message_only_while_it_stands(chat: Chat) -> None:
    await chat.command("start")
    menu = chat.last.id

    await chat.press_old(menu, "wages")
    assert chat.title == "Wages"

    await chat.bot.delete_message(chat.person.id, menu)
    await chat.press_old(menu, "toast")
    await chat.press_old(None, "toast")
    assert chat.toasts == ["Saved", "Saved"]


@pytest.mark.parametrize(
    "what",
    [
        "voice",
        "audio",
        "video_note",
        "video",
        "photo",
        "document",
        "sticker",
        "dice",
        "poll",
        "game",
        "location",
        "contact",
        "unknown",
    ],
)
async def test_whatever_is_sent_arrives_as_its_kind(chat: Chat, what: str) -> None:
    await getattr(chat, f"send_{what}")()

    assert chat.text == f"{what}:"


async def test_the_words_below_a_photo_arrive(chat: Chat) -> None:
    await chat.send_photo("my contract")

    assert chat.text.endswith(": my contract")


async def test_an_edited_text_is_answered_anew(chat: Chat) -> None:
    await chat.say("wages")
    await chat.edit(chat.messages[0].id, "passport")

    assert chat.messages[0].text == "passport"
    assert chat.text == "Changed to: passport"


async def test_who_blocked_the_bot_gets_nothing(chat: Chat) -> None:
    await chat.say("hello")
    await chat.block()

    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await chat.bot.send_message(chat.person.id, "Are you there?")

    await chat.unblock()
    await chat.bot.send_message(chat.person.id, "Welcome back")
    assert chat.text == "Welcome back"


async def test_the_bot_cannot_write_first(chat: Chat) -> None:
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
        await chat.bot.send_message(chat.person.id, "Hello!")


async def test_an_inline_query_brings_results(chat: Chat) -> None:
    results = await chat.inline("wages")

    assert [result["title"] for result in results] == ["wages"]


async def test_groups_channels_and_business_chats_reach_the_bot(chat: Chat) -> None:
    group = chat.in_group("Workers")
    await group.say("hello @safar_bot")
    await chat.post_in_channel("News")
    await chat.send_business("Good day")

    assert [message.text for message in group.messages] == ["hello @safar_bot"]
    assert [message.text for message in chat.messages] == ["Good day"]


async def test_a_bot_deletes_what_a_person_sent_but_not_after_two_days(chat: Chat) -> None:
    await chat.say("here I am")
    await chat.say("once more")
    first, second = chat.messages[0].id, chat.messages[2].id

    await chat.bot.delete_message(chat.person.id, first)
    assert first not in [message.id for message in chat.messages]

    chat.world.pass_time(hours=49)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await chat.bot.delete_message(chat.person.id, second)

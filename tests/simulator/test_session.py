"""The session: real aiogram types and errors, faults on demand, and every method the bot uses."""

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import GetFile, GetUpdates, SetMessageReaction
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    MenuButtonCommands,
    Message,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.bot_api import BotApiError, too_many_requests
from bot.simulator import Chat
from bot.simulator.line import UnknownMethodError
from bot.simulator.methods.profiling import commands_for

PICTURE = BufferedInputFile(b"\x89PNG...", "price.png")


async def test_a_sent_message_is_aiograms_own_and_can_be_used(chat: Chat) -> None:
    await chat.say("hello")

    sent = await chat.bot.send_message(chat.person.id, "<b>Hi</b> there", parse_mode="HTML")
    await sent.edit_text("Changed")
    await sent.reply("And a reply")

    assert isinstance(sent, Message)
    assert sent.entities is not None
    assert sent.entities[0].type == "bold"
    assert chat.messages[-2].text == "Changed"
    assert chat.last.reply_to == sent.message_id


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "Bad Request: message text is empty"),
        ("x" * 4097, "Bad Request: message is too long"),
        ("a<br>b", 'Bad Request: can\'t parse entities: Unsupported start tag "br" at byte offset 1'),
    ],
)
async def test_rules_refuse_through_aiograms_own_errors(chat: Chat, text: str, refusal: str) -> None:
    await chat.say("hello")

    with pytest.raises(TelegramBadRequest) as error:
        await chat.bot.send_message(chat.person.id, text, parse_mode="HTML")

    assert error.value.message == refusal


async def test_unknown_chats_and_messages_are_refused(chat: Chat) -> None:
    await chat.say("hello")

    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await chat.bot.send_message(5, "x")
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await chat.bot.edit_message_text("x", chat_id=chat.person.id, message_id=99)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await chat.bot.delete_message(chat.person.id, 99)
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await chat.bot.send_message(chat.person.id, "x", reply_parameters=ReplyParameters(message_id=99))


async def test_an_edit_that_changes_nothing_is_refused_until_something_differs(chat: Chat) -> None:
    await chat.command("start")
    menu = chat.last

    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await chat.bot.edit_message_text(
            menu.text,
            chat_id=chat.person.id,
            message_id=menu.id,
            reply_markup=InlineKeyboardMarkup.model_validate(menu.markup),
        )

    await chat.bot.edit_message_text(menu.text, chat_id=chat.person.id, message_id=menu.id)
    assert chat.buttons == []


async def test_the_message_that_brought_a_reply_keyboard_takes_it_along(chat: Chat) -> None:
    await chat.command("start")
    welcome = chat.messages[1]

    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await chat.bot.edit_message_text("x", chat_id=chat.person.id, message_id=welcome.id)

    await chat.bot.delete_message(chat.person.id, welcome.id)
    assert chat.reply_buttons == []


async def test_a_reply_keyboard_stays_until_it_is_removed(chat: Chat) -> None:
    await chat.command("start")
    await chat.say("more")
    assert chat.reply_buttons == ["☎ Contacts"]

    await chat.bot.send_message(chat.person.id, "Gone", reply_markup=ReplyKeyboardRemove())

    assert chat.reply_buttons == []


async def test_photos_and_files_are_kept_and_a_text_stays_a_text(chat: Chat) -> None:
    await chat.say("hello")

    text = await chat.bot.send_message(chat.person.id, "words")
    photo = await chat.bot.send_photo(chat.person.id, PICTURE, caption="Price list")
    await chat.bot.send_document(chat.person.id, BufferedInputFile(b"PDF", "letter.pdf"))
    await photo.edit_media(InputMediaDocument(media=BufferedInputFile(b"PDF2", "other.pdf"), caption="Other"))

    assert [message.kind for message in chat.messages[-3:]] == ["text", "document", "document"]
    assert chat.messages[-2].text == "Other"
    assert chat.messages[-1].content["document"]["file_name"] == "letter.pdf"
    assert {file.content for file in chat.world.files.values()} == {b"\x89PNG...", b"PDF", b"PDF2"}

    with pytest.raises(TelegramBadRequest, match="there is no media in the message to edit"):
        await text.edit_media(InputMediaPhoto(media=PICTURE))
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await photo.edit_text("x")


async def test_everything_else_that_can_be_sent(chat: Chat) -> None:
    await chat.say("hello")
    person = chat.person.id

    await chat.bot.send_chat_action(person, "typing")
    assert chat.is_typing

    await chat.bot.send_voice(person, BufferedInputFile(b"OGG", "voice.ogg"), caption="Listen")
    await chat.bot.send_location(person, 42.3, 69.6)
    await chat.bot.send_contact(person, "+77272222113", "Sana Sezim")
    message = await chat.bot.send_message(person, "x")
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="a")]])
    await chat.bot.edit_message_reply_markup(chat_id=person, message_id=message.message_id, reply_markup=keyboard)

    assert [one.kind for one in chat.messages[-4:]] == ["voice", "location", "contact", "text"]
    assert chat.buttons == ["A"]
    assert not chat.is_typing


async def test_deleting_many_passes_over_what_is_gone(chat: Chat) -> None:
    await chat.say("one")
    await chat.say("two")
    ids = [message.id for message in chat.messages]

    await chat.bot.delete_messages(chat.person.id, [*ids, 999])

    assert chat.messages == []


async def test_in_a_group_the_bot_deletes_only_its_own_unless_it_is_admin(chat: Chat) -> None:
    group = chat.in_group("Workers")
    await group.say("hello")
    said = group.messages[0].id

    with pytest.raises(TelegramBadRequest, match=r"message can't be deleted$"):
        await chat.bot.delete_message(group.room.id, said)

    group.room.is_bot_admin = True
    await chat.bot.delete_message(group.room.id, said)
    assert group.messages == []


async def test_a_press_is_answered_once_and_soon(chat: Chat) -> None:
    await chat.command("start")
    query = chat.world.ask(chat.room)
    await chat.bot.answer_callback_query(query.id, "Saved", show_alert=True)

    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await chat.bot.answer_callback_query(query.id)

    late = chat.world.ask(chat.room)
    assert chat.is_waiting
    chat.world.pass_time(seconds=20)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await chat.bot.answer_callback_query(late.id)
    assert (chat.toasts, chat.alerts, chat.is_waiting) == (["Saved"], ["Saved"], False)


async def test_commands_are_kept_per_scope_and_language(chat: Chat) -> None:
    private = BotCommandScopeAllPrivateChats()
    await chat.bot.set_my_commands([BotCommand(command="help", description="Help")])
    await chat.bot.set_my_commands([BotCommand(command="help", description="Yordam")], private, "uz")

    assert (await chat.bot.get_my_commands(private, "uz"))[0].description == "Yordam"
    assert await chat.bot.get_my_commands(private, "ru") == []
    assert [commands_for(chat.world, code)[0]["description"] for code in ("uz", "ru", None)] == [
        "Yordam",
        "Help",
        "Help",
    ]

    await chat.bot.delete_my_commands(private, "uz")
    assert await chat.bot.get_my_commands(private, "uz") == []


async def test_name_and_descriptions_fall_back_to_the_general_ones(chat: Chat) -> None:
    await chat.bot.set_my_name("Safar bot")
    await chat.bot.set_my_description("Ask me", "en")
    await chat.bot.set_my_short_description("Free help")

    assert (await chat.bot.get_my_name("ru")).name == "Safar bot"
    assert (await chat.bot.get_my_description("en")).description == "Ask me"
    assert (await chat.bot.get_my_description()).description == ""
    assert (await chat.bot.get_my_short_description("kk")).short_description == "Free help"
    assert (await chat.bot.me()).username == "safar_bot"


async def test_webhook_and_polling_exclude_each_other(chat: Chat) -> None:
    assert await chat.bot(GetUpdates()) == []
    await chat.bot.set_webhook("https://bot.example.org/hook")
    assert (await chat.bot.get_webhook_info()).url == "https://bot.example.org/hook"
    with pytest.raises(Exception, match="can't use getUpdates method while webhook is active"):
        await chat.bot(GetUpdates())
    await chat.bot.delete_webhook()
    await chat.bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert isinstance(await chat.bot.get_chat_menu_button(), MenuButtonCommands)


async def test_no_file_of_a_person_can_be_opened(chat: Chat) -> None:
    await chat.send_photo()

    with pytest.raises(TelegramBadRequest, match="file is temporarily unavailable"):
        await chat.bot(GetFile(file_id="person-file"))


async def test_a_method_nobody_taught_it_is_named(chat: Chat) -> None:
    with pytest.raises(UnknownMethodError, match="setMessageReaction"):
        await chat.bot(SetMessageReaction(chat_id=1, message_id=1))


async def test_faults_come_when_asked_for_and_only_then(chat: Chat) -> None:
    await chat.say("hello")
    chat.session.fail_next(TelegramNetworkError)
    chat.session.fail_next(too_many_requests(3), on="sendMessage")
    chat.session.fail_next(BotApiError(502, "Bad Gateway"))
    chat.session.fail_next("<html>nginx</html>", status=502)
    chat.session.fail_next(OSError("cable"))

    for expected in (TelegramNetworkError, TelegramRetryAfter, TelegramServerError, ClientDecodeError, OSError):
        with pytest.raises(expected):
            await chat.bot.send_message(chat.person.id, "x")
    await chat.bot.send_message(chat.person.id, "works again")

    assert chat.text == "works again"


async def test_what_the_bot_asked_for_can_be_read(chat: Chat) -> None:
    await chat.say("hello")

    assert [(one.method, one.params["text"]) for one in chat.session.requests] == [("sendMessage", "text: hello")]

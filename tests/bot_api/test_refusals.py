"""Every other rule as data: what is asked, and how Telegram answers."""

from collections.abc import Callable

import pytest

from bot.bot_api import (
    BotApiError,
    Json,
    bad_request,
    check_callback_answer,
    check_caption,
    check_commands,
    check_deletable,
    check_description,
    check_differs,
    check_editable,
    check_inline_keyboard,
    check_inline_results,
    check_keyboard,
    check_language_code,
    check_message_ids,
    check_name,
    check_query_is_fresh,
    check_short_description,
    check_text,
    too_many_requests,
)

HOUR = 3600


def inline(*rows: list[Json]) -> Json:
    return {"inline_keyboard": list(rows)}


def button(**action: object) -> Json:
    return {"text": "Go", **action}


def article(name: str, text: str = "x", **more: object) -> Json:
    return {"type": "article", "id": name, "title": "T", "input_message_content": {"message_text": text}, **more}


ALLOWED: dict[str, Callable[[], object]] = {
    "4,096 characters": lambda: check_text("я" * 4096),
    "2,048 emoji": lambda: check_text("😀" * 2048),
    "markup is not counted": lambda: check_text(f"<b>{'x' * 4096}</b>", "HTML"),
    "the spaces around are not counted": lambda: check_text(f"  {'x' * 4096}\n"),
    "parse mode in any case": lambda: check_text("<b>x</b>", "html"),
    "no parse mode": lambda: check_text("<br>"),
    "1,024 characters below a photo": lambda: check_caption("x" * 1024),
    "no caption": lambda: check_caption(None),
    "no keyboard": lambda: check_keyboard(None),
    "an empty keyboard": lambda: check_keyboard(inline()),
    "data of 64 bytes": lambda: check_keyboard(inline([button(callback_data="я" * 32)])),
    "a button to copy": lambda: check_keyboard(inline([button(copy_text={"text": "1" * 256})])),
    "a link": lambda: check_keyboard(inline([button(url="https://gov.kz")])),
    "100 buttons": lambda: check_keyboard(inline(*[[button(callback_data="x")] * 5] * 20)),
    "8 in a row": lambda: check_keyboard(inline([button(callback_data="x")] * 8)),
    "a reply keyboard of words": lambda: check_keyboard({"keyboard": [["A", {"text": "B"}]]}),
    "take the reply keyboard away": lambda: check_keyboard({"remove_keyboard": True}),
    "edit one's own text": lambda: check_editable("text", "text", is_own=True),
    "edit the words below a photo": lambda: check_editable("caption", "photo", is_own=True),
    "edit the keyboard of anything": lambda: check_editable("keyboard", "location", is_own=True),
    "another text": lambda: check_differs("a", "b"),
    "delete one's own": lambda: check_deletable(48 * HOUR, is_own=True, is_private=False),
    "delete a person's in private": lambda: check_deletable(HOUR, is_own=False, is_private=True),
    "delete another's as admin": lambda: check_deletable(HOUR, is_own=False, is_private=False, is_admin=True),
    "100 deleted at once": lambda: check_message_ids(list(range(1, 101))),
    "a fresh press": lambda: check_query_is_fresh(15),
    "a toast of 200": lambda: check_callback_answer("x" * 200),
    "a press answered with nothing": lambda: check_callback_answer(None),
    "50 results": lambda: check_inline_results([article(str(n)) for n in range(50)]),
    "100 commands": lambda: check_commands([{"command": "help_1", "description": "x" * 256}] * 100),
    "a name of 64": lambda: check_name("x" * 64),
    "take back the name of a language": lambda: check_name("", "ru"),
    "descriptions in full": lambda: (check_description("x" * 512), check_short_description("x" * 120)),
    "a language": lambda: (check_language_code("uz"), check_language_code("")),
}

REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "no text": (lambda: check_text(""), "message text is empty"),
    "only spaces": (lambda: check_text(" \n\u200b\u00a0"), "text must be non-empty"),
    "only markup": (lambda: check_text("<b></b>", "HTML"), "text must be non-empty"),
    "a long text": (lambda: check_text("x" * 4097), "message is too long"),
    "many emoji": (lambda: check_text("😀" * 2049), "message is too long"),
    "a text longer than can be read": (lambda: check_text("x" * 32769), "text is too long"),
    "markup nobody knows": (lambda: check_text("x", "BBCode"), "unsupported parse_mode"),
    "broken markup": (
        lambda: check_caption("<b>x", "HTML"),
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    "a long caption": (lambda: check_caption("x" * 1025), "message caption is too long"),
    "data of 65 bytes": (lambda: check_keyboard(inline([button(callback_data="я" * 32 + "x")])), "BUTTON_DATA_INVALID"),
    "empty data": (lambda: check_keyboard(inline([button(callback_data="")])), "BUTTON_DATA_INVALID"),
    "a button that does nothing": (
        lambda: check_keyboard(inline([button()])),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    "a button that does two things": (
        lambda: check_keyboard(inline([button(callback_data="x", url="https://gov.kz")])),
        "BUTTON_TYPE_INVALID",
    ),
    "no label": (
        lambda: check_keyboard(inline([{"text": "", "callback_data": "x"}])),
        "inline keyboard button text must be non-empty",
    ),
    "a blank label": (lambda: check_keyboard(inline([{"text": " ", "callback_data": "x"}])), "BUTTON_TEXT_INVALID"),
    "no label at all": (
        lambda: check_keyboard(inline([{"callback_data": "x"}])),
        'can\'t parse inline keyboard button: Field "text" must be of type String',
    ),
    "no label below": (lambda: check_keyboard({"keyboard": [[""]]}), "keyboard button text must be non-empty"),
    "nothing to copy": (lambda: check_keyboard(inline([button(copy_text={"text": ""})])), "BUTTON_COPY_TEXT_INVALID"),
    "much to copy": (
        lambda: check_keyboard(inline([button(copy_text={"text": "x" * 257})])),
        "BUTTON_COPY_TEXT_INVALID",
    ),
    "a link to nowhere": (
        lambda: check_keyboard(inline([button(url="tel:102")])),
        "inline keyboard button URL 'tel:102' is invalid: Wrong HTTP URL",
    ),
    "101 buttons": (
        lambda: check_keyboard(inline(*[[button(callback_data="x")]] * 101)),
        "reply markup is too long",
    ),
    "9 in a row": (lambda: check_keyboard(inline([button(callback_data="x")] * 9)), "reply markup is too long"),
    "a heavy keyboard": (
        lambda: check_keyboard(inline(*[[{"text": "Ж" * 60, "callback_data": "x" * 64}]] * 60)),
        "reply markup is too long",
    ),
    "not rows": (
        lambda: check_keyboard({"inline_keyboard": [button(callback_data="x")]}),
        'field "inline_keyboard" must be an Array of Arrays',
    ),
    "both keyboards": (
        lambda: check_keyboard({**inline([button(callback_data="x")]), "keyboard": [["A"]]}),
        "REPLY_MARKUP_INVALID",
    ),
    "an edit with a reply keyboard": (lambda: check_inline_keyboard({"keyboard": [["A"]]}), "inline keyboard expected"),
    "edit a person's words": (lambda: check_editable("text", "text", is_own=False), "message can't be edited"),
    "edit what brought a reply keyboard": (
        lambda: check_editable("text", "text", is_own=True, has_reply_keyboard=True),
        "message can't be edited",
    ),
    "a photo into a text": (
        lambda: check_editable("text", "photo", is_own=True),
        "there is no text in the message to edit",
    ),
    "a text into a photo": (
        lambda: check_editable("media", "text", is_own=True),
        "there is no media in the message to edit",
    ),
    "a caption for a text": (
        lambda: check_editable("caption", "text", is_own=True),
        "there is no caption in the message to edit",
    ),
    "the same once more": (
        lambda: check_differs("a", "a"),
        "message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message",
    ),
    "delete after two days": (
        lambda: check_deletable(48 * HOUR + 1, is_own=True, is_private=True),
        "message can't be deleted for everyone",
    ),
    "delete another's in a group": (
        lambda: check_deletable(1, is_own=False, is_private=False),
        "message can't be deleted",
    ),
    "delete nothing": (lambda: check_message_ids([]), "message identifiers are not specified"),
    "delete 101": (lambda: check_message_ids(list(range(1, 102))), "too many message identifiers specified"),
    "delete number 0": (lambda: check_message_ids([0]), "invalid message identifier specified"),
    "an old press": (
        lambda: check_query_is_fresh(16),
        "query is too old and response timeout expired or query ID is invalid",
    ),
    "an answered press": (
        lambda: check_query_is_fresh(None),
        "query is too old and response timeout expired or query ID is invalid",
    ),
    "a long toast": (lambda: check_callback_answer("x" * 201), "MESSAGE_TOO_LONG"),
    "51 results": (
        lambda: check_inline_results([article(str(n)) for n in range(51)]),
        "too many inline query results specified",
    ),
    "a result twice": (lambda: check_inline_results([article("1"), article("1")]), "RESULT_ID_DUPLICATE"),
    "a result with a long id": (lambda: check_inline_results([article("x" * 65)]), "RESULT_ID_INVALID"),
    "a result without words": (lambda: check_inline_results([article("1", "")]), "message text is empty"),
    "101 commands": (
        lambda: check_commands([{"command": "a", "description": "x"}] * 101),
        "BOT_COMMANDS_TOO_MUCH",
    ),
    "a command in capitals": (
        lambda: check_commands([{"command": "Help", "description": "x"}]),
        "BOT_COMMAND_INVALID",
    ),
    "a long command": (
        lambda: check_commands([{"command": "a" * 33, "description": "x"}]),
        "command length must not exceed 32",
    ),
    "a command without a name": (
        lambda: check_commands([{"command": "/", "description": "x"}]),
        "command must be non-empty",
    ),
    "a command without words": (
        lambda: check_commands([{"command": "a", "description": " "}]),
        "command description must be non-empty",
    ),
    "a command of many words": (
        lambda: check_commands([{"command": "a", "description": "x" * 257}]),
        "command description length must not exceed 256",
    ),
    "no name": (lambda: check_name(""), "BOT_TITLE_INVALID"),
    "a long name": (lambda: check_name("x" * 65), "BOT_TITLE_INVALID"),
    "a long description": (lambda: check_description("x" * 513), "DESCRIPTION_TOO_LONG"),
    "a long short description": (lambda: check_short_description("x" * 121), "ABOUT_TOO_LONG"),
    "a language of three letters": (lambda: check_language_code("uzc"), "invalid language code specified"),
}


@pytest.mark.parametrize("case", ALLOWED.values(), ids=ALLOWED.keys())
def test_what_telegram_lets_pass(case: Callable[[], object]) -> None:
    case()


@pytest.mark.parametrize(("case", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_telegram_refuses(case: Callable[[], object], words: str) -> None:
    with pytest.raises(BotApiError) as error:
        case()

    assert (error.value.code, error.value.description) == (400, f"Bad Request: {words}")


def test_a_text_is_trimmed_and_its_entities_move_with_it() -> None:
    formatted = check_text(" \n<b> bold </b>\n", "HTML")

    assert formatted.text == "bold"
    assert formatted.entities == ({"type": "bold", "offset": 0, "length": 4},)


def test_words_of_a_reply_keyboard_become_buttons() -> None:
    assert check_keyboard({"keyboard": [["A"]], "resize_keyboard": True}) == {
        "keyboard": [[{"text": "A"}]],
        "resize_keyboard": True,
    }


@pytest.mark.parametrize(
    ("words", "spelled"),
    [
        ("Message text is empty", "Bad Request: message text is empty"),
        ("BUTTON_DATA_INVALID", "Bad Request: BUTTON_DATA_INVALID"),
        ("can't parse entities: X", "Bad Request: can't parse entities: X"),
    ],
)
def test_refusals_are_spelled_as_the_server_spells_them(words: str, spelled: str) -> None:
    assert bad_request(words).description == spelled


def test_too_many_requests_say_how_long_to_wait() -> None:
    error = too_many_requests(7)

    assert (error.code, error.parameters) == (429, {"retry_after": 7})
    assert error.description == "Too Many Requests: retry after 7"

"""Keyboards: one of a kind, at most 100 inline buttons and 8 in a row, and what each button must carry."""

import json

from bot.bot_api.error import BotApiError, bad_request
from bot.bot_api.json import Json
from bot.bot_api.links import checked_link

MOST_INLINE_BUTTONS = 100
MOST_IN_INLINE_ROW = 8
MOST_REPLY_BUTTONS = 300
MOST_IN_REPLY_ROW = 12
LARGEST_BYTES = 10_240
LONGEST_DATA_BYTES = 64
LONGEST_COPIED = 256
LONGEST_PLACEHOLDER = 64

_KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
BUTTON_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)


def check_keyboard(markup: Json | None) -> Json | None:
    """The keyboard that comes with a message, every button an object; None where there is none to show."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    kinds = [kind for kind in _KINDS if markup.get(kind)]
    if len(kinds) > 1:
        raise bad_request("REPLY_MARKUP_INVALID")
    if not kinds:
        return None
    if kinds[0] == "inline_keyboard":
        _check_inline_rows(markup["inline_keyboard"])
    elif kinds[0] == "keyboard":
        markup = {**markup, "keyboard": _checked_reply_rows(markup["keyboard"])}
        _check_placeholder(markup)
    elif kinds[0] == "force_reply":
        _check_placeholder(markup)
    if len(json.dumps(markup, ensure_ascii=False).encode()) > LARGEST_BYTES:
        raise bad_request("reply markup is too long")
    return markup


def check_inline_keyboard(markup: Json | None) -> Json | None:
    """The keyboard of a message that is edited, which can only be an inline one."""
    checked = check_keyboard(markup)
    if checked is not None and "inline_keyboard" not in checked:
        raise bad_request("inline keyboard expected")
    return checked


def _check_inline_rows(rows: object) -> None:
    for row in _rows(rows, "inline_keyboard", MOST_INLINE_BUTTONS, MOST_IN_INLINE_ROW):
        for button in row:
            if not isinstance(button, dict):
                raise _unreadable("inline keyboard", "InlineKeyboardButton must be an Object")
            _check_inline_button(button)


def _check_inline_button(button: Json) -> None:
    _check_label(button, "inline keyboard")
    actions = [action for action in BUTTON_ACTIONS if button.get(action) not in (None, "")]
    if not actions:
        if button.get("callback_data") == "":
            raise bad_request("BUTTON_DATA_INVALID")
        raise _unreadable("inline keyboard", "Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    if "callback_data" in actions and not 1 <= len(button["callback_data"].encode()) <= LONGEST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in actions and not checked_link(button["url"]):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if "copy_text" in actions and not 1 <= len(button["copy_text"].get("text", "")) <= LONGEST_COPIED:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _checked_reply_rows(rows: object) -> list[list[Json]]:
    return [
        [_checked_reply_button(button) for button in row]
        for row in _rows(rows, "keyboard", MOST_REPLY_BUTTONS, MOST_IN_REPLY_ROW)
    ]


def _checked_reply_button(button: object) -> Json:
    if not isinstance(button, str | dict):
        raise _unreadable("keyboard", "KeyboardButton must be a String or an Object")
    checked = {"text": button} if isinstance(button, str) else button
    _check_label(checked, "keyboard")
    return checked


def _rows(rows: object, field: str, most: int, most_in_row: int) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" must be an Array of Arrays')
    if sum(map(len, rows)) > most or any(len(row) > most_in_row for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def _check_label(button: Json, where: str) -> None:
    if not isinstance(button.get("text"), str):
        raise _unreadable(where, 'Field "text" must be of type String')
    if not button["text"]:
        raise bad_request(f"{where} button text must be non-empty")
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")


def _check_placeholder(markup: Json) -> None:
    if len(markup.get("input_field_placeholder") or "") > LONGEST_PLACEHOLDER:
        raise bad_request("PLACEHOLDER_TOO_LONG")


def _unreadable(where: str, words: str) -> BotApiError:
    return bad_request(f"can't parse {where} button: {words}")

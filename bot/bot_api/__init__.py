"""Telegram's rules, written once for chat, tests and fake server: each refuses with Telegram's own words.

The words come from the Bot API server and TDLib, or from refusals that others reported where Telegram's
servers decide. Everything takes and returns plain JSON values, so that every door to the rules can share
them. Where Telegram would silently drop something (an empty button, a ninth button in a row), we refuse: a
simulator is there to show the mistake.
"""

from bot.bot_api.answers import ANSWER_SECONDS, check_callback_answer, check_inline_results, check_query_is_fresh
from bot.bot_api.commands import check_commands
from bot.bot_api.editing import NOT_MODIFIED, check_deletable, check_differs, check_editable, check_message_ids
from bot.bot_api.error import BotApiError, bad_request, forbidden, migrated, too_many_requests
from bot.bot_api.formatted import Formatted, utf16_length
from bot.bot_api.html import to_html
from bot.bot_api.json import Json
from bot.bot_api.keyboard import BUTTON_ACTIONS, check_inline_keyboard, check_keyboard
from bot.bot_api.links import find_links
from bot.bot_api.markup import parse_html
from bot.bot_api.profile import check_description, check_language_code, check_name, check_short_description
from bot.bot_api.text import check_caption, check_text

__all__ = [
    "ANSWER_SECONDS",
    "BUTTON_ACTIONS",
    "NOT_MODIFIED",
    "BotApiError",
    "Formatted",
    "Json",
    "bad_request",
    "check_callback_answer",
    "check_caption",
    "check_commands",
    "check_deletable",
    "check_description",
    "check_differs",
    "check_editable",
    "check_inline_keyboard",
    "check_inline_results",
    "check_keyboard",
    "check_language_code",
    "check_message_ids",
    "check_name",
    "check_query_is_fresh",
    "check_short_description",
    "check_text",
    "find_links",
    "forbidden",
    "migrated",
    "parse_html",
    "to_html",
    "too_many_requests",
    "utf16_length",
]

"""Answers to a pressed button and to an inline query."""

from bot.bot_api.error import bad_request
from bot.bot_api.formatted import utf16_length
from bot.bot_api.json import Json
from bot.bot_api.keyboard import check_inline_keyboard
from bot.bot_api.text import check_text

LONGEST_TOAST = 200
MOST_RESULTS = 50
LONGEST_RESULT_ID_BYTES = 64
# Nobody published how long Telegram waits; reports speak of 10 to 15 seconds.
ANSWER_SECONDS = 15


def check_query_is_fresh(age_seconds: float | None) -> None:
    """A press or an inline query is answered soon, and once; None: never asked, or answered already."""
    if age_seconds is None or age_seconds > ANSWER_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")


def check_callback_answer(text: str | None) -> str:
    """The words of a toast; none at all only stops the button from waiting."""
    if utf16_length(text or "") > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    return text or ""


def check_inline_results(results: object) -> list[Json]:
    """At most 50 results, each with an id of its own and a message that could be sent."""
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > MOST_RESULTS:
        raise bad_request("too many inline query results specified")
    seen: set[str] = set()
    for result in results:
        if not isinstance(result, dict):
            raise bad_request("can't parse inline query result: Inline query result must be an object")
        name = str(result.get("id", ""))
        if not 1 <= len(name.encode()) <= LONGEST_RESULT_ID_BYTES:
            raise bad_request("RESULT_ID_INVALID")
        if name in seen:
            raise bad_request("RESULT_ID_DUPLICATE")
        seen.add(name)
        _check_result(result)
    return results


def _check_result(result: Json) -> None:
    check_inline_keyboard(result.get("reply_markup"))
    if result.get("type") != "article":
        return
    if not result.get("title"):
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content") or {}
    if "message_text" not in content:
        raise bad_request("can't parse inline query result: Input message content is not specified")
    check_text(content["message_text"], content.get("parse_mode"), content.get("entities"))

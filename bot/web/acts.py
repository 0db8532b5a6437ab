"""What a page may do on a phone: each act by its name, with what it must bring along."""

from collections.abc import Awaitable, Callable

from bot.bot_api import Json, utf16_length
from bot.simulator import Chat

LONGEST_TEXT = 4096
LANGUAGES = ("kk", "ru", "uz", "tg", "en", "ky", "uk", "tr", "zh", "hi", "ar", "fa")


class BadAct(Exception):  # a word for the page, as elsewhere in this house
    """The page sent something no phone could have; the message says what."""


async def act(chat: Chat, body: Json) -> None:
    """Do what the page asks for; raises BadAct, NotThereError, or what the bot let through."""
    name = body.get("act")
    if not isinstance(name, str) or name not in ACTS:
        raise BadAct(f"A phone cannot do {name!r}.")
    await ACTS[name](chat, body)


async def _say(chat: Chat, body: Json) -> None:
    await chat.say(_text(body, "text"))


async def _edit(chat: Chat, body: Json) -> None:
    await chat.edit(_number(body, "message"), _text(body, "text"))


async def _press(chat: Chat, body: Json) -> None:
    await chat.press_at(_number(body, "message"), _number(body, "row"), _number(body, "column"))


async def _press_below(chat: Chat, body: Json) -> None:
    await chat.press_below(_text(body, "text"))


async def _location(chat: Chat, body: Json) -> None:
    latitude, longitude = body.get("latitude"), body.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        raise BadAct("A location needs latitude and longitude as numbers.")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise BadAct("This place is not on Earth.")
    await chat.send_location(latitude, longitude)


async def _language(chat: Chat, body: Json) -> None:
    code = body.get("language")
    if code is not None and code not in LANGUAGES:
        raise BadAct("The page does not offer this language.")
    chat.use_language(code)


def _send(what: Callable[[Chat], Awaitable[None]]) -> Callable[[Chat, Json], Awaitable[None]]:
    async def send(chat: Chat, _: Json) -> None:
        await what(chat)

    return send


ACTS: dict[str, Callable[[Chat, Json], Awaitable[None]]] = {
    "say": _say,
    "edit": _edit,
    "press": _press,
    "press_below": _press_below,
    "location": _location,
    "language": _language,
    "contact": _send(lambda chat: chat.send_contact()),
    "voice": _send(lambda chat: chat.send_voice()),
    "photo": _send(lambda chat: chat.send_photo()),
    "document": _send(lambda chat: chat.send_document()),
    "sticker": _send(lambda chat: chat.send_sticker()),
    "block": _send(lambda chat: chat.block()),
    "unblock": _send(lambda chat: chat.unblock()),
}


def _text(body: Json, name: str) -> str:
    text = body.get(name)
    if not isinstance(text, str) or not text.strip():
        raise BadAct(f"{name} must be a text that says something.")
    if utf16_length(text) > LONGEST_TEXT:
        raise BadAct(f"A phone sends at most {LONGEST_TEXT} characters at once.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadAct(f"{name} holds half a character.") from None
    return text.strip()


def _number(body: Json, name: str) -> int:
    number = body.get(name)
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise BadAct(f"{name} must be a whole number from 0.")
    return number

"""Edits and deletions."""

from dataclasses import replace

from bot.bot_api import (
    Json,
    bad_request,
    check_deletable,
    check_differs,
    check_editable,
    check_inline_keyboard,
    check_message_ids,
    check_text,
)
from bot.simulator.message import Message
from bot.simulator.methods.sending import captioned, media_content
from bot.simulator.methods.table import Method, uploaded
from bot.simulator.room import Room
from bot.simulator.world import World


def _edit_text(world: World, params: Json) -> Json:
    words = check_text(params.get("text") or "", params.get("parse_mode"), params.get("entities"))
    old = _editable(world, params, "text")
    return _changed(world, params, old, replace(old, text=words.text, entities=words.entities))


def _edit_caption(world: World, params: Json) -> Json:
    words = captioned(params)
    old = _editable(world, params, "caption")
    return _changed(world, params, old, replace(old, text=words.text, entities=words.entities))


def _edit_media(world: World, params: Json) -> Json:
    media = params.get("media") or {}
    kind = str(media.get("type", ""))
    if kind not in ("photo", "document", "audio"):
        raise bad_request("can't parse InputMedia: Media type is invalid")
    words = captioned(media)
    old = _editable(world, params, "media")
    content = media_content(kind, uploaded(world, media, "media"))
    new = replace(old, kind=kind, text=words.text, entities=words.entities, content=content)
    return _changed(world, params, old, new)


def _edit_keyboard(world: World, params: Json) -> Json:
    old = _editable(world, params, "keyboard")
    return _changed(world, params, old, old)


def _editable(world: World, params: Json, what: str) -> Message:
    if params.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    old = world.message(world.writable(params.get("chat_id")), params.get("message_id"), "message to edit")
    has_reply_keyboard = old.markup is not None and old.inline_keyboard is None
    check_editable(what, old.kind, is_own=old.is_from_bot, has_reply_keyboard=has_reply_keyboard)
    return old


def _changed(world: World, params: Json, old: Message, new: Message) -> Json:
    """An edit without a keyboard takes the old one away, as Telegram does."""
    new = replace(new, markup=check_inline_keyboard(params.get("reply_markup")))
    check_differs(old.state, new.state)
    return world.message_json(world.change(world.room(old.chat), replace(new, edited=int(world.now()))))


def _delete_message(world: World, params: Json) -> bool:
    if not params.get("message_id"):
        raise bad_request("message identifier is not specified")
    room = world.room(params.get("chat_id"))
    _delete(world, room, [world.message(room, params["message_id"], "message to delete")])
    return True


def _delete_messages(world: World, params: Json) -> bool:
    """What is not there is passed over; what may not be deleted saves all the others too."""
    ids = check_message_ids(params.get("message_ids"))
    room = world.room(params.get("chat_id"))
    found = [room.messages[one] for one in ids if one in room.messages]
    _delete(world, room, [message for message in found if not message.is_deleted])
    return True


def _delete(world: World, room: Room, messages: list[Message]) -> None:
    for message in messages:
        check_deletable(
            world.now() - message.date,
            is_own=message.is_from_bot,
            is_private=room.type == "private",
            is_admin=room.is_bot_admin,
            is_dice=message.kind == "dice",
        )
    for message in messages:
        world.change(room, replace(message, is_deleted=True))


CHANGING: dict[str, Method] = {
    "editMessageText": _edit_text,
    "editMessageCaption": _edit_caption,
    "editMessageMedia": _edit_media,
    "editMessageReplyMarkup": _edit_keyboard,
    "deleteMessage": _delete_message,
    "deleteMessages": _delete_messages,
}

"""New messages of the bot."""

from dataclasses import replace

from bot.bot_api import Formatted, Json, bad_request, check_caption, check_keyboard, check_text
from bot.simulator.message import Message
from bot.simulator.methods.table import Method, uploaded
from bot.simulator.room import File
from bot.simulator.world import BOT_ID, World

_ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)


def media_content(kind: str, file: File) -> Json:
    """How Telegram describes a file of this kind."""
    described: Json = {"file_id": file.id, "file_unique_id": file.id, "file_size": len(file.content)}
    if kind == "photo":
        return {"photo": [{**described, "width": 800, "height": 600}]}
    if kind == "document":
        return {"document": {**described, "file_name": file.name}}
    return {kind: {**described, "duration": 1}}


def captioned(params: Json) -> Formatted:
    """The caption among the parameters."""
    return check_caption(params.get("caption"), params.get("parse_mode"), params.get("caption_entities"))


def _send_message(world: World, params: Json) -> Json:
    words = check_text(params.get("text") or "", params.get("parse_mode"), params.get("entities"))
    return _send(world, params, Message(0, 0, BOT_ID, 0, text=words.text, entities=words.entities))


def _send_media(kind: str) -> Method:
    def send(world: World, params: Json) -> Json:
        words = captioned(params)
        content = media_content(kind, uploaded(world, params, kind))
        message = Message(0, 0, BOT_ID, 0, kind, words.text, words.entities, content)
        return _send(world, params, message)

    return send


def _send_location(world: World, params: Json) -> Json:
    latitude, longitude = float(params["latitude"]), float(params["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong latitude or longitude specified")
    content = {"location": {"latitude": latitude, "longitude": longitude}}
    return _send(world, params, Message(0, 0, BOT_ID, 0, "location", content=content))


def _send_contact(world: World, params: Json) -> Json:
    fields = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: params[name] for name in fields if params.get(name)}
    if not contact.get("phone_number"):
        raise bad_request("phone number is empty")
    if not contact.get("first_name"):
        raise bad_request("first name is empty")
    return _send(world, params, Message(0, 0, BOT_ID, 0, "contact", content={"contact": contact}))


def _forward_message(world: World, params: Json) -> Json:
    room = world.writable(params.get("chat_id"))
    original = world.message(world.room(params.get("from_chat_id")), params.get("message_id"), "message to forward")
    copy = replace(original, sender=BOT_ID, is_from_bot=True, markup=None, reply_to=None, edited=None)
    return world.message_json(world.post(room, copy))


def _send_chat_action(world: World, params: Json) -> bool:
    room = world.writable(params.get("chat_id"))
    if params.get("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.act(room, params["action"])
    return True


def _send(world: World, params: Json, message: Message) -> Json:
    markup = check_keyboard(params.get("reply_markup"))
    room = world.writable(params.get("chat_id"))
    reply = params.get("reply_parameters") or {}
    original = room.messages.get(reply.get("message_id", 0))
    if reply and (original is None or original.is_deleted) and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    sent = replace(message, is_from_bot=True, markup=markup, reply_to=original.id if original else None)
    return world.message_json(world.post(room, sent))


SENDING: dict[str, Method] = {
    "sendMessage": _send_message,
    "sendPhoto": _send_media("photo"),
    "sendDocument": _send_media("document"),
    "sendVoice": _send_media("voice"),
    "sendAudio": _send_media("audio"),
    "sendLocation": _send_location,
    "sendContact": _send_contact,
    "forwardMessage": _forward_message,
    "sendChatAction": _send_chat_action,
}

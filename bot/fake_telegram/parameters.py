"""The parameters of a call as they come over HTTP -> plain JSON, as the rules take them."""

import json
from typing import Any

from aiohttp import web

from bot.bot_api import Json, bad_request
from bot.simulator import World
from bot.simulator.line import with_files

NUMBERS = frozenset(
    ("chat_id", "message_id", "offset", "limit", "timeout", "cache_time", "max_connections", "duration")
)
FLAGS = frozenset(("show_alert", "is_personal", "disable_notification", "protect_content", "drop_pending_updates"))
OBJECTS = frozenset(
    (
        "reply_markup", "entities", "caption_entities", "link_preview_options", "reply_parameters", "media", "results",
        "commands", "scope", "allowed_updates", "message_ids", "menu_button", "photo",
    )
)  # fmt: skip


async def read_parameters(request: web.Request, world: World) -> Json:
    """From the address, a form, an upload or a JSON body; files are kept and named by their new ids."""
    params: Json = {name: _typed(name, value) for name, value in request.query.items()}
    if request.content_type == "application/json":
        return params | _object(await request.text())
    kept = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            file = world.keep_file(value.filename or "file", value.file.read())
            kept[f"attach://{name}"] = params[name] = file.id
        else:
            params[name] = _typed(name, str(value))
    return {name: with_files(value, kept) for name, value in params.items()} if kept else params


def _typed(name: str, value: str) -> Any:
    if name in NUMBERS and value.lstrip("-").isdecimal():
        return int(value)
    if name in FLAGS:
        return value.lower() in ("true", "1", "yes")
    if name in OBJECTS and value[:1] in ("{", "["):
        return _parsed(value)
    return value


def _object(text: str) -> Json:
    body = _parsed(text) if text.strip() else {}
    if not isinstance(body, dict):
        raise bad_request("object expected as the body")
    return {name: value for name, value in body.items() if value is not None}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise bad_request("can't parse JSON object") from None

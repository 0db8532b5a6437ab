"""What the bot says about itself: commands, name, descriptions, the button beside the text field."""

import json

from bot.bot_api import (
    Json,
    check_commands,
    check_description,
    check_language_code,
    check_name,
    check_short_description,
)
from bot.simulator.methods.table import Method
from bot.simulator.world import World


def commands_for(world: World, language: str | None) -> list[Json]:
    """The commands a phone of this language shows in a private chat."""
    scopes = ({"type": "all_private_chats"}, {"type": "default"})
    for scope in scopes:
        for code in (language or "", ""):
            found = world.profile.get(_key("commands", scope, code))
            if isinstance(found, list) and found:
                return found
    return []


def description_for(world: World, language: str | None) -> str:
    """What a phone of this language shows before anything was said."""
    return str(world.profile.get(("description", language or "")) or world.profile.get(("description", "")) or "")


def _get_me(world: World, params: Json) -> Json:
    del params
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
    }


def _set_my_commands(world: World, params: Json) -> bool:
    world.profile[_commands_key(params)] = check_commands(params.get("commands"))
    return True


def _get_my_commands(world: World, params: Json) -> object:
    return world.profile.get(_commands_key(params), [])


def _delete_my_commands(world: World, params: Json) -> bool:
    world.profile.pop(_commands_key(params), None)
    return True


def _set_my_name(world: World, params: Json) -> bool:
    code = _language(params)
    world.profile["name", code] = check_name(params.get("name") or "", code)
    return True


def _set_my_description(world: World, params: Json) -> bool:
    world.profile["description", _language(params)] = check_description(params.get("description") or "")
    return True


def _set_my_short_description(world: World, params: Json) -> bool:
    words = check_short_description(params.get("short_description") or "")
    world.profile["short_description", _language(params)] = words
    return True


def _get_my(field: str) -> Method:
    def get(world: World, params: Json) -> Json:
        fallback = str(world.bot["first_name"]) if field == "name" else ""
        general = world.profile.get((field, "")) or fallback
        return {field: world.profile.get((field, _language(params))) or general}

    return get


def _set_menu_button(world: World, params: Json) -> bool:
    world.profile["menu_button", str(params.get("chat_id") or "")] = params.get("menu_button") or {"type": "default"}
    return True


def _get_menu_button(world: World, params: Json) -> object:
    return world.profile.get(("menu_button", str(params.get("chat_id") or "")), {"type": "default"})


def _set_my_photo(world: World, params: Json) -> bool:
    world.profile[("photo",)] = params.get("photo")
    return True


def _language(params: Json) -> str:
    return check_language_code(params.get("language_code") or "")


def _commands_key(params: Json) -> tuple[str, ...]:
    return _key("commands", params.get("scope") or {"type": "default"}, _language(params))


def _key(field: str, scope: Json, code: str) -> tuple[str, ...]:
    return field, json.dumps(scope, sort_keys=True), code


PROFILING: dict[str, Method] = {
    "getMe": _get_me,
    "setMyCommands": _set_my_commands,
    "getMyCommands": _get_my_commands,
    "deleteMyCommands": _delete_my_commands,
    "setMyName": _set_my_name,
    "getMyName": _get_my("name"),
    "setMyDescription": _set_my_description,
    "getMyDescription": _get_my("description"),
    "setMyShortDescription": _set_my_short_description,
    "getMyShortDescription": _get_my("short_description"),
    "setMyProfilePhoto": _set_my_photo,
    "setChatMenuButton": _set_menu_button,
    "getChatMenuButton": _get_menu_button,
}

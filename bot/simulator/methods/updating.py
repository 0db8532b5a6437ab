"""How updates would come, were there a network; files are refused, because the bot opens none."""

from bot.bot_api import BotApiError, Json, bad_request
from bot.simulator.methods.table import Method
from bot.simulator.world import World


def _get_updates(world: World, params: Json) -> list[Json]:
    del params
    if world.profile.get(("webhook",)):
        raise BotApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active;"
            " use deleteWebhook to delete the webhook first",
        )
    return []


def _set_webhook(world: World, params: Json) -> bool:
    url = str(params.get("url") or "")
    if url and not url.startswith(("https://", "http://127.0.0.1:")):  # on its own machine a Bot API server takes http
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    world.profile["webhook",] = url
    return True


def _delete_webhook(world: World, params: Json) -> bool:
    del params
    world.profile.pop(("webhook",), None)
    return True


def _get_webhook_info(world: World, params: Json) -> Json:
    del params
    return {
        "url": world.profile.get(("webhook",), ""),
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }


def _get_file(world: World, params: Json) -> Json:
    del world, params
    raise bad_request("wrong file_id or the file is temporarily unavailable")


UPDATING: dict[str, Method] = {
    "getUpdates": _get_updates,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _get_webhook_info,
    "getFile": _get_file,
}

"""The shape of a method, and how an uploaded file is found in its parameters."""

from collections.abc import Callable

from bot.bot_api import Json, bad_request
from bot.simulator.room import File
from bot.simulator.world import World

Method = Callable[[World, Json], object]


def uploaded(world: World, params: Json, field: str) -> File:
    """The file a method sends: uploaded with it, or known by its id. Nothing is fetched from the network."""
    name = str(params.get(field) or "")
    if not name:
        raise bad_request(f"there is no {field} in the request")
    if name.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = world.files.get(name)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if not file.content:
        raise bad_request("file must be non-empty")
    return file

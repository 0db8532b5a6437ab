"""Phones: a number goes live only after two different people have confirmed it, one of them by a call.

The desk knows who confirmed; the file says roles alone, told apart where both are the same, because a file is read by
everybody who works on the content.
"""

from collections.abc import Iterable

from bot.content.places import CALL, Place, read_places
from bot.content.regions import read_regions
from bot.desk.visit import Desk
from bot.editions import Files
from bot.store.staff import Checked

FILE = "content/places.yaml"


def is_proven(checked: Iterable[Checked]) -> bool:
    """Two different people, and a call."""
    found = list(checked)
    return len({one.staff for one in found}) > 1 and any(one.by == CALL for one in found)


def written(checked: Iterable[Checked]) -> str:
    """The confirmations as places.yaml says them."""
    said: list[str] = []
    roles: list[str] = []
    for one in checked:
        role = one.role if one.role not in roles else f"another {one.role}"
        if role in roles:
            continue
        roles.append(role)
        said.append(f"{{role: {role}, on: {one.on}, by: {one.by}}}")
    return f"[{', '.join(said)}]"


def missing(desk: Desk, files: Files) -> list[str]:
    """Numbers these files would put into lists and danger screens, which the desk has not seen confirmed."""
    body = files.get(FILE)
    if body is None:
        return []
    before = {
        (place.id, phone.number) for place in _places(desk, desk.drafts.published((FILE, ""))) for phone in place.proven
    }
    now = [(place.id, phone) for place in _places(desk, body.decode()) for phone in place.proven]
    return [
        phone.number
        for id, phone in now
        if (id, phone.number) not in before and not is_proven(desk.staff.confirmations(id, phone.number))
    ]


def _places(desk: Desk, text: str) -> list[Place]:
    regions, _ = read_regions(desk.library.editions.content, {})
    with desk.drafts.scratch("places.yaml", text) as folder:
        found, _ = read_places(folder, regions, {})
    return list(found.values())

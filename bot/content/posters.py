"""Where a poster hangs, and the code its link carries: of a kind of place and at most a town, never of a building.

All building sites of a city share one code, so that no count points at a site or the people on it.
"""

from collections.abc import Mapping

from bot.content.regions import Region

SPOTS = ("border", "bazaar", "site", "office", "card")


def code(spot: str, town: str = "") -> str:
    """The code of a poster's link."""
    return f"{spot}-{town}" if town else spot


def towns(regions: Mapping[str, Region]) -> list[str]:
    """The ids of all towns we know."""
    return [town for region in regions.values() for town in region.towns]

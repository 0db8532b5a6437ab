"""Regions and towns: their names in every language, their neighbours, and what a broken line costs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import content
from bot.content import Content, Spelling
from bot.content.check_places import check_places
from bot.content.regions import ALL, is_in_kazakhstan, said
from bot.settings import ROOT
from tests.conftest import TODAY

Load = Callable[..., Content]
GOOD = "turkistan:\n  names: {ru: Туркестанская область}\n  near: [shymkent]\n"


@pytest.fixture
def load(folder: Path, spellings: dict[str, Spelling]) -> Load:
    return lambda last=None: content.load(folder, spellings, last)


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "regions.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def named(found: Content) -> list[str]:
    return [str(mistake) for mistake in found.mistakes]


def test_a_region_is_read_with_its_neighbours_and_towns(load: Load) -> None:
    found = load()

    region = found.regions["shymkent"]
    assert region.near == ("turkistan",)
    assert region.towns["shymkent"].point == (42.32, 69.59)
    assert found.regions[ALL].short_numbers == ("111", "112")
    assert named(found) == []


def test_a_name_is_said_in_the_readers_language_then_letters_then_in_russian(
    load: Load, spellings: dict[str, Spelling]
) -> None:
    town = load().regions["shymkent"].towns["shymkent"]

    assert town.name(spellings["uz"]) == "Chimkent"
    assert town.name(spellings["uzc"]) == "Чимкент"
    assert town.name(spellings["tg"]) == "Шымкент"
    assert said({"zh": "奇姆肯特"}, spellings["tg"]) == "奇姆肯特"


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ("near: [shymkent]", "near: [shimkent]", "`near` names shimkent"),
        ("near: [shymkent]", "near: [turkistan]", "`near` names turkistan"),
        ("near: [shymkent]", "near: [all]", "`near` names all"),
        ("near: [shymkent]", "near: [shymkent, shymkent]", "name each other region once"),
        ("near: [shymkent]", "near: shymkent", "`near` is a list in brackets"),
        ("near: [shymkent]", "next: [shymkent]", "unknown `next`"),
        ("names: {ru: Туркестанская область}", "names: Туркестан", "give its names"),
        ("lat: 41.47", "lat: 69.17", "lies outside Kazakhstan"),
        ("lat: 41.47", "lat: north", "lat and lon are degrees"),
        (", lon: 69.17", "", "lat and lon are degrees"),
        ("{names: {ru: Сарыагаш}, lat", "{name: x, names: {ru: Сарыагаш}, lat", "unknown `name`"),
    ],
)
def test_a_broken_region_is_left_out_at_start_and_stays_as_it_was_while_running(
    folder: Path, load: Load, old: str, new: str, mistake: str
) -> None:
    good = load()
    path = folder / "regions.yaml"
    head, tail = path.read_text(encoding="utf-8").split("turkistan:\n", 1)
    assert old in tail
    path.write_text(f"{head}turkistan:\n{tail.replace(old, new, 1)}", encoding="utf-8")

    at_start, while_running = load(), load(good)

    assert "turkistan" not in at_start.regions
    assert while_running.regions["turkistan"] == good.regions["turkistan"]
    assert any(one.startswith("regions.yaml:") and mistake in one for one in named(at_start))
    assert at_start.regions["shymkent"] == good.regions["shymkent"]


def test_without_the_file_places_lose_their_towns_and_nothing_else(folder: Path, load: Load) -> None:
    good = load()
    (folder / "regions.yaml").unlink()

    at_start, while_running = load(), load(good)

    assert at_start.regions == {}
    assert at_start.places["line-112"].phones[0].number == "112"
    assert [one for one in named(at_start) if "places.yaml" in one] == []
    assert while_running.regions == good.regions


def test_check_asks_for_every_name_and_for_the_whole_country(folder: Path, load: Load) -> None:
    edit(folder, "all:\n  names: {ru: Весь Казахстан, en: All Kazakhstan}\n  short_numbers: ['111', '112']\n", "")

    found = [str(mistake) for mistake in check_places(load(), folder, TODAY)]

    assert "regions.yaml:1: the whole country is missing; add `all` with its names and short_numbers" in found
    assert "regions.yaml:1: shymkent: its name is missing in kk, tg, en" in found
    assert "regions.yaml:5: shymkent: its name is missing in kk, tg, en" in found, "the town, on its own line"


def test_all_twenty_regions_stand_there_with_names_towns_and_neighbours(
    real: Content, spellings: dict[str, Spelling]
) -> None:
    regions = {id: region for id, region in real.regions.items() if id != ALL}

    assert len(regions) == 20
    for region in regions.values():
        assert region.near, region.id
        assert any(town.point for town in region.towns.values()), region.id
        for names in (region.names, *(town.names for town in region.towns.values())):
            assert set(names) >= {"ru", "kk", "uz", "tg", "en"}, region.id
            assert not said(names, spellings["uzc"]).isascii(), region.id


def test_neighbours_lead_everywhere_and_a_city_is_next_to_the_region_around_it(real: Content) -> None:
    reached, todo = set[str](), ["shymkent"]
    while todo:
        one = todo.pop()
        reached.add(one)
        todo += [near for near in real.regions[one].near if near not in reached]

    assert reached == set(real.regions) - {ALL}
    for a, b in (("astana", "akmola"), ("almaty", "almaty-region"), ("shymkent", "turkistan")):
        assert real.regions[a].near[0] == b
        assert real.regions[b].near[0] == a


def test_places_name_regions_and_towns_that_exist(real: Content) -> None:
    for place in real.places.values():
        assert place.region in real.regions
        assert (real.town(place) is not None) == bool(place.city), place.id


@pytest.mark.parametrize(
    ("point", "inside"), [((43.24, 76.89), True), ((51.16, 43.65), False), ((55.75, 37.62), False), ((0.0, 0.0), False)]
)
def test_a_point_lies_in_the_country_or_not(point: tuple[float, float], inside: bool) -> None:
    assert is_in_kazakhstan(*point) is inside


def test_the_real_file_is_read_without_a_mistake(real: Content) -> None:
    assert [str(one) for one in real.mistakes if one.file in ("regions.yaml", "places.yaml", "sources.yaml")] == []
    assert (ROOT / "content" / "regions.yaml").is_file()

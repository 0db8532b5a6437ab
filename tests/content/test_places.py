"""The help directory: who stands in a list, what makes a phone proven, and what check says of both files."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot import content
from bot.content import Content, Spelling
from bot.content.check_places import check_places
from bot.content.places import Place, help_for
from bot.locales import Languages
from bot.screens.address import Codec
from bot.screens.near import around
from bot.screens.setting import Setting
from bot.settings import ROOT
from tests.conftest import TODAY

Load = Callable[[], Content]
TWO = "[{role: lawyer, on: 2026-11-20, by: call}, {role: coordinator, on: 2026-11-21}]"


@pytest.fixture
def load(folder: Path, spellings: dict[str, Spelling]) -> Load:
    return lambda: content.load(folder, spellings)


def place(
    id: str = "sana",
    kind: str = "ngo",
    region: str = "shymkent",
    city: str = "shymkent",
    more: str = "",
    phones: str = "",
) -> str:
    """A place of places.yaml, complete in every language."""
    names = ", ".join(f"{code}: {id} {code}" for code in ("ru", "kk", "uz", "tg", "en"))
    return (
        f"{id}:\n  kind: {kind}\n  names: {{{names}}}\n  region: {region}\n  city: {city}\n"
        f"  confidence: medium\n  sources:\n  - {{title: t}}\n{more}" + (f"  phones:\n  - {phones}\n" if phones else "")
    )


def add(folder: Path, *places: str) -> None:
    with (folder / "places.yaml").open("a", encoding="utf-8") as file:
        file.write("".join(places))


def said(found: Content, folder: Path, about: str, today: date = TODAY) -> list[str]:
    """What reading and check say about one place."""
    mistakes = {*found.mistakes, *check_places(found, folder, today)}
    return [mistake.what for mistake in sorted(mistakes) if mistake.what.startswith(f"{about}:")]


def test_a_place_stands_where_its_town_does(folder: Path, load: Load) -> None:
    add(folder, place())

    found = load()

    town = found.town(found.places["sana"])
    assert town is not None
    assert found.places["sana"].point == town.point == (42.32, 69.59)
    assert said(found, folder, "sana") == []


@pytest.mark.parametrize(
    ("region", "city", "mistake"),
    [("shymkent", "tashkent", "has no town `tashkent` in shymkent"), ("atlantis", "shymkent", "region `atlantis`")],
)
def test_an_unknown_town_costs_a_place_its_town_and_not_its_help(
    folder: Path, load: Load, region: str, city: str, mistake: str
) -> None:
    add(folder, place(region=region, city=city))

    found = load()

    assert found.places["sana"].point is None
    assert found.town(found.places["sana"]) is None
    assert mistake in said(found, folder, "sana")[0]


@pytest.mark.parametrize("street", ["address: ул. Тихая, 1", "lat: 42.3", "lon: 69.6"])
def test_a_shelter_has_neither_a_street_nor_a_point_of_its_own(folder: Path, load: Load, street: str) -> None:
    add(folder, place(kind="crisis_center", more=f"  {street}\n"))

    found = load()

    assert "sana" not in found.places
    assert "a shelter's street is never written down" in said(found, folder, "sana")[0]


@pytest.mark.parametrize(
    ("phone", "is_proven", "mistake"),
    [
        ("{number: '+77012345678', status: unproven}", False, ""),
        ("{number: '+77012345678', status: official}", True, ""),
        (f"{{number: '+77012345678', status: confirmed, confirmed: {TWO}}}", True, ""),
        ("{number: '+77012345678', status: confirmed}", False, "two different roles"),
        (
            "{number: '+77012345678', status: confirmed, confirmed: "
            "[{role: lawyer, on: 2026-11-20, by: call}, {role: Lawyer, on: 2026-11-21, by: call}]}",
            False, "two different roles",
        ),
        (
            "{number: '+77012345678', status: confirmed, confirmed: "
            "[{role: lawyer, on: 2026-11-20, by: letter}, {role: coordinator, on: 2026-11-21}]}",
            False, "one by a call",
        ),
        (f"{{number: '+77012345678', status: unproven, confirmed: {TWO}}}", False, "write `status: confirmed`"),
    ],
)  # fmt: skip
def test_a_phone_is_confirmed_by_four_eyes_and_a_call(
    folder: Path, load: Load, phone: str, is_proven: bool, mistake: str
) -> None:
    add(folder, place(phones=phone))

    found = load()

    assert found.places["sana"].phones[0].is_proven is is_proven
    complaints = said(found, folder, "sana")
    assert mistake in complaints[0] if mistake else complaints == []


def test_a_check_of_tomorrow_is_a_mistake(folder: Path, load: Load) -> None:
    add(folder, place(phones=f"{{number: '+77012345678', status: confirmed, confirmed: {TWO}}}"))

    assert "yet to come" in said(load(), folder, "sana", date(2026, 11, 20))[0]


@pytest.mark.parametrize(
    ("phone", "mistake"),
    [
        ("{number: 8 701 234 56 78, status: unproven}", "write the number like +77012345678"),
        ("{number: '+7701234567', status: unproven}", "too few or too many figures"),
        ("{number: '1313', status: unproven}", "is no short number we know"),
        ("{number: '111', status: sure}", "a status, one of confirmed, official, unproven"),
        ("{number: '111', status: unproven, phone: x}", "unknown `phone` in a phone"),
        ("{number: '111', status: confirmed, confirmed: yes}", "are lists in brackets"),
        ("{number: '111', status: confirmed, confirmed: [{role: lawyer, on: soon}]}", "each entry of `confirmed`"),
        ("{number: '111', status: confirmed, confirmed: [{on: 2026-11-20}]}", "each entry of `confirmed`"),
        ("{number: '111', status: confirmed, confirmed: [{role: x, on: 2026-11-20, by: dream}]}", "`by` one of call"),
    ],
)
def test_a_phone_that_cannot_be_right_is_named(folder: Path, load: Load, phone: str, mistake: str) -> None:
    add(folder, place(phones=phone))

    assert any(mistake in one for one in said(load(), folder, "sana"))


def test_a_number_stands_once_but_a_short_one_may_serve_many_regions(folder: Path, load: Load) -> None:
    long, short = "{number: '+77012345678', status: unproven}", "{number: '111', status: unproven}"
    add(folder, place("one", phones=long), place("two", city="''", phones=long))
    add(folder, place("north", phones=short), place("south", region="turkistan", city="saryagash", phones=short))
    add(folder, place("twice", phones=f"{long.replace('678', '679')}\n  - {long.replace('678', '679')}"))

    found = load()

    assert said(found, folder, "two") == ["two: +77012345678 stands at one as well; keep one"]
    assert said(found, folder, "twice") == ["twice: +77012345679 stands here twice; keep one"]
    assert said(found, folder, "north") + said(found, folder, "south") == []


def test_two_places_of_a_town_do_not_share_a_name(folder: Path, load: Load) -> None:
    add(folder, place("one"), place("two").replace("two ru", "ONE ru"))

    assert said(load(), folder, "two") == ["two: “ONE ru” is the name of one too; tell them apart"]


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        (", tg: sana tg", "", "its name is missing in tg"),
        ("uz: sana uz", 'uz: "O\'zbekiston"', "write oʻ and gʻ with ʻ"),
        ("confidence: medium", "confidence: certain", "confidence must be one of high, medium, low"),
        ("  - {title: t}\n", "", "name at least one source"),
        ("region: shymkent", "region: [shymkent]", "`region` is one word or line"),
        ("en: sana en", f"en: {'long ' * 15}", "letters; a phone shows about 60"),
    ],
)
def test_what_a_place_lacks_is_named(folder: Path, load: Load, old: str, new: str, mistake: str) -> None:
    add(folder, place().replace(old, new))

    assert any(mistake in one for one in said(load(), folder, "sana"))


def test_a_region_without_help_shows_the_nearest_that_has_some_and_else_the_whole_country(
    folder: Path, load: Load
) -> None:
    add(folder, place("office", kind="government", region="turkistan", city="saryagash"))
    lonely = load()
    add(folder, place("lead").replace("medium", "low"), place("helper"))
    helped = load()

    def ids(found: tuple[str, tuple[Place, ...]]) -> tuple[str, list[str]]:
        return found[0], [place.id for place in found[1]]

    assert help_for("turkistan", lonely.regions, lonely.places)[0] == "all"
    assert "nobody helps there" in "".join(said(lonely, folder, "turkistan"))
    assert ids(help_for("turkistan", helped.regions, helped.places)) == ("shymkent", ["helper"])
    assert "nobody helps there" not in "".join(said(helped, folder, "turkistan"))


def test_help_near_a_point_names_the_town_in_the_readers_letters_and_no_mere_leads(
    folder: Path, load: Load, languages: Languages
) -> None:
    add(folder, place(), place("lead").replace("medium", "low"))
    found = load()
    codec = Codec({}, [language.code for language in languages])

    shown = {
        language.code: around(Setting(found, languages, codec, language, TODAY), 42.34, 69.59, None).text
        for language in languages
    }

    assert "Шымкент, " in shown["ru"]
    assert "Chimkent, " in shown["uz"]
    assert "Чимкент, " in shown["uzc"]
    assert "сана уз" in shown["uzc"]
    assert "Шымкент, " in shown["kk"], "a name we lack is said in Russian"
    assert not any("lead" in text for text in shown.values())


def test_every_real_place_is_named_in_every_language_and_short_enough_for_a_phone(real: Content) -> None:
    for one in real.places.values():
        for code, spelling in real.spellings.items():
            name = one.name(spelling)
            assert 2 < len(name) <= 60, f"{one.id} in {code}: {name}"
            assert not re.search("[oOgG]['’‘`]", name), name


def test_the_real_directory_is_without_mistakes(real: Content) -> None:
    assert list(check_places(real, ROOT / "content", TODAY)) == []
    assert len(real.places) == 102


def test_only_state_lines_are_official_and_nothing_is_confirmed_that_nobody_called(real: Content) -> None:
    official = {phone.number for one in real.places.values() for phone in one.phones if phone.status == "official"}
    confirmed = [phone for one in real.places.values() for phone in one.phones if phone.status == "confirmed"]

    assert official == {"101", "102", "103", "104", "111", "112"}
    assert all(phone.has_four_eyes for phone in confirmed)


def test_places_that_must_not_be_published_before_they_are_confirmed_stand_in_no_list(real: Content) -> None:
    warned = [
        one
        for one in real.places.values()
        if re.search(r"(?i)(not|n't|confirm).{0,12} publish|before listing", one.note)
    ]

    assert len(warned) >= 5
    assert not any(one.is_listed for one in warned)


def test_a_place_without_a_town_is_infinitely_far(real: Content) -> None:
    assert real.places["sana-sezim"].km_from(42.32, 69.59) < 1
    assert real.places["ombudsman"].km_from(42.32, 69.59) == float("inf")

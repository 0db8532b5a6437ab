"""Home: what waits for whoever signs in."""

from datetime import timedelta

from bot.settings import Settings
from bot.store import open_store
from tests.conftest import TODAY
from tests.desk.conftest import Enter


async def test_home_names_what_people_reported_and_not_how_often(enter: Enter, settings: Settings) -> None:
    anna = await enter("anna", "editor")
    before = await anna.open("/")
    store = open_store(settings.database, lambda _: None)
    for thing, ago in (("helpers", 1), ("helpers", 0), ("stay/registration", 2), ("gone", 0), ("line-112", 9)):
        store.count_wrong(thing, TODAY - timedelta(weeks=ago))
    await store.close()

    after = await anna.open("/")

    def card(html: str) -> str:
        return html.split("Reported as wrong")[1].split("</section>", maxsplit=1)[0]

    assert "nobody said" in card(before)
    assert '<span class="count">2</span>' in after.split("Reported as wrong")[1]
    assert card(after).index("Helpers") < card(after).index("/desk/text?id=stay/registration")
    assert "call it" in card(after)
    assert "read it again" in card(after)
    assert "line-112" not in card(after)
    assert "gone" not in card(after)

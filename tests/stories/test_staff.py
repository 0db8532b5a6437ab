"""/staff: a link for those on the list, and for everybody else a command like any unknown one."""

from bot import app
from bot.memory import Memory
from bot.simulator import Chat
from bot.store import NoStore
from bot.telegram import build_dispatcher


async def test_staff_answers_those_on_the_list_with_a_link_that_no_preview_opens(library: app.Library) -> None:
    known: set[int] = set()

    def link(telegram: int) -> str | None:
        return "https://desk.example.org/desk/enter?key=abc" if telegram in known else None

    dispatcher = build_dispatcher(lambda: library.screens, NoStore(), Memory(), app.now, link)
    anna = Chat(dispatcher, language_code="ru")
    worker = anna.another(language_code="ru")
    known.add(anna.person.id)

    await anna.command("staff")
    await worker.command("staff")
    seen = worker.text, worker.buttons
    await worker.command("nonsense")

    assert anna.text.endswith("https://desk.example.org/desk/enter?key=abc")
    sent = next(one.params for one in anna.session.requests if "enter?key" in str(one.params.get("text")))
    assert "true" in str(sent["link_preview_options"]).lower()
    assert (worker.text, worker.buttons) == seen

"""The guide as one file, and the card of helplines."""

import pytest

from tests.conftest import Talk


@pytest.mark.parametrize(
    ("code", "menu", "file"), [("ru", "📄 Всё в одном файле", "Карточка"), ("tg", "📄 Ҳама дар як файл", "Корт")]
)
async def test_the_card_is_sent_from_the_menu_and_uploaded_once(talk: Talk, code: str, menu: str, file: str) -> None:
    chat = talk("ru")
    await chat.command("menu")
    await chat.press_old(chat.last.id, f"{code}/menu")

    await chat.press(menu)
    assert "интернет" in chat.text
    for _ in range(2):
        await chat.press(file)

    sent = [request.params["document"] for request in chat.session.requests if request.method == "sendDocument"]
    assert len(sent) == 2
    names = [message.content["document"]["file_name"] for message in chat.messages if message.kind == "document"]
    assert names == [f"card-{code}.pdf"] * 2
    assert len({message.content["document"]["file_id"] for message in chat.messages if message.kind == "document"}) == 1


async def test_all_answers_come_as_one_light_file(talk: Talk) -> None:
    chat = talk("uz")
    await chat.command("menu")

    await chat.press_old(chat.last.id, "uz/guide?all")

    content = chat.world.files[chat.last.content["document"]["file_id"]].content
    assert content.startswith(b"%PDF")
    assert len(content) < 1_000_000


async def test_a_file_we_no_longer_make_leads_to_its_page(talk: Talk) -> None:
    chat = talk("ru")
    await chat.command("menu")

    await chat.press_old(chat.last.id, "ru/guide?old")

    assert chat.title == "Всё в одном файле"

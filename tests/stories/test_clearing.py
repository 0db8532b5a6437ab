"""/hide and its button take the conversation away, say what stays, and greet whoever writes next."""

import pytest
from aiogram import Dispatcher

from bot.app import Library, now
from bot.bot_api import BotApiError
from bot.memory import Memory
from bot.screens import Address
from bot.simulator import Chat, World
from bot.store import NoStore
from bot.telegram import build_dispatcher

CODES = ["kk", "ru", "uz", "uzc", "tg", "en"]
CRIES = {"kk": "көмектесіңіздер", "ru": "помогите", "uz": "yordam bering", "tg": "ёрӣ диҳед", "en": "help me"}


class Phone:
    """A chat in a world whose clock the bot's memory shares, and a restart of the bot."""

    def __init__(self, library: Library, language: str = "ru") -> None:
        self.world, self.library = World(), library
        self.chat = Chat(self._dispatcher(), world=self.world, language_code=language)

    def restart(self) -> None:
        self.chat.dispatcher = self._dispatcher()

    def _dispatcher(self) -> Dispatcher:
        memory = Memory(clock=self.world.now, now=self.world.now)
        return build_dispatcher(lambda: self.library.screens, NoStore(), memory, now)

    def called(self, method: str) -> list[dict[str, object]]:
        return [one.params for one in self.chat.session.requests if one.method == method]


@pytest.fixture
def phone(library: Library) -> Phone:
    return Phone(library)


@pytest.mark.parametrize("code", CODES)
async def test_hide_takes_everything_away_and_leaves_one_neutral_message(library: Library, code: str) -> None:
    language = library.languages[code]
    phone = Phone(library)
    chat = phone.chat
    await chat.command("start")
    await chat.press(language.name)
    await chat.say("SOS")
    await chat.send_photo("меня бьют")
    assert chat.reply_buttons

    await chat.command("hide")

    assert len(chat.messages) == 1
    assert chat.title == language.say("Done.")
    assert chat.reply_buttons == []
    assert "112" not in chat.text


@pytest.mark.parametrize("code", CODES)
async def test_the_button_on_a_safety_screen_does_the_same(library: Library, code: str) -> None:
    language = library.languages[code]
    chat = Phone(library).chat
    await chat.command("menu")
    for address in ("now", "now?a", "now?m", "help", "z5", "s6#steps", "k2"):
        await chat.press_old(chat.last.id, f"{code}/{address}")
        assert language.say("Clear this chat") in chat.buttons, address

    await chat.press(language.say("Clear this chat"))

    assert [message.title for message in chat.messages] == [language.say("Done.")]
    assert not chat.is_waiting


async def test_more_than_a_hundred_messages_go_in_calls_of_a_hundred(phone: Phone) -> None:
    for _ in range(55):
        await phone.chat.say("/privacy")

    await phone.chat.command("hide")

    assert [len(call["message_ids"]) for call in phone.called("deleteMessages")] == [100, 11]  # type: ignore[arg-type]
    assert len(phone.chat.messages) == 1


async def test_what_is_older_than_two_days_is_reworded_where_telegram_allows_and_the_rest_is_said(phone: Phone) -> None:
    chat = phone.chat
    await chat.say("SOS")
    await chat.command("language")
    phone.world.pass_time(days=3)
    await chat.say("помогите")

    await chat.command("hide")

    old = [message.text for message in chat.messages if message.is_from_bot]
    assert old[:-1] == ["Здравствуйте!", "Здравствуйте!"]
    assert all(not message.rows for message in chat.messages[:-1])
    assert "Сообщения старше двух дней я удалить не могу." in chat.text


async def test_fresh_dice_do_not_save_the_other_messages(phone: Phone) -> None:
    await phone.chat.say("SOS")
    await phone.chat.send_dice()
    await phone.chat.say("помогите")

    await phone.chat.command("hide")

    assert [message.kind for message in phone.chat.messages] == ["dice", "text"]


async def test_after_a_restart_the_bot_says_what_it_may_no_longer_know_and_shows_the_taps(phone: Phone) -> None:
    chat = phone.chat
    await chat.say("SOS")
    phone.restart()

    await chat.press("Очистить чат")

    assert "Я помню не все прежние сообщения. Посмотрите, не осталось ли их выше." in chat.text
    assert "Удалить чат" in chat.text
    assert [message.text for message in chat.messages[:-1]] == ["SOS"]  # the pressed message itself was known


async def test_who_had_to_make_room_for_others_is_told_that_messages_may_be_left(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.memory.trail.MOST_CHATS", 16)
    phone = Phone(library)
    phone.world.pass_time(days=9)
    await phone.chat.say("SOS")
    for _ in range(16):
        phone.world.pass_time(hours=1)
        await phone.chat.another(language_code="ru").say("SOS")

    await phone.chat.command("hide")

    assert "Я помню не все прежние сообщения." in phone.chat.text
    assert phone.chat.messages[0].text == "SOS"


async def test_a_bot_that_runs_for_long_does_not_speak_of_what_it_forgot(phone: Phone) -> None:
    phone.world.pass_time(days=9)
    await phone.chat.say("SOS")

    await phone.chat.command("hide")

    assert phone.chat.text == "Готово.\n\nУбрать и сам чат: имя чата → Удалить чат."


@pytest.mark.parametrize("code", CODES)
async def test_one_tap_further_stands_what_stays_and_how_to_clear_it(library: Library, code: str) -> None:
    language = library.languages[code]
    chat = Phone(library).chat
    await chat.command("hide")
    await chat.press_old(chat.last.id, f"{code}/done#more")

    assert chat.text.count("→") >= 5
    await chat.press(language.say("Clear this chat"))

    assert [message.title for message in chat.messages] == [language.say("Done.")]


async def test_telegram_away_in_the_middle_still_ends_in_the_neutral_message(phone: Phone) -> None:
    await phone.chat.say("SOS")
    phone.chat.session.fail_next(BotApiError(500, "Internal Server Error"), on="deleteMessages")

    await phone.chat.command("hide")

    assert phone.chat.title == "Готово."
    assert "Жизнь в опасности" not in "".join(message.text for message in phone.chat.messages)


@pytest.mark.parametrize("language", CRIES)
async def test_after_clearing_a_call_for_help_gets_numbers_alone_silently(library: Library, language: str) -> None:
    phone = Phone(library, language)
    await phone.chat.command("hide")

    await phone.chat.say(CRIES[language])

    assert phone.chat.title == library.languages[language].say("Contacts")
    assert phone.chat.text.split("\n\n")[1] == "112 · 102 · 103 · 111"
    assert phone.called("sendMessage")[-1]["disable_notification"] is True
    await phone.chat.press(phone.chat.buttons[4])
    assert "111" in phone.chat.text
    assert len(phone.chat.text) > 100


@pytest.mark.parametrize("language", CRIES)
@pytest.mark.parametrize("said", ["что здесь было?", "/menu", "не платят зарплату", "/help", "☎ Контакты"])
async def test_after_clearing_anything_else_gets_a_neutral_greeting_once(
    library: Library, language: str, said: str
) -> None:
    phone = Phone(library, language)
    await phone.chat.command("hide")

    await phone.chat.say(said)

    hello = phone.chat.title
    is_number = said in ("/help", "☎ Контакты")
    assert ("112" in phone.chat.text) is is_number
    await phone.chat.say("/privacy")
    assert phone.chat.title != hello


async def test_after_clearing_a_voice_is_greeted_too(phone: Phone) -> None:
    await phone.chat.command("hide")

    await phone.chat.send_voice()

    assert phone.chat.title.startswith("Здравствуйте!")


async def test_the_numbers_come_with_the_model_broken(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise MemoryError

    await phone.chat.command("hide")
    monkeypatch.setattr(phone.library.screens, "_matcher", type("Broken", (), {"match": broken})())

    await phone.chat.say("помогите")

    assert phone.chat.title == "Контакты"


async def test_in_a_group_hide_deletes_nothing_and_says_one_line(phone: Phone) -> None:
    group = phone.chat.in_group(is_bot_admin=True)
    me = await group.bot.me()

    await group.say(f"/hide@{me.username}")

    assert group.text == "Я отвечаю только в личном чате."
    assert phone.called("deleteMessages") == []


async def test_a_button_pressed_in_a_group_shows_no_answer_there(phone: Phone) -> None:
    group = phone.chat.in_group()
    me = await group.bot.me()
    await group.say(f"@{me.username} привет")

    for data in ("ru/now", "ru/now?a", "ru/z5", "ru/stay/registration", "ru/done"):
        await group.press_old(group.last.id, data)

    assert group.toasts == ["Я отвечаю только в личном чате."] * 5
    assert [message.text for message in group.messages if message.is_from_bot] == ["Я отвечаю только в личном чате."]


async def test_two_people_clear_only_their_own_chat(phone: Phone) -> None:
    other = phone.chat.another(language_code="ru")
    await other.say("SOS")
    await phone.chat.say("SOS")

    await phone.chat.command("hide")

    assert len(other.messages) == 2


async def test_every_safety_screen_comes_silently_awaited_and_without_a_preview(phone: Phone) -> None:
    for said in ("SOS", "/start ru_z5", "меня держат взаперти", "/start ru_now"):
        await phone.chat.say(said)
        sent = phone.called("sendMessage")[-1]
        assert sent["disable_notification"] is True
        assert sent["link_preview_options"] == {"is_disabled": True}

    known = phone.chat.dispatcher["memory"].trails.of(phone.chat.person.id)
    assert {message.id for message in phone.chat.messages} == {one.id for one in known}


@pytest.mark.parametrize("code", CODES)
async def test_nothing_a_stranger_sees_of_a_safety_button_names_danger(library: Library, code: str) -> None:
    words = ("опасн", "полиц", "насил", "рабств", "danger", "police", "хатар", "xavf", "politsiya", "қауіп", "хавф")
    for door in ("", *"abcdefghim"):
        screen = library.screens.at(Address("now", (door,) if door else ()), code)
        for button in (one for row in screen.rows for one in row):
            assert not any(word in button.label.lower() for word in words), button
            path = button.data.partition("/")[2].partition("?")[0]
            assert not any(word == path for word in ("hide", "danger", "trafficking")), button
        assert not any(word in screen.text.split("\n")[0].lower() for word in words) or door


async def test_telegrams_own_line_in_a_cleared_chat_does_not_use_the_greeting_up(phone: Phone) -> None:
    await phone.chat.command("hide")

    await phone.chat.send_timer()
    await phone.chat.say("помогите")

    assert phone.chat.title == "Контакты"


async def test_after_forget_the_bot_says_that_it_does_not_know_all_messages_from_before(phone: Phone) -> None:
    phone.world.pass_time(days=9)
    await phone.chat.say("SOS")
    await phone.chat.command("forget")

    await phone.chat.command("hide")

    assert "Я помню не все прежние сообщения." in phone.chat.text

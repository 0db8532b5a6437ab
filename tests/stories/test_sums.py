"""Counting days, prices and debts in a conversation: by taps, by typing, and with answers that are none."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import today
from bot.memory import AWAITED_SECONDS, Memory
from bot.simulator import Chat
from bot.store import open_store, read_report
from tests.conftest import Talk


async def opened(chat: Chat, data: str) -> None:
    """Press a button with this data, as from an older message."""
    await chat.command("menu")
    await chat.press_old(chat.last.id, data)


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("language", "button", "country", "day", "last"),
    [
        ("ru", "🔢 Посчитать мои дни", "Узбекистан", "Сегодня", "Осталось, считая сегодня: 30 дней"),
        ("kk", "🔢 Күндерімді санау", "Өзбекстан", "Бүгін", "Бүгінді қосқанда қалды: 30 күн"),
        ("tg", "🔢 Шумурдани рӯзҳоям", "Ӯзбекистон", "Имрӯз", "Бо имрӯз мондааст: 30 рӯз"),
    ],
)
async def test_the_days_of_a_stay_are_counted_by_three_taps(
    talk: Talk, language: str, button: str, country: str, day: str, last: str
) -> None:
    chat = talk(language)
    await opened(chat, f"{language}/stay/how-long")

    await chat.press(button)
    await chat.press(country)
    await chat.press(day)

    assert last in chat.text
    assert "21.11.2026" in chat.text, "it says when its figures were checked"


@pytest.mark.parametrize(
    ("language", "typed", "back"),
    [("ru", "вчера", 1), ("uz", "3 kun oldin", 3), ("kk", "кеше", 1), ("tg", "дирӯз", 1), ("en", "2 days ago", 2)],
)
async def test_the_day_of_entry_may_be_typed(talk: Talk, language: str, typed: str, back: int) -> None:
    chat = talk(language)
    await opened(chat, f"{language}/sum/stay?uz")

    await chat.say(typed)

    assert f"{today() - timedelta(back):%d.%m.%Y}" in chat.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31.04.2026", "Такого дня нет"),
        ("12.13.2026", "Такого дня нет"),
        ("99 99 99", "Такого дня нет"),
        ("1.1.2099", "ещё не наступил"),
        ("1.1.1999", "в этих пределах"),
    ],
)
async def test_a_day_that_cannot_be_gets_a_sentence_and_another_try(talk: Talk, typed: str, said: str) -> None:
    chat = talk("ru")
    await opened(chat, "ru/sum/stay?kg")

    await chat.say(typed)
    assert said in chat.text
    assert "Сегодня" in chat.buttons
    await chat.say("вчера")

    assert "Осталось, считая сегодня: 89 дней" in chat.text


async def test_earlier_stays_are_added_by_tapping_and_typing_and_take_their_days(talk: Talk) -> None:
    chat = talk("ru")
    entry, begin, end = (today() - timedelta(back) for back in (0, 50, 41))
    await opened(chat, "ru/sum/stay?kg")
    await chat.say(f"{entry:%d.%m.%Y}")
    assert "90 дней" in chat.text

    await chat.press("Добавить прошлую поездку")
    await chat.say(f"{begin:%d.%m.%Y}")
    assert "в какой день уехали" in chat.text
    await chat.say(f"{begin - timedelta(5):%d.%m.%Y}")
    assert "в этих пределах" in chat.text
    await chat.say(f"{end:%d.%m.%Y}")

    assert "Осталось, считая сегодня: 80 дней" in chat.text


async def test_somebody_whose_days_are_over_is_sent_to_a_lawyer_first(talk: Talk) -> None:
    chat = talk("uz")
    await opened(chat, "uz/sum/stay?uz")

    await chat.say(f"{today() - timedelta(60):%d.%m.%Y}")

    assert "Yurist bilan gaplashmasdan idoraga bormang" in chat.text
    assert "Bepul yurist" in chat.buttons or any("yurist" in label.lower() for label in chat.buttons)


@pytest.mark.parametrize(("language", "entered"), [("ru", "Я въехал(а) в Казахстан"), ("uz", "Qozogʻistonga kirdim")])
async def test_the_last_day_to_register_names_its_rule_and_its_doubt(talk: Talk, language: str, entered: str) -> None:
    chat = talk(language)
    await opened(chat, f"{language}/sum/registration")

    await chat.press(entered)
    await chat.say("10.11.2026" if today().year == 2026 else f"{today():%d.%m.%Y}")

    assert "2026" in chat.text
    assert {"ru": "официальный текст", "uz": "rasmiy matn"}[language] in chat.text


@pytest.mark.parametrize(
    ("language", "months", "refused"),
    [("ru", "3 месяца", "Сумму в тенге пока назвать нельзя"), ("kk", "3 ай", "Теңгемен әзірге айта алмаймыз")],
)
async def test_a_price_into_a_year_without_an_index_is_said_in_indices(
    talk: Talk, language: str, months: str, refused: str
) -> None:
    chat = talk(language)

    await opened(chat, f"{language}/sum/price?8z.3")  # from December 2026, three months

    assert months in chat.text
    assert "12" in chat.text
    assert refused in chat.text
    assert "51 900" not in chat.text


@pytest.mark.parametrize(
    ("language", "pay"), [("ru", "250 тыс"), ("tg", "250 ҳазор"), ("uz", "250 ming"), ("kk", "250 мың")]
)
async def test_a_debt_is_summed_and_its_penalty_honestly_not(talk: Talk, language: str, pay: str) -> None:
    chat = talk(language)
    await opened(chat, f"{language}/sum/wages")

    await chat.say(pay)
    await chat.press(chat.buttons[3])  # the fourth month back
    await chat.press("3")

    assert "750 000 ₸" in chat.text.replace("\xa0", " ")
    assert "1,25" in chat.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [("-250000", "больше нуля"), ("0", "больше нуля"), ("9" * 30, "слишком большая"), ("12.12.12", "прочитать сумму")],
)
async def test_a_sum_that_cannot_be_gets_a_sentence_and_another_try(talk: Talk, typed: str, said: str) -> None:
    chat = talk("ru")
    await opened(chat, "ru/sum/wages")

    await chat.say(typed)
    assert said in chat.text
    await chat.say("250000")

    assert "За какой месяц" in chat.text


async def test_a_part_that_was_paid_is_taken_off_and_cannot_exceed_the_debt(talk: Talk) -> None:
    chat = talk("ru")
    await opened(chat, "ru/sum/wages?250000.8w.2")
    await chat.press("Часть заплатили")

    await chat.say("600000")
    assert "слишком большая" in chat.text
    await chat.say("100 000")

    assert "400 000 ₸" in chat.text.replace("\xa0", " ")


async def test_a_question_or_a_cry_is_answered_though_a_day_is_awaited(talk: Talk) -> None:
    chat = talk("ru")
    await opened(chat, "ru/sum/stay?uz")
    await chat.say("помогите, нас заперли и бьют 3 дня")
    assert "112" in chat.text
    assert "штампе" not in chat.text

    await opened(chat, "ru/sum/stay?uz")
    await chat.say("где мне зарегистрироваться?")

    assert "Регистрация" in chat.text


async def test_after_some_minutes_or_a_restart_a_typed_day_is_an_ordinary_message(talk: Talk) -> None:
    clock = [0.0]
    memory = Memory(lambda: clock[0])
    chat = talk("ru", memory=memory)
    await opened(chat, "ru/sum/stay?uz")
    result = chat.last.id
    clock[0] += AWAITED_SECONDS + 1

    await chat.say("вчера")
    assert "Осталось" not in chat.text
    await chat.press_old(result, "ru/sum/stay?uz")
    await chat.say("вчера")

    assert "Осталось" in chat.text, "the old button asks again"


@pytest.mark.parametrize("cry", ["бьют сегодня", "112", "вчера меня заперли", "2 дня не кормят и бьют", "убьют завтра"])
@pytest.mark.parametrize("data", ["ru/sum/stay?uz", "ru/sum/wages"])
async def test_no_cry_is_taken_for_a_day_or_a_sum(talk: Talk, cry: str, data: str) -> None:
    chat = talk("ru")
    await opened(chat, data)

    await chat.say(cry)

    assert chat.text.startswith("☎ 112")


async def test_nothing_of_a_sum_is_written_anywhere(
    talk: Talk, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    url = f"sqlite:///{tmp_path / 'safar.db'}"
    store = open_store(url, pytest.fail)
    chat = talk("ru", store=store)
    entry = today() - timedelta(17)
    await opened(chat, "ru/sum/stay?uz")
    await chat.say(f"{entry:%d.%m.%Y}")
    token = next(one.value for row in chat.last.rows for one in row if one.label == "Добавить прошлую поездку")
    await opened(chat, "ru/sum/wages")
    await chat.say("271828")
    await chat.press(chat.buttons[2])
    await chat.send_location(42.31718, 69.59043)
    await store.flush()

    written = everything_in(tmp_path) + caplog.text.encode()

    marks = ["271828", "271 828", f"{entry:%d.%m.%Y}", entry.isoformat(), token.split(".")[1], "42.31718", "69.59043"]
    for mark in (*marks, "Aibek", str(chat.person.id)):
        assert mark.encode() not in written, mark
    await store.close()
    assert read_report(url) == []

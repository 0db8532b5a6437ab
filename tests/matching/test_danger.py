"""A call for help is known by plain rules, whatever else is broken."""

import subprocess
import sys

import pytest

from bot.matching.danger import is_call_for_help

CALLS = [
    "112", "1-1-2", "SOS", "S O S", "с.о.с", "🆘", "help", "HELP!!!", "help me please", "hеlp", "heeelp", "помогите",
    "Помоги мне", "памагите", "спасите", "ПОМОГИТЕ ПОЖАЛУЙСТА СРОЧНО", "п о м о г и т е", "pomogite", "көмек",
    "комек керек", "көмектесіңдер", "құтқарыңдар", "kömek", "yordam", "ёрдам", "yordam bering", "yordam kerak tez",
    "qutqaring", "кӯмак", "кумак кунед", "ёрӣ диҳед", "наҷот диҳед", "нас заперли и не выпускают",
    "они держат нас взаперти", "муж бьет меня", "хозяин сказал что убьет меня", "меня изнасиловали", "не хочу жить",
    "они заставляют девушек работать, их продали", "человек упал с крыши, без сознания", "they locked us in",
    "my boss beats me", "he will kill me", "i want to die", "she was sold to a man",
    "he fell from the roof and is not breathing", "бізді қамап қойды", "мені ұрып жатыр",
    "өлтіремін деп қорқытып жатыр", "өмір сүргім келмейді", "bizni qamab qo'yishdi", "бизни камаб куйишди",
    "erim meni uryapti", "o'ldiraman deyapti", "yashagim kelmayapti", "моро қулф карданд", "маро мезанад",
    "мекушам мегӯяд", "дигар зиндагӣ намехоҳам", "бала қайыр сұратуға мәжбүр", "ubivayut pomogite", "Kömektesiñder",
]  # fmt: skip

ORDINARY = [
    "", "?", "😀", "регистрация помогите", "ИИН help",
    "Где сделать регистрацию?", "помогите заполнить заявление", "помогите с патентом",
    "какой штраф за драку", "сколько лет дают за торговлю людьми", "как получить охранный ордер",
    "хозяин забрал паспорт", "зарплату не дают", "police checked my documents", "help me find a job",
    "what is the fine for a fight", "how much is an ambulance", "айыппұл қанша", "полиция құжат тексереді ме",
    "jarima qancha", "politsiya hujjat tekshirsa nima qilaman", "ҷарима чанд пул", "ёрдам пули борми",
    "112 қанша тілде сөйлейді", "квота кончилась", "work as a security guard", "работа охранником вакансия",
    "күзетші болып жұмыс", "как перевезти тело домой",
]  # fmt: skip


@pytest.mark.parametrize("text", CALLS)
def test_a_call_for_help_is_known_by_the_list_alone(text: str) -> None:
    assert is_call_for_help(text)


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_question_is_no_call(text: str) -> None:
    assert not is_call_for_help(text)


def test_it_needs_no_numpy_no_content_no_weights_and_no_settings_of_the_machine() -> None:
    code = (
        "import sys; sys.modules['numpy'] = None; sys.modules['bot.content'] = None\n"
        "from bot.matching.danger import is_call_for_help\n"
        "assert is_call_for_help('помогите') and not is_call_for_help('где регистрация')"
    )

    strict = ("-X", "warn_default_encoding", "-W", "error")  # a file read in the encoding of the machine is a mistake
    assert subprocess.run([sys.executable, *strict, "-c", code], check=False).returncode == 0


def test_a_cry_inside_a_long_text_is_cut_with_it() -> None:
    assert not is_call_for_help("а" * 100_000 + " помогите")

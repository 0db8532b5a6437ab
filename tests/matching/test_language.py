"""Languages told apart by the bot's own texts and a few sentences of ours."""

import pytest

from bot.content import Content
from bot.matching.language import LanguageModel
from bot.matching.learning import prose
from bot.matching.learning.languages import learn
from bot.matching.spelling import script_of


@pytest.fixture(scope="module")
def told(real: Content) -> LanguageModel:
    return learn(prose(real))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("мне не платят зарплату", "ru"),
        ("mne ne platyat zarplatu", "ru"),
        ("маған айлық бермей жатыр", "kk"),
        ("maghan ailyq bermei jatyr", "kk"),
        ("маган айлык бермей жатыр", "kk"),
        ("menga oylik bermayapti", "uz"),
        ("менга ойлик бермаяпти", "uz"),
        ("менга ойлик бермаяпти қачон берар экан", "uz"),
        ("ба ман маош намедиҳанд", "tg"),
        ("ba man maosh namedihand", "tg"),
        ("they do not pay me", "en"),
        ("регистрация даркор аст?", "tg"),
        ("мага айлык бербей жатышат эмне кылам", "kk"),
        ("maaşımı vermiyorlar ne yapmalıyım", "uz"),
        ("маған не ислеў керек айлығымды бермей атыр", "kk"),
        ("مەن قازاقستاندا جۇمىس ىستەيمىن", "kk"),
        ("کار می‌کنم ولی پول نمی‌دهند", "tg"),
    ],
)
def test_a_short_sentence_is_enough(told: LanguageModel, text: str, language: str) -> None:
    assert told.guess(text).language == language


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("где", "Cyrl"),
        ("where", "Latn"),
        ("қайда where is it", "Latn"),
        ("قايدا", "Arab"),
        ("在哪里", "Hani"),
        ("कहाँ", "Deva"),
        ("112", "Zyyy"),
    ],
)
def test_the_script_is_the_one_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script


def test_the_chosen_language_wins_where_words_say_nothing(told: LanguageModel) -> None:
    assert told.guess("112", "tg").language == "tg"
    assert told.guess("😀", "uz").language == "uz"


def test_languages_that_no_text_is_in_are_learned_from_the_seeds_alone() -> None:
    model = learn({"ru": ["где мне сделать регистрацию"], "en": ["where do i register"]})

    assert model.guess("где сделать регистрацию").language == "ru"

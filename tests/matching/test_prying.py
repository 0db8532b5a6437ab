"""Questions about other people are known as such, and no question of one's own is taken for one."""

import re
from pathlib import Path

import pytest
import yaml

from bot.content import Content
from bot.matching.fold import fold_words
from bot.matching.prying import is_prying
from bot.settings import ROOT

PRYING = {
    "ru": ["Кто спрашивал?", "кто тебе писал", "Азиза вам писала?", "писала ли вам моя жена", "кто там работает",
           "как зовут сотрудницу приюта", "кто охраняет приют", "покажи переписку моей работницы",
           "я полицейский, скажите кто обращался", "kto vam pisal", "сколько человек спрашивали про нашу стройку"],
    "en": ["Who asked?", "who wrote to you", "did Aziza write to you", "has anyone from our site asked",
           "who works there", "who guards the shelter", "show me her messages", "did my worker complain about me"],
    "kk": ["кім сұрады?", "саған кім жазды", "Азиза сізге жазды ма", "онда кім жұмыс істейді",
           "баспананы кім күзетеді", "мен полициямын, кім хабарласты айтыңыз", "оның хабарламаларын көрсет"],
    "uz": ["kim soʻradi?", "senga kim yozdi", "Aziza sizga yozdimi", "Азиза сизга ёздими", "u yerda kim ishlaydi",
           "boshpanani kim qoʻriqlaydi", "men politsiyachiman, kim murojaat qildi ayting", "uning xabarlarini koʻrsat"],
    "tg": ["кӣ пурсид?", "ба ту кӣ навишт", "Азиза ба шумо навишт?", "дар он ҷо кӣ кор мекунад",
           "паноҳгоҳро кӣ посбонӣ мекунад", "ман полисам, гӯед кӣ муроҷиат кард", "паёмҳои ӯро нишон деҳ"],
}  # fmt: skip


@pytest.mark.parametrize("question", [question for questions in PRYING.values() for question in questions])
def test_a_question_about_others_is_known(question: str) -> None:
    assert is_prying(question, fold_words(question))


@pytest.mark.parametrize(
    "cry",
    ["помогите", "кто там работает, нас бьют и не выпускают", "", "кто", "who wrote to you? help me they lock me in"],
)
def test_danger_goes_first(cry: str) -> None:
    assert not is_prying(cry, fold_words(cry))


def test_no_question_that_people_ask_for_themselves_is_taken_for_prying(real: Content) -> None:
    asked = [question for text in real.texts.values() for question in text.asked]
    for path in Path(ROOT / "tests" / "questions").glob("*/*.yaml"):
        asked += re.findall(r"[^\n]+", path.read_text(encoding="utf-8"))
    calls = yaml.safe_load((ROOT / "bot" / "matching" / "calls.yaml").read_text(encoding="utf-8"))
    asked += [sentence for language in calls.values() for kind in language.values() for sentence in kind]

    assert [question for question in asked if is_prying(question, fold_words(question))] == []

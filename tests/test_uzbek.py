"""Uzbek in Cyrillic from Uzbek in Latin: the rules, the list of words, and what stays as it is."""

import re

import pytest

from bot.content import Content
from bot.locales import Languages
from bot.uzbek import to_cyrillic


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Oʻzbekiston Respublikasi", "Ўзбекистон Республикаси"),
        ("O'zbekiston", "Ўзбекистон"),
        ("roʻyxatdan oʻtish", "рўйхатдан ўтиш"),
        ("yoʻl haqi toʻlanmadi", "йўл ҳақи тўланмади"),
        ("maʼlumot, sanʼat, eʼlon", "маълумот, санъат, эълон"),
        ("Is'hoq", "Исҳоқ"),
        ("eshik, poeziya, mehnat, Yevropa", "эшик, поэзия, меҳнат, Европа"),
        ("SHAHAR, Shahar, YOʻQ", "ШАҲАР, Шаҳар, ЙЎҚ"),
        ("yil, ayol, yosh, yulduz, qiyin", "йил, аёл, ёш, юлдуз, қийин"),
        ("choy, gʻalla, jigar, xona", "чой, ғалла, жигар, хона"),
        ("1-iyun", "1-июн"),
    ],
)
def test_a_word_is_spelled_by_the_rules(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin, {}) == cyrillic


def test_a_word_of_the_list_keeps_its_own_spelling_and_its_endings_follow_the_rules() -> None:
    words = {"sentabr": "сентябрь", "politsiya": "полиция", "telegram": "telegram"}

    assert to_cyrillic("Politsiyadan 5-sentabr", words) == "Полициядан 5-сентябрь"
    assert to_cyrillic("POLITSIYA", words) == "ПОЛИЦИЯ"
    assert to_cyrillic("Telegram orqali", words) == "Telegram орқали"


def test_facts_links_tags_and_web_addresses_stay_as_they_are() -> None:
    text = "{host_days:asof} ichida [bu yerda](permits/which), egov.kz, <b>ish</b>, https://a.kz/b"

    spelled = to_cyrillic(text, {})

    assert spelled == "{host_days:asof} ичида [бу ерда](permits/which), egov.kz, <b>иш</b>, https://a.kz/b"


def test_spelling_twice_changes_nothing() -> None:
    once = to_cyrillic("Oʻzbekiston fuqarolari uchun maʼlumot", {})

    assert to_cyrillic(once, {}) == once


def test_no_latin_word_is_left_in_the_cyrillic_texts_but_names(real: Content, languages: Languages) -> None:
    kept = {word for word, spelled in languages["uzc"].words.items() if word == spelled}
    left = set()

    for (_, language), text in real.texts.items():
        if language != "uzc":
            continue
        for passage in (text.title, text.short, *text.parts.values()):
            plain = re.sub(r"\{[^}]*\}|\]\([^)]*\)|https?://\S+|\b[\w.-]+\.(?:kz|uz|com|org)\S*", " ", passage)
            left |= {word.lower() for word in re.findall(r"[A-Za-z]{2,}", plain)}

    assert left <= kept

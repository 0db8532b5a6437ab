"""Notices come and go by their days, in all languages or in none."""

from datetime import date
from pathlib import Path

import pytest

from bot import content
from bot.content import Spelling
from tests.conftest import TODAY

GOOD = """
raid:
  from: 2026-11-20
  until: 2026-12-01
  topic: stay/registration
  kk: Рейд жүріп жатыр.
  ru: Идут проверки.
  uz: Tekshiruvlar boʻlyapti.
  tg: Тафтишҳо мегузаранд.
  en: Checks are going on.
"""


def test_a_notice_stands_from_its_first_to_its_last_day(folder: Path, spellings: dict[str, Spelling]) -> None:
    (folder / "notices.yaml").write_text(GOOD, encoding="utf-8")
    found = content.load(folder, spellings)

    shown = [
        bool(found.news("ru", day))
        for day in (date(2026, 11, 19), date(2026, 11, 20), date(2026, 12, 1), date(2026, 12, 2))
    ]

    assert shown == [False, True, True, False]
    assert found.news("uzc", TODAY) == [("Текширувлар бўляпти.", "stay/registration")]
    assert not found.mistakes


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  tg: Тафтишҳо мегузаранд.\n", "", "`tg` is missing"),
        ("until: 2026-12-01", "until: 2026-11-01", "ends before it begins"),
        ("until: 2026-12-01", "until: soon", "are dates"),
        ("stay/registration", "stay/nowhere", "is no topic"),
        ("from:", "since:", "`from` is missing"),
    ],
)
def test_a_broken_notice_is_named_and_the_last_good_one_stays(
    folder: Path, spellings: dict[str, Spelling], old: str, new: str, said: str
) -> None:
    (folder / "notices.yaml").write_text(GOOD, encoding="utf-8")
    good = content.load(folder, spellings)
    (folder / "notices.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")

    at_start, while_running = content.load(folder, spellings), content.load(folder, spellings, good)

    assert at_start.notices == {}
    assert while_running.notices == good.notices
    assert any(said in str(mistake) and mistake.line > 1 for mistake in at_start.mistakes)

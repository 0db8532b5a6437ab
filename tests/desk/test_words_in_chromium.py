"""Words and flows in a real browser: a word, a phrase and a question of a flow are mended, tried and published."""

import asyncio
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from bot.desk.drafts import mark
from tests.chromium import complaints, driver, needs_chromium, press, wait
from tests.desk.browser import found_serious, key, sign_in, too_wide
from tests.desk.test_flows import MAP, WORDS

__all__ = ["driver", "key"]

pytestmark = needs_chromium

CHOOSE = f"/phrase?language=ru&of=messages&id={mark('Choose your language.')}"
FLOW = "/flow?topic=stay/registration&language=ru"
AT_MAP = "/flow/map?topic=stay/registration"
PAGES = ("/files", "/phrases?language=uz", CHOOSE, "/meanings", "/meaning?id=register", "/meaning", "/danger", "/asked",
         FLOW, FLOW.replace("ru", "uz"), AT_MAP)  # fmt: skip
SCANNED = (*PAGES, "/preview/walk?topic=stay/registration&language=ru")


@pytest.fixture
def folder(folder: Path) -> Path:
    for name, words in (("flow.yaml", MAP), ("flow.ru.yaml", WORDS)):
        (folder / "stay" / "registration" / name).write_text(words, encoding="utf-8")
    (folder / "lexicon.yaml").write_text("register: [регистрац*, прописк*, ro'yxat*]\n", encoding="utf-8")
    return folder


def type_over(driver: Chrome, name: str, words: str) -> None:
    field = driver.find_element(By.NAME, name)
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", field)
    field.clear()
    field.send_keys(words)


async def test_a_word_a_phrase_and_a_question_are_mended_tried_and_published(
    driver: Chrome, origin: str, key: str
) -> None:
    def evening() -> None:
        sign_in(driver, origin, key)
        wait(driver, "h1", "What needs me")

        driver.get(f"{origin}/desk{CHOOSE}")
        wait(driver, "textarea")
        type_over(driver, "s.0", "Ваш язык?")
        driver.switch_to.frame("preview")
        wait(driver, ".bubble mark", "Ваш язык?")
        driver.switch_to.default_content()
        press(driver, "button[value=draft]")
        wait(driver, ".notice.good", "Kept")

        driver.get(f"{origin}/desk/meaning?id=register")
        type_over(driver, "w.kk", "тіркеубай*")
        press(driver, "form button.main")
        wait(driver, ".notice.good", "Kept")
        type_over(driver, "question", "тіркеубайға барам")
        press(driver, "section.card form button")
        wait(driver, "section.card h2", "With the drafts")
        wait(driver, "section.card + section.card pre", "register (")

        driver.get(f"{origin}/desk{AT_MAP}")
        press(driver, "svg.flow a[href='#q-what']")
        assert driver.current_url.endswith("#q-what")
        press(driver, "select[name='t.questions.what.b'] option[value='end:work']")
        press(driver, "button.main")
        wait(driver, ".notice.good", "Kept")

        driver.get(f"{origin}/desk{FLOW}")
        type_over(driver, "f.questions.what.ask", "Чем вы заняты?")
        press(driver, "button[value=draft]")
        wait(driver, ".notice.good", "Kept")
        driver.switch_to.frame(driver.find_element(By.CSS_SELECTOR, "iframe.phone"))
        driver.find_element(By.LINK_TEXT, "Здесь").click()
        wait(driver, ".bubble", "Чем вы заняты?")
        driver.find_element(By.LINK_TEXT, "Ничего").click()
        wait(driver, ".bubble", "Вы работаете")
        driver.switch_to.default_content()

        driver.get(f"{origin}/desk/publish")
        assert len(driver.find_elements(By.CSS_SELECTOR, "section.draft")) == 4
        press(driver, "main button.main")
        wait(driver, ".notice.good", "The bot says it now")
        assert [line for line in complaints(driver) if "favicon" not in line] == []

    await asyncio.to_thread(evening)


async def test_nothing_sticks_out_on_a_phone(driver: Chrome, origin: str, key: str) -> None:
    def look() -> list[str]:
        sign_in(driver, origin, key)
        return too_wide(driver, origin, PAGES)

    assert await asyncio.to_thread(look) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_scanner_finds_nothing_serious(driver: Chrome, origin: str, key: str, theme: str) -> None:
    def scan() -> str:
        sign_in(driver, origin, key)
        return found_serious(driver, theme, origin, SCANNED)

    assert await asyncio.to_thread(scan) == ""

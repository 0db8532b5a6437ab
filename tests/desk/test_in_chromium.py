"""The desk in a real browser: a Tuesday evening, a phone's width, and what a scanner of accessibility says."""

import asyncio

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from bot.desk.drafts import mark
from bot.desk.visit import Desk
from tests.chromium import complaints, driver, needs_chromium, press, wait
from tests.desk.browser import found_serious, key, sign_in, too_wide

__all__ = ["driver", "key"]

pytestmark = needs_chromium
PAGES = ("/", "/texts", "/text?id=stay/registration&language=uz", "/facts", "/fact?id=host_days", "/places",
         "/place?id=helpers", "/files", "/translators", "/publish", "/history", "/people", "/audit")  # fmt: skip


async def test_a_tuesday_evening_from_sign_in_to_the_sentence_in_the_chat(
    driver: Chrome, origin: str, key: str
) -> None:
    def evening() -> None:
        sign_in(driver, origin, key)
        wait(driver, "h1", "What needs me")
        assert "key=" not in driver.current_url

        driver.get(f"{origin}/desk/text?id=stay/registration&language=ru")
        wait(driver, ".field .chip", "3 рабочих дня")
        field = driver.find_element(By.CSS_SELECTOR, ".field")
        driver.execute_script("arguments[0].firstChild.data = 'Хозяин жилья сообщает за **'", field)
        driver.execute_script("arguments[0].dispatchEvent(new Event('input', {bubbles: true}))", field)
        driver.switch_to.frame("preview")
        wait(driver, ".bubble", "Хозяин жилья сообщает за 3 рабочих дня")
        driver.switch_to.default_content()
        press(driver, "button[value=draft]")
        wait(driver, ".notice.good", "Kept")

        driver.get(f"{origin}/desk/fact?id=host_days")
        value = driver.find_element(By.NAME, "0.value")
        value.clear()
        value.send_keys("5")
        press(driver, "button[value=look]")
        wait(driver, ".reads ins", "5")
        press(driver, "button[value=save]")
        wait(driver, ".notice.good", "Kept")

        driver.get(f"{origin}/desk/publish")
        driver.find_element(By.NAME, "why").send_keys("the law changed")
        press(driver, "main button.main")
        wait(driver, ".notice.good", "The bot says it now")

        driver.get(f"{origin}/desk/try")
        driver.switch_to.frame(driver.find_element(By.CSS_SELECTOR, "iframe.chat"))
        wait(driver, ".start", "START")
        press(driver, ".phone .start")
        wait(driver, ".messages", "Русский")
        area = driver.find_element(By.CSS_SELECTOR, ".phone textarea")
        area.send_keys("Регистрация\n")
        wait(driver, ".message .words", "Хозяин жилья сообщает за 5 рабочих дней.")
        assert [line for line in complaints(driver) if "favicon" not in line] == []

    await asyncio.to_thread(evening)


async def test_nothing_sticks_out_on_a_phone(driver: Chrome, origin: str, key: str, desk: Desk) -> None:
    unit = ("content/stay/registration/uz.md", "")
    words = desk.drafts.words(unit)
    desk.drafts.save(
        unit, words.replace("Uy egasi", "Egasi"), mark(words), "Александра-Мария Константинопольская", "review"
    )

    def look() -> list[str]:
        sign_in(driver, origin, key)
        return too_wide(driver, origin, PAGES)

    assert await asyncio.to_thread(look) == []


WORD = """<html><head><style>p {color: red}</style><xml><w:x>1</w:x></xml></head><body><!--StartFragment-->
<p class=MsoNormal>Хозяин <b style='mso-bidi-font-weight:normal'>обязан </b>сообщить<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1'><span>·<span>&nbsp;&nbsp; </span></span>паспорт</p>
<ol start=2>
 <li>
 <p>Второе</p></li><li>Третье {host_days}</li></ol><ul><li>пункт</li></ul>
<img src=x onerror="document.title='run'"><script>document.title='run'</script><!--EndFragment--></body></html>"""
PASTED = """Хозяин **обязан** сообщить

- паспорт
2. Второе
3. Третье {host_days}
- пункт"""
PASTE = """
const data = new DataTransfer();
data.setData("text/html", arguments[1]);
data.setData("text/plain", "plain");
arguments[0].dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
"""


async def test_bold_and_lists_pasted_from_word_stay_and_nothing_else_does(
    driver: Chrome, origin: str, key: str
) -> None:
    def paste() -> None:
        sign_in(driver, origin, key)
        driver.get(f"{origin}/desk/text?id=stay/registration&language=ru")
        wait(driver, ".field .chip", "3 рабочих дня")
        field = driver.find_element(By.CSS_SELECTOR, ".field")
        driver.execute_script("arguments[0].replaceChildren()", field)
        driver.execute_script(PASTE, field, WORD)

        area = driver.find_element(By.CSS_SELECTOR, "textarea.chips")
        assert area.get_attribute("value") == PASTED
        assert field.find_element(By.CSS_SELECTOR, ".chip").get_attribute("textContent") == "3 рабочих дня"
        assert "run" not in driver.title

    await asyncio.to_thread(paste)


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_scanner_finds_nothing_serious(driver: Chrome, origin: str, key: str, theme: str) -> None:
    def scan() -> str:
        sign_in(driver, origin, key)
        return found_serious(driver, theme, origin, PAGES)

    assert await asyncio.to_thread(scan) == ""

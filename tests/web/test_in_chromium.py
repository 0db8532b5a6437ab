"""The page in a real browser, as a person uses it."""

import asyncio
from collections.abc import Callable

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.chromium import be_a_phone, complaints, driver, needs_chromium, width_of_page

__all__ = ["driver"]

pytestmark = needs_chromium
AT_END = "const box = arguments[0]; return box.scrollHeight - box.scrollTop - box.clientHeight < 5"


class Page:
    """What a person sees and does on one phone of the page."""

    def __init__(self, driver: Chrome, number: int = 0) -> None:
        self.driver = driver
        self.phone = driver.find_elements(By.CSS_SELECTOR, ".phone")[number]

    def all(self, css: str) -> list[WebElement]:
        return self.phone.find_elements(By.CSS_SELECTOR, css)

    def one(self, css: str) -> WebElement:
        return self.phone.find_element(By.CSS_SELECTOR, css)

    def wait(self, seen: Callable[[], object]) -> None:
        """Until it is so; an edit replaces a bubble, so what was found a moment ago may be gone."""
        WebDriverWait(self.driver, 10, 0.05, [StaleElementReferenceException]).until(lambda _: seen())

    def press(self, label: str) -> None:
        def press() -> bool:
            found = self.all(f'.key[title^="{label}"]')
            if found:
                found[-1].click()
            return bool(found)

        self.wait(press)

    def say(self, text: str) -> None:
        self.one("textarea").send_keys(text, Keys.ENTER)

    @property
    def texts(self) -> list[str]:
        return [words.text for words in self.all(".message .words")]


async def test_a_conversation_on_two_phones(driver: Chrome, address: str) -> None:
    def converse() -> None:
        driver.execute_cdp_cmd(
            "Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
        )
        driver.get(address)
        page, other = Page(driver), Page(driver, 1)
        page.wait(lambda: page.one(".start").is_displayed())
        assert page.one(".greeting").text == "Ask me about work in Kazakhstan."

        page.one(".start").click()
        page.wait(lambda: len(page.texts) == 3)
        rich = page.all(".words")[1]
        assert rich.find_element(By.TAG_NAME, "strong").text == "Registration"
        assert "<img src=x onerror=alert(1)>" in rich.text
        assert not rich.find_elements(By.TAG_NAME, "img")
        assert [link.get_attribute("href") for link in rich.find_elements(By.TAG_NAME, "a")] == [
            "https://example.org/law",
            "http://egov.kz/",
            "tel:+77272222113",
        ]
        assert [button.text for button in page.all(".below .key")] == ["☎ Contacts"]

        page.press("Wages")
        page.wait(lambda: page.texts[-1] == "Wages\nThey must pay.")
        assert len(page.texts) == 3
        assert driver.switch_to.active_element.text == "Back"

        page.press("Back")
        page.wait(lambda: page.texts[-1] == "Menu\nAgain.")
        page.press("Copy 111")
        page.wait(lambda: page.one(".toast").text == "Copied")
        page.press("Saved?")
        page.wait(lambda: page.one(".toast").text == "Saved")
        page.press("A label so long")
        page.wait(lambda: page.one("dialog.alert").is_displayed())
        assert page.one("dialog.alert p").text == "Read this first"
        page.one("dialog.alert button").click()

        page.press("☎ Contacts")
        page.wait(lambda: page.texts[-1] == "You said (ru): ☎ Contacts")
        page.say("<b>өзім</b> & 😀")
        page.wait(lambda: page.texts[-1] == "You said (ru): <b>өзім</b> & 😀")
        page.one(".clip").click()
        page.one("[data-open=location]").click()
        page.one('dialog.location button[value="send"]').click()
        page.wait(lambda: page.texts[-1] == "Your place was deleted from this chat.")
        assert not page.all(".thing")

        assert other.texts == []
        before = page.texts
        driver.refresh()
        page, other = Page(driver), Page(driver, 1)
        page.wait(lambda: len(page.texts) == len(before))
        assert page.texts == before
        page.wait(lambda: driver.execute_script(AT_END, page.one(".scroll")))
        assert other.texts == []
        assert complaints(driver) == []

    await asyncio.to_thread(converse)


async def test_on_a_narrow_screen_one_phone_is_shown_and_nothing_sticks_out(driver: Chrome, address: str) -> None:
    def look() -> None:
        driver.set_window_size(500, 800)  # as narrow as a headless window gets; the phone below is narrower
        be_a_phone(driver, 360, 700)
        driver.get(address)
        page, other = Page(driver), Page(driver, 1)
        page.wait(lambda: page.one(".start").is_displayed())
        page.one(".start").click()
        page.wait(lambda: len(page.texts) == 3)

        assert not other.phone.is_displayed()
        assert width_of_page(driver) == 360
        cut = page.one('.key[title^="A label so long"] .label')
        assert driver.execute_script("return arguments[0].scrollWidth > arguments[0].clientWidth", cut)

        driver.find_element(By.ID, "people").click()
        driver.find_elements(By.CSS_SELECTOR, ".tabs button")[1].click()
        assert other.phone.is_displayed()
        assert not page.phone.is_displayed()

    await asyncio.to_thread(look)

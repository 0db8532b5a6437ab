"""The desk in a real browser: who signs in, and what every page of it is held to."""

from collections.abc import Sequence

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.support.wait import WebDriverWait

from bot.desk.visit import Desk
from bot.store.staff import Person
from tests.chromium import be_a_phone, press, serious, wait, width_of_page


@pytest.fixture
def key(desk: Desk) -> str:
    roles = frozenset({"owner", "editor", "reviewer"})
    key = desk.staff.link(desk.staff.add(Person(0, "Anna", roles, title="юрист")))
    assert key
    return key


def sign_in(driver: Chrome, origin: str, key: str) -> None:
    driver.get(f"{origin}/desk/enter?key={key}")
    press(driver, "main button.main")
    WebDriverWait(driver, 30, 0.1).until(
        lambda _: driver.current_url == f"{origin}/desk/"
    )  # else it comes over what is opened next


def too_wide(driver: Chrome, origin: str, pages: Sequence[str]) -> list[str]:
    """What sticks out on a phone, in each language of the desk."""
    be_a_phone(driver, 390, 844)
    found = []
    for code in ("ru", "kk", "uz", "en"):
        driver.get(f"{origin}/desk/")
        press(driver, f".tongues button[value={code}]")
        wait(driver, f"html[lang={code}] h1")
        for page in pages:
            driver.get(f"{origin}/desk{page}")
            wide = width_of_page(driver)
            if wide > 390:
                found.append(f"{page} in {code} is {wide} wide")
    return found


def found_serious(driver: Chrome, theme: str, origin: str, pages: Sequence[str]) -> str:
    """What the scanner says of these pages."""
    return serious(driver, theme, [f"{origin}/desk{page}" for page in pages])

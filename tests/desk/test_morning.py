"""A translator's morning in a real browser: a spreadsheet out and back, the review, and the words in the chat."""

import asyncio
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from bot import app
from bot.desk.visit import Desk
from bot.store.staff import Person
from tests.chromium import complaints, driver, needs_chromium, press, wait
from tests.desk.browser import sign_in
from tests.desk.conftest import Enter
from tests.desk.test_publishing import NEW, TEXT, phone, publish

__all__ = ["driver"]

pytestmark = needs_chromium

OURS = "Uy egasi siz haqingizda **{host_days}** ichida xabar beradi."


async def test_a_translators_morning_from_the_spreadsheet_to_the_sentence_in_the_chat(
    driver: Chrome, origin: str, desk: Desk, enter: Enter, own_library: app.Library, tmp_path: Path
) -> None:
    editor = await enter("anna", "editor")
    await editor.fill(TEXT, "/text", **{"p.short": NEW})
    await publish(editor)
    translator = key(desk, "Dilnoza", "translator", languages="uz")
    reviewer = key(desk, "Aigul", "reviewer")

    def morning() -> None:
        driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
        sign_in(driver, origin, translator)
        wait(driver, "h1", "What needs me")

        driver.get(f"{origin}/desk/translators")
        press(driver, 'a[href*="format=xlsx"][href*="only=stale"]')
        file = tmp_path / "safar-uz-stale.xlsx"
        WebDriverWait(driver, 30, 0.1).until(lambda _: file.is_file())
        row = fill(file, OURS.replace("{host_days}", "{host_day}"))

        bring(driver, file)
        wait(driver, ".notice.bad", f"row {row}, D{row}: {{host_day}} is no fact")
        assert not desk.staff.drafts()
        fill(file, OURS)
        bring(driver, file)
        wait(driver, ".notice.good", "1 text differs and is a draft now.")

        driver.get(f"{origin}/desk/text?id=stay/registration&language=uz")
        wait(driver, ".field", "Uy egasi siz haqingizda")
        press(driver, "button[value=review]")
        wait(driver, ".notice.good", "Kept")
        driver.get(f"{origin}/desk/publish")
        assert driver.find_elements(By.CSS_SELECTOR, "main button.main") == []
        press(driver, "form[action='/desk/leave'] button")

        sign_in(driver, origin, reviewer)
        wait(driver, ".tag", "waits for review")
        driver.get(f"{origin}/desk/publish")
        wait(driver, "main ins", "siz haqingizda")
        driver.find_element(By.NAME, "why").send_keys("the translation of Tuesday")
        press(driver, "main button.main")
        wait(driver, ".notice.good", "The bot says it now")
        assert [line for line in complaints(driver) if "Failed to load resource" not in line] == []

    await asyncio.to_thread(morning)
    reader = phone(own_library, "uz")
    await reader.command("start")
    await reader.press_old(None, "uz/stay/registration")

    assert "Uy egasi siz haqingizda 3 ish kuni ichida xabar beradi." in reader.text
    assert "Tarjima yangilanmoqda" not in reader.text


def key(desk: Desk, name: str, role: str, languages: str = "") -> str:
    """A link for somebody new."""
    key = desk.staff.link(desk.staff.add(Person(0, name, frozenset({role}), frozenset(languages.split()))))
    assert key
    return key


def fill(file: Path, words: str) -> int:
    """Write the translation beside the first sentence whose source has changed, as a spreadsheet does; its row."""
    book = load_workbook(file)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    ids = {str(sheet.cell(number, 1).value): number for number in range(2, sheet.max_row + 1)}
    row = ids["stay/registration#short#0"]
    sheet.cell(row, 4).value = words
    book.save(file)
    return row


def bring(driver: Chrome, file: Path) -> None:
    """Send the file with the form."""
    driver.find_element(By.NAME, "file").send_keys(str(file))
    press(driver, "form[enctype] button.main")

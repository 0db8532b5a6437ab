"""The desk in a real browser: a Tuesday evening, a phone's width, and what a scanner of accessibility says."""

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from bot.desk.drafts import mark
from bot.desk.visit import Desk
from bot.settings import ROOT
from bot.store.staff import Person
from tests.web.test_in_chromium import DRIVER, FLAGS, complaints, pytestmark

__all__ = ["pytestmark"]

AXE = Path(os.environ.get("AXE_CORE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
PAGES = ("/", "/texts", "/text?id=stay/registration&language=uz", "/facts", "/fact?id=host_days", "/places",
         "/place?id=helpers", "/files", "/translators", "/publish", "/history", "/people", "/audit")  # fmt: skip
SERIOUS = ("serious", "critical")


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*FLAGS, "--lang=en", f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options, Service(DRIVER))
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture
def key(desk: Desk) -> str:
    roles = frozenset({"owner", "editor", "reviewer"})
    key = desk.staff.link(desk.staff.add(Person(0, "Anna", roles, title="юрист")))
    assert key
    return key


def wait(driver: Chrome, css: str, words: str = "") -> None:
    """Until something is on the page, with these words in it."""

    def is_there(_: object) -> bool:
        return any(
            words in (one.get_attribute("textContent") or "") for one in driver.find_elements(By.CSS_SELECTOR, css)
        )

    WebDriverWait(driver, 30, 0.1, [StaleElementReferenceException]).until(is_there)


def press(driver: Chrome, css: str) -> None:
    element = driver.find_element(By.CSS_SELECTOR, css)
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


async def test_a_tuesday_evening_from_sign_in_to_the_sentence_in_the_chat(
    driver: Chrome, origin: str, key: str
) -> None:
    def evening() -> None:
        driver.get(f"{origin}/desk/enter?key={key}")
        press(driver, "main button.main")
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

    def look() -> None:
        driver.get(f"{origin}/desk/enter?key={key}")
        press(driver, "main button.main")
        metrics = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        for code in ("ru", "kk", "uz", "en"):
            driver.get(f"{origin}/desk/")
            press(driver, f".tongues button[value={code}]")
            for page in PAGES:
                driver.get(f"{origin}/desk{page}")
                wide = driver.execute_script("return document.documentElement.scrollWidth")
                assert wide <= 390, f"{page} in {code} is {wide} wide"

    await asyncio.to_thread(look)


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
        driver.get(f"{origin}/desk/enter?key={key}")
        press(driver, "main button.main")
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


def axe() -> str:
    """The scanner, where npm has brought it or can bring it."""
    if AXE.is_file():
        return AXE.read_text(encoding="utf-8")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is missing, which brings the scanner axe-core")
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "safar-axe"
    found = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not found.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
        words = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "axe-core@4"]
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            pytest.skip(f"npm could not bring axe-core: {done.stderr.strip()[-200:]}")
    return found.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_scanner_finds_nothing_serious(driver: Chrome, origin: str, key: str, theme: str) -> None:
    script = await asyncio.to_thread(axe)

    def scan() -> dict[str, list[str]]:
        feature = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
        driver.get(f"{origin}/desk/enter?key={key}")
        press(driver, "main button.main")
        found = {}
        for page in PAGES:
            driver.get(f"{origin}/desk{page}")
            driver.execute_cdp_cmd("Runtime.evaluate", {"expression": script})
            run = "axe.run({iframes: false}).then((r) => JSON.stringify(r.violations))"
            result = driver.execute_cdp_cmd("Runtime.evaluate", {"expression": run, "awaitPromise": True})
            violations = json.loads(result["result"]["value"])
            serious = [
                f"{one['id']}: {node['html'][:120]}"
                for one in violations
                if one["impact"] in SERIOUS
                for node in one["nodes"]
            ]
            if serious:
                found[page] = serious
        return found

    found = await asyncio.to_thread(scan)
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)

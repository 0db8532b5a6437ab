"""A real browser for tests of pages: how it is started, waited for and pressed, and a scanner of accessibility."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from bot.settings import ROOT

DRIVER = "/usr/bin/chromedriver"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,900",
    "--lang=en",
)
AXE = Path(os.environ.get("AXE_CORE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
SERIOUS = ("serious", "critical")

needs_chromium = pytest.mark.skipif(
    not (shutil.which("chromium") and Path(DRIVER).exists()),
    reason="chromium or chromedriver is missing (on Debian: apt install chromium chromium-driver)",
)


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options, Service(DRIVER))
    try:
        yield driver
    finally:
        driver.quit()


def complaints(driver: Chrome) -> list[str]:
    """What the console of the browser holds against the page."""
    return [str(entry["message"]) for entry in driver.get_log("browser")]  # type: ignore[no-untyped-call]


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


def be_a_phone(driver: Chrome, width: int, height: int) -> None:
    """Narrower than a headless window can get."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": True}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def width_of_page(driver: Chrome) -> int:
    return int(driver.execute_script("return document.documentElement.scrollWidth"))


def _axe() -> str:
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


def serious(driver: Chrome, theme: str, addresses: Sequence[str]) -> str:
    """What the scanner holds against these pages in a light or dark theme; empty where it is nothing serious."""
    feature = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
    script, found = _axe(), list[str]()
    for address in addresses:
        driver.get(address)
        driver.execute_cdp_cmd("Runtime.evaluate", {"expression": script})
        run = "axe.run({iframes: false}).then((r) => JSON.stringify(r.violations))"
        result = driver.execute_cdp_cmd("Runtime.evaluate", {"expression": run, "awaitPromise": True})
        for one in json.loads(result["result"]["value"]):
            if one["impact"] in SERIOUS:
                found.extend(f"{address} {one['id']}: {node['html'][:120]}" for node in one["nodes"])
    return "\n".join(found)

"""Headless Chromium at the page of Inroad, for what only a browser can measure."""

from collections.abc import Iterator
from contextlib import contextmanager

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1280,1000",
)
_DONE = "#letter[aria-busy=false], #letter:not([aria-busy])"


@contextmanager
def chromium() -> Iterator[Chrome]:
    """Debian's Chromium, driven by its own ChromeDriver; closed at the end."""
    options = ChromeOptions()
    for argument in _ARGUMENTS:
        options.add_argument(argument)
    driver = Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        yield driver
    finally:
        driver.quit()


class Page:
    """The first screen and what follows from it."""

    def __init__(self, driver: Chrome, url: str) -> None:
        self.driver = driver
        self._url = url
        self._wait = WebDriverWait(driver, 30, poll_frequency=0.05)

    def open(self) -> None:
        """Load the page afresh, as a new visitor."""
        self.driver.get("about:blank")
        self.driver.get(self._url)
        self._wait.until(lambda d: d.find_elements(By.ID, "address"))

    def choose_kind(self, kind: str) -> None:
        """Choose the kind of draft by its value, such as "cover-letter"."""
        radio = self.driver.find_element(By.CSS_SELECTOR, f"#desk input[value='{kind}']")
        self.driver.execute_script("arguments[0].click()", radio)

    def press_sample(self, label: str) -> None:
        """Press one of the samples by its label."""
        self.driver.find_element(By.XPATH, f"//button[normalize-space()='{label}']").click()

    def write_draft_from_sample(self, label: str = "a job board page") -> None:
        """From the first screen to a finished draft."""
        self.press_sample(label)
        self._wait.until(lambda d: d.find_elements(By.CSS_SELECTOR, _DONE))

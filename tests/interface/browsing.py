"""A headless browser in a person's hands: what to look at, what to press."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver import ActionChains
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.waiting import until

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
)
DRAFT = "#stage .tools [data-copy]:not(:disabled)"
# Counted from the first event of the page on, as browsers themselves do it: a shift within half a second of a
# click or key is the person's own doing.
SHIFTS = """
window.shifts = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({type: 'layout-shift', buffered: false});
"""


class Page:
    """The page as a person meets it; `css` arguments are selectors."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver
        self.address = ""

    def visit(self, address: str, fragment: str = "") -> None:
        """Open the page anew, 1280 wide, light."""
        self.driver.get("about:blank")
        self.resize(1280, 900)
        self.dark(False)
        self._log("performance")
        self._log("browser")
        self.address = address
        self.driver.get(f"{address}/{fragment}")
        self.see("#evidence-head h1" if fragment == "#evidence" else "#address")

    def forget_cookies(self) -> None:
        """Nobody is signed in any more, as in a browser that was never here."""
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})

    def new_tab(self, fragment: str = "") -> str:
        """Open the page in another tab as well, and go there; returns the tab that was left."""
        before = self.driver.current_window_handle
        self.driver.switch_to.new_window("tab")
        self.resize(1280, 900)
        self.driver.get(f"{self.address}/{fragment}")
        self.see("header .brand")
        return before

    def to_tab(self, tab: str) -> None:
        self.driver.switch_to.window(tab)

    def close_tab(self, back: str) -> None:
        self.driver.close()
        self.to_tab(back)

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def dark(self, wanted: bool) -> None:
        feature = {"name": "prefers-color-scheme", "value": "dark" if wanted else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def find(self, css: str) -> list[WebElement]:
        return list(self.driver.find_elements(By.CSS_SELECTOR, css))

    def shown(self, css: str, words: str = "") -> WebElement | None:
        """The first visible element holding `words`; parts of the page may be redrawn meanwhile."""
        for element in self.find(css):
            try:
                if element.is_displayed() and words in element.text:
                    return element
            except StaleElementReferenceException:
                continue
            except WebDriverException as error:  # as the driver says it while another page comes
                if "does not belong to the document" not in str(error.msg):
                    raise
        return None

    def see(self, css: str, words: str = "") -> WebElement:
        """Wait for something visible, holding `words` if given."""
        try:
            seen = until(lambda: self.shown(css, words), every_s=0.01)
        except AssertionError as error:
            raise AssertionError(f"nothing to see at {css} with “{words}”: {self.text()[:400]}") from error
        assert seen is not None
        return seen

    def gone(self, css: str) -> None:
        until(
            lambda: f"{css} is still there" if self.shown(css) else "", lambda there: not there, every_s=0.01
        )

    def title(self) -> str:
        """The one heading of the first rank that shows."""
        shown = [e.text for e in self.find("h1") if e.is_displayed()]
        assert len(shown) == 1, shown
        return shown[0]

    def text(self) -> str:
        return str(self.run("return document.body.innerText"))

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def click(self, css: str, words: str = "") -> None:
        def clicked() -> bool:
            element = self.see(css, words)
            try:
                self.run("arguments[0].scrollIntoView({block: 'center'})", element)
                element.click()
            except StaleElementReferenceException:  # drawn anew meanwhile
                return False
            return True

        until(clicked)

    def type(self, css: str, words: str) -> None:
        element = self.see(css)
        element.clear()
        element.send_keys(words)

    def press(self, *keys: str) -> None:
        """Keys to whatever has the focus."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def ask(self, source: str) -> None:
        """Paste an address and press Enter."""
        self.type("#address", source)
        self.see("#address").send_keys("\n")

    def draft(self, source: str = "https://one.example/job") -> None:
        """As far as a finished draft."""
        self.ask(source)
        self.see(DRAFT)

    def select(self, words: str) -> None:
        """Select words inside the letter."""
        self.run(
            "const letter = document.querySelector('#letter'), all = document.createTreeWalker(letter, 4);"
            "while (all.nextNode()) { const node = all.currentNode, at = node.data.indexOf(arguments[0]);"
            "if (at >= 0) { letter.focus(); getSelection().setBaseAndExtent(node, at, node, at + "
            "arguments[0].length);"
            "return; } } throw Error('not in the letter')",
            words,
        )

    def _log(self, kind: str) -> list[dict[str, Any]]:
        return list(self.driver.get_log(kind))  # type: ignore[no-untyped-call]

    def requests_elsewhere(self) -> set[str]:
        """Addresses outside the page's own origin that it asked for since it was opened."""
        sent = [json.loads(entry["message"])["message"] for entry in self._log("performance")]
        urls = {m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"}
        return {url for url in urls if not url.startswith((self.address, "data:", "blob:", "about:"))}

    def complaints(self) -> list[str]:
        """Errors in the browser's console since the page was opened."""
        return [e["message"] for e in self._log("browser") if e["level"] == "SEVERE"]


@contextmanager
def opened() -> Iterator[Page]:
    """A browser that is closed afterwards."""
    options = Options()
    options.binary_location = CHROMIUM
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield Page(driver)
    finally:
        driver.quit()

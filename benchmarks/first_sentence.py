"""Time from the button to the first marked sentence, the page being read already; beside Gradio's own echo.

    python -m benchmarks.first_sentence

Both are measured inside headless Chromium with performance.now(), from the click to the first DOM change
that shows the result. The baseline is a Gradio page whose button copies a text: what any answer costs there.
"""

import argparse
import statistics
import sys
import tempfile
import time

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from benchmarks.browser import Page, chromium
from benchmarks.serving import MINIMAL_APP, serving

RUNS = 15
TIMED_CLICK = """
const [button, appears, done] = [arguments[0], arguments[1], arguments[arguments.length - 1]];
const start = performance.now();
const found = () => document.querySelector(appears);
const seen = () => found() && (found().value || found().textContent).trim();
const observer = new MutationObserver(() => { if (seen()) finish(); });
const timer = setInterval(() => { if (seen()) finish(); }, 5);
function finish() { observer.disconnect(); clearInterval(timer); done(performance.now() - start); }
observer.observe(document.body, {childList: true, subtree: true, characterData: true, attributes: true});
button.click();
"""


def main() -> int:
    """Print median and slowest of both."""
    parser = argparse.ArgumentParser(prog="benchmarks.first_sentence", description=__doc__)
    parser.add_argument("--corpus", help="not used here")
    parser.parse_args()
    with serving(["app.py"]) as server, chromium() as driver:
        ours = [_first_sentence_ms(driver, server.url) for _ in range(RUNS)]
    with tempfile.NamedTemporaryFile("w", suffix=".py") as minimal:
        minimal.write(MINIMAL_APP)
        minimal.flush()
        with serving([minimal.name]) as server, chromium() as driver:
            echo = [_echo_ms(driver, server.url) for _ in range(RUNS)]
    print(
        f"{'milliseconds from the click':<34}{'median':>8}{'slowest':>9}   ({RUNS} runs, the first included)"
    )
    for name, times in (("Inroad, first marked sentence", ours), ("baseline: Gradio copies a text", echo)):
        print(f"{name:<34}{statistics.median(times):>8.0f}{max(times):>9.0f}")
    return 0


def _first_sentence_ms(driver: Chrome, url: str) -> float:
    page = Page(driver, url)
    page.open()
    page.press_sample("34 openings")
    buttons = WebDriverWait(driver, 30).until(
        lambda d: d.find_elements(By.CSS_SELECTOR, "button[data-do=write]")
    )
    time.sleep(0.5)  # the time a hand needs to get there
    return float(driver.execute_async_script(TIMED_CLICK, buttons[0], "#letter .mk"))


def _echo_ms(driver: Chrome, url: str) -> float:
    driver.get(url)
    WebDriverWait(driver, 30).until(lambda d: len(d.find_elements(By.TAG_NAME, "textarea")) == 2)
    first, second = driver.find_elements(By.TAG_NAME, "textarea")
    first.send_keys("hello")
    driver.execute_script("arguments[0].id = 'echo'", second)
    button = driver.find_element(By.XPATH, "//button[contains(., 'Go')]")
    return float(driver.execute_async_script(TIMED_CLICK, button, "#echo"))


if __name__ == "__main__":
    sys.exit(main())

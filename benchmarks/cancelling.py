"""Time from Cancel, while a careers page hangs, to the word that it stopped; beside Gradio's own Cancel.

    python -m benchmarks.cancelling

Both are measured inside headless Chromium with performance.now(), from the click to the first DOM change that
shows the result. The site that never answers is stood in for inside the server. The baseline is a Gradio page
whose button streams for a minute, with a second button that cancels it and says so.
"""

import argparse
import statistics
import sys
import tempfile
import time

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from benchmarks.browser import Page, chromium
from benchmarks.first_sentence import TIMED_CLICK
from benchmarks.serving import serving

RUNS = 10
INROAD_THAT_HANGS = """
import os, runpy, sys, threading
sys.path.insert(0, os.getcwd())
import scraping
scraping.guarded_fetch = lambda *_: lambda request: threading.Event().wait(60)
runpy.run_path("app.py", run_name="__main__")
"""
STREAMING_APP = """
import os, time, gradio as gr
def slowly():
    for n in range(600):
        time.sleep(0.1)
        yield str(n)
with gr.Blocks() as demo:
    out = gr.Textbox(elem_id="out"); said = gr.Textbox(elem_id="said")
    running = gr.Button("Go").click(slowly, None, out)
    gr.Button("Stop").click(lambda: "Stopped.", None, said, cancels=[running])
demo.launch(server_port=int(os.environ["PORT"]), ssr_mode=False, quiet=True)
"""


def main() -> int:
    """Print median and slowest of both."""
    parser = argparse.ArgumentParser(prog="benchmarks.cancelling", description=__doc__)
    parser.add_argument("--corpus", help="not used here")
    parser.parse_args()
    print(f"{'milliseconds from Cancel':<34}{'median':>8}{'slowest':>9}   ({RUNS} runs, the first included)")
    for name, script, once in (
        ("Inroad, a page that hangs", INROAD_THAT_HANGS, _inroad_ms),
        ("baseline: Gradio cancels a stream", STREAMING_APP, _gradio_ms),
    ):
        with tempfile.NamedTemporaryFile("w", suffix=".py") as served:
            served.write(script)
            served.flush()
            with serving([served.name]) as server, chromium() as driver:
                times = [once(driver, server.url) for _ in range(RUNS)]
        print(f"{name:<34}{statistics.median(times):>8.0f}{max(times):>9.0f}")
    return 0


def _inroad_ms(driver: Chrome, url: str) -> float:
    Page(driver, url).open()
    driver.find_element(By.ID, "address").send_keys("https://slow.example/jobs", Keys.ENTER)
    WebDriverWait(driver, 30).until(lambda d: "slow.example" in d.find_element(By.ID, "stage").text)
    button = WebDriverWait(driver, 30).until(
        lambda d: next(
            filter(WebElement.is_displayed, d.find_elements(By.CSS_SELECTOR, "[data-do=stop]")), None
        )
    )
    time.sleep(0.5)  # the time a hand needs to get there
    return float(driver.execute_async_script(TIMED_CLICK, button, "#bar .note"))


def _gradio_ms(driver: Chrome, url: str) -> float:
    driver.get(url)
    WebDriverWait(driver, 30).until(lambda d: len(d.find_elements(By.CSS_SELECTOR, "textarea")) == 2)
    driver.find_element(By.XPATH, "//button[contains(., 'Go')]").click()
    WebDriverWait(driver, 30).until(
        lambda d: d.execute_script("return document.querySelector('#out textarea').value")
    )
    button = driver.find_element(By.XPATH, "//button[contains(., 'Stop')]")
    return float(driver.execute_async_script(TIMED_CLICK, button, "#said textarea"))


if __name__ == "__main__":
    sys.exit(main())

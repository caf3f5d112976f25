"""The page to try the API, in a real browser, with the headers that the app sends."""

from collections.abc import Iterator

import pytest

from tests.interface.browsing import Page, opened
from tests.interface.conftest import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = str(tmp_path_factory.mktemp("docs"))
    with serving("app.py", PORT="0", INROAD_DATA_DIR=folder) as at:
        yield at


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    with opened() as page:
        page.address = address
        page.driver.get(f"{address}/docs")
        yield page


def test_operations_are_listed_and_can_be_tried(page: Page) -> None:
    page.see(".opblock-tag", "drafts")
    page.click("#operations-checks-checks_check .opblock-summary-control")
    page.click("#operations-checks-checks_check .execute")
    shown = page.see("#operations-checks-checks_check .live-responses-table .response-col_status", "200")
    assert shown
    body = page.see("#operations-checks-checks_check .live-responses-table .highlight-code code").text
    assert "supported" in body


def test_nothing_is_asked_of_another_server_or_refused_by_the_policy(page: Page) -> None:
    page.see(".opblock-tag", "drafts")
    assert page.requests_elsewhere() == set()
    assert page.complaints() == []

"""A careers page around the markup of a test, read as a saved page is."""

import scraping
from domain import Reading

URL = "https://www.arkway.example/careers"
TASKS = "<h3>Requirements</h3><ul><li>You bake bread through the night for the whole town</li></ul>"


def read(body: str, title: str = "Careers – Arkway", url: str = URL) -> Reading:
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()
    return scraping.read(url, scraping.saved_page(page, url), follow=0)


def titles(body: str, **more: str) -> list[str]:
    return [posting.title for posting in read(body, **more).postings]

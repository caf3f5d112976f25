"""Microdata: the schema.org `JobPosting`s that a page marks on its visible elements.

Source: the HTML standard's algorithm for microdata items (html.spec.whatwg.org), without itemref.
"""

from typing import Any

from selectolax.lexbor import LexborNode

from scraping.advert import Advert
from scraping.page import Page
from scraping.structured import advert_of

_MOST_ITEMS = 200
_MOST_NODES = 20_000
_DEEPEST = 8
_ADDRESSES = {"a": "href", "area": "href", "link": "href", "img": "src", "iframe": "src", "object": "data"}
# Properties whose markup carries a posting's lists and headings.
_RICH = frozenset(
    ("description", "responsibilities", "qualifications", "skills", "jobBenefits", "experienceRequirements")
)


def microdata_jobs(page: Page) -> list[Advert]:
    """The openings that the page marks with microdata, in order."""
    found = []
    for node in page.tree.css('[itemscope][itemtype*="JobPosting" i]')[:_MOST_ITEMS]:
        advert = advert_of(_item(node), page)
        if advert is not None:
            found.append(advert)
    return found


def _item(scope: LexborNode, depth: int = 0) -> dict[str, Any]:
    """The properties of one item, its own items nested; a property given twice is a list."""
    item: dict[str, Any] = {}
    stack = _children(scope)
    for _ in range(_MOST_NODES):
        if not stack:
            break
        node = stack.pop()
        attributes = node.attributes
        nested = "itemscope" in attributes
        if "itemprop" in attributes:
            value: Any = ""
            if nested and depth < _DEEPEST:
                value = _item(node, depth + 1)
            elif not nested:
                value = _value(node, attributes["itemprop"] or "")
            for name in (attributes["itemprop"] or "").split():
                if name in item:
                    item[name] = [*(item[name] if isinstance(item[name], list) else [item[name]]), value]
                else:
                    item[name] = value
        if not nested:
            stack += _children(node)
    return item


def _children(node: LexborNode) -> list[LexborNode]:
    """The element children, last first."""
    return list(node.iter())[::-1]


def _value(node: LexborNode, name: str) -> str:
    attributes = node.attributes
    if "content" in attributes:
        return attributes["content"] or ""
    if node.tag in _ADDRESSES:
        return attributes.get(_ADDRESSES[node.tag]) or ""
    if node.tag == "time" and attributes.get("datetime"):
        return attributes["datetime"] or ""
    return (
        (node.html or "")
        if set(name.split()) & _RICH
        else " ".join(node.text(deep=True, separator=" ").split())
    )

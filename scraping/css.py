"""Static CSS: which declarations of a page's own `<style>` sheets and attributes reach which element.

Only properties that can hide text are kept. Rules are taken as a 1,280 pixel wide screen would see them; a
rule that needs a pointer or a script to apply (`:hover`, `::before`) is none.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

Declarations = dict[str, str]

SCREEN_WIDTH = 1280
_MOST_RULES = 1_500
_MOST_CSS = 400_000
_words = str.split
_CAN_HIDE = frozenset(
    _words(
        "display visibility opacity font-size font color background background-color background-image "
        "position "
        "left right top bottom text-indent clip clip-path width height max-width max-height overflow "
        "overflow-x "
        "overflow-y transform scale -webkit-text-fill-color content-visibility"
    )
)
_NEEDS_MORE_THAN_A_LOOK = re.compile(
    r"::|:(?:before|after|hover|focus|active|visited|target|checked|disabled|placeholder|selection"
    r"|first-line|first-letter|host|backdrop|open|popover-open)"
)
_NAMES = re.compile(r"([.#])((?:[\w-]|[^\x00-\x7f])+)")
_NOT = re.compile(r":(?:not|is|where|has)\([^)]*\)")
_WIDTH = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)\s*\)")


def declarations(style: str) -> Declarations:
    """The hiding declarations of a style attribute, names and values lower case."""
    if "\\" in style or "/*" in style:
        return {name: value for name, value, _ in _parsed(tinycss2.parse_blocks_contents(style))}
    found = {}
    for part in style.lower().split(";"):
        name, _, value = part.partition(":")
        if (name := name.strip()) in _CAN_HIDE:
            found[name] = value.replace("!important", "").strip()
    return found


class StyleSheet:
    """The `<style>` rules of one page, resolved to its elements by their `mem_id`."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._by_node: dict[int, Declarations] = {}
        self._ranks: dict[int, dict[str, tuple[bool, int, int]]] = {}
        css = "\n".join(node.text(deep=True) for node in tree.css("style"))
        self.has_variables = "var(--" in css or len(css) > _MOST_CSS
        css = css[:_MOST_CSS]
        if css.strip():
            self._apply(tree, css)

    def of(self, mem_id: int) -> Declarations | None:
        return self._by_node.get(mem_id)

    def _apply(self, tree: LexborHTMLParser, css: str) -> None:
        names = _names_in_use(tree)
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        tried = 0
        for order, (selector, found) in enumerate(_rules(rules)):
            if not all(pair in names for pair in _NAMES.findall(_NOT.sub("", selector))):
                continue
            if (tried := tried + 1) > _MOST_RULES:
                return
            self._match(tree, selector, found, order)

    def _match(
        self, tree: LexborHTMLParser, selector: str, found: list[tuple[str, str, bool]], order: int
    ) -> None:
        try:
            nodes = tree.css(selector)
        except (SelectolaxError, ValueError):
            return
        weight = _specificity(selector)
        for node in nodes:
            values = self._by_node.setdefault(node.mem_id, {})
            ranks = self._ranks.setdefault(node.mem_id, {})
            for name, value, important in found:
                rank = (important, weight, order)
                if rank >= ranks.get(name, (False, -1, -1)):
                    values[name], ranks[name] = value, rank


def _names_in_use(tree: LexborHTMLParser) -> set[tuple[str, str]]:
    names = set()
    for node in tree.css("[class], [id]"):
        attributes = node.attributes
        names |= {(".", name) for name in (attributes.get("class") or "").split()}
        names.add(("#", attributes.get("id") or ""))
    return names


def _rules(nodes: Iterable[Any]) -> Iterator[tuple[str, list[tuple[str, str, bool]]]]:
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword == "media" and node.content is not None:
            if _applies_to_a_screen(tinycss2.serialize(node.prelude)):
                yield from _rules(tinycss2.parse_rule_list(node.content, True, True))
        elif node.type == "at-rule" and node.lower_at_keyword in ("supports", "layer") and node.content:
            yield from _rules(tinycss2.parse_rule_list(node.content, True, True))
        elif node.type == "qualified-rule":
            found = list(_parsed(tinycss2.parse_blocks_contents(node.content)))
            if found:
                for selector in tinycss2.serialize(node.prelude).split(","):
                    if selector.strip() and not _NEEDS_MORE_THAN_A_LOOK.search(selector):
                        yield selector.strip(), found


def _parsed(nodes: Iterable[Any]) -> Iterator[tuple[str, str, bool]]:
    for node in nodes:
        if node.type == "declaration" and node.lower_name in _CAN_HIDE:
            yield node.lower_name, tinycss2.serialize(node.value).strip().lower(), node.important


def _applies_to_a_screen(query: str) -> bool:
    query = query.lower()
    if "print" in query or "speech" in query or "prefers-" in query or "scripting" in query:
        return False
    for bound, number, unit in _WIDTH.findall(query):
        pixels = float(number) * (1 if unit == "px" else 16)
        if (bound == "max" and pixels < SCREEN_WIDTH) or (bound == "min" and pixels > SCREEN_WIDTH):
            return False
    return True


def _specificity(selector: str) -> int:
    ids = selector.count("#")
    classes = selector.count(".") + selector.count("[") + len(re.findall(r"(?<!:):(?!:)", selector))
    tags = len(re.findall(r"(?:^|[\s>+~])[a-z]", selector))
    return ids * 10_000 + classes * 100 + tags

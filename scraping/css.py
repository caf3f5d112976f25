"""Static CSS: which declarations of a page's own `<style>` sheets and attributes reach which element.

Only properties that can hide text or strike it through are kept. Rules are taken as a 1,280 pixel wide screen
would see them; a rule that needs a pointer or a script to apply (`:hover`, `::before`) is none.
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
_KEPT = frozenset(
    _words(
        "display visibility opacity font-size font color background background-color background-image "
        "position "
        "left right top bottom text-indent clip clip-path width height max-width max-height overflow "
        "overflow-x "
        "overflow-y transform scale -webkit-text-fill-color content-visibility text-decoration "
        "text-decoration-line"
    )
)
_NEEDS_MORE_THAN_A_LOOK = re.compile(
    r"::|:(?:before|after|hover|focus|active|visited|target|checked|disabled|placeholder|selection"
    r"|first-line|first-letter|host|backdrop|open|popover-open)"
)
_NAMES = re.compile(r"([.#])((?:[\w-]|[^\x00-\x7f])+)")
_NOT = re.compile(r":(?:not|is|where|has)\([^)]*\)")
_COMMENT_OR_STRING = re.compile(r"/\*.*?(?:\*/|$)|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL)
_MARK = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[{};]", re.DOTALL)
_NESTED = re.compile(r"[^;{}]*\{[^{}]*\}")
_DEEPEST = 20
_WIDTH = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)\s*\)")


def declarations(style: str) -> Declarations:
    """The hiding declarations of a style attribute, names and values lower case."""
    if "\\" in style or "/*" in style:
        return {name: value for name, value, _ in _parsed(tinycss2.parse_blocks_contents(style))}
    found = {}
    for part in style.lower().split(";"):
        name, _, value = part.partition(":")
        if (name := name.strip()) in _KEPT:
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
        tried = 0
        for order, (selectors, block) in enumerate(_rules(css)):
            reaching = [selector for selector in selectors if _can_reach(selector, names)]
            found = _declared(block) if reaching else []
            for selector in reaching if found else ():
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


def _can_reach(selector: str, names: set[tuple[str, str]]) -> bool:
    if not selector or _NEEDS_MORE_THAN_A_LOOK.search(selector):
        return False
    return all(pair in names for pair in _NAMES.findall(_NOT.sub("", selector)))


def _rules(css: str, depth: int = 0) -> Iterator[tuple[list[str], str]]:
    """The selectors and the block of each rule that applies to a screen, in order.

    A scan for braces, aware of strings and comments, is some twenty times as fast as a CSS parser; blocks are
    parsed only where a selector of theirs can reach an element.
    """
    for prelude, block in _blocks(css):
        if not prelude.startswith("@"):
            yield [selector.strip() for selector in prelude.split(",")], block
            continue
        keyword = prelude[1:].split(None, 1)[0].split("(")[0].lower() if len(prelude) > 1 else ""
        applies = keyword in ("supports", "layer") or (keyword == "media" and _applies_to_a_screen(prelude))
        if applies and depth < _DEEPEST:
            yield from _rules(block, depth + 1)


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Each top-level `prelude { block }`; statements without a block are passed over."""
    css = _COMMENT_OR_STRING.sub(lambda m: " " if m[0].startswith("/*") else m[0], css)
    depth = begin = opened = 0
    for mark in _MARK.finditer(css):
        sign = mark[0]
        if sign == "{":
            depth += 1
            opened = mark.end() if depth == 1 else opened
        elif sign == "}" and depth:
            depth -= 1
            if not depth:
                yield css[begin : opened - 1].strip(), css[opened : mark.start()]
                begin = mark.end()
        elif sign == ";" and not depth:
            begin = mark.end()
    if depth and opened:  # a sheet that is cut off: its last block goes as far as it goes
        yield css[begin : opened - 1].strip(), css[opened:]


def _declared(block: str) -> list[tuple[str, str, bool]]:
    """Name, value and importance of the hiding declarations of a block."""
    if "\\" in block:
        return list(_parsed(tinycss2.parse_blocks_contents(block)))
    if "{" in block:  # rules nested in a rule are not followed
        block = _NESTED.sub("", block)
    found = []
    for part in block.lower().split(";"):
        name, _, value = part.partition(":")
        if (name := name.strip()) in _KEPT:
            plain = value.replace("!important", "")
            found.append((name, plain.strip(), plain != value))
    return found


def _parsed(nodes: Iterable[Any]) -> Iterator[tuple[str, str, bool]]:
    for node in nodes:
        if node.type == "declaration" and node.lower_name in _KEPT:
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

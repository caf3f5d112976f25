"""Static CSS: which declarations of a page's own `<style>` sheets and attributes reach which element.

Only properties that can hide text or strike it through are kept. Rules are taken as a 1,280 pixel wide screen
would see them; a rule that needs a pointer or a script to apply (`:hover`, `::before`) is none.
"""

import contextlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import tinycss2
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

Declarations = dict[str, str]

SCREEN_WIDTH = 1280
_MOST_RULES = 1_500
_MOST_CSS = 400_000
_MOST_STEPS = 60_000_000
_MOST_MATCHES = 300_000
_LONGEST_SELECTOR = 500
LONGEST_VALUE = 200
_LONGEST_STYLE = 4_000
_words = str.split
_KEPT = frozenset(
    _words(
        "display visibility opacity font-size font color background background-color background-image "
        "position "
        "left right top bottom text-indent clip clip-path width height max-width max-height overflow "
        "overflow-x "
        "overflow-y transform scale rotate translate zoom filter -webkit-filter mask mask-image -webkit-mask "
        "-webkit-mask-image margin margin-left margin-top letter-spacing flex flex-grow "
        "-webkit-text-fill-color "
        "content-visibility text-decoration text-decoration-line"
    )
)
_NEEDS_MORE_THAN_A_LOOK = re.compile(
    r"::|:(?:before|after|hover|focus|active|visited|target|checked|disabled|placeholder|selection"
    r"|first-line|first-letter|host|backdrop|open|popover-open)"
)
_NAMES = re.compile(r"([.#])((?:[\w-]|[^\x00-\x7f])+)")
_NOT = re.compile(r":(?:not|is|where|has)\([^)]*\)")
# A string ends at its quote, its line or the end of the sheet; what was taken is never given back, so that a
# sheet of quotes alone is read once.
_STRING = r"""\"(?:[^\"\\\n]|\\.)*+(?:\"|(?=\n)|\\?\Z)|'(?:[^'\\\n]|\\.)*+(?:'|(?=\n)|\\?\Z)"""
_COMMENT_OR_STRING = re.compile(rf"/\*.*?(?:\*/|\Z)|{_STRING}", re.DOTALL)
_MARK = re.compile(rf"{_STRING}|[{{}};]", re.DOTALL)
_NESTED = re.compile(r"(?:^|(?<=[;{}]))[^;{}]*+\{[^{}]*+\}")
_DEEPEST = 20
_CUSTOM = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]{1,200})")
_USE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]{0,200}))?\)")
_MOST_ROUNDS = 3
_WIDTH = re.compile(r"\(\s*(min|max)-width\s*:\s*(\d+(?:\.\d+)?|\.\d+)(px|em|rem)\s*\)")
# What tells the parts of a selector apart, and how many elements the search tries for each.
_IN_BRACKETS = re.compile(r"\[[^\]]*\]|\((?:odd|even|[-+\dn\s]+)\)")
_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")
_COMPOUND = re.compile(r"([a-z][\w-]*)?((?:[.#](?:[\w-]|[^\x00-\x7f])+)*)", re.IGNORECASE)
_ALONE = re.compile(r"[^\s>+~:]*+")
_COUNTS_SIBLINGS = re.compile(r":(?:nth-|first-of|last-of|only-)", re.IGNORECASE)
_LONGEST_CHAIN = 1_024


@dataclass
class Allowance:
    """What it may still cost to find the elements of all rules, over a page and the documents in its frames.

    For each part of a selector the search tries all ancestors or siblings, those of one part within those of
    another: `i div div div div` keeps it busy for minutes on a page that nests 400 deep, and it runs in C,
    where nothing stops it. So the elements that it may try are counted beforehand.
    """

    steps: int = _MOST_STEPS
    matches: int = _MOST_MATCHES


def declarations(style: str) -> Declarations:
    """The hiding declarations of a style attribute, names and values lower case."""
    if "\\" in style or "/*" in style:
        return {name: value for name, value, _ in _parsed(style)}
    found = {}
    for part in style.lower().split(";"):
        name, _, value = part.partition(":")
        if (name := name.strip()) in _KEPT:
            found[name] = value[:LONGEST_VALUE].replace("!important", "").strip()
    return found


class StyleSheet:
    """The `<style>` rules of one page, resolved to its elements by their `mem_id`."""

    def __init__(self, tree: LexborHTMLParser, allowance: Allowance | None = None) -> None:
        self._by_node: dict[int, Declarations] = {}
        self._ranks: dict[int, dict[str, tuple[bool, int, int]]] = {}
        self._allowance = allowance or Allowance()
        css = "\n".join(node.text(deep=True) for node in _sheets(tree))
        is_long = len(css) > _MOST_CSS
        css = css[:_MOST_CSS]
        self._custom = _custom_properties(css, tree)
        css = self.resolved(css)
        self.has_variables = "var(--" in css or is_long
        if css.strip():
            self._apply(tree, css)

    def of(self, mem_id: int) -> Declarations | None:
        return self._by_node.get(mem_id)

    def important(self, mem_id: int) -> Declarations:
        """Those that a style attribute does not override."""
        values = self._by_node.get(mem_id, {})
        return {name: values[name] for name, rank in self._ranks.get(mem_id, {}).items() if rank[0]}

    def resolved(self, css: str) -> str:
        """The text with custom properties replaced by what the page's sheets set them to, if only once."""
        for _ in range(_MOST_ROUNDS if "var(" in css else 0):
            css = _USE.sub(lambda use: self._custom.get(use[1], use[0]), css)[:_MOST_CSS]
        return css

    def _apply(self, tree: LexborHTMLParser, css: str) -> None:
        names = _names_in_use(tree)
        search = _Search(tree, names)
        tried = 0
        for order, (selectors, block) in enumerate(_rules(css)):
            reaching = [selector for selector in selectors if _can_reach(selector, names)]
            found = _declared(block) if reaching else []
            for selector in reaching if found else ():
                if (tried := tried + 1) > _MOST_RULES or self._allowance.matches <= 0:
                    return
                self._match(search, selector, found, order)

    def _match(
        self, search: "_Search", selector: str, found: list[tuple[str, str, bool]], order: int
    ) -> None:
        if (steps := search.steps(selector)) > self._allowance.steps:
            return
        self._allowance.steps -= steps
        nodes = search.nodes(selector)
        self._allowance.matches -= len(nodes)
        if not nodes or self._allowance.matches < 0:
            return
        weight = _specificity(selector)
        for node in nodes:
            values = self._by_node.setdefault(node.mem_id, {})
            ranks = self._ranks.setdefault(node.mem_id, {})
            for name, value, important in found:
                rank = (important, weight, order)
                if rank >= ranks.get(name, (False, -1, -1)):
                    values[name], ranks[name] = value, rank


def _custom_properties(css: str, tree: LexborHTMLParser) -> Declarations:
    """The custom properties that have one value over all rules; others depend on where they are used.

    Those that a style attribute sets are left alone: they are inherited by what is below.
    """
    if "var(" not in css:
        return {}
    values: dict[str, set[str]] = {}
    for name, value in _CUSTOM.findall(css):
        values.setdefault(name, set()).add(value.strip())
    for node in tree.css('[style*="--"]'):
        for name, _ in _CUSTOM.findall((node.attributes.get("style") or "")[:_LONGEST_STYLE]):
            values.pop(name, None)
    return {name: found.pop() for name, found in values.items() if len(found) == 1}


class _Search:
    """Finds the elements of a selector, and tells beforehand how many it will try for that, at most."""

    def __init__(self, tree: LexborHTMLParser, names: Counter[tuple[str, str]]) -> None:
        self._tree = tree
        self._names = names
        self._size = len(tree.css("*"))
        self._numbers: dict[str, int] = {}

    def nodes(self, selector: str) -> list[LexborNode]:
        try:
            return self._tree.css(selector)
        except (SelectolaxError, ValueError):
            return []

    def steps(self, selector: str) -> int:
        if _ALONE.fullmatch(selector):
            return self._size
        plain = _IN_BRACKETS.sub("", selector) if "[" in selector or "(" in selector else selector
        first, *rest = _COMBINATOR.split(plain)
        inner, before = 0, first or ""
        for combinator, part in zip(rest[::2], rest[1::2], strict=True):
            reach = 1 if combinator in (">", "+") else self._siblings if combinator else self._ancestors
            inner = reach + min(reach, self._number(before)) * inner
            before = part or ""
        steps = self._number(before) * max(1, inner)
        if ":" in plain:
            steps *= self._siblings if _COUNTS_SIBLINGS.search(plain) else 1
            steps *= self._size if ":has(" in plain.lower() else 1
        return self._size + steps

    def _number(self, compound: str) -> int:
        """How many elements could match a part of a selector: as many as bear its rarest name."""
        if compound not in self._numbers:
            found = _COMPOUND.match(compound)
            tag, names = found.groups() if found is not None else ("", "")
            counts = [self._names[name] for name in _NAMES.findall(names)]
            if tag and not counts:
                counts.append(len(self.nodes(tag)))
            self._numbers[compound] = min(counts, default=self._size)
        return self._numbers[compound]

    @cached_property
    def _ancestors(self) -> int:
        return self._longest_chain(">")

    @cached_property
    def _siblings(self) -> int:
        return self._longest_chain("+")

    def _longest_chain(self, combinator: str) -> int:
        """How deep the page nests, or how many stand side by side, to the next power of two."""
        length = 16
        while length * self._size <= _MOST_STEPS // 4 and length <= _LONGEST_CHAIN:
            if self._tree.css_first(combinator.join("*" * length)) is None:
                return length
            length *= 2
        return self._size


def _names_in_use(tree: LexborHTMLParser) -> Counter[tuple[str, str]]:
    """How many elements bear each class (".", name) and each id ("#", name)."""
    names: Counter[tuple[str, str]] = Counter()
    for node in tree.css("[class], [id]"):
        attributes = node.attributes
        for name in (attributes.get("class") or "").split():
            names[".", name] += 1
        names["#", attributes.get("id") or ""] += 1
    return names


def _can_reach(selector: str, names: Counter[tuple[str, str]]) -> bool:
    if not 0 < len(selector) <= _LONGEST_SELECTOR or _NEEDS_MORE_THAN_A_LOOK.search(selector):
        return False
    plain = _NOT.sub("", selector) if "(" in selector else selector
    return all(name in names for name in _NAMES.findall(plain))


def _sheets(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """The style sheets inside a page that are meant for a screen."""
    for node in tree.css("style"):
        if _applies_to_a_screen(node.attributes.get("media") or ""):
            yield node


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
        return list(_parsed(block))
    if "{" in block:  # rules nested in a rule are not followed
        block = _NESTED.sub("", block)
    found = []
    for part in block.lower().split(";"):
        name, _, value = part.partition(":")
        if (name := name.strip()) in _KEPT:
            plain = value.replace("!important", "")
            found.append((name, plain.strip()[:LONGEST_VALUE], plain != value))
    return found


def _parsed(css: str) -> Iterator[tuple[str, str, bool]]:
    """The same by a parser that knows escapes; brackets nested without end and endless numbers stop it."""
    try:
        nodes = tinycss2.parse_blocks_contents(css)
    except ValueError:
        return
    for node in nodes:
        if node.type == "declaration" and node.lower_name in _KEPT:
            with contextlib.suppress(RecursionError):
                value = tinycss2.serialize(node.value).strip().lower()
                yield node.lower_name, value[:LONGEST_VALUE], node.important


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

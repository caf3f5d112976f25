"""What a visitor of a page can see, as blocks of text in reading order, and what was hidden from them.

A static filter: attributes, inline style, the page's own `<style>` rules. Text that a control on the page
opens (an accordion, a tab, `<details>`) counts as seen. Hidden text is kept apart, never read as content.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, takewhile
from math import cos, radians

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraping.characters import one_line, smuggled
from scraping.colour import WHITE, Colour, contrast, parse_colour
from scraping.css import LONGEST_VALUE, Allowance, Declarations, StyleSheet, declarations
from scraping.markup import parse

LOWEST_CONTRAST = 1.3
SMALLEST_FONT_PX = 4.0
_MOST_HIDDEN = 20
_MOST_HIDDEN_TEXT = 1_000
_MOST_BLOCKS = 30_000
_FAR_OFF_PX = 900.0
# To the right a page may scroll, but hardly over two screens.
_BEYOND_PX = 3_000.0
_SMALLEST_SCALE = 0.1
_BLURRED_PX = 10.0
_CRAMPED_PX = 8.0
# Every block repeats the names and the address around it, which may be as long as the page.
_LONGEST_NAME = 300
_LONGEST_ADDRESS = 4_000

_words = str.split
_NEVER_TEXT = frozenset(
    _words(
        "script style head title meta link base svg math select option datalist textarea input object "
        "embed audio "
        "video canvas iframe map progress meter template noscript frameset rp"
    )
)
_TELLING_THOUGH_UNSEEN = frozenset(("template", "noscript", "svg"))
_BLOCKS = frozenset(
    _words(
        "address article aside blockquote body button caption center dd details dialog dir div dl dt "
        "fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li main menu "
        "nav ol p "
        "pre section summary table tbody td tfoot th thead tr ul"
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_REGIONS = frozenset(("nav", "header", "footer", "aside", "main", "form", "dialog", "table"))
_ROLES = {
    "navigation": "nav",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "aside",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "menu": "nav",
    "menubar": "nav",
    "search": "form",
    "heading": "",
}
_SECTIONING = frozenset(("article", "section", "li", "td"))
_QUIET = frozenset(("nav", "footer", "dialog", "cookies", "form"))
_POPUP = re.compile(
    r"modal|popup|lightbox|tooltip|toast|error|success|dropdown|menu|feedback|alert", re.IGNORECASE
)
# Emphasis within a text, such as what a search found, parts no texts from each other.
_EMPHASIS = frozenset(("em", "i", "mark", "u", "sub", "sup", "wbr", "abbr", "font"))
_BOLD = frozenset(("b", "strong"))
_DECORATIONS = ("text-decoration", "text-decoration-line")
_STRUCK = frozenset(("s", "del", "strike"))
_READER_ONLY = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|a11y-hidden|assistive-text)\b", re.I
)
_HIDDEN_BY_NAME = re.compile(
    r"(?:^|\s)(?:hidden|hide|hide-div|d-none|is-hidden|u-hidden|display-none|w-condition-invisible|uk-hidden)(?:\s|$)"
)
_SHOWN_ON_WIDE = re.compile(
    r"(?:sm|md|lg|xl):(?:block|flex|grid|inline|table|contents)|d-(?:sm|md|lg|xl)-(?!none)"
)
_COOKIES = re.compile(r"cookie|consent|gdpr|onetrust|cmp-|newsletter-popup", re.I)
_DARK = re.compile(r"bg|dark|hero|banner|black|cover|overlay|inverse|invert|footer|primary|navy|theme", re.I)
_ADDRESSED = re.compile(
    r"\b(?:you|your|please|ignore|disregard|must|applicants?|candidates?|assistant|AI|LLM|model|instructions?|prompt|system|write"
    r"|say|state|mention|reveal|email|e-mail|letter|r[eé]sum[eé]|hire|hiring)\b",
    re.IGNORECASE,
)
_MOST_COMMENTS = 5_000


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list item or table cell as seen; a ruled line is an empty block, tag `hr`.

    `level` is 1 to 6 for a heading, else 0; `bold` when all of it is; `struck` when it begins struck through;
    `href` when all of it is one link;
    `opening_link` is the text and address of a link that it begins with, where more text follows;
    `regions` are the page regions around it; `path` names tag and class of the nearest elements, so that
    repeated cards share it. `parts` are the texts of the elements within it, side by side on the page,
    and `hints` the class of each, which often says what it is; `links` the texts and addresses of its links,
    where it has several. `row` and `column` number a table's rows over the whole page, from 1, and the cells
    of a row, from 0; 0 outside tables.
    """

    text: str
    tag: str
    level: int = 0
    bold: bool = False
    struck: bool = False
    href: str = ""
    opening_link: tuple[str, str] = ("", "")
    regions: frozenset[str] = frozenset()
    path: str = ""
    parts: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    row: int = 0
    column: int = 0

    @property
    def own_path(self) -> str:
        """Tag and class of its own element: the last part of its path."""
        return self.path.rpartition(">")[2]

    @property
    def is_item(self) -> bool:
        return self.tag == "li"

    @property
    def is_furniture(self) -> bool:
        """Whether it stands in a menu, a footer, a dialog or a cookie notice."""
        listed = self.tag == "li" and "header" in self.regions
        return listed or bool(self.regions & {"nav", "footer", "dialog", "cookies"})


@dataclass(frozen=True)
class Link:
    """A visible link: its text in one line, its address as written, and where it stands."""

    text: str
    href: str
    regions: frozenset[str] = frozenset()


@dataclass
class Seen:
    """A page as seen. `hidden` are passages worth telling the person about, at most twenty."""

    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks if block.text)


def see(markup: str) -> Seen:
    """Read HTML, a page or a fragment, as a visitor sees it."""
    return see_tree(parse(markup), markup)


def see_tree(tree: LexborHTMLParser, markup: str) -> Seen:
    """Read a parsed page; `markup` is what it was parsed from, for its comments."""
    return _see(tree, markup, Allowance())


def _see(tree: LexborHTMLParser, markup: str, allowance: Allowance) -> Seen:
    walk = _Walk(tree, allowance)
    if tree.root is not None:
        walk.run(tree.root)
    for text in (*smuggled(markup), *_comments(markup)):
        walk.tell(text)
    _free_of_form(walk.seen)
    shown = letters_of(walk.seen.text)
    walk.seen.hidden = [text for text in walk.seen.hidden if letters_of(text) not in shown]
    return walk.seen


def _free_of_form(seen: Seen) -> None:
    """Some servers wrap every page in one form; there a form sets nothing apart."""
    content = [block for block in seen.blocks if not block.is_furniture]
    inside = sum(len(block.text) for block in content if "form" in block.regions)
    if inside * 10 > sum(len(block.text) for block in content) * 6:
        seen.blocks = [replace(block, regions=block.regions - {"form"}) for block in seen.blocks]


# A text within a block: what it says, whether it is bold, where it leads, and the run it belongs to: a number
# of its own for each element, below zero for text that stands in the block itself.
_Piece = tuple[str, bool, str, int, bool]
_LONGEST_OF_PARTS = 200


def _opening_link(pieces: list[_Piece]) -> tuple[str, str]:
    """Text and address of the link that a block begins with."""
    href = next((href for piece, _, href, *_ in pieces if not piece.isspace()), "")
    run = takewhile(lambda piece: piece[2] == href or piece[0].isspace(), pieces)
    return (one_line("".join(piece[0] for piece in run)), href) if href else ("", "")


def _joined(pieces: list[_Piece]) -> str:
    """The text of a block. Elements side by side are apart on the page, though no space says so."""
    texts: list[str] = []
    before: _Piece = ("", False, "", 0, False)
    for piece in pieces:
        text, _, _, run, _ = piece
        apart = run > 0 < before[3] != run and len(before[0]) > 1
        if (
            apart
            and text[:1].isupper()
            and text[1:2].islower()
            and (before[0][-1].isalnum() or before[0][-1] == ")")
        ):
            texts.append(" ")
        texts.append(text)
        if text:
            before = piece
    return one_line("".join(texts))


def _links(pieces: list[_Piece]) -> tuple[tuple[str, str], ...]:
    runs = groupby(pieces, key=lambda piece: (piece[2], piece[3] if piece[2] else 0))
    texts = ((one_line("".join(piece[0] for piece in run)), href) for (href, _), run in runs if href)
    return tuple((text, href) for text, href in texts if text)


def _parts(pieces: list[_Piece], classes: dict[int, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts of the elements in a block, and the class of each."""
    found = []
    for number, run in groupby(pieces, key=lambda piece: piece[3]):
        text = one_line("".join(piece[0] for piece in run))
        if text:
            found.append((text, classes.get(number, "")))
    return tuple(text for text, _ in found), tuple(hint for _, hint in found)


def letters_of(text: str) -> str:
    """The letters and digits of a text in lower case, to tell whether one holds another."""
    return re.sub(r"\W+", "", text).lower()


def _comments(markup: str) -> Iterator[str]:
    end = 0
    for _ in range(_MOST_COMMENTS):
        begin = markup.find("<!--", end)
        end = markup.find("-->", begin + 4) if begin >= 0 else -1
        if end < 0:
            return
        passage = markup[begin + 4 : min(end, begin + 4 + _MOST_HIDDEN_TEXT)]
        inner = re.sub(r"^\s*\[if [^\]]*\]>|<!\[endif\]|<[^<>]*>", " ", passage)
        # Notes of programs and programmers, and markup taken out of use, address nobody.
        if _ADDRESSED.search(inner) and not re.search(
            r"^[\"']|[{}=;]|\bwp:|//|\bTODO\b|snippet|plugin", inner, re.I
        ):
            yield inner


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element's text inherits. A background of None is one that cannot be told.

    `hidden` hides the whole element; `unseen` only its own text, since a child may be larger or darker.
    `name` is that of the element in a path. `sectioned` says that it is a part of the page with a header of
    its own, or lies in one.
    """

    hidden: str = ""
    unseen: bool = False
    invisible: bool = False
    colour: Colour | None = (0.0, 0.0, 0.0, 1.0)
    background: Colour | None = WHITE
    declared: bool = False
    font: float = 16.0
    regions: frozenset[str] = frozenset()
    bold: bool = False
    href: str = ""
    level: int = 0
    struck: bool = False
    name: str = ""
    sectioned: bool = False


class _Walk:
    """One pass over the tree, without recursion: pages nest thousands of elements deep."""

    def __init__(self, tree: LexborHTMLParser, allowance: Allowance) -> None:
        self.seen = Seen()
        self._allowance = allowance
        self._sheet = StyleSheet(tree, allowance)
        # Sheets of other files and custom properties may set colours that we cannot know.
        self._foreign_css = bool(tree.css_first('link[rel~="stylesheet"]')) or self._sheet.has_variables
        self._opened_by_controls = _controlled(tree)
        self._holding_controls = _holding_controls(tree)
        self._buffer: list[_Piece] = []
        self._run = 1
        self._classes: dict[int, str] = {}
        self._row = self._column = 0
        self._depth = 0
        self._block: tuple[LexborNode, _Look] | None = None
        self._stack: list[tuple[LexborNode, _Look]] = []
        self._outer: list[_Look] = []
        self._blocks_around: list[tuple[LexborNode, _Look]] = []
        self._dark_around: list[bool] = []
        self._after_link = False
        self._link: list[str] = []
        self._faint: list[str] = []
        self._told: set[str] = set()

    def run(self, root: LexborNode) -> None:
        node: LexborNode | None = root
        look = _Look(colour=None) if self._foreign_css else _Look()
        while node is not None and len(self.seen.blocks) < _MOST_BLOCKS:
            child = self._enter(node, look)
            if child is not None:
                self._stack.append((node, child))
                self._outer.append(look)
                if node.tag in _BLOCKS:
                    self._blocks_around.append((node, child))
                look = child
                first = node.child
                assert first is not None
                node = first
                continue
            node, look = self._next(node, look)
        self._flush()

    def _next(self, node: LexborNode, look: _Look) -> tuple[LexborNode | None, _Look]:
        """The node after this one in document order, leaving the elements that end here."""
        following = node.next
        while following is None and self._stack:
            node, _ = self._stack.pop()
            look = self._outer.pop()
            if len(self._dark_around) > len(self._stack):
                self._dark_around.pop()
            if node.tag in _BLOCKS:
                self._blocks_around.pop()
            self._leave(node)
            following = node.next
        return following, look

    def _enter(self, node: LexborNode, look: _Look) -> _Look | None:
        """Take a node in; return the look of its children where there are any to visit."""
        tag = node.tag or ""
        if tag == "-text":
            self._take(node.text_content or "", look)
            return None
        if tag == "br":
            self._break(look)
            return None
        if tag == "hr":
            self._flush()
            self.seen.blocks.append(Block(text="", tag="hr", regions=look.regions))
            return None
        if tag in _NEVER_TEXT or tag.startswith(("-", "!", "_")):
            self._unseen(node, tag)
            return None
        child = self._look(node, tag, look)
        if child.hidden:
            if child.hidden != "quietly":
                self.tell(_text_below(node))
            return None
        if tag in _BLOCKS:
            self._flush()
            self._block = (node, child)
            if tag == "tr":
                self._row, self._column = self._row + 1, -1
            elif tag in ("td", "th"):
                self._column += 1
        elif tag not in _EMPHASIS:
            self._run += 1
            self._depth += 1
            if name := node.attributes.get("class"):
                self._classes[self._run] = name
        if tag == "a" and child.href:
            self._link = []
        if node.child is None:
            self._leave(node)
            return None
        return child

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _BLOCKS:
            self._flush()
            self._block = None
            return
        if tag not in _EMPHASIS:
            self._run += 1
            self._depth -= 1
        if tag == "a":
            text = one_line("".join(self._link))
            href = _address(node.attributes)
            if text and href:
                regions = self._stack[-1][1].regions if self._stack else frozenset()
                self.seen.links.append(Link(text, href, regions))
            self._link = []
            self._after_link = True

    def _break(self, look: _Look) -> None:
        if look.level:
            # A heading broken for its looks is still one heading.
            self._take(" ", look)
            return
        self._flush()
        self._block = None

    def _take(self, text: str, look: _Look) -> None:
        if look.unseen:
            self._faint.append(text)
            return
        self._link.append(text)
        if self._after_link and look.href and self._buffer and not text.isspace():
            self._buffer.append((" ", look.bold, look.href, 0, False))
        self._after_link = False
        run = self._run if self._depth else -self._run
        if look.level or not text.isspace():
            self._buffer.append((text, look.bold, look.href, run, look.struck))
        elif self._buffer:
            self._buffer.append((" ", look.bold, self._buffer[-1][2], run, look.struck))

    def _flush(self) -> None:
        if self._faint:
            passage, self._faint = "".join(self._faint), []
            self.tell(passage)
        pieces, self._buffer = self._buffer, []
        self._link.append(" ")
        text = _joined(pieces)
        if not text:
            return
        solid = [piece[1:] for piece in pieces if not piece[0].isspace()]
        hrefs = {href for _, href, *_ in solid}
        parts: tuple[str, ...] = (text,)
        hints: tuple[str, ...] = ("",)
        if len(pieces) > 1 and len(text) <= _LONGEST_OF_PARTS:
            parts, hints = _parts(pieces, self._classes)
        self._classes.clear()
        node, look = self._current()
        self.seen.blocks.append(
            Block(
                text=text,
                tag=(node.tag or "") if node is not None else "",
                level=look.level,
                bold=all(bold for bold, *_ in solid),
                struck=solid[0][3],
                href=hrefs.pop() if len(hrefs) == 1 else "",
                opening_link=_opening_link(pieces) if len(hrefs) > 1 else ("", ""),
                regions=look.regions,
                path=self._path(node, look),
                links=_links(pieces) if len(hrefs) > 1 else (),
                row=self._row if "table" in look.regions else 0,
                column=max(0, self._column) if "table" in look.regions else 0,
                parts=parts,
                hints=hints,
            )
        )

    def _current(self) -> tuple[LexborNode | None, _Look]:
        if self._block is not None:
            return self._block
        return self._blocks_around[-1] if self._blocks_around else (None, _Look())

    def _path(self, node: LexborNode | None, look: _Look) -> str:
        nearest = self._stack[-4:]
        if node is not None and (not nearest or nearest[-1][0].mem_id != node.mem_id):
            nearest.append((node, look))
        return ">".join(around.name for _, around in nearest[-4:])

    # --- looks -------------------------------------------------------------------------------------

    def _look(self, node: LexborNode, tag: str, look: _Look) -> _Look:
        attributes = node.attributes
        names = attributes.get("class") or ""
        style = self._style(node, attributes)
        opened = _regions(tag, attributes, sectioned=look.sectioned)
        regions = look.regions | opened if opened else look.regions
        if _is_hidden_by_name(names, style):
            return _Look(hidden="quietly")
        if style is None and not attributes and tag != "dialog":
            font, colour, background, declared = look.font, look.colour, look.background, look.declared
        else:
            style = style or {}
            font = _font(style, look.font)
            colour, background, declared = self._colours(tag, attributes, style, look)
            hidden = self._hidden(node, attributes, style)
            if hidden:
                quiet = bool(regions & _QUIET) or _POPUP.search(names) is not None
                return _Look(hidden="quietly" if quiet and hidden == "away" else hidden)
        invisible = look.invisible
        if style and "visibility" in style:
            invisible = style["visibility"] in ("hidden", "collapse") and not self._can_be_opened(
                node, attributes
            )
        faint = _faint(colour, background) and self._sure(tag, declared=declared)
        return _Look(
            unseen=invisible or faint or font < SMALLEST_FONT_PX,
            invisible=invisible,
            colour=colour,
            background=background,
            declared=declared,
            font=font,
            regions=regions,
            bold=look.bold or tag in _BOLD,
            href=_address(attributes) if tag == "a" else look.href,
            level=_HEADINGS.get(tag) or _role_level(attributes) or look.level,
            struck=look.struck or tag in _STRUCK or _has_a_line_through(style),
            name=f"{tag}.{names[:_LONGEST_NAME]}",
            sectioned=look.sectioned or tag in _SECTIONING,
        )

    def _style(self, node: LexborNode, attributes: dict[str, str | None]) -> Declarations | None:
        sheet = self._sheet.of(node.mem_id)
        inline = attributes.get("style")
        if not inline:
            return sheet
        own = declarations(self._sheet.resolved(inline))
        if sheet is None:
            return own
        last = {} if "important" in inline.lower() else self._sheet.important(node.mem_id)
        return {**sheet, **own, **last}

    def _hidden(self, node: LexborNode, attributes: dict[str, str | None], style: Declarations) -> str:
        """How an element hides all that is in it, whatever its children state; empty where it does not."""
        if "hidden" in attributes and style.get("display", "none") == "none":
            return "" if self._can_be_opened(node, attributes) else "away"
        if node.tag == "dialog" and "open" not in attributes and style.get("display", "none") == "none":
            return "away"
        if not style:
            return ""
        if style.get("display") == "none" or style.get("content-visibility") == "hidden":
            return "" if self._can_be_opened(node, attributes) else "away"
        if _see_through(style) and not _fades_in(attributes, style):
            return "see-through"
        if _masked(style):
            return "see-through"
        if _no_room(style) and not self._can_be_opened(node, attributes):
            return "no room"
        return "off screen" if _off_screen(style) or _clipped(style) else ""

    def _can_be_opened(self, node: LexborNode, attributes: dict[str, str | None]) -> bool:
        """Whether a visitor can bring it into view: a tab, an accordion's panel, the target of a control."""
        if attributes.get("role") == "tabpanel" or (attributes.get("id") or "") in self._opened_by_controls:
            return True
        before = node.prev
        while before is not None and (before.tag or "").startswith(("-", "!")):
            before = before.prev
        if before is None:
            return False
        return before.tag in ("button", "summary") or before.mem_id in self._holding_controls

    def _colours(
        self, tag: str, attributes: dict[str, str | None], style: Declarations, look: _Look
    ) -> tuple[Colour | None, Colour | None, bool]:
        colour, background, declared = look.colour, look.background, look.declared
        value = style.get("-webkit-text-fill-color") or style.get("color")
        if value is None and tag == "font":
            value = (attributes.get("color") or "")[:LONGEST_VALUE].lower() or None
        if value is not None and value not in ("inherit", "currentcolor"):
            colour = parse_colour(value)
        behind = style.get("background-color") or style.get("background") or attributes.get("bgcolor")
        if behind is not None and behind not in ("inherit", "none", "transparent", "0 0", "initial"):
            parsed = parse_colour(behind[:LONGEST_VALUE].lower())
            if parsed is None or parsed[3] > 0.0:
                background, declared = (parsed if parsed and parsed[3] > 0.99 else None), True
        if "background-image" in style and style["background-image"] != "none":
            background, declared = None, True
        return colour, background, declared

    def _sure(self, tag: str, *, declared: bool) -> bool:
        """Whether the background is known: a sheet we have not read may have set a dark one."""
        if declared or not self._foreign_css:
            return True
        return not (tag in _HEADINGS or tag in ("a", "button") or self._is_on_dark())

    def _is_on_dark(self) -> bool:
        """Whether an element around this place is named like a dark background; each is looked at once."""
        known = self._dark_around
        for node, _ in self._stack[len(known) :]:
            known.append((bool(known) and known[-1]) or _DARK.search(_marks(node.attributes)) is not None)
        return bool(known) and known[-1]

    # --- hidden passages -----------------------------------------------------------------------------

    def _unseen(self, node: LexborNode, tag: str) -> None:
        if tag == "iframe":
            srcdoc = node.attributes.get("srcdoc")
            if srcdoc and len(srcdoc) < 200_000:
                self._flush()
                markup = srcdoc.replace("srcdoc", "data-srcdoc")
                inner = _see(parse(markup), markup, self._allowance)
                self.seen.blocks += inner.blocks[: _MOST_BLOCKS - len(self.seen.blocks)]
                for passage in inner.hidden:
                    self.tell(passage)
        elif tag in _TELLING_THOUGH_UNSEEN:
            self.tell(_text_below(node))

    def tell(self, text: str) -> None:
        """Keep a hidden passage if it reads like a message rather than a label, a menu or a fallback."""
        passage = one_line(text)[:_MOST_HIDDEN_TEXT]
        if len(self.seen.hidden) >= _MOST_HIDDEN or passage in self._told or not _is_message(passage):
            return
        self._told.add(passage)
        self.seen.hidden.append(passage)


_FALLBACK = re.compile(
    r"javascript|skip to|last published|made in framer|noscript|cookie|browser|iframe|loading|\bmenu\b"
    r"|this field is for validation"
    r"|lorem ipsum|thank you! your submission|something went wrong",
    re.I,
)


def _is_message(text: str) -> bool:
    """Whether hidden text says something: five words or more that are no fallback, menu or code."""
    words = text.split()
    if len(words) < 4 or _FALLBACK.search(text[:300]) or re.search(r"[{}<>]|=\"|\bfunction\b", text):
        return False
    # A menu or a list of labels has hardly a lower-case word and no full stop.
    lower = sum(1 for word in words if word[0].islower())
    return lower >= len(words) * 0.4 or bool(re.search(r"[.!?:](?:\s|$)", text)) or len(words) > 4 >= lower


def _text_below(node: LexborNode) -> str:
    """All text below a node, also unseen, up to a limit; without recursion."""
    found: list[str] = []
    total = 0
    stack: list[LexborNode] = [node.child] if node.child is not None else []
    while stack and total < _MOST_HIDDEN_TEXT * 2:
        here = stack.pop()
        if here.next is not None:
            stack.append(here.next)
        if here.tag == "-text":
            text = here.text_content or ""
            found.append(text)
            total += len(text)
        elif here.tag not in ("script", "style") and here.child is not None:
            found.append(" ")
            stack.append(here.child)
    return "".join(found)


def _controlled(tree: LexborHTMLParser) -> set[str]:
    """Ids that some control of the page opens."""
    ids: set[str] = set()
    for node in tree.css("[aria-controls], [data-target], [data-bs-target], [data-toggle], [data-bs-toggle]"):
        attributes = node.attributes
        for name in ("aria-controls", "data-target", "data-bs-target", "href"):
            ids |= {part.lstrip("#") for part in (attributes.get(name) or "").split()}
    return ids - {""}


def _holding_controls(tree: LexborHTMLParser) -> set[int]:
    """The elements that hold something that can be expanded, or are it, by their `mem_id`."""
    found: set[int] = set()
    for control in tree.css("[aria-expanded]"):
        node: LexborNode | None = control
        while node is not None and node.mem_id not in found:
            found.add(node.mem_id)
            node = node.parent
    return found


def _address(attributes: dict[str, str | None]) -> str:
    address = attributes.get("href") or ""
    return address if len(address) <= _LONGEST_ADDRESS else ""


def _marks(attributes: dict[str, str | None]) -> str:
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"


_NAMED_REGION = re.compile(
    r"(?<![\w-])(?:footer|site-footer|page-footer|navbar|nav-menu|main-nav|site-nav|main-menu|breadcrumbs?"
    r"|nav-links?|w-nav|top-?menu|menu-item|[\w-]*__nav|g-?nav|global-?nav|metismenu)(?![\w-])",
    re.I,
)


def _regions(tag: str, attributes: dict[str, str | None], *, sectioned: bool) -> set[str]:
    """The regions that an element opens; a section's own header and footer are none of the page."""
    found = {tag} if tag in _REGIONS and not (sectioned and tag in ("header", "footer")) else set()
    if not attributes:
        return found
    role = attributes.get("role")
    if role and _ROLES.get(role):
        found.add(_ROLES[role])
    marks = _marks(attributes)
    if tag not in ("html", "body") and _COOKIES.search(marks):
        found.add("cookies")
    if tag not in ("html", "body", "main") and (match := _NAMED_REGION.search(marks)):
        found.add("footer" if match[0].lower().startswith("foot") else "nav")
    return found


def _is_hidden_by_name(names: str, style: Declarations | None) -> bool:
    """Whether class names that every framework hides with say so, and the page's sheet does not differ."""
    if not names or (style is not None and style.get("display", "none") != "none"):
        return False
    if _READER_ONLY.search(names):
        return True
    return _HIDDEN_BY_NAME.search(names) is not None and not _SHOWN_ON_WIDE.search(names)


def _role_level(attributes: dict[str, str | None]) -> int:
    if attributes.get("role") != "heading":
        return 0
    level = attributes.get("aria-level") or ""
    return int(level) if level in ("1", "2", "3", "4", "5", "6") else 2


_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?"
_LENGTH = re.compile(rf"({_NUMBER})\s*(px|pt|em|rem|%|vw|vh|ex|ch|cm|mm|in)?")
_CALCULATED = re.compile(rf"calc\(\s*({_NUMBER}\s*[a-z%]*)\s*\)")
_PIXELS = {"px": 1.0, "pt": 1.33, "em": 16.0, "rem": 16.0, "vw": 12.8, "vh": 8.0, "ex": 8.0, "ch": 8.0}
_PIXELS |= {"cm": 37.8, "mm": 3.78, "in": 96.0, "%": 12.8, "": 1.0}


def _measure(value: str | None) -> re.Match[str] | None:
    """A number and its unit, also where a calculation holds nothing else."""
    if not value:
        return None
    return _LENGTH.fullmatch(_CALCULATED.sub(r"\1", value).strip())


def _pixels(value: str | None) -> float | None:
    match = _measure(value)
    return float(match[1]) * _PIXELS[match[2] or ""] if match else None


def _font(style: Declarations, inherited: float) -> float:
    value = style.get("font-size", "")
    if not value and "font" in style:
        found = re.search(rf"(?:^|\s)({_NUMBER}(?:px|pt|em|rem|%)|0(?=[\s/]))", style["font"])
        value = found[1] if found else ""
    match = _measure(value)
    if match is None:
        return inherited
    number, unit = float(match[1]), match[2] or "px"
    if unit in ("em", "%"):
        return inherited * (number if unit == "em" else number / 100)
    return number * _PIXELS[unit]


def _faint(colour: Colour | None, background: Colour | None) -> bool:
    if colour is None:
        return False
    if colour[3] < 0.1:
        return True
    return background is not None and contrast(colour, background) < LOWEST_CONTRAST


def _see_through(style: Declarations) -> bool:
    filters = f"{style.get('filter', '')} {style.get('-webkit-filter', '')}"
    values = [style.get("opacity", "1"), *re.findall(r"opacity\(([^()]*)\)", filters)]
    for match in map(_measure, values):
        if match is not None and float(match[1]) / (100 if match[2] == "%" else 1) < 0.1:
            return True
    blurred = re.search(r"blur\(([^()]*)\)", filters)
    return blurred is not None and (_pixels(blurred[1]) or 0.0) >= _BLURRED_PX


_IN_A_GRADIENT = re.compile(
    r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|\b(?!linear|radial|conic|gradient|to|at|deg)[a-z]{3,}\b"
)
_MASKS = ("mask", "mask-image", "-webkit-mask", "-webkit-mask-image")


def _masked(style: Declarations) -> bool:
    """Whether a mask of nothing but transparent colour lies over it."""
    for name in _MASKS:
        value = style.get(name, "")
        if "gradient(" in value:
            colours = re.findall(
                r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|\b(?!linear|radial|conic|gradient|to|at)[a-z]{3,}\b", value
            )
            if colours and all((parse_colour(one) or WHITE)[3] < 0.1 for one in colours):
                return True
    return False


def _fades_in(attributes: dict[str, str | None], style: Declarations) -> bool:
    """Site builders send text see-through and let it fade in; they mark it, or move it at the same time."""
    marks = " ".join(attributes)
    return "data-w-id" in marks or "data-framer" in marks or "data-aos" in marks or "transform" in style


def _has_a_line_through(style: Declarations | None) -> bool:
    return style is not None and any("line-through" in style.get(name, "") for name in _DECORATIONS)


def _no_room(style: Declarations) -> bool:
    if not {"hidden", "clip"} & {*style.get("overflow", "").split(), style.get("overflow-y", "")}:
        return False
    # A part of a row that takes what room there is has a width in name only.
    grows = re.match(r"[1-9]|auto\b", style.get("flex-grow") or style.get("flex", ""))
    names = ("height", "max-height") if grows else ("width", "height", "max-width", "max-height")
    sizes = [_pixels(style.get(name)) for name in names]
    return any(size is not None and abs(size) <= 1.0 for size in sizes)


def _off_screen(style: Declarations) -> bool:
    if (indent := _pixels(style.get("text-indent"))) is not None and abs(indent) >= _FAR_OFF_PX:
        return True
    if style.get("position") in ("absolute", "fixed", "relative"):
        for side in ("left", "top", "right", "bottom"):
            offset = _pixels(style.get(side))
            if offset is not None and (offset <= -_FAR_OFF_PX or (side == "left" and offset >= _BEYOND_PX)):
                return True
    margins = [style.get("margin-left"), style.get("margin-top"), *style.get("margin", "").split()]
    if any((_pixels(margin) or 0.0) <= -_FAR_OFF_PX for margin in margins):
        return True
    if (_pixels(style.get("letter-spacing")) or 0.0) <= -_CRAMPED_PX:
        return True
    return _transformed_away(style)


def _transformed_away(style: Declarations) -> bool:
    """Whether it is scaled to next to nothing, turned edge on, or moved off the page."""
    transform = style.get("transform", "")
    sizes = [
        *re.findall(rf"scale(?:3d|[xyz])?\(\s*({_NUMBER}%?)", transform),
        *style.get("scale", "").split(),
    ]
    for match in map(_measure, [*sizes, style.get("zoom", "1")]):
        if match is not None and abs(float(match[1])) / (100 if match[2] == "%" else 1) < _SMALLEST_SCALE:
            return True
    turned = re.search(rf"rotate[xy]\(\s*({_NUMBER})deg", transform)
    if turned is not None and abs(cos(radians(float(turned[1])))) < _SMALLEST_SCALE:
        return True
    shifts = re.findall(rf"translate(?:3d|[xy])?\(\s*({_NUMBER}[a-z%]*)", transform)
    moved = [_pixels(shift) for shift in [*shifts, *style.get("translate", "").split()] if "%" not in shift]
    return any(shift is not None and shift <= -_FAR_OFF_PX for shift in moved)


_NOTHING_LEFT = re.compile(
    r"inset\((?:50|100)%|inset\([^)]*100%|(?:circle|ellipse)\(0|polygon\(00(?:px)?,?(?:00|0px0px)"
)


def _clipped(style: Declarations) -> bool:
    clip = re.sub(r"\s", "", style.get("clip", ""))
    if re.match(r"rect\((?:[01](?:px)?,?){4}\)", clip):
        return True
    path = re.sub(r"\s", "", style.get("clip-path", ""))
    return bool(
        re.match(
            r"inset\((?:50|100)%|inset\([^)]*100%|(?:circle|ellipse)\(0|polygon\(00(?:px)?,?(?:00|0px0px)",
            path,
        )
    )

"""How a Word file's paragraphs and runs look: their styles, resolved, and their lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from profiles.docx_package import attribute, child, local

_OFF = frozenset(("0", "false", "off", "none"))
_NO_FILL = frozenset(("auto", "ffffff", ""))
_LIGHT_THEMES = frozenset(("background1", "bg1", "light1", "lt1"))
_SMALLEST = 6  # half points; nobody reads less than three points
_DEEPEST = 12


@dataclass(frozen=True)
class Look:
    """What is known of a run: None is not said."""

    bold: bool | None = None
    caps: bool | None = None
    vanish: bool | None = None
    white: bool | None = None
    size: int | None = None
    shaded: bool | None = None

    def over(self, below: "Look") -> "Look":
        """This look where it says something, else the one below it."""
        said = {name: value for name, value in vars(self).items() if value is not None}
        return replace(below, **said)

    def is_hidden(self, on_colour: bool) -> bool:
        """Whether no person sees such text on a page that is white here, or not known to be."""
        tiny = self.size is not None and self.size < _SMALLEST
        return bool(self.vanish or tiny or (self.white and not self.shaded and not on_colour))


@dataclass(frozen=True)
class Style:
    """A style with all that it inherits."""

    name: str = ""
    look: Look = Look()
    outline: int | None = None
    list_id: str | None = None
    list_level: int = 0
    before: int | None = None
    shaded: bool = False


class Styles:
    """The styles and lists of one file."""

    def __init__(self, styles: Any | None, numbering: Any | None) -> None:
        found = styles if styles is not None else ()
        self.elements = {attribute(x, "styleId") or "": x for x in found if local(x) == "style"}
        self.default = next(
            (
                attribute(x, "styleId") or ""
                for x in self.elements.values()
                if attribute(x, "type") == "paragraph" and attribute(x, "default") in ("1", "true")
            ),
            "",
        )
        defaults = child(styles, "docDefaults", "rPrDefault", "rPr") if styles is not None else None
        self.base = look_of(defaults)
        self.resolved: dict[str, Style] = {}
        self.unmarked = set(_unmarked_lists(numbering)) if numbering is not None else set()

    def of(self, id_: str | None, depth: int = 0) -> Style:
        """The style of this id, or the paragraphs' default style."""
        key = id_ if id_ in self.elements else self.default
        if key not in self.resolved:
            element = self.elements.get(key or "")
            style = Style() if element is None or depth > _DEEPEST else self._resolve(element, depth)
            if depth:
                return style
            self.resolved[key or ""] = style
        return self.resolved[key or ""]

    def _resolve(self, element: Any, depth: int) -> Style:
        parent = child(element, "basedOn")
        below = Style(look=self.base)
        if parent is not None and attribute(parent, "val") in self.elements:
            below = self.of(attribute(parent, "val"), depth + 1)
        name = child(element, "name")
        style = with_properties(below, child(element, "pPr"))
        shaded = below.shaded or any(is_filled(shade) for shade in element.iter() if local(shade) == "shd")
        return replace(
            style,
            name=(attribute(name, "val") or "").lower() if name is not None else "",
            look=look_of(child(element, "rPr")).over(style.look),
            outline=_heading_level(name, style.outline),
            shaded=shaded,
        )

    def is_marked(self, list_id: str | None, level: int) -> bool:
        """Whether paragraphs of this list show a mark or number."""
        return list_id not in (None, "0") and (list_id, level) not in self.unmarked


def _heading_level(name: Any | None, outline: int | None) -> int | None:
    found = (
        re.fullmatch(r"heading (\d)", (attribute(name, "val") or "").lower()) if name is not None else None
    )
    return int(found[1]) - 1 if found else outline


def with_properties(style: Style, properties: Any | None) -> Style:
    """A style with the paragraph properties (`pPr`) laid over it."""
    if properties is None:
        return style
    outline, lists = child(properties, "outlineLvl"), child(properties, "numPr")
    spacing, shade = child(properties, "spacing"), child(properties, "shd")
    if outline is not None:
        level = _number(attribute(outline, "val"), 9)
        style = replace(style, outline=level if level < 9 else None)
    if lists is not None:
        id_, level_ = child(lists, "numId"), child(lists, "ilvl")
        style = replace(
            style,
            list_id=attribute(id_, "val") if id_ is not None else style.list_id,
            list_level=_number(attribute(level_, "val"), 0) if level_ is not None else style.list_level,
        )
    if spacing is not None and attribute(spacing, "before") is not None:
        style = replace(style, before=_number(attribute(spacing, "before"), 0))
    return replace(style, shaded=style.shaded or (shade is not None and is_filled(shade)))


def look_of(properties: Any | None) -> Look:
    """What run properties (`rPr`) say."""
    if properties is None:
        return Look()
    said: dict[str, Any] = {}
    for element in properties:
        name, value = local(element), attribute(element, "val")
        if name in ("b", "caps", "vanish", "specVanish"):
            said[{"b": "bold", "specVanish": "vanish"}.get(name, name)] = (value or "1").lower() not in _OFF
        elif name == "color":
            said["white"] = _is_white(value, attribute(element, "themeColor"))
        elif name == "sz":
            said["size"] = _number(value, 20)
        elif name == "highlight":
            said["shaded"] = value not in ("none", "white", None)
        elif name == "shd":
            said["shaded"] = is_filled(element)
    return Look(**said)


def is_filled(shade: Any) -> bool:
    """Whether a shading (`shd`) puts a colour behind its text."""
    theme = attribute(shade, "themeFill")
    fill = (attribute(shade, "fill") or "").lower()
    return (fill not in _NO_FILL and not _is_white(fill, None)) or (
        theme is not None and theme not in _LIGHT_THEMES
    )


def _is_white(value: str | None, theme: str | None) -> bool:
    if theme in _LIGHT_THEMES:
        return True
    if value is None or not re.fullmatch(r"[0-9a-fA-F]{6}", value):
        return False
    return all(int(value[i : i + 2], 16) >= 0xF0 for i in (0, 2, 4))


def _number(value: str | None, otherwise: int) -> int:
    found = re.match(r"-?\d{1,9}", value or "")
    return int(found[0]) if found else otherwise


def _unmarked_lists(numbering: Any) -> Iterator[tuple[str, int]]:
    """(list, level) of the levels that show neither a mark nor a number."""
    kinds = {attribute(x, "abstractNumId"): x for x in numbering if local(x) == "abstractNum"}
    for number in numbering:
        kind = child(number, "abstractNumId") if local(number) == "num" else None
        for level in kinds.get(attribute(kind, "val"), ()) if kind is not None else ():
            shape, text = child(level, "numFmt"), child(level, "lvlText")
            empty = text is not None and not (attribute(text, "val") or "").strip()
            if local(level) == "lvl" and (empty or (shape is not None and attribute(shape, "val") == "none")):
                yield attribute(number, "numId") or "", _number(attribute(level, "ilvl"), 0)

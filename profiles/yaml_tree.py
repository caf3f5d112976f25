"""YAML read as plain text values, with the place and span of each; nothing in it is ever constructed.

Dates and numbers stay as written (`2018-09`, `3.80`). Anchors are followed, but what they would grow to is
counted first; tags that name types of a programming language are refused.
"""

from dataclasses import dataclass, field
from typing import Any

from errors import DocumentError

MOST_NODES = 100_000
DEEPEST = 40
_NEEDS = "It should be a résumé for RenderCV or YAMLResume."
_TOO_DEEP = "This YAML is nested too deeply to be a résumé."
_EMPTY = frozenset(("", "~", "null", "Null", "NULL"))
_PLAIN_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(("str", "int", "float", "bool", "null", "seq", "map", "timestamp", "merge"))

Span = tuple[int, int]


@dataclass
class _Node:
    """One value: a text, a list or a mapping, where it stands, how many nodes it holds, and how deep."""

    span: Span
    value: str | None = None
    items: list["_Node"] | None = None
    pairs: dict[str, "_Node"] | None = None
    key: "_Node | None" = None
    anchor: str | None = None
    size: int = 1
    depth: int = 0

    def put(self, child: "_Node") -> None:
        """Add a child. In a mapping, keys and values take turns; a later value of one key wins."""
        self.size += child.size
        self.depth = max(self.depth, child.depth + 1)
        if self.items is not None:
            self.items.append(child)
        elif self.key is None:
            self.key = child
        else:
            assert self.pairs is not None
            if self.key.value == "<<" and child.pairs is not None:
                self.pairs = {**child.pairs, **self.pairs}
            else:
                self.pairs[self.key.value or ""] = child
            self.key = None


@dataclass
class _Tree:
    """The document under construction."""

    open: list[_Node] = field(default_factory=list)
    anchors: dict[str, _Node] = field(default_factory=dict)
    root: _Node | None = None

    def close(self, node: _Node) -> None:
        if node.size > MOST_NODES or sum(parent.size for parent in self.open) + node.size > MOST_NODES:
            raise DocumentError("This YAML grows far beyond a résumé.", _NEEDS)
        # An alias is as deep as what it stands for, so aliases in aliases count in full.
        if len(self.open) + node.depth > DEEPEST:
            raise DocumentError(_TOO_DEEP, _NEEDS)
        if node.anchor:
            self.anchors[node.anchor] = node
        if self.open:
            self.open[-1].put(node)
        else:
            self.root = node


def read_tree(text: str) -> tuple[Any, dict[str, Span]]:
    """The first document of a YAML text as dicts, lists and strings, and the span of each place in it.

    Empty values are None.

    Raises:
        DocumentError: when it is broken, nested too deeply, or far too large; names the line where it can.
    """
    import yaml

    tree = _Tree()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            _take(tree, event)
            if isinstance(event, yaml.DocumentEndEvent) and tree.root and tree.root.size > 1:
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" in line {mark.line + 1}" if mark else ""
        tabs = mark and "\t" in _line(text, mark.line)[: mark.column + 1]
        advice = "Indent with spaces: YAML allows no tabs there." if tabs else _NEEDS
        raise DocumentError(f"This YAML is broken{where}.", advice) from None
    except yaml.YAMLError:
        raise DocumentError("This YAML holds characters that it may not hold.", _NEEDS) from None
    places: dict[str, Span] = {}
    return (_plain(tree.root, "", places) if tree.root else None), places


def _line(text: str, number: int) -> str:
    return next((line for index, line in enumerate(text.split("\n")) if index == number), "")


def _take(tree: _Tree, event: Any) -> None:
    """One event of the parser, in order."""
    import yaml

    if isinstance(event, yaml.AliasEvent):
        known = tree.anchors.get(event.anchor or "")
        if known is None:
            name = (event.anchor or "")[:40]
            raise DocumentError(f"This YAML refers to “{name}”, which it does not hold.", _NEEDS)
        tree.close(
            _Node(known.span, known.value, known.items, known.pairs, size=known.size, depth=known.depth)
        )
        return
    if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
        node = tree.open.pop()
        node.span = (node.span[0], _offset(event.end_mark))
        tree.close(node)
        return
    if not isinstance(event, yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent):
        return
    _refuse_tags(event)
    span = (_offset(event.start_mark), _offset(event.end_mark))
    if isinstance(event, yaml.ScalarEvent):
        empty = event.implicit[0] and event.value in _EMPTY
        tree.close(_Node(span, None if empty else event.value, anchor=event.anchor))
    elif len(tree.open) >= DEEPEST:
        raise DocumentError(_TOO_DEEP, _NEEDS)
    elif isinstance(event, yaml.SequenceStartEvent):
        tree.open.append(_Node(span, items=[], anchor=event.anchor))
    else:
        tree.open.append(_Node(span, pairs={}, anchor=event.anchor))


def _offset(mark: Any) -> int:
    return int(mark.index)


def _refuse_tags(event: Any) -> None:
    tag = event.tag or ""
    if tag in ("", "!") or (tag.startswith(_PLAIN_TAG) and tag.removeprefix(_PLAIN_TAG) in _PLAIN_TAGS):
        return
    line = event.start_mark.line + 1
    raise DocumentError(f"This YAML asks for a “{tag[:60]}” in line {line}, which is no text.", _NEEDS)


def _plain(node: _Node, place: str, places: dict[str, Span]) -> Any:
    if place:
        places[place] = node.span
    if node.items is not None:
        return [_plain(item, f"{place}[{index}]", places) for index, item in enumerate(node.items)]
    if node.pairs is not None:
        return {
            key: _plain(value, f"{place}.{key}" if place else key, places)
            for key, value in node.pairs.items()
        }
    return node.value

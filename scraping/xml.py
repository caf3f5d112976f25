"""XML from the network: no DTD, no entities, no fetching; broken markup is read as far as it goes."""

import re
from collections.abc import Iterator

from lxml import etree

from scraping.page import decode

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DTD = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def parse_xml(body: bytes) -> etree._Element:
    """The root of an XML document.

    Raises:
        ValueError: for a document that is none, or that declares a document type.
    """
    text = _DECLARATION.sub("", decode(body).replace("\x00", ""))
    if _DTD.search(text[:100_000]):
        raise ValueError("a document type is not accepted")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(text.strip(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("not XML") from error
    if root is None:
        raise ValueError("not XML")
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a document type is not accepted")
    return root


def name_of(node: etree._Element) -> str:
    """An element's name without its namespace, in lower case; empty for comments."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def all_named(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Every element below `root`, itself included, that has one of the names, in document order."""
    wanted = {name.lower() for name in names}
    return (node for node in root.iter() if name_of(node) in wanted)


def texts_of(node: etree._Element, *names: str) -> list[str]:
    """The texts of a node's children of the given names, without empty ones."""
    wanted = {name.lower() for name in names}
    found = ("".join(child.itertext()).strip() for child in node if name_of(child) in wanted)
    return [text for text in found if text]


def text_of(node: etree._Element, *names: str) -> str:
    """The first text among a node's children of the given names, in the order of the names."""
    return next((text for name in names for text in texts_of(node, name)), "")

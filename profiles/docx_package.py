"""A Word file as its parts: a zip of XML that is opened with care. Nothing outside it is ever read."""

import posixpath
from typing import Any

from lxml import etree

from errors import DocumentError
from profiles.zip_files import ZipKind

MOST_BYTES = 30_000_000
MOST_ENTRIES = 2_000
_ADVICE = "Open it in Word and save it again as .docx, or save it as PDF."
_KIND = ZipKind("Word file", "a résumé", _ADVICE)


def local(element: Any) -> str:
    """An element's name without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without namespace. Word files come in two families of namespaces."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Any, *path: str) -> Any | None:
    """The first descendant along a path of names, or None."""
    for name in path:
        element = next((inner for inner in element if local(inner) == name), None)
        if element is None:
            return None
    return element


class Package:
    """The parts of one Word file.

    Raises:
        DocumentError: when it is damaged, protected, or grows too large while it is unpacked.
    """

    def __init__(self, data: bytes) -> None:
        self.left = MOST_BYTES
        self.zip = _KIND.opened(data)
        entries = self.zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise DocumentError("This Word file holds far more parts than a résumé.", _ADVICE)
        self.names = {entry.filename.lstrip("/"): entry for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries):
            raise DocumentError("This Word file is protected by a password.", "Save it without the password.")
        self.main = self._main()

    @property
    def has_macros(self) -> bool:
        return any(name.lower().endswith("vbaproject.bin") for name in self.names)

    def part(self, name: str) -> Any | None:
        """The root element of a part, or None where there is no such part."""
        if name not in self.names:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(self._unpacked(name), parser)
        except (etree.XMLSyntaxError, ValueError):
            raise DocumentError("This Word file is damaged: its text cannot be read.", _ADVICE) from None
        if root.getroottree().docinfo.doctype:
            raise DocumentError("This Word file is damaged: its text holds what Word never writes.", _ADVICE)
        return root

    def related(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """The relations of a part by id: (kind, target, whether it lies outside the file)."""
        folder, _, base = part.rpartition("/")
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str, bool]] = {}
        for relation in root if root is not None else ():
            kind = (attribute(relation, "Type") or "").rpartition("/")[2]
            target = attribute(relation, "Target") or ""
            outside = attribute(relation, "TargetMode") == "External"
            if not outside:
                joined = target if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(joined).lstrip("/")
            found[attribute(relation, "Id") or ""] = (kind, target, outside)
        return found

    def _main(self) -> str:
        named = [target for kind, target, _ in self.related("").values() if kind == "officeDocument"]
        for name in (*named, "word/document.xml"):
            if name in self.names:
                return name
        raise DocumentError("This Word file holds no text.", _ADVICE)

    def _unpacked(self, name: str) -> bytes:
        """A part's bytes; all parts together are at most `MOST_BYTES`."""
        data = _KIND.unpacked(self.zip, self.names[name], self.left)
        self.left -= len(data)
        return data

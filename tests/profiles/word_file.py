"""Word files made in memory, from python-docx or from bare XML where that has no way to say it."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx import Document

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(document: Any) -> bytes:
    """A python-docx document as bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def new() -> Any:
    return Document()


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def bare(
    body: str, parts: Mapping[str, str | bytes] | None = None, links: Mapping[str, str] | None = None
) -> bytes:
    """A file whose body is this XML; `links` are outside addresses by relation id."""
    relations = "".join(
        f'<Relationship Id="{id_}" Type="{_RELATIONS}/hyperlink" Target="{target}" TargetMode="External"/>'
        for id_, target in (links or {}).items()
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{_RELATIONS}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
            **(parts or {}),
        }
    )


def p(text: str, properties: str = "", look: str = "") -> str:
    """A paragraph of one run."""
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"

"""Typst turns a template of ours and a person's data into a PDF, without a network and without a file."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exports import fonts

if TYPE_CHECKING:
    from typst import Fonts

_HERE = Path(__file__).parent


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """A tagged PDF.

    Args:
        template: A file beside this one, `resume.typ`. It reads `sys.inputs.data`.
        data: Plain values; they reach the template as JSON and are never read as markup.
    """
    import typst

    filled = {**data, "fonts": fonts.families()}
    made = typst.compile(
        (_HERE / template).read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(filled, ensure_ascii=False)},
    )
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _fonts() -> "Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=fonts.folders())


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()

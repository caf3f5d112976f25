"""PDFs written by hand: words at places, boxes, pictures and links, and nothing that lays them out.

Places are points from the page's top left corner; `y` is where letters stand on.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

WIDTH: Final = 595.0
HEIGHT: Final = 842.0
_FIRST: Final = 14  # of eighteen codes that no encoding uses and no reader takes for white space
# How wide the letters of Helvetica from the space to the tilde are, in hundredths of their size.
_WIDTHS: Final = re.findall(
    r"\d+",
    "28 28 36 56 56 89 67 19 33 33 39 58 28 33 28 28 56 56 56 56 56 56 56 56 56 56 28 28 58 58 58 56 "
    "102 67 67 72 72 67 61 78 72 28 50 67 56 83 72 78 67 78 72 67 61 72 67 94 67 67 61 28 28 28 47 56 "
    "33 56 56 50 56 56 28 56 56 22 22 50 22 83 56 56 56 56 33 50 28 56 50 72 50 50 50 33 26 33 58",
)


def width(text: str, size: float = 10) -> float:
    """How wide a text is in Helvetica."""
    return sum(int(_WIDTHS[ord(c) - 32]) if 32 <= ord(c) < 127 else 56 for c in text) * size / 100


@dataclass(frozen=True)
class Font:
    """A font by its name. `names` are the glyphs of its own characters."""

    name: str = "Helvetica"
    names: tuple[tuple[str, str], ...] = ()
    is_symbolic: bool = False

    def encoded(self, text: str) -> bytes:
        codes = {character: code for code, (character, _) in enumerate(self.names, _FIRST)}
        return b"".join(
            bytes([codes[c]]) if c in codes else c.encode("latin-1" if self.is_symbolic else "cp1252")
            for c in text
        )

    def written(self) -> str:
        base = "" if self.is_symbolic else "/BaseEncoding /WinAnsiEncoding "
        glyphs = (
            f"/Differences [{_FIRST} {' '.join(f'/{glyph}' for _, glyph in self.names)}]"
            if self.names
            else ""
        )
        encoding = f"/Encoding << /Type /Encoding {base}{glyphs} >>" if base or glyphs else ""
        return f"<< /Type /Font /Subtype /Type1 /BaseFont /{self.name} {encoding} >>"


PLAIN: Final = Font()
BOLD: Final = Font("Helvetica-Bold")


@dataclass
class Page:
    """One page; what is added later is drawn later."""

    width: float = WIDTH
    height: float = HEIGHT
    drawn: list[bytes] = field(default_factory=list)
    fonts: list[Font] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def text(
        self, text: str, x: float, y: float, size: float = 10, *, bold: bool = False, ink: int = 0,
        mode: int = 0, font: Font = PLAIN,
    ) -> "Page":  # fmt: skip
        """Add a run of text; `ink` is 0xRRGGBB, `mode` how letters are drawn (3: not at all)."""
        font = BOLD if bold else font
        if font not in self.fonts:
            self.fonts.append(font)
        start = f"BT {_colour(ink)} {mode} Tr /F{self.fonts.index(font)} {size} Tf {x} {self.height - y} Td <"
        self.drawn.append(start.encode() + font.encoded(text).hex().encode() + b"> Tj ET")
        return self

    def right(self, text: str, x1: float, y: float, size: float = 10, *, bold: bool = False) -> "Page":
        """Add a text that ends at `x1`."""
        return self.text(text, x1 - width(text, size), y, size, bold=bold)

    def rows(
        self, texts: Sequence[str], x: float, y: float, size: float = 10, *, step: float = 14,
        bold: bool = False, ink: int = 0,
    ) -> "Page":  # fmt: skip
        """Add texts below each other; one that begins with # is bold, an empty one is a gap."""
        for place, text in enumerate(texts):
            if text:
                is_bold = bold or text.startswith("#")
                self.text(text.lstrip("# "), x, y + place * step, size, bold=is_bold, ink=ink)
        return self

    def box(self, x0: float, top: float, x1: float, bottom: float, ink: int) -> "Page":
        area = f"{x0} {self.height - bottom} {x1 - x0} {bottom - top} re f"
        self.drawn.append(f"{_colour(ink)} {area}".encode())
        return self

    def picture(self, x0: float, top: float, x1: float, bottom: float) -> "Page":
        place = f"{x1 - x0} 0 0 {bottom - top} {x0} {self.height - bottom} cm"
        self.drawn.append(f"q {place} /Picture Do Q".encode())
        return self

    def link(self, address: str, x0: float, top: float, x1: float, bottom: float) -> "Page":
        area = f"{x0} {self.height - bottom} {x1} {self.height - top}"
        self.links.append(
            f"<< /Type /Annot /Subtype /Link /Rect [{area}] /A << /S /URI /URI ({address}) >> >>"
        )
        return self


def pdf(*pages: Page, producer: str = "", catalog: str = "", trailer: str = "") -> bytes:
    """A file of these pages; `catalog` and `trailer` are entries added to those dictionaries."""
    objects: list[bytes] = [b"", b"", f"<< /Producer ({producer}) >>".encode(), _PICTURE]
    kids = []
    for page in pages:
        content = b"\n".join(page.drawn)
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        at = len(objects)
        fonts = " ".join(f"/F{place} {font.written()}" for place, font in enumerate(page.fonts))
        resources = f"<< /Font << {fonts} >> /XObject << /Picture 4 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] /Contents {at} 0 R "
            f"/Resources {resources} /Annots [{' '.join(page.links)}] >>".encode()
        )
        kids.append(f"{at + 1} 0 R")
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    return _numbered(objects, trailer)


_PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    b"/Length 2 >>\nstream\n\x40\xc0\nendstream"
)


def _numbered(objects: Sequence[bytes], trailer: str) -> bytes:
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R {trailer} >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


def _colour(ink: int) -> str:
    return " ".join(f"{(ink >> shift & 255) / 255:.3f}" for shift in (16, 8, 0)) + " rg"

"""The fonts that a PDF is set in. They come with installed packages, so nothing is fetched.

Source Sans Pro sets Latin, Greek and Cyrillic, Amiri Arabic, Noto Sans Hebrew and a dozen other scripts;
Chinese, Japanese and Korean come with the extra `cjk`, as their font alone is 33 MB.
"""

import importlib.util
import struct
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path

_PACKAGES = ("font_source_sans_pro", "fontpkg_amiri", "manimgx_fonts", "manimgx_fonts_cjk")
_HOME = {
    "font_source_sans_pro": "files",
    "fontpkg_amiri": "files",
}  # where a package keeps them, if not beside its code
BODY = "Source Sans Pro"
# Noto's Arabic letters are put together of parts, each of which programs read as a letter; Amiri's are whole.
_ARABIC = "Amiri"
_NOTO = "Noto Sans"
_OTHERS = (
    "Hebrew",
    "Armenian",
    "Georgian",
    "Devanagari",
    "Bengali",
    "Gujarati",
    "Gurmukhi",
    "Kannada",
    "Malayalam",
    "Oriya",
    "Sinhala",
    "Tamil",
    "Telugu",
    "Ethiopic",
    "Khmer",
    "Lao",
    "Myanmar",
    "Thai",
    "Symbols",
)
_CJK = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR", "Noto Sans CJK TC")


def folders() -> list[Path]:
    """Where the fonts lie; packages that are not installed have none."""
    specs = {name: importlib.util.find_spec(name) for name in _PACKAGES}
    return [
        Path(spec.origin).parent / _HOME.get(name, "") for name, spec in specs.items() if spec and spec.origin
    ]


def families() -> list[str]:
    """The families to try for a letter, in order."""
    cjk = _CJK if importlib.util.find_spec(_PACKAGES[-1]) else ()
    return [BODY, _ARABIC, _NOTO, *(f"{_NOTO} {script}" for script in _OTHERS), *cjk]


def missing(text: str) -> str:
    """The letters of a text that no installed font can draw, each once."""
    strange = sorted({c for c in text if ord(c) > 0x24F and not c.isspace() and c.isprintable()})
    return "".join(c for c in strange if not any(_covers(ranges, ord(c)) for ranges in _coverage()))


@lru_cache(maxsize=1)
def _coverage() -> tuple[tuple[tuple[int, int], ...], ...]:
    return tuple(_ranges(path) for folder in folders() for path in sorted(folder.glob("*.[to]t[fc]")))


def _covers(ranges: tuple[tuple[int, int], ...], code: int) -> bool:
    at = bisect_right(ranges, (code, 0x110000)) - 1
    return at >= 0 and ranges[at][0] <= code <= ranges[at][1]


def _ranges(path: Path) -> tuple[tuple[int, int], ...]:
    """The code points of a font's character map, as ranges (OpenType, `cmap`, formats 4 and 12)."""
    data = path.read_bytes()
    start = struct.unpack(">I", data[12:16])[0] if data[:4] == b"ttcf" else 0
    tables = struct.unpack(">H", data[start + 4 : start + 6])[0]
    cmap = 0
    for index in range(tables):
        tag, _, offset, _ = struct.unpack(">4sIII", data[start + 12 + 16 * index : start + 28 + 16 * index])
        cmap = offset if tag == b"cmap" else cmap
    found: list[tuple[int, int]] = []
    for index in range(struct.unpack(">H", data[cmap + 2 : cmap + 4])[0]):
        _, _, offset = struct.unpack(">HHI", data[cmap + 4 + 8 * index : cmap + 12 + 8 * index])
        found += _table(data, cmap + offset)
    return tuple(sorted(set(found)))


def _table(data: bytes, at: int) -> list[tuple[int, int]]:
    kind = struct.unpack(">H", data[at : at + 2])[0]
    if kind == 12:
        groups = struct.unpack(">I", data[at + 12 : at + 16])[0]
        return [struct.unpack(">II", data[at + 16 + 12 * n : at + 24 + 12 * n]) for n in range(groups)]
    if kind != 4:
        return []
    count = struct.unpack(">H", data[at + 6 : at + 8])[0] // 2
    ends = struct.unpack(f">{count}H", data[at + 14 : at + 14 + 2 * count])
    starts = struct.unpack(f">{count}H", data[at + 16 + 2 * count : at + 16 + 4 * count])
    return [(begin, end) for begin, end in zip(starts, ends, strict=True) if begin < 0xFFFF]

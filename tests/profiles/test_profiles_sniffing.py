"""What a file is, by its content."""

import pytest

from errors import DocumentError
from profiles.sniffing import Format, readable, sniff
from tests.profiles.word_file import bare, p, zipped

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("cv.txt", b"%PDF-1.7", Format.PDF),
        ("cv.pdf", bare(p("A")), Format.DOCX),
        ("cv.txt", zipped({"xl/workbook.xml": "", "[Content_Types].xml": ""}), Format.EXCEL),
        ("cv.txt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), Format.ODT),
        ("x.zip", zipped({"a/Profile.csv": "", "a/Positions.csv": ""}), Format.LINKEDIN),
        ("x.zip", zipped({"a.png": ""}), Format.ARCHIVE),
        ("cv.docx", COMPOUND + "WordDocument".encode("utf-16-le"), Format.DOC),
        ("cv.docx", COMPOUND + "EncryptedPackage".encode("utf-16-le"), Format.PROTECTED),
        ("cv.txt", b"{\\rtf1 hello}", Format.RTF),
        ("cv.pdf", b"\x89PNG\r\n\x1a\n", Format.IMAGE),
        ("cv.pdf", b"RIFF\x00\x00\x00\x00WEBPVP8 ", Format.IMAGE),
        ("cv.txt", b'{"basics": {}}', Format.JSON),
        ("cv.txt", b"# mine\ncv:\n  name: Ada\n", Format.YAML),
        ("cv.yml", b"name: Ada\n", Format.YAML),
        ("cv.txt", b"name: Ada\nemail: a@b.example\n", Format.TEXT),
        ("p.txt", b"Techstack,Links\nGo,https://a.example\n", Format.CSV),
        ("p.csv", b"anything\n", Format.CSV),
        ("cv.md", b"<!-- x -->\n<!DOCTYPE html><p>", Format.HTML),
        ("cv.txt", b"\\documentclass{article}\n", Format.LATEX),
        ("a.vcf", b"BEGIN:VCARD\n", Format.VCARD),
        ("cv.txt", b"# Ada\n\n## Experience\n- A\n", Format.MARKDOWN),
        ("cv.md", b"Ada\n", Format.MARKDOWN),
        ("cv.txt", b"Ada Byrne\nEngineer\n", Format.TEXT),
        ("cv.txt", b"design:\n  Figma, Sketch\ncontent:\n  - Wrote a blog\n", Format.TEXT),
        ("cv.txt", b"Ada\n\ncontent: |\n  Wrote a blog: weekly\n", Format.TEXT),
        ("cv.txt", b"design:\n  tools: Figma\n", Format.TEXT),
        ("cv.txt", b"design:\n  theme: classic\ncv: # me\n\n  # who\n  name: Ada\n", Format.YAML),
        ("cv.txt", b"---\ncontent:\n  basics:\n    name: Ada\n", Format.YAML),
        ("a.odp", zipped({"mimetype": "application/vnd.oasis.opendocument.presentation"}), Format.SLIDES),
        ("R.md", b"# x\n## Installation\n## Usage\n", Format.README),
    ],
)
def test_content_decides(name: str, data: bytes, kind: Format) -> None:
    assert sniff(data, name) is kind


ODT = bytearray(zipped({"mimetype": "application/vnd.oasis.opendocument.text"}))
CENTRAL = ODT.index(b"PK\x01\x02")


def with_byte(at: int, value: int) -> bytes:
    return bytes(ODT[:at] + bytes([value]) + ODT[at + 1 :])


@pytest.mark.parametrize(
    "data",
    [
        with_byte(CENTRAL + 8, 1),  # a password
        with_byte(CENTRAL + 10, 99),  # a way of packing that nobody knows
        with_byte(CENTRAL + 10, 14),  # another than it is packed in
        with_byte(30 + len("mimetype"), 0xFF),  # damaged content
    ],
)
def test_a_damaged_or_locked_open_document_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(DocumentError, match="not a document"):
        readable(data, "cv.odt")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (COMPOUND + "WordDocument".encode("utf-16-le"), "old Word file (.doc). Save it as .docx or PDF."),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"{\\rtf1", "RTF"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x1f\x8b\x08", "an archive"),
        (b"<html>", "a web page"),
        (b"MZ\x90\x00", "not a document"),
        (b"PK\x03\x04word/", "damaged"),
        (zipped({}), "empty"),
        (zipped({str(index): "" for index in range(2_001)}), "far more parts"),
        (b"", "empty"),
        (b"\x00\x01\x02\x03", "not text"),
        (b"a" * 2_000_001, "2 MB"),
        (b"%PDF-" + b"a" * 10_000_000, "10 MB"),
    ],
)
def test_what_is_not_read_says_what_it_is_and_what_works(data: bytes, says: str) -> None:
    with pytest.raises(DocumentError) as refused:
        readable(data, "cv.txt")
    assert says in str(refused.value)

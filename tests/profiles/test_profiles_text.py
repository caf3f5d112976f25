"""Bytes and characters: what every reader takes out first."""

import pytest

from profiles.text import normalised, one_line, plain, signature, unified


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbfa\r\nb\rc\n", "\ufeffa\r\nb\rc\n".encode("utf-16-le"), b"a\nb\nc\n"]
)
def test_a_text_has_no_mark_and_one_end_of_line(data: bytes) -> None:
    assert normalised(data) == "a\nb\nc\n"


def test_a_text_that_is_no_file_is_unified_too() -> None:
    assert unified("\ufeffa\r\n\r\nb") == "a\n\nb"


def test_half_a_character_is_none() -> None:
    assert plain("a\ud800b\udfff") == one_line("a\ud800b\udfff") == "a b"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\n %PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
        (b"\x7fELF", "a program"),
        (b"Ada Byrne", ""),
    ],
)
def test_a_file_is_named_by_its_first_bytes(data: bytes, name: str) -> None:
    assert signature(data) == name

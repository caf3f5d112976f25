"""What a browser may name as a file: only what it sent. Its word is a path of this computer."""

import asyncio
from pathlib import Path

import gradio as gr
import pytest
from gradio.data_classes import FileData, ListFiles

from interface import page, uploads
from settings import Environment, Settings


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that a browser sent."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")
    uploads.prepare(tmp_path)
    file = tmp_path / "uploads" / "sent" / "abc" / "cv.txt"
    file.parent.mkdir(parents=True)
    file.write_text("Ada")
    return file


def foreign(tmp_path: Path) -> list[str]:
    (tmp_path / "secret.txt").write_text("a secret of whoever runs this")
    link = tmp_path / "uploads" / "sent" / "abc" / "link.txt"
    link.symlink_to(tmp_path / "secret.txt")
    return [
        str(tmp_path / "secret.txt"),
        str(tmp_path / "uploads" / "sent" / ".." / ".." / "secret.txt"),
        str(tmp_path / "uploads" / "taken" / "x"),
        str(tmp_path / "uploads" / "sent"),
        str(tmp_path / "uploads" / "sent" / "abc"),
        str(tmp_path / "uploads" / "sent" / "abc" / "."),
        str(link),
        "/etc/passwd",
        "../../etc/passwd",
        "http://127.0.0.1/metrics",
        "file:///etc/passwd",
        "a\0b",
        "",
    ]


def test_only_a_file_that_was_sent_is_read(sent: Path, tmp_path: Path) -> None:
    assert page._paths(FileData(path=str(sent))) == [str(sent)]
    for path in foreign(tmp_path):
        with pytest.raises(gr.Error):
            page._paths(FileData(path=path))
        with pytest.raises(gr.Error):
            page._paths(ListFiles(root=[FileData(path=str(sent)), FileData(path=path)]))


@pytest.mark.parametrize("nothing", [None, ()])
def test_a_page_that_did_not_arrive_is_told_as_such(nothing: object) -> None:
    with pytest.raises(gr.Error, match="did not arrive"):
        page._path(nothing)


def test_gradio_copies_nothing_else_either_before_that_is_asked(sent: Path, tmp_path: Path) -> None:
    blocks = page.build(Settings(environment=Environment.TEST, data_dir=tmp_path))
    buttons = [block for block in blocks.blocks.values() if isinstance(block, gr.UploadButton)]
    assert len(buttons) == 2
    sent.parent.mkdir(parents=True, exist_ok=True)
    sent.write_text("Ada")
    for button in buttons:
        assert asyncio.run(button.async_move_resource_to_block_cache(str(sent))) == str(sent)
        for path in ("/etc/passwd", "http://127.0.0.1/metrics"):
            with pytest.raises(gr.Error):
                asyncio.run(button.async_move_resource_to_block_cache(path))

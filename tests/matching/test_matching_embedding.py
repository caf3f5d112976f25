"""The embedder: where it is not built there is none; where it is, it ranks as it should."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import settings
from matching import Embedder, load_embedder
from matching.embedding import MANIFEST_FILE, MODEL_FILE, TOKENIZER_FILE, _batches, is_built

MODEL = settings.ROOT / "models" / "minilm-int8"
needs_model = pytest.mark.skipif(not is_built(MODEL), reason="the model has not been built: make model")


def test_without_a_model_there_is_no_embedder(tmp_path: Path) -> None:
    assert load_embedder(tmp_path) is None
    assert load_embedder(tmp_path / "nowhere") is None


def test_a_model_of_another_version_or_a_broken_manifest_does_not_count(tmp_path: Path) -> None:
    for name in (MODEL_FILE, TOKENIZER_FILE):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / MANIFEST_FILE).write_text(json.dumps({"version": "older"}))
    assert not is_built(tmp_path)
    (tmp_path / MANIFEST_FILE).write_text("{")
    assert not is_built(tmp_path)


def test_long_texts_share_no_large_batch() -> None:
    batches = list(_batches(["short"] * 20 + ["long " * 400] * 5))
    assert sum(map(len, batches)) == 25
    assert max(len(batch) for batch in batches) == 8
    assert all(len(batch) <= 3 for batch in batches if batch[-1].startswith("long"))


def test_importing_the_package_loads_neither_chroma_nor_onnx_runtime() -> None:
    heavy = ("chromadb", "onnxruntime", "tokenizers")
    code = f"import sys, matching; print([name for name in {heavy} if name in sys.modules])"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=settings.ROOT, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    found = load_embedder(MODEL)
    assert found is not None
    return found


@needs_model
def test_the_embedder_is_loaded_once(embedder: Embedder) -> None:
    assert load_embedder(MODEL) is embedder


@needs_model
def test_vectors_are_unit_rows_in_the_order_asked(embedder: Embedder) -> None:
    texts = ["Baked bread", "Taught mathematics", "Baked bread"]
    rows = embedder.embed(texts)
    assert rows.shape == (3, 384)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-3)
    np.testing.assert_array_equal(rows[0], rows[2])
    assert embedder.embed([]).shape == (0, 384)


@needs_model
def test_what_means_the_same_is_nearer_than_what_does_not(embedder: Embedder) -> None:
    asked, near, far = embedder.embed(
        ["Reduce picking errors", "Cut mistakes in order picking", "Repaired church organs"]
    )
    assert float(asked @ near) > float(asked @ far) + 0.2


@needs_model
def test_a_text_longer_than_the_model_reads_is_cut(embedder: Embedder) -> None:
    assert embedder.embed(["word " * 2000]).shape == (1, 384)

"""Texts to unit vectors with MiniLM int8 through ONNX Runtime, in about 40 MB. English only.

The model is built once by `python -m matching.build`. Without it `load_embedder` gives None and matching
goes by shared skills alone.
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

VERSION: Final = "minilm-l6-v2-int8-1"
MODEL_FILE: Final = "model_int8.onnx"
TOKENIZER_FILE: Final = "tokenizer.json"
MANIFEST_FILE: Final = "manifest.json"
MAX_TOKENS: Final = 256
DIMENSIONS: Final = 384
BATCH: Final = 8  # texts
BATCH_TOKENS: Final = 768  # padding included; a batch of 8 × 256 costs 130 MB for a moment, this 50
CACHED_VECTORS: Final = 4096  # 1.5 KB each

Vector = NDArray[np.float32]


class Embedder:
    """Embeds texts on one thread; keeps the latest vectors. Safe to share between threads.

    Args:
        directory: Where `matching.build` left the model, the tokenizer and the manifest.
        model_file: Another ONNX file in it, with the same inputs and output.
    """

    version = VERSION

    def __init__(self, directory: Path, model_file: str = MODEL_FILE) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(directory / TOKENIZER_FILE))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        self._session = _session(directory / model_file)
        self._cache: OrderedDict[str, Vector] = OrderedDict()
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vector:
        """Unit vectors, one row a text, float32 (len(texts), 384). Case does not matter to the model."""
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        with self._lock:
            missing = [text for text in dict.fromkeys(texts) if text not in self._cache]
            missing.sort(key=len)  # texts of one length share a batch: less padding
            fresh: dict[str, Vector] = {}
            for batch in _batches(missing):
                fresh.update(zip(batch, self._run(batch), strict=True))
            rows = np.stack([fresh[text] if text in fresh else self._cache[text] for text in texts])
            self._remember(texts, fresh)
        return rows

    def _run(self, batch: list[str]) -> Vector:
        encoded = self._tokenizer.encode_batch(batch)
        ids = np.array([e.ids for e in encoded], np.int64)
        mask = np.array([e.attention_mask for e in encoded], np.int64)
        (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, np.float32)

    def _remember(self, texts: Sequence[str], fresh: dict[str, Vector]) -> None:
        for text in texts:
            if text in fresh:
                self._cache[text] = fresh[text].copy()
            self._cache.move_to_end(text)
        while len(self._cache) > CACHED_VECTORS:
            self._cache.popitem(last=False)


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """Texts, shortest first, in batches that stay small once padded. Four characters make about a token."""
    batch: list[str] = []
    for text in texts:
        tokens = min(MAX_TOKENS, len(text) // 4 + 2)
        if batch and (len(batch) == BATCH or tokens * (len(batch) + 1) > BATCH_TOKENS):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the largest batch's memory for ever
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def is_built(directory: Path) -> bool:
    """Whether `directory` holds the model of this version, whole."""
    if not all((directory / name).is_file() for name in (MODEL_FILE, TOKENIZER_FILE, MANIFEST_FILE)):
        return False
    try:
        manifest = json.loads((directory / MANIFEST_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("version") == VERSION


_FIRST_USE = threading.Lock()


def load_embedder(directory: Path) -> Embedder | None:
    """The embedder of this process for `directory`, or None where the model has not been built."""
    if not is_built(directory):
        return None
    with _FIRST_USE:  # two first visitors at once need one model, not two
        return _loaded(directory.resolve())


@lru_cache(maxsize=1)
def _loaded(directory: Path) -> Embedder:
    return Embedder(directory)

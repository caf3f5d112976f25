"""What a model server has: its `/models`, kept for some minutes, and which of them writes.

Servers retire names. A draft is not to fail for that: the nearest model that is there takes over, and the
person is told.
"""

import hashlib
import re
import secrets
import threading
import time
from collections.abc import Sequence

import httpx

from chains.sources.contract import Refused, Source, Unreachable
from domain import OfferedModel

_FRESH_S = 300.0
_SILENCE_S = 5.0
_MOST_MODELS = 2_000
_LONGEST_NAME = 200
# Where servers state how many tokens fit: Groq, OpenRouter and LiteLLM, vLLM, Mistral, llama.cpp (in `meta`).
_CONTEXTS = (
    "context_window",
    "context_length",
    "max_model_len",
    "max_context_length",
    "n_ctx",
    "n_ctx_train",
)

_listings: dict[tuple[str, str], tuple[float, tuple[OfferedModel, ...]]] = {}
_lock = threading.Lock()
_salt = secrets.token_bytes(16)


def known(url: str, key: str) -> tuple[OfferedModel, ...] | None:
    """What was listed for this key a short while ago; nothing where there was no list, None where unknown."""
    with _lock:
        until, models = _listings.get((url, digest(key)), (0.0, ()))
    return models if time.monotonic() < until else None


def keep(url: str, key: str, models: tuple[OfferedModel, ...]) -> None:
    """Remember a list for five minutes, that there is none for one."""
    with _lock:
        _listings[(url, digest(key))] = (time.monotonic() + (_FRESH_S if models else _FRESH_S / 5), models)


def listed(source: Source, url: str, key: str, client: httpx.Client) -> tuple[OfferedModel, ...]:
    """Ask for the models beneath an address, in the server's order.

    Returns:
        Nothing where the server keeps no list, or none that can be read: then any name is believed.

    Raises:
        Refused: when the server does not take the key.
        Unreachable, httpx.HTTPError, TooLarge: when it does not answer.
    """
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        answer = client.get(f"{url}/models", headers=headers, timeout=_SILENCE_S)
    except httpx.ConnectError:
        raise Unreachable from None
    if answer.status_code in (401, 402, 403):
        raise Refused(answer.status_code, _json(answer))
    models = _read(source.name, _json(answer)) if answer.is_success else ()
    keep(url, key, models)
    return models


def forget(url: str, key: str) -> None:
    """Ask again next time, since what was listed was not there."""
    with _lock:
        _listings.pop((url, digest(key)), None)


def forget_all() -> None:
    with _lock:
        _listings.clear()


def digest(key: str) -> str:
    """What stands for a key in this process, so that it is not kept; salted, so of use nowhere else."""
    return hashlib.blake2b(key.encode(), key=_salt, digest_size=16).hexdigest()


def _json(answer: httpx.Response) -> object:
    try:
        body: object = answer.json()
    except (ValueError, RecursionError):
        return None
    return body


def _read(source: str, body: object) -> tuple[OfferedModel, ...]:
    """The models of a listing in any of its shapes: {"data": [...]}, {"models": [...]}, or a bare list."""
    if isinstance(body, dict):
        body = body.get("data") or body.get("models")
    found = (_model(source, entry) for entry in body[:_MOST_MODELS]) if isinstance(body, list) else ()
    return tuple({model.name: model for model in found if model is not None}.values())


def _model(source: str, entry: object) -> OfferedModel | None:
    if not isinstance(entry, dict) or entry.get("active") is False:
        return None
    name = entry.get("id") or entry.get("name")
    if not isinstance(name, str) or len(name) > _LONGEST_NAME or not name.isprintable():
        return None
    if entry.get("writes") == "prose":
        return OfferedModel(source=source, name=name, context=_context(entry), writes="prose")
    return OfferedModel(source=source, name=name, context=_context(entry))


def _context(entry: dict[str, object]) -> int | None:
    meta = entry.get("meta")
    for place in (entry, meta if isinstance(meta, dict) else {}):
        for name in _CONTEXTS:
            value = place.get(name)
            if isinstance(value, int) and value > 0:
                return value
    return None


# --- which of them -----------------------------------------------------------------------------------

# Models that write no text, judge texts, or browse and run programs on their own account.
_NO_WRITER = re.compile(
    r"""whisper|transcri|\btts\b|speech|audio|voice|orpheus|realtime|guard|moderation|embed|rerank|\bbge\b|minilm
    |\be5\b|\bgte\b|clip\b|dall-e|image|diffusion|flux|\bocr\b|sora|compound|davinci|babbage|turbo-instruct
    |\bsearch\b|deep-research|computer-use|\bbase\b|pretrain""",
    re.VERBOSE | re.IGNORECASE,
)
_FOR_ELSE = re.compile(
    r"code|math|\bvl\b|vision|translat|\bmed|\blaw|sql|thinking|reasoner|llava|moondream|\br1\b",
    re.IGNORECASE,
)
# To copy and join words, more billions of parameters than this cost money and add nothing.
_LARGEST = 150.0


def can_write(model: OfferedModel) -> bool:
    """Whether a model is one for text, by its name."""
    return _NO_WRITER.search(model.name.replace("_", "-")) is None


def choose(wanted: str, offered: Sequence[OfferedModel]) -> OfferedModel | None:
    """The wanted model; else of its family, else of all, the largest one for general writing; else None.

    Args:
        wanted: A name as set up or as a person chose it; empty for the best there is.
        offered: What the server lists.
    """
    for same in (_exact, _tagged):
        if wanted and (found := [model for model in offered if same(model.name, wanted)]):
            return found[0]
    writers = [model for model in offered if can_write(model)]
    relatives = [model for model in writers if wanted and family(model.name) == family(wanted)]
    return max(relatives or writers, key=_fitness, default=None)


def _exact(name: str, wanted: str) -> bool:
    return name.casefold() == wanted.casefold()


def _tagged(name: str, wanted: str) -> bool:
    """Ollama lists "llama3.2:latest" and takes "llama3.2"."""
    return name.casefold() == f"{wanted.casefold()}:latest"


def family(name: str) -> str:
    """ "llama" of "meta-llama/llama-3.3-70b-instruct", "qwen" of "qwen3:8b"."""
    own = name.rpartition("/")[2].casefold().removeprefix("meta-")
    found = re.match(r"[a-z]+", own)
    return found[0] if found else own


def billions(name: str) -> float:
    """Parameters by the name, in thousand millions: 70 of "llama-3.3-70b", 56 of "mixtral-8x7b"; else 0."""
    sizes = re.findall(r"(?<![a-z0-9.])(?:(\d+)x)?(\d+(?:\.\d+)?)b(?![a-z])", name.casefold())
    return max((float(times or 1) * float(size) for times, size in sizes), default=0.0)


def _fitness(model: OfferedModel) -> tuple[bool, bool, bool, float, str]:
    size = billions(model.name)
    return (
        model.writes == "lines",
        _FOR_ELSE.search(model.name) is None,
        size <= _LARGEST,
        size if size <= _LARGEST else -size,
        model.name,
    )

"""Keeping the process small: what is loaded for nothing is not loaded, and what was freed is given back.

`python -m benchmarks.memory` prints what each of these saves.
"""

import ctypes
import ctypes.util
import gc
import importlib
import os
import sys
from importlib.util import find_spec
from types import ModuleType
from typing import Any

# Of glibc's malloc.h.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8

ARENAS = 2
GIVEN_BACK_BYTES = 256 * 1024
"""Blocks from this size on are given back to the system when freed, and so is what is free at the heap's end.

Left to itself, glibc raises both with the largest block that it has seen, to 32 and 64 MB, and keeps as much.
"""


_FEW_FIGURES = {"GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**12), "GRADIO_ANALYTICS_MAX_EVENTS": "1"}
"""After each event Gradio sums up the last 10,000 in pandas, for a page of figures that is closed here."""


class _Later(ModuleType):
    """Stands in for a package until something in it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name in ("__file__", "__spec__", "__loader__"):  # asked by imports, which want nothing in it
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def import_gradio() -> None:
    """Load Gradio without pandas and MCP, which it imports for components and servers that are not ours.

    Both load all the same when they are used. Where Gradio is loaded already, nothing changes.
    """
    for name, value in _FEW_FIGURES.items():
        os.environ.setdefault(name, value)
    if "gradio" in sys.modules:
        return
    sys.modules.setdefault("pandas", _Later("pandas"))
    is_free = "mcp" not in sys.modules
    if is_free:
        sys.modules["mcp"] = None  # type: ignore[assignment]  # as Python says that it cannot be imported
    try:
        import gradio  # noqa: F401
    finally:
        if is_free:
            del sys.modules["mcp"]
    if find_spec("matplotlib") is None:  # or Gradio looks for it on the disk twice an answer
        sys.modules["matplotlib"] = None  # type: ignore[assignment]


def give_back() -> None:
    """Let glibc keep little of what is freed; elsewhere, nothing."""
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "gnu_get_libc_version"):
        return
    libc.mallopt(_ARENA_MAX, ARENAS)
    libc.mallopt(_MMAP_THRESHOLD, GIVEN_BACK_BYTES)
    libc.mallopt(_TRIM_THRESHOLD, GIVEN_BACK_BYTES)


def settle() -> None:
    """Take what is loaded by now out of the garbage collector's rounds: it stays as long as the process."""
    gc.collect()
    gc.freeze()

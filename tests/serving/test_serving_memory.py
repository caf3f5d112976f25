"""The page is served without what Gradio imports for nothing, and with a heap that gives back."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILT = "serving, settings; serving.build(settings.load())"


def said(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_gradio_is_there_without_pandas_and_mcp() -> None:
    script = f"import sys, {BUILT}; import gradio; print('pandas.core' in sys.modules, 'mcp' in sys.modules)"
    assert said(script) == "False False"


def test_pandas_comes_as_soon_as_somebody_uses_it() -> None:
    script = (
        f"import {BUILT}\nimport gradio.caching, pandas, sys\n"
        "assert gradio.caching.pd.DataFrame({'a': [1]}).a.sum() == 1\n"
        "from pandas.api.types import is_list_like\n"
        "import pandas\n"
        "print(pandas is sys.modules['pandas'], hasattr(pandas, '__version__'))"
    )
    assert said(script) == "True True"


def test_matplotlib_is_not_looked_for_again_where_it_is_not_installed() -> None:
    script = (
        "import sys\n"
        "from importlib.util import find_spec\n"
        "is_there = find_spec('matplotlib') is not None\n"
        "from serving import memory\n"
        "memory.import_gradio()\n"
        "print(is_there or sys.modules['matplotlib'] is None)"
    )
    assert said(script) == "True"


def test_gradio_sums_nothing_up_in_pandas_after_an_event() -> None:
    script = (
        "import sys\n"
        "from serving import memory\n"
        "memory.import_gradio()\n"
        "import gradio\n"
        "with gradio.Blocks() as page: pass\n"
        "queue = page._queue\n"
        "queue.events_recorded = 10_000\n"
        "event = {'function': 'work', 'status': 'success', 'process_time': 1.0}\n"
        "summary = queue.compute_analytics_summary([event])\n"
        "print(summary, queue.ANALYTICS_MAX_EVENTS, 'pandas.core' in sys.modules)"
    )
    assert said(script) == "{'functions': {}} 1 False"


def test_what_is_freed_goes_back_to_the_system() -> None:
    script = (
        "import sys\n"
        "from serving import memory\n"
        "memory.give_back()\n"
        "from benchmarks.memory import resident_mib\n"
        "before = resident_mib()\n"
        "blocks = [bytearray(1_000_000) for _ in range(64)]\n"
        "del blocks\n"
        "print(sys.platform != 'linux' or resident_mib() - before < 8)"
    )
    assert said(script) == "True"

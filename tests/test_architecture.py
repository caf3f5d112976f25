"""The shape of the program: imports run one way, and nothing heavy loads before it is needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BASE = {"errors", "domain", "kinds", "settings", "language", "telemetry"}
PACKAGES = {"scraping", "tagging", "profiles", "matching", "chains", "grounding", "exports", "samples"}
SERVICE = {
    "accounts",
    "api",
    "background",
    "calls",
    "interface",
    "mcp_server",
    "serving",
    "store",
    "telemetry",
}
HEAVY = (
    "chromadb",
    "onnxruntime",
    "tokenizers",
    "pandas",
    "langchain",
    "langchain_core",
    "langchain_groq",
    "docx",
    "pypdfium2",
    "typst",
    "yaml",
    "pika",
)

# What each layer may import from our own code, besides itself.
MAY_IMPORT = {
    "errors": set(),
    "domain": set(),
    "kinds": {"domain"},
    "settings": {"errors"},
    "language": {"errors", "domain"},
    "telemetry": set(),
    **dict.fromkeys(sorted(PACKAGES), BASE),
    # The samples are saved answers, so they speak the fetcher's request and response.
    "samples": BASE | {"scraping"},
    "batch": {"errors", "domain"},
    "outreach": BASE | PACKAGES | {"batch"},
    "store": BASE,
    "accounts": BASE | {"store"},
    "calls": BASE | {"outreach", "batch", "store"},
    "background": BASE | {"outreach", "batch", "calls", "store"},
    "api": BASE | {"outreach", "batch", "calls", "store", "accounts", "background"},
    "interface": BASE | {"outreach", "batch", "calls", "store", "accounts"},
    "mcp_server": BASE | {"outreach", "calls", "store", "accounts", "api"},
    "serving": BASE | {"outreach", "store", "accounts", "background", "api", "interface", "mcp_server"},
    "app": BASE | {"outreach", "batch", "store", "accounts", "background", "mcp_server", "serving"},
}


def own_imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found & set(MAY_IMPORT)


def sources(layer: str) -> list[Path]:
    module = ROOT / f"{layer}.py"
    return [module] if module.exists() else sorted((ROOT / layer).rglob("*.py"))


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_imports_run_one_way(layer: str) -> None:
    files = sources(layer)
    assert files, f"{layer} has gone; take it out of the layers"
    for path in files:
        forbidden = own_imports(path) - MAY_IMPORT[layer] - {layer}
        assert not forbidden, f"{path.relative_to(ROOT)} may not import {', '.join(sorted(forbidden))}"


@pytest.mark.parametrize("layer", sorted((PACKAGES | SERVICE) - {"samples"}))
def test_a_package_has_a_door_that_says_what_comes_in_and_goes_out(layer: str) -> None:
    door = ast.parse((ROOT / layer / "__init__.py").read_text(encoding="utf-8"))
    assert len(ast.get_docstring(door) or "") > 60


@pytest.mark.parametrize("module", ["outreach", "app"])
def test_nothing_heavy_is_imported_before_it_is_needed(module: str) -> None:
    script = f"import sys, {module}; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_the_page_itself_loads_no_model_code() -> None:
    # Gradio itself imports pandas and PyYAML, so those cannot wait.
    build = "import sys, interface, settings; interface.build(settings.load())"
    script = f"{build}; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) <= {"pandas", "yaml"}

"""The files of a corpus: JSON lines and tables, none where the corpus lacks one."""

import csv
import json
from pathlib import Path
from typing import Any


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated file with a heading; lines that begin with # are remarks."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

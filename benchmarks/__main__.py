"""Run all benchmarks, or those named: `python -m benchmarks [--corpus DIR] [NAME …]`."""

import argparse
import subprocess
import sys
from pathlib import Path

BENCHMARKS = (
    "reading",
    "documents",
    "importing",
    "tokens",
    "allowance",
    "bell",
    "spam",
    "serving",
    "memory",
    "sign_in_storm",
    "first_sentence",
    "cancelling",
    "large_profile",
    "thousand_profiles",
    "killed",
    "killed_service",
    "killed_index",
    "backup",
    "checking",
    "embedded_writer",
    "resume",
)


def main() -> int:
    """Run each benchmark in a process of its own, so that none inherits another's memory."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    options = parser.parse_args()
    for name in options.names or BENCHMARKS:
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}", "--corpus", str(options.corpus)]
        subprocess.run(command, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

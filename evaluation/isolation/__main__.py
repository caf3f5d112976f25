"""Print the matrix; 1 where something leaks or no line says how it is called."""

import argparse
import os
import sys

os.environ.setdefault("INROAD_ENV", "test")  # before settings are read: no `.env` takes part

from evaluation.isolation.matrix import as_table, measure


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(prog="evaluation.isolation", description="Who sees what of whom.")
    parser.add_argument("--only", default="", help="operations that begin so")
    begin = parser.parse_args().only
    matrix = measure(only=lambda operation: operation.startswith(begin))
    print(as_table(matrix))
    return 1 if matrix.leaks or matrix.uncovered else 0


if __name__ == "__main__":
    sys.exit(main())

"""What a serving process holds, step by step, with and without what keeps it small.

    python -m benchmarks.memory

Resident memory is VmRSS of a process of its own for each column. The first is the program as it would be if
it left Gradio's imports and glibc's heap to themselves.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

DRAFTS = 20
_WAYS = ("as it comes", "without what is not used", "and giving back what is freed")


def resident_mib() -> float:
    """Resident memory of this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1]) / 1024


def steps(way: int, folder: str) -> dict[str, float]:
    """Resident MiB after each step of a start and some drafts, in this process."""
    if way == 0:
        import gradio  # noqa: F401  # so that `serving` finds it loaded
    import serving
    from serving import memory
    from settings import Environment, Settings

    if way == 2:
        memory.give_back()
    memory.import_gradio()
    seen = {"loaded": resident_mib()}
    serving.build(Settings(environment=Environment.TEST, data_dir=Path(folder), accounts=True))
    if way == 2:
        memory.settle()
    seen["built"] = resident_mib()
    import outreach

    outreach.warm_up()
    seen["a first draft"] = resident_mib()
    for _ in range(DRAFTS):
        outreach.warm_up()
    seen[f"{DRAFTS} more"] = resident_mib()
    return seen


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.memory", description=__doc__.partition("\n\n")[0])
    parser.add_argument("--corpus", type=Path, help="not used here")
    parser.add_argument("--way", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way is not None:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(steps(options.way, folder)))
        return 0
    columns = []
    for way in range(len(_WAYS)):
        command = [sys.executable, "-m", "benchmarks.memory", "--way", str(way)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        columns.append(json.loads(done.stdout.splitlines()[-1]))
    print(f"{'MiB resident':<16}" + "".join(f"{way:>32}" for way in _WAYS))
    for step in columns[0]:
        print(f"{step:<16}" + "".join(f"{column[step]:>32.0f}" for column in columns))
    return 0


if __name__ == "__main__":
    sys.exit(main())

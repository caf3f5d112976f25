"""Take out of an environment what a running Inroad never loads, and say what each was.

    python deploy/image/slim.py deploy/image/unused.txt /srv/venv/lib/python3.13/site-packages

Standard library only: it runs in the build, with the environment's own Python.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path


def main() -> int:
    """Take out; 1 where an entry of the list names nothing that is there."""
    listed, packages = Path(sys.argv[1]), Path(sys.argv[2])
    total, stale = 0, []
    for kind, name in entries(listed):
        found = [path for path in named(kind, name, packages) if path.exists()]
        size = sum(map(taken_out, found))
        total += size
        if not found:
            stale.append(f"{kind} {name}")
        print(f"{size / 1e6:8.1f} MB  {kind} {name}")
    print(f"{total / 1e6:8.1f} MB  in all")
    if stale:
        print(f"{listed} names what is not there: {', '.join(stale)}.", file=sys.stderr)
        print("Take these lines out, or correct them: the package has changed.", file=sys.stderr)
    return 1 if stale else 0


def entries(listed: Path) -> Iterator[tuple[str, str]]:
    """What the list names: a kind and a name or pattern a line."""
    for line in listed.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, name = line.split()
            yield kind, name


def named(kind: str, name: str, packages: Path) -> list[Path]:
    """The files and folders of an entry."""
    if kind == "files":
        return list(packages.glob(name))
    found = [
        each for each in distributions(path=[str(packages)]) if plain(each.metadata["Name"]) == plain(name)
    ]
    return sorted({path for each in found for path in files_of(each)})


def plain(name: str) -> str:
    """A distribution's name as all of its spellings are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def files_of(distribution: Distribution) -> Iterator[Path]:
    """What was installed for it, programs too."""
    for file in distribution.files or ():
        yield Path(str(distribution.locate_file(file)))


def taken_out(path: Path) -> int:
    """Delete a file, or a folder with all in it, and the folders that are empty then; returns its size."""
    if path.is_dir() and not path.is_symlink():
        size = sum(each.lstat().st_size for each in path.rglob("*") if each.is_file())
        shutil.rmtree(path)
    else:
        size = path.lstat().st_size
        path.unlink()
    for folder in path.parents:
        if any(folder.iterdir()):
            break
        folder.rmdir()
    return size


if __name__ == "__main__":
    sys.exit(main())

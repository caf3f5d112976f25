"""The image: who it runs as, what is in it, and that the app does its work with nothing but that."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from benchmarks.load import through_page
from deploy.image import slim
from tests.deploy.conftest import DEPLOY, ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
UNUSED = DEPLOY / "image" / "unused.txt"


def instructions() -> list[tuple[str, str]]:
    """Each instruction of the Dockerfile with its arguments, on one line."""
    lines = [line for line in DOCKERFILE.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined)]


def stages() -> list[list[tuple[str, str]]]:
    """The instructions of each stage; the last is what runs."""
    found: list[list[tuple[str, str]]] = []
    for name, rest in instructions():
        if name == "FROM":
            found.append([])
        found[-1].append((name, rest))
    return found


def last(wanted: str) -> str:
    return next(rest for name, rest in reversed(stages()[-1]) if name == wanted)


# --- the Dockerfile ----------------------------------------------------------------------------------


def test_hadolint_finds_nothing(program: Callable[[str], str]) -> None:
    done = subprocess.run([program("hadolint"), "Dockerfile"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_it_runs_as_a_number_that_is_not_root() -> None:
    assert last("USER") == "10001:10001"  # runAsNonRoot cannot see whether a name is root


def test_its_process_gets_the_signals_itself() -> None:
    assert json.loads(last("CMD")) == ["python", "app.py"]
    assert not [name for name, _ in stages()[-1] if name in ("ENTRYPOINT", "SHELL", "STOPSIGNAL")]
    how, _, command = last("HEALTHCHECK").rpartition("CMD ")
    assert "/health/live" in json.loads(command)[2]
    assert "--timeout" in how


def test_no_secret_is_built_in() -> None:
    told = " ".join(rest for name, rest in instructions() if name in ("ARG", "ENV", "LABEL"))
    assert not re.search(r"(?i)(key|token|secret|password|passwd|credential)", told)
    assert not [rest for name, rest in instructions() if name == "ADD"]


def test_every_package_is_one_that_was_locked() -> None:
    installs = [
        rest for name, rest in instructions() if name == "RUN" and "install" in rest and "pip" in rest
    ]
    assert installs
    assert all("--require-hashes" in rest for rest in installs)


def test_every_base_has_a_version() -> None:
    made = {rest.split(" AS ")[1] for name, rest in instructions() if name == "FROM" and " AS " in rest}
    bases = {rest.split(" AS ")[0] for name, rest in instructions() if name == "FROM"} - made
    assert all(re.fullmatch(r"[\w./-]+:\d[\w.-]*(@sha256:[0-9a-f]{64})?", base) for base in bases), bases
    assert len(bases) == 1


def test_what_changes_often_lies_above_what_changes_seldom() -> None:
    copied = [rest.split()[0] for name, rest in stages()[-1] if name == "COPY"]
    assert copied == ["--from=packages", "--from=model", "--from=code"]
    names = [name for name, _ in stages()[-1]]
    assert names.index("ARG") > max(i for i, name in enumerate(names) if name in ("COPY", "RUN"))


def test_a_label_tells_of_what_it_was_built() -> None:
    for label, argument in (
        ("version", "VERSION"),
        ("revision", "REVISION"),
        ("source", "SOURCE"),
        ("created", "CREATED"),
    ):
        assert f'org.opencontainers.image.{label}="${argument}"' in last("LABEL")
        assert argument in last("ARG").split()


def test_only_two_places_are_meant_to_be_written_to() -> None:
    env = dict(re.findall(r"(\w+)=(\S+)", " ".join(rest for name, rest in stages()[-1] if name == "ENV")))
    written = {env["HOME"], env["GRADIO_TEMP_DIR"], env["INROAD_DATA_DIR"]}
    assert all(place.startswith(("/tmp", "/data")) for place in written)
    assert env["PYTHONDONTWRITEBYTECODE"] == "1"


# --- what is copied ----------------------------------------------------------------------------------


def is_sent(path: str) -> bool:
    """Whether `.dockerignore` lets a file reach the build, by Docker's rules: the last match wins."""
    sent = True
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        lets_in, pattern = pattern.startswith("!"), pattern.removeprefix("!").strip("/")
        form = re.escape(pattern).replace(r"\*\*/", "(.*/)?").replace(r"\*", "[^/]*")
        if re.fullmatch(f"{form}(/.*)?", path):
            sent = lets_in
    return sent


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        ".env.production",
        ".git/config",
        ".venv/bin/python",
        "api/__pycache__/routes.cpython-313.pyc",
        "data/inroad.sqlite",
        "terraform/terraform.tfstate",
        "deploy/base/kustomization.yaml",
        "deploy/scripts/deploy.sh",
        "models/minilm-int8/manifest.json",
        "inroad.backup",
        "id_ed25519",
    ],
)
def test_what_has_no_business_in_an_image_is_not_even_sent(path: str) -> None:
    assert not is_sent(path)


def test_nothing_is_sent_that_only_checks_or_deploys() -> None:
    sent = {path.split("/")[0] for path in tracked() if is_sent(path)}
    assert not sent & {
        "tests",
        "benchmarks",
        "evaluation",
        "docs",
        "terraform",
        ".ci",
        "README.md",
        "Makefile",
    }
    assert {path for path in tracked() if is_sent(path) and path.startswith("deploy/")} == {
        "deploy/image/slim.py",
        "deploy/image/unused.txt",
        "deploy/image/within.sh",
    }


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the app as they lie in the image."""
    folder = tmp_path_factory.mktemp("image")
    for path in tracked():
        if is_sent(path) and not path.startswith("deploy/") and (ROOT / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, folder / path)
    return folder


# What is taken out of the image cannot be imported here either.
WITHOUT = """
import importlib.abc, json, os, sys
class Without(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if any(name == gone or name.startswith(gone + ".") for gone in GONE):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
GONE = json.loads(os.environ["WITHOUT"])
sys.meta_path.insert(0, Without())
"""
LOAD_ALL = """
import pkgutil, sys
from serving import memory
memory.import_gradio()  # as the app does before it imports anything that does
missing = []
for found in pkgutil.walk_packages(["."], onerror=lambda name: None):
    if found.name == "store.migrations.env":  # which Alembic runs, and nobody imports
        continue
    try:
        __import__(found.name)
    except ModuleNotFoundError as error:
        missing.append(error.name)
print(len(sys.modules), *missing)
"""
OPTIONAL = {"mcp", "pika", "selenium", "torch", "transformers", "websockets"}
"""Of the extras in pyproject.toml; an image that needs one installs it."""

WRITE_A_WORD_FILE = """
import outreach
from domain import Persona
reading = outreach.read(outreach.SAMPLES[0].url)
profile = outreach.sample_profile(Persona.JOB_SEEKER)
opening = outreach.rank(reading, profile)[0]
name, data = outreach.export("docx", "Hello", "I built it.", opening, profile)
print(len(data))
"""


def gone() -> list[str]:
    """The modules that the image does without."""
    owners = {module: {slim.plain(each) for each in by} for module, by in packages_distributions().items()}
    names: list[str] = []
    for kind, name in slim.entries(UNUSED):
        if kind == "distribution":
            names += [module for module, by in owners.items() if by == {slim.plain(name)}]
        elif re.fullmatch(r"[a-z_/]+", name):
            names.append(name.replace("/", "."))
    return sorted(set(names))


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """In it, Python does without what the image lacks."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WITHOUT, encoding="utf-8")
    return os.environ | {
        "INROAD_ENV": "test",
        "INROAD_DATA_DIR": str(tmp_path / "data"),
        "EMBEDDING_DIR": str(ROOT / "models" / "minilm-int8"),
        "PYTHONPATH": str(tmp_path / "site"),
        "WITHOUT": json.dumps(gone()),
    }


@pytest.fixture
def python(copied: Path, environment: dict[str, str]) -> Callable[..., str]:
    """Runs Python in the image's files; gives what it printed."""

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=copied, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_what_the_app_imports_is_copied_and_not_taken_out(python: Callable[..., str]) -> None:
    assert {"pandas", "kubernetes", "onnxruntime.tools"} <= set(gone())
    count, *missing = python("-c", LOAD_ALL).split()
    assert int(count) > 1_000
    assert set(missing) <= OPTIONAL


def test_its_commands_work_with_what_is_in_the_image(python: Callable[..., str], tmp_path: Path) -> None:
    assert "migration none (new)" in python("app.py", "migrate")
    source = "https://job-boards.greenhouse.io/northwindhealth/jobs/4410007"
    resumes = tmp_path / "resumes"
    python("app.py", "draft-all", source, "--out", str(resumes), "--kind", "tailored-resume")
    (resume,) = resumes.glob("*.pdf")
    assert resume.read_bytes().startswith(b"%PDF")
    assert "Platform Engineer" in python("app.py", "draft", source, "--profile", str(resume))
    assert int(python("-c", WRITE_A_WORD_FILE)) > 10_000
    python("app.py", "backup", str(tmp_path / "inroad.backup"))


def test_it_serves_with_what_is_in_the_image(copied: Path, environment: dict[str, str]) -> None:
    server = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=copied,
        env=environment | {"PORT": "0"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        at = server.stdout.readline().split()[-1]
        smoke = [str(DEPLOY / "scripts" / "smoke.sh"), "--wait", "60", at]
        done = subprocess.run(smoke, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        through_page(at)(0)
    finally:
        server.terminate()
        server.wait(timeout=30)


# --- how small it is ---------------------------------------------------------------------------------


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """An environment with two distributions that share a folder."""
    for name in ("big-one", "small"):
        record = []
        for file in (f"shared/{name}.py", f"{name}-1.dist-info/METADATA", f"{name}-1.dist-info/RECORD"):
            (tmp_path / "env" / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "env" / file).write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
            record.append(f"{file},,")
        (tmp_path / "env" / f"{name}-1.dist-info" / "RECORD").write_text("\n".join(record))
    for file in ("kept/__init__.py", "kept/tests/test_it.py"):
        (tmp_path / "env" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "env" / file).touch()
    return tmp_path / "env"


def taken_out(packages: Path, *lines: str) -> "subprocess.CompletedProcess[str]":
    listed = packages.parent / "unused.txt"
    listed.write_text("\n".join(("# why", "", *lines)), encoding="utf-8")
    command = [sys.executable, str(DEPLOY / "image" / "slim.py"), str(listed), str(packages)]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_distribution_goes_and_its_neighbour_stays(packages: Path) -> None:
    done = taken_out(packages, "distribution Big_One", "files **/tests")
    assert done.returncode == 0, done.stderr
    left = {str(path.relative_to(packages)) for path in packages.rglob("*") if path.is_file()}
    assert left == {
        "kept/__init__.py",
        "shared/small.py",
        "small-1.dist-info/METADATA",
        "small-1.dist-info/RECORD",
    }


def test_a_line_that_names_nothing_stops_the_build(packages: Path) -> None:
    done = taken_out(packages, "distribution gone", "files kept/examples", "distribution small")
    assert done.returncode == 1
    assert "distribution gone, files kept/examples" in done.stderr


def test_an_image_that_has_grown_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(3_000_000))
    within = [str(DEPLOY / "image" / "within.sh"), str(tmp_path)]
    assert subprocess.run([*within, "4"]).returncode == 0
    done = subprocess.run([*within, "2"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "may take 2" in done.stderr
    assert any("within.sh /srv/venv" in rest for name, rest in instructions() if name == "RUN")

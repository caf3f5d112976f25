"""The Space: its header is what the Hub documents, and publishing puts there what its image is built from."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.deploy.conftest import ROOT
from tests.deploy.test_deploy_image import is_sent, last

TOKEN = "hf_TokenOfATest"
SPACE = "ada/inroad"


# --- the header of the README ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def header() -> dict[str, object]:
    begins, text, _ = (ROOT / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    assert not begins  # the Hub reads it at the very top only
    return dict(yaml.safe_load(text))


def test_the_header_has_the_keys_and_values_that_the_hub_documents(header: dict[str, object]) -> None:
    colours = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}
    required = {"title", "emoji", "colorFrom", "colorTo", "sdk", "app_port"}
    optional = {"pinned", "license", "short_description", "suggested_hardware", "startup_duration_timeout"}
    assert required <= set(header) <= required | optional
    assert {header["colorFrom"], header["colorTo"]} <= colours
    assert header["sdk"] == "docker"
    assert isinstance(header["pinned"], bool)
    assert len(str(header["short_description"])) <= 60


def test_the_space_asks_where_the_image_listens(header: dict[str, object]) -> None:
    assert str(header["app_port"]) == last("EXPOSE")


# --- publishing --------------------------------------------------------------------------------------


def git(*arguments: str, at: Path) -> str:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@mail.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], cwd=at, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A repository with what the script looks at, and things that are no business of a Space."""
    folder = tmp_path / "work"
    script = Path("deploy/scripts/publish_space.sh")
    (folder / script.parent).mkdir(parents=True)
    shutil.copy(ROOT / script, folder / script)
    files = {
        "README.md": "---\nsdk: docker\n---\n# Inroad\n\n![A picture](docs/draft.png)\n\nWords.\n",
        "Dockerfile": "FROM scratch\n",
        ".dockerignore": "*\n!/app.py\n!/store\n",
        "app.py": "print('one')\n",
        "store/__init__.py": "",
        "tests/test_app.py": "",
        "docs/draft.png": "PNG",
        ".gitignore": "data/\n.env\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    git("init", "--quiet", "--initial-branch", "main", at=folder)
    git("add", ".", at=folder)
    git("commit", "--quiet", "--message", "One", at=folder)
    (folder / ".env").write_text("GROQ_API_KEY=secret", encoding="utf-8")
    return folder


@pytest.fixture
def spaces(tmp_path: Path, work: Path) -> Path:
    """A hub with one blank Space in it."""
    bare, seed = tmp_path / "spaces" / SPACE, tmp_path / "seed"
    git("init", "--quiet", "--bare", "--initial-branch", "main", str(bare), at=tmp_path)
    git("clone", "--quiet", str(bare), str(seed), at=tmp_path)
    (seed / ".gitattributes").write_text("*.bin filter=lfs\n")
    git("add", ".", at=seed)
    git("commit", "--quiet", "--message", "initial commit", at=seed)
    git("push", "--quiet", "origin", "HEAD:main", at=seed)
    return tmp_path / "spaces"


Publish = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def publish(work: Path, spaces: Path) -> Publish:
    def run(space: str = SPACE, **environment: str) -> "subprocess.CompletedProcess[str]":
        told = os.environ | {"HF_TOKEN": TOKEN, "INROAD_SPACES": f"file://{spaces}"} | environment
        command = ["bash", "deploy/scripts/publish_space.sh", space]
        return subprocess.run(command, cwd=work, env=told, capture_output=True, text=True)

    return run


def published(spaces: Path) -> set[str]:
    return set(git("ls-tree", "-r", "--name-only", "main", at=spaces / SPACE).splitlines())


def test_what_the_image_is_built_from_is_published_and_nothing_else(
    publish: Publish, spaces: Path, work: Path
) -> None:
    done = publish()
    assert done.returncode == 0, done.stderr
    assert published(spaces) == {".dockerignore", "Dockerfile", "README.md", "app.py", "store/__init__.py"}
    readme = git("show", "main:README.md", at=spaces / SPACE)
    assert readme.startswith("---\nsdk: docker")
    assert "docs/" not in readme  # a picture, which the Hub refuses in a plain commit
    assert "https://ada-inroad.hf.space" in done.stdout
    subject = git("log", "-1", "--format=%s", "main", at=spaces / SPACE)
    assert subject == f"Inroad {git('rev-parse', '--short', 'HEAD', at=work)}"


def test_a_second_time_follows_the_first_and_what_has_gone_goes(
    publish: Publish, spaces: Path, work: Path
) -> None:
    assert publish().returncode == 0
    assert "already" in publish().stdout
    (work / "app.py").write_text("print('two')\n")
    shutil.rmtree(work / "store")
    git("commit", "--quiet", "--all", "--message", "Two", at=work)
    (work / ".dockerignore").write_text("*\n!/app.py\n")
    git("commit", "--quiet", "--all", "--message", "Three", at=work)
    done = publish()
    assert done.returncode == 0, done.stderr
    assert published(spaces) == {".dockerignore", "Dockerfile", "README.md", "app.py"}
    assert git("show", "main:app.py", at=spaces / SPACE) == "print('two')"
    assert git("rev-list", "--count", "main", at=spaces / SPACE) == "3"


@pytest.mark.parametrize(
    ("space", "environment", "says"),
    [
        ("ada", {}, "no name of a Space"),
        ("ada/in road", {}, "no name of a Space"),
        ("https://huggingface.co/spaces/ada/inroad", {}, "no name of a Space"),
        (SPACE, {"HF_TOKEN": ""}, "HF_TOKEN is not set"),
        (SPACE, {"INROAD_SPACES": "http://hub.example"}, "in the clear"),
        ("ada/nowhere", {}, "There is no Space ada/nowhere"),
    ],
)
def test_what_cannot_be_published_is_told_in_a_sentence(
    publish: Publish, spaces: Path, space: str, environment: dict[str, str], says: str
) -> None:
    done = publish(space, **environment)
    assert done.returncode in (1, 2)
    assert says in done.stderr
    assert TOKEN not in done.stdout + done.stderr
    assert published(spaces) == {".gitattributes"}


@pytest.mark.parametrize("change", ["app.py", "new.py"])
def test_what_is_not_committed_is_not_published(publish: Publish, work: Path, change: str) -> None:
    (work / change).write_text("print('not yet')\n")
    done = publish()
    assert done.returncode == 1
    assert "not committed" in done.stderr


HUB = """#!/usr/bin/env bash
# Stands in for git where it would ask the Hub; it asks for the name and the token as git does.
for word in "$@"; do
    [ "$word" != clone ] || asks=1
done
[ -n "${asks:-}" ] || exec /usr/bin/env -i HOME="$HOME" PATH=REST git "$@"
printf '%s\\n' "$*" >>FOLDER/asked
name=$("$GIT_ASKPASS" "Username for 'https://huggingface.co': ")
token=$("$GIT_ASKPASS" "Password for 'https://$name@huggingface.co': ")
[ "$token" = RIGHT ] && echo right >>FOLDER/asked
echo "SAYS" >&2
exit 128
"""


@pytest.mark.parametrize(
    ("git_says", "says"),
    [
        (
            "fatal: Authentication failed for 'https://hub.example/ada/inroad/'",
            "refuses this token",
        ),
        ("remote: Repository not found", "There is no Space"),
        ("fatal: unable to access: Could not resolve host: huggingface.co", "cannot be reached"),
        ("fatal: the remote end hung up", "could not fetch it: fatal: the remote end hung up"),
    ],
)
def test_the_token_is_given_when_git_asks_and_nowhere_else(
    publish: Publish, tmp_path: Path, git_says: str, says: str
) -> None:
    hub = HUB.replace("REST", os.environ["PATH"]).replace("FOLDER", str(tmp_path)).replace("RIGHT", TOKEN)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").write_text(hub.replace("SAYS", git_says))
    (tmp_path / "bin" / "git").chmod(0o755)
    done = publish(
        PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}", INROAD_SPACES="https://huggingface.co/spaces"
    )
    assert done.returncode == 1
    assert says in done.stderr
    asked = (tmp_path / "asked").read_text()
    assert asked.splitlines()[-1] == "right"
    assert TOKEN not in asked + done.stdout + done.stderr


# --- what the real repository would publish ----------------------------------------------------------


def test_every_line_of_dockerignore_lets_one_path_in_that_git_can_archive() -> None:
    allowed = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert all(re.fullmatch(r"!/[\w./-]+", line) for line in allowed)
    assert all((ROOT / line[2:]).exists() for line in allowed)
    tracked = git("ls-files", at=ROOT).splitlines()
    for line in allowed:
        assert any(path == line[2:] or path.startswith(line[2:] + "/") for path in tracked), line


def test_nothing_of_it_is_binary() -> None:
    for path in git("ls-files", at=ROOT).splitlines():
        if is_sent(path) and (ROOT / path).is_file():
            assert b"\0" not in (ROOT / path).read_bytes(), path

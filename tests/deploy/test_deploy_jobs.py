"""What other jobs call: build, verify, tell, plan, update, and be a role for as long as it takes."""

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.deploy.programs_stand_in import Answer, Call, StandIns, Workplace, copy_of_scripts

DIGEST = f"sha256:{'7' * 64}"
PASSWORD, HOOK, TOKEN = "registry-pw-1", "https://chat.example/hooks/secret-2", "glbot-token-3"
REGISTRY = {
    "CI_REGISTRY": "registry.example",
    "CI_REGISTRY_IMAGE": "registry.example/g/inroad",
    "CI_REGISTRY_USER": "ci",
    "CI_REGISTRY_PASSWORD": PASSWORD,
    "CI_COMMIT_SHA": "a1b2c3",
    "CI_PROJECT_URL": "https://gitlab.example/g/inroad",
}


@dataclass
class Outside:
    """What the programs meet: a registry, a chat, two addresses to smoke-test, and what shall fail there."""

    fails: set[str] = field(default_factory=set)
    works: list[bool] = field(default_factory=lambda: [True])
    told: list[str] = field(default_factory=list)
    digest: str = DIGEST
    rollback: int = 0

    def buildah(self, call: Call) -> Answer:
        if call.words[0] in self.fails:
            return Answer(err=f"{call.words[0]}: no space left on device\n", code=125)
        if call.words[0] == "push":
            Path(call.words[call.words.index("--digestfile") + 1]).write_text(self.digest)
        return Answer()

    def curl(self, call: Call) -> Answer:
        self.told.append(call.words[call.words.index("--data") + 1])
        return Answer(code=22 if "chat" in self.fails else 0)

    def smoke(self, _: Call) -> Answer:
        return Answer(code=0 if self.works.pop(0) else 1)

    def remote(self, _: Call) -> Answer:
        return Answer(code=self.rollback)

    def terraform(self, call: Call) -> Answer:
        return Answer(code=1 if call.words[0] in self.fails else 0)


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def place(tmp_path: Path, outside: Outside) -> Iterator[Workplace]:
    answers = {
        "buildah": outside.buildah,
        "curl": outside.curl,
        "smoke": outside.smoke,
        "remote": outside.remote,
        "terraform": outside.terraform,
    }
    scripts = copy_of_scripts(tmp_path)
    (tmp_path / "terraform").mkdir()
    with StandIns(tmp_path / "bin", answers) as stand_ins:
        for name in ("smoke", "remote"):
            stand_ins.put(scripts / f"{name}.sh", name)
        yield Workplace(scripts, stand_ins, {})


def words(place: Workplace, program: str) -> list[str]:
    return [" ".join(call.words) for call in place.stand_ins.of(program)]


# --- build -------------------------------------------------------------------------------------------------


def test_an_image_is_built_and_pushed_by_its_commit_and_known_by_its_digest(
    place: Workplace, tmp_path: Path
) -> None:
    outcome = place.run("build.sh", "build.env", **REGISTRY)
    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "build.env").read_text() == f"IMAGE=registry.example/g/inroad@{DIGEST}\n"
    login, build, push = place.stand_ins.of("buildah")
    assert login.words == ("login", "--username", "ci", "--password-stdin", "registry.example")
    assert "--tag registry.example/g/inroad:a1b2c3" in " ".join(build.words)
    assert "REVISION=a1b2c3" in build.words
    assert "--cache-from registry.example/g/inroad/cache" in " ".join(build.words)
    assert push.words[-1] == "docker://registry.example/g/inroad:a1b2c3"
    assert not any("latest" in each for each in words(place, "buildah"))
    assert PASSWORD not in "".join(words(place, "buildah")) + outcome.stdout + outcome.stderr


def test_a_tag_is_pushed_too_and_is_the_version(place: Workplace) -> None:
    assert place.run("build.sh", "build.env", **REGISTRY, CI_COMMIT_TAG="v1.2").returncode == 0
    assert any("docker://registry.example/g/inroad:v1.2" in each for each in words(place, "buildah"))
    assert any("VERSION=v1.2" in each for each in words(place, "buildah"))


def test_a_tag_that_a_registry_would_refuse_is_written_as_it_can_be(place: Workplace) -> None:
    assert place.run("build.sh", "build.env", **REGISTRY, CI_COMMIT_TAG="release/1.2+a").returncode == 0
    assert any("docker://registry.example/g/inroad:release-1.2-a" in each for each in words(place, "buildah"))
    assert any("VERSION=release/1.2+a" in each for each in words(place, "buildah"))


def test_a_fresh_build_takes_the_newest_base_and_no_old_layer(place: Workplace) -> None:
    assert place.run("build.sh", "build.env", **REGISTRY, INROAD_BUILD_FRESH="true").returncode == 0
    (build,) = [each for each in words(place, "buildah") if each.startswith("build")]
    assert "--pull=always" in build
    assert "--no-cache" in build
    assert "--cache-from" not in build


def test_buildah_takes_what_it_is_told(
    place: Workplace, tmp_path: Path, program: Callable[[str], str]
) -> None:
    """The real one, on an image of one file: it refuses options that contradict each other."""
    buildah = program("buildah")
    place.run("build.sh", "build.env", **REGISTRY, INROAD_BUILD_FRESH="true")
    (told,) = [call.words for call in place.stand_ins.of("buildah") if call.words[0] == "build"]
    (tmp_path / "context").mkdir()
    (tmp_path / "context" / "Dockerfile").write_text("FROM scratch\nCOPY Dockerfile /\n")
    places = ["--root", f"{tmp_path}/root", "--runroot", f"{tmp_path}/run", "--storage-driver", "vfs"]
    command = [buildah, *places, *told[:-1], "--isolation", "chroot", f"{tmp_path}/context"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("fails", "sentence"),
    [
        ("login", "refuses the login"),
        ("build", "where no space is left: df -h"),
        ("push", "cannot be pushed"),
    ],
)
def test_a_build_that_fails_says_where_and_names_no_image(
    place: Workplace, outside: Outside, tmp_path: Path, fails: str, sentence: str
) -> None:
    outside.fails = {fails}
    outcome = place.run("build.sh", "build.env", **REGISTRY)
    assert outcome.returncode == 1
    assert sentence in outcome.stderr
    assert not (tmp_path / "build.env").exists()


def test_without_a_digest_an_image_is_known_by_its_commit(
    place: Workplace, outside: Outside, tmp_path: Path
) -> None:
    outside.digest = ""
    assert "named no digest" in place.run("build.sh", "build.env", **REGISTRY).stderr
    assert (tmp_path / "build.env").read_text() == "IMAGE=registry.example/g/inroad:a1b2c3\n"


def test_a_registry_that_is_off_is_said(place: Workplace) -> None:
    outcome = place.run("build.sh", "build.env", **REGISTRY | {"CI_REGISTRY": ""})
    assert outcome.returncode == 1
    assert "CI_REGISTRY is not set.\nbuild: Switch the project's container registry on" in outcome.stderr


# --- verify ------------------------------------------------------------------------------------------------

AT = {"INROAD_URL": "https://inroad.example"}


def test_what_works_from_here_stays(place: Workplace) -> None:
    assert place.run("verify.sh", "ec2", **AT).returncode == 0
    assert place.stand_ins.of("remote") == []


def test_what_does_not_work_from_here_is_taken_back_and_tried_again(
    place: Workplace, outside: Outside
) -> None:
    outside.works = [False, True]
    outcome = place.run("verify.sh", "ec2", **AT)
    assert outcome.returncode == 1
    assert words(place, "remote") == ["rollback.sh ec2"]
    assert "What ran before works" in outcome.stderr


@pytest.mark.parametrize(
    ("rollback", "works", "code"), [(4, [False], 4), (1, [False], 3), (0, [False, False], 3)]
)
def test_a_way_back_that_fails_is_said_apart(
    place: Workplace, outside: Outside, rollback: int, works: list[bool], code: int
) -> None:
    outside.rollback, outside.works = rollback, works
    assert place.run("verify.sh", "ec2", **AT).returncode == code


def test_without_an_address_nothing_is_verified(place: Workplace) -> None:
    assert "INROAD_URL is not set" in place.run("verify.sh", "ec2").stderr


# --- notify ------------------------------------------------------------------------------------------------


def test_a_chat_is_told_which_jobs_failed(place: Workplace, outside: Outside, tmp_path: Path) -> None:
    ended = tmp_path / "outcome"
    ended.mkdir()
    (ended / "lint").write_text("success\n")
    about = {"CI_COMMIT_REF_NAME": 'main"; rm', "CI_PIPELINE_URL": "https://gitlab.example/7"}
    assert place.run("notify.sh", str(ended), INROAD_NOTIFY_URL=HOOK, **about).returncode == 0
    (ended / "test").write_text("failed\n")
    (ended / "build").write_text("canceled\n")
    outcome = place.run("notify.sh", str(ended), INROAD_NOTIFY_URL=HOOK, **about)
    assert outcome.returncode == 0
    good, bad = (json.loads(each)["text"] for each in outside.told)
    assert good == 'inroad, main"; rm at ?: success. https://gitlab.example/7'
    assert "failed: build test." in bad
    assert HOOK not in "".join(words(place, "curl")) + outcome.stdout + outcome.stderr


def test_nobody_to_tell_is_no_fault_and_a_dead_chat_is(place: Workplace, outside: Outside) -> None:
    assert "nobody is told" in place.run("notify.sh", "success").stdout
    outside.fails = {"chat"}
    outcome = place.run("notify.sh", "success", INROAD_NOTIFY_URL=HOOK)
    assert outcome.returncode == 1
    assert "Check INROAD_NOTIFY_URL" in outcome.stderr


@pytest.mark.parametrize("hook", [f"{HOOK}\n{HOOK}", f'{HOOK}"', f"{HOOK} ", "-K/etc/passwd", "chat.example"])
def test_what_is_no_address_reaches_no_curl_and_is_not_repeated(
    place: Workplace, outside: Outside, hook: str
) -> None:
    outcome = place.run("notify.sh", "success", INROAD_NOTIFY_URL=hook)
    assert outcome.returncode == 1
    assert "INROAD_NOTIFY_URL is not an address" in outcome.stderr
    assert outside.told == []
    assert "secret-2" not in outcome.stdout + outcome.stderr


# --- Terraform, and Amazon's role --------------------------------------------------------------------------

STATE = {"INROAD_STATE_BUCKET": "state", "AWS_REGION": "eu-central-1"}


def test_terraform_applies_a_plan_and_nothing_else(place: Workplace, tmp_path: Path) -> None:
    outcome = place.run("terraform.sh", "apply", **STATE)
    assert outcome.returncode == 1
    assert "There is no plan" in outcome.stderr
    assert place.run("terraform.sh", "plan", **STATE).returncode == 0
    (tmp_path / "terraform" / "plan").touch()
    assert place.run("terraform.sh", "apply", **STATE).returncode == 0
    init, plan, _, apply = words(place, "terraform")
    assert "-backend-config=use_lockfile=true" in init
    assert "-backend-config=key=inroad/terraform.tfstate" in init
    assert plan == "plan -input=false -lock-timeout=120s -out=plan"
    assert apply == "apply -input=false -lock-timeout=120s plan"
    assert "INROAD_STATE_BUCKET is not set" in place.run("terraform.sh", "plan").stderr


def test_a_role_is_assumed_by_a_token_that_goes_with_the_command(place: Workplace) -> None:
    show = 'cat "$AWS_WEB_IDENTITY_TOKEN_FILE"; stat -c %a "$AWS_WEB_IDENTITY_TOKEN_FILE"; '
    show += 'echo "$AWS_WEB_IDENTITY_TOKEN_FILE ${AWS_ID_TOKEN:-none} $AWS_ROLE_SESSION_NAME"; exit 7'
    role = {"AWS_ID_TOKEN": TOKEN, "AWS_ROLE_ARN": "arn:aws:iam::1:role/deploy", "CI_JOB_ID": "9"}
    outcome = place.run("with_aws.sh", "bash", "-c", show, **role)
    assert outcome.returncode == 7
    file = outcome.stdout.splitlines()[-1].split()[0]
    assert outcome.stdout == f"{TOKEN}600\n{file} none inroad-9\n"
    assert not Path(file).exists()
    assert (
        place.run("with_aws.sh", "bash", "-c", 'test -z "${AWS_WEB_IDENTITY_TOKEN_FILE:-}"').returncode == 0
    )


def test_a_signal_reaches_the_command_which_may_tidy_up(place: Workplace, tmp_path: Path) -> None:
    told = tmp_path / "told"
    wait = f"trap 'sleep 0.2; echo tidied >>{told}; exit 143' TERM; echo on >{told}; "
    wait += "while :; do sleep 0.05; done"
    role = {"AWS_ID_TOKEN": TOKEN, "AWS_ROLE_ARN": "arn:aws:iam::1:role/deploy"}
    process = place.start("with_aws.sh", "bash", "-c", wait, **role)
    while not told.exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert process.returncode == 143
    assert told.read_text() == "on\ntidied\n"


# --- scheduled updates -------------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-C", str(folder), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(place: Workplace, tmp_path: Path) -> Path:
    """The scripts in a repository whose `make lock` moves one pin where $NEWER is set."""
    for name in ("requirements.txt", "requirements-dev.txt", "deploy/checkers.txt"):
        (tmp_path / name).write_text("a==1\n")
    (tmp_path / "Makefile").write_text(
        'lock:\n\t@test "$(UPGRADE)" = --upgrade\n\t@test -z "$$NEWER" || echo a==2 >requirements.txt\n'
    )
    (tmp_path / ".gitignore").write_text("bin/\npushed/\n")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "as it was")
    git(tmp_path, "init", "--quiet", "--bare", "pushed/g/inroad.git")
    git(tmp_path / "pushed" / "g" / "inroad.git", "config", "receive.advertisePushOptions", "true")
    return tmp_path


def bot(repository: Path) -> dict[str, str]:
    """What a job has; a runner may lead its own address elsewhere, with a token that may not push."""
    return {
        "INROAD_BOT_TOKEN": TOKEN,
        "CI_SERVER_URL": "https://gitlab.example:8443",
        "CI_PROJECT_PATH": "g/inroad",
        "CI_DEFAULT_BRANCH": "main",
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": f"url.file://{repository}/pushed/.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://bot@gitlab.example:8443/",
        "GIT_CONFIG_KEY_1": "url.file:///with-the-token-of-the-job/.insteadOf",
        "GIT_CONFIG_VALUE_1": "https://gitlab.example:8443/",
        "GIT_TRACE": "1",
    }


def test_newer_versions_are_pinned_in_a_merge_request(place: Workplace, repository: Path) -> None:
    outcome = place.run("update_dependencies.sh", **bot(repository), NEWER="1")
    assert outcome.returncode == 0, outcome.stderr
    branches = git(repository / "pushed" / "g" / "inroad.git", "branch", "--list").split()
    (branch,) = branches
    assert branch.startswith("dependencies-")
    changed = git(repository, "diff", "--name-only", "main", branch).split()
    assert changed == ["requirements.txt"]
    assert "merge_request.create" in outcome.stderr  # git's own trace of its arguments
    assert TOKEN not in outcome.stderr + outcome.stdout


def test_nothing_newer_is_no_merge_request(place: Workplace, repository: Path) -> None:
    outcome = place.run("update_dependencies.sh", **bot(repository))
    assert outcome.returncode == 0, outcome.stderr
    assert "Everything is the newest that is allowed." in outcome.stdout
    assert git(repository / "pushed" / "g" / "inroad.git", "branch", "--list") == ""


def test_an_update_without_a_token_says_which(place: Workplace, repository: Path) -> None:
    assert "project access token with write_repository" in place.run("update_dependencies.sh").stderr


def test_an_update_outside_of_a_pipeline_says_so_before_it_pins(place: Workplace, repository: Path) -> None:
    outcome = place.run("update_dependencies.sh", **(bot(repository) | {"CI_SERVER_URL": ""}), NEWER="1")
    assert outcome.returncode == 1
    assert "CI_SERVER_URL is not set." in outcome.stderr
    assert git(repository, "status", "--porcelain") == ""


def test_an_update_that_cannot_be_pushed_says_what_to_check(place: Workplace, repository: Path) -> None:
    outcome = place.run(
        "update_dependencies.sh", **(bot(repository) | {"CI_PROJECT_PATH": "g/other"}), NEWER="1"
    )
    assert outcome.returncode == 1
    assert "could not be pushed" in outcome.stderr
    assert "check that INROAD_BOT_TOKEN" in outcome.stderr

"""The pipeline has the jobs that it should for each occasion, in an order that holds, and no secret in it."""

import os
import re
import subprocess
from collections.abc import Callable

import pytest

from tests.deploy.conftest import ROOT
from tests.deploy.pipeline_graph import Pipeline, document, holds, jobs, matches

DEPLOYED = {
    "INROAD_PRODUCTION_URL": "https://inroad.example",
    "INROAD_STAGING_URL": "https://staging.inroad.example",
    "INROAD_REVIEW_DOMAIN": "review.inroad.example",
    "INROAD_TERRAFORM_ROLE_ARN": "arn:aws:iam::1:role/terraform",
    "INROAD_SPACE": "inroad/inroad",
    "HF_TOKEN": "set",
}
CHECKS = {"validate", "lint", "test", "eval", "scan:code", "scan:dependencies", "scan:secrets"} | {
    "scan:infrastructure",
    "performance",
}
BUILT = {"build", "scan:image"}
OURS = {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "1"}
STRANGERS = {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "2"}
CODE, DOCUMENTS, TESTS = ("outreach/drafting.py",), ("README.md", "docs/draft.png"), ("tests/test_app.py",)


def proposed(*changed: str, **variables: str) -> dict[str, str]:
    return Pipeline("merge_request_event", changed=changed, variables=OURS | variables).jobs()


def pushed(*changed: str, **variables: str) -> dict[str, str]:
    return Pipeline("push", branch="main", changed=changed, variables=variables).jobs()


# --- which jobs when ---------------------------------------------------------------------------------------


def test_a_change_of_documentation_neither_builds_nor_deploys() -> None:
    assert set(proposed(*DOCUMENTS, **DEPLOYED)) == {"test:documentation", "scan:secrets"}
    assert set(pushed(*DOCUMENTS, **DEPLOYED)) == {"test:documentation", "scan:secrets", "notify"}


def test_a_change_of_documentation_is_held_against_what_it_says() -> None:
    """By every test that reads what such a change can touch: the README or a page of docs/."""
    (command,) = jobs()["test:documentation"]["script"]
    pages = re.compile(r'ROOT / ("README\.md"|"docs")|README = |parents\[\d\] / "README\.md"')
    readers = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if pages.search(path.read_text(encoding="utf-8"))
    }
    assert readers - {"tests/deploy/test_deploy_pipeline.py"} == set(re.findall(r"tests/[\w/]+\.py", command))


def test_a_change_of_tests_is_checked_and_not_built() -> None:
    assert set(proposed(*TESTS, **DEPLOYED)) == CHECKS
    assert set(pushed(*TESTS, **DEPLOYED)) == CHECKS | {"notify"}


def test_a_merge_request_is_checked_built_scanned_and_shown() -> None:
    found = proposed(*CODE, *DOCUMENTS, **DEPLOYED)
    assert set(found) == CHECKS | BUILT | {"review", "review:stop"}
    assert found["review"] == "on_success"
    assert found["review:stop"] == "manual"


def test_what_strangers_propose_is_checked_and_never_deployed() -> None:
    found = Pipeline("merge_request_event", changed=CODE, variables=STRANGERS | DEPLOYED).jobs()
    assert set(found) == CHECKS | BUILT


def test_a_merge_reaches_staging_by_itself_and_production_by_hand() -> None:
    found = pushed(*CODE, **DEPLOYED)
    staged = {"staging", "verify:staging", "production", "rollback"}
    assert set(found) == CHECKS | BUILT | staged | {"notify"}
    assert found["staging"] == "on_success"
    assert found["production"] == found["rollback"] == "manual"
    assert found["notify"] == "always"


def test_a_change_of_terraform_is_planned_by_itself_and_applied_by_hand() -> None:
    found = pushed("terraform/main.tf", **DEPLOYED)
    assert set(found) == CHECKS | {"validate:terraform", "terraform:plan", "terraform:apply", "notify"}
    assert found["terraform:plan"] == "on_success"
    assert found["terraform:apply"] == "manual"
    assert "terraform:plan" not in proposed("terraform/main.tf", **DEPLOYED)


def test_with_nothing_configured_it_checks_builds_and_scans() -> None:
    assert set(pushed(*CODE)) == CHECKS | BUILT | {"notify"}
    assert set(proposed(*CODE)) == CHECKS | BUILT


def test_a_tag_is_checked_built_and_published() -> None:
    found = Pipeline("push", tag="v1.2", variables=DEPLOYED).jobs()
    assert set(found) == CHECKS | BUILT | {"validate:terraform", "space", "notify"}


def test_by_hand_everything_runs_that_can() -> None:
    found = Pipeline("web", branch="main", variables=DEPLOYED).jobs()
    never = {"review", "review:stop", "space", "dependencies", "test:documentation"}
    assert set(found) == set(jobs()) - never


def test_schedules_do_what_they_say() -> None:
    def scheduled(what: str) -> set[str]:
        variables = DEPLOYED | {"SCHEDULE": what}
        return set(Pipeline("schedule", branch="main", variables=variables).jobs())

    assert scheduled("dependencies") == {"dependencies", "notify"}
    staged = {"staging", "verify:staging", "production", "rollback"}
    assert scheduled("images") == {"scan:dependencies", "notify"} | BUILT | staged
    assert scheduled("") == {"notify"}


def test_other_branches_have_no_pipeline_beside_their_merge_request() -> None:
    assert Pipeline("push", branch="idea", changed=CODE, variables=DEPLOYED).jobs() == {}


@pytest.mark.parametrize(
    ("condition", "known", "expected"),
    [
        ("$A", {}, False),
        ("$A", {"A": "x"}, True),
        ("$A == null", {}, True),
        ('$A == "x" && $B != $C', {"A": "x", "B": "1", "C": "2"}, True),
        ('$A == "x" || $B', {"B": "1"}, True),
    ],
)
def test_conditions_are_read_as_gitlab_does(condition: str, known: dict[str, str], expected: bool) -> None:
    assert holds(condition, known) is expected


def test_every_file_is_code_a_check_or_documentation() -> None:
    kinds = document()[".changes"]
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    for path in listed.stdout.splitlines():
        fitting = [
            kind
            for kind in ("app", "checks", "documentation")
            if any(matches(path, pattern) for pattern in kinds[kind])
        ]
        assert len(fitting) == 1, f"{path} is {fitting}"


# --- what they need ----------------------------------------------------------------------------------------


def needs(job: dict[str, object]) -> list[tuple[str, bool]]:
    """The jobs that a job needs, each with whether it may be missing."""
    found: list[tuple[str, bool]] = []
    wanted = job.get("needs", [])
    assert isinstance(wanted, list)
    for each in wanted:
        found.append((each, False) if isinstance(each, str) else (each["job"], each.get("optional", False)))
    return found


def test_what_a_job_needs_comes_earlier_and_in_no_circle() -> None:
    all_jobs, stages = jobs(), document()["stages"]

    def before(name: str, seen: tuple[str, ...] = ()) -> None:
        assert name not in seen, " needs ".join((*seen, name))
        for other, _ in needs(all_jobs[name]):
            mine, theirs = all_jobs[name]["stage"], all_jobs[other]["stage"]
            assert stages.index(theirs) <= stages.index(mine), f"{name} needs {other} of a later stage"
            before(other, (*seen, name))

    for name in all_jobs:
        before(name)


OCCASIONS = {
    "a merge request": Pipeline("merge_request_event", changed=CODE, variables=OURS | DEPLOYED),
    "a stranger's": Pipeline("merge_request_event", changed=CODE, variables=STRANGERS | DEPLOYED),
    "a merge": Pipeline("push", branch="main", changed=CODE, variables=DEPLOYED),
    "a merge without staging": Pipeline(
        "push", branch="main", changed=CODE, variables=DEPLOYED | {"INROAD_STAGING_URL": ""}
    ),
    "documents": Pipeline("push", branch="main", changed=DOCUMENTS, variables=DEPLOYED),
    "terraform": Pipeline("push", branch="main", changed=("terraform/main.tf",), variables=DEPLOYED),
    "a tag": Pipeline("push", tag="v1", variables=DEPLOYED),
    "by hand": Pipeline("web", branch="main", variables=DEPLOYED),
    "images": Pipeline("schedule", branch="main", variables=DEPLOYED | {"SCHEDULE": "images"}),
    "dependencies": Pipeline("schedule", branch="main", variables=DEPLOYED | {"SCHEDULE": "dependencies"}),
}


@pytest.mark.parametrize("occasion", OCCASIONS.values(), ids=OCCASIONS)
def test_nothing_is_needed_that_is_not_there(occasion: Pipeline) -> None:
    there, all_jobs = occasion.jobs(), jobs()
    for name in there:
        for other, optional in needs(all_jobs[name]):
            assert optional or other in there, f"{name} needs {other}"


def test_nothing_is_deployed_that_was_not_built_scanned_and_checked() -> None:
    all_jobs = jobs()
    for name in ("review", "production"):
        assert {"build", "scan:image"} <= {other for other, _ in needs(all_jobs[name])}
    assert "needs" not in all_jobs["staging"]  # so it waits for every job of every earlier stage
    gates = {other for other, _ in needs(all_jobs["production"]) + needs(all_jobs["build"])}
    assert gates >= CHECKS
    for name in ("staging", "production"):
        assert '"$IMAGE"' in all_jobs[name]["script"][0]  # by digest, from build's own file


def test_what_is_deployed_is_tried_as_people_reach_it_and_taken_back() -> None:
    all_jobs = jobs()
    for name in ("verify:staging", "production"):
        assert "verify.sh" in all_jobs[name]["script"][-1]
        assert all_jobs[name]["environment"]["name"] == name.split(":")[-1]


def test_one_environment_is_deployed_to_by_one_job_at_a_time() -> None:
    all_jobs = jobs()
    for name, job in all_jobs.items():
        if "environment" in job or name.startswith("terraform"):
            assert job["resource_group"], name
            assert job["interruptible"] is False, name
    assert all_jobs["production"]["resource_group"] == all_jobs["rollback"]["resource_group"]
    assert all_jobs["review"]["environment"]["auto_stop_in"] == "2 days"
    assert all_jobs["review"]["environment"]["on_stop"] == "review:stop"
    assert all_jobs["review:stop"]["environment"]["name"] == all_jobs["review"]["environment"]["name"]


# --- what stands in the file -------------------------------------------------------------------------------


def test_gitlab_knows_every_word_of_it(program: Callable[[str], str]) -> None:
    command = [program("check-jsonschema"), "--builtin-schema", "vendor.gitlab-ci", ".gitlab-ci.yml"]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    style = [program("yamllint"), "--strict", "-c", "deploy/yamllint.yaml", ".gitlab-ci.yml"]
    outcome = subprocess.run(style, cwd=ROOT, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout


def test_every_image_is_pinned_to_a_version() -> None:
    for name, job in jobs().items():
        image = job["image"]["name"] if isinstance(job["image"], dict) else job["image"]
        assert re.fullmatch(r"[a-z.]+\.[a-z]+/[a-z0-9/-]+:v?\d+\.\d+\.\d+[a-z0-9-]*", image), (name, image)


def test_no_job_wants_a_privileged_daemon() -> None:
    text = (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")
    assert not re.search(r"docker:\d*-?dind|DOCKER_HOST|--privileged|kaniko", text)


def test_every_script_that_is_called_is_there_and_runs() -> None:
    text = (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")
    called = set(re.findall(r"\S*(?:deploy/scripts|\.ci)/[\w.]+", text))
    called = {path.lstrip('"[') for path in called if "{" not in path}
    assert len(called) > 8
    for path in called:
        assert os.access(ROOT / path, os.X_OK), path


def test_every_target_of_make_that_is_called_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(VENV)", ".venv")
    makefile = makefile.replace("$(CHECKERS)", ".checkers")
    text = (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")
    for target in re.findall(r"(?:make|\.ci/run) ([\w./-]+)", text):
        assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), target


def test_every_job_leaves_how_it_ended_for_the_one_that_tells() -> None:
    for name, job in jobs().items():
        if name == "notify":
            continue
        assert "outcome/" in job["artifacts"]["paths"], name
        assert job["artifacts"]["when"] == "always", name  # else a job that failed leaves nothing
        if job["after_script"]:
            assert 'echo "$CI_JOB_STATUS" >"outcome/' in job["after_script"][0], name
        else:  # failed until it has come to its end
            assert 'echo failed >"outcome/' in job["script"][0], name
            assert 'echo success >"outcome/' in job["script"][-1], name
    assert jobs()["notify"]["rules"][-1] == {"when": "always"}


def test_every_variable_it_reads_is_explained_or_gitlabs_own() -> None:
    text = (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")
    head = text[: text.index("\nstages:")]
    read = set(re.findall(r"\$\{?([A-Z][A-Z0-9_]+)", text))
    own = {"CI", "GITLAB_CI", "PWD", "PATH", "AWS_ID_TOKEN", "IMAGE"}
    set_here = set(re.findall(r"^ +([A-Z][A-Z0-9_]+): ", text, re.MULTILINE))
    for name in read - own - set_here:
        assert name.startswith("CI_") or name in text[: text.index("\nworkflow:")], name
    assert "POSTGRES_PASSWORD" in head


def test_no_job_sets_what_a_project_sets() -> None:
    """A variable of the project wins over a job's of the same name, so setting it here would do nothing."""
    text = (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")
    head = text[: text.index("\nstages:")]
    named = set(re.findall(r"\b[A-Z][A-Z0-9]+_[A-Z0-9_]+\b", head))
    assert {"AWS_ROLE_ARN", "INROAD_STAGING_URL"} <= named
    for name, job in jobs().items():
        assert not named & set(job.get("variables", {})), name


def test_a_deploy_has_the_time_of_all_its_stages() -> None:
    """Stages of deploy.sh, which rolls out and back, and the smoke tests of both."""
    scripts = ROOT / "deploy" / "scripts"
    (rollout,) = re.findall(r"ROLLOUT_S=(\d+)", (scripts / "cluster.sh").read_text(encoding="utf-8"))
    deploy = (scripts / "deploy.sh").read_text(encoding="utf-8").replace("ROLLOUT_S", rollout)
    stages = re.findall(r"^ *stage (\d+|\$\(\(\d+ \+ \d+\)\)) ", deploy, re.MULTILINE)
    assert len(stages) == 5
    (longest,) = re.findall(r"LONGEST_S=(\d+)", (scripts / "remote.sh").read_text(encoding="utf-8"))
    assert sum(int(figure) for stage in stages for figure in re.findall(r"\d+", stage)) <= int(longest)
    for name in ("review", "staging", "production"):
        hours, unit = jobs()[name]["timeout"][:-1], jobs()[name]["timeout"][-1]
        assert unit == "h"
        assert int(longest) < int(hours) * 3600
        assert jobs()[name]["retry"]["when"] == "runner_system_failure"


def test_no_secret_stands_in_what_deploys(program: Callable[[str], str]) -> None:
    program("detect-secrets-hook")
    listed = [
        "git",
        "ls-files",
        ".gitlab-ci.yml",
        "deploy/scripts",
        "deploy/overlays",
        "compose.yaml",
        "Dockerfile",
    ]
    files = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    outcome = subprocess.run(
        ["deploy/scripts/scan_secrets.sh", *files], cwd=ROOT, capture_output=True, text=True
    )
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(
    "planted",
    [
        "gsk_" + "Ab1" * 17,
        "glpat-" + "Ab1_" * 6,
        "AKIA" + "IOSFODNN7EXAMPLE"[:16],
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "postgresql://inroad:" + "hunter2andmore@db.example/inroad",
    ],
    ids=["Groq", "GitLab", "Amazon", "a private key", "a password in an address"],
)
def test_a_secret_that_is_planted_is_found(
    program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory, planted: str
) -> None:
    program("detect-secrets-hook")
    file = tmp_path_factory.mktemp("planted") / "settings.yaml"
    file.write_text(f"value: {planted}\n")
    outcome = subprocess.run(
        ["deploy/scripts/scan_secrets.sh", str(file)], cwd=ROOT, capture_output=True, text=True
    )
    assert outcome.returncode == 1, outcome.stdout
    assert "revoke it" in outcome.stderr

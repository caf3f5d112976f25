"""A deploy looks before it changes anything, rolls nothing out after a failed migration, takes back what does
not work and proves what it went back to, and never runs beside another one."""

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.conftest import DEPLOY
from tests.deploy.programs_stand_in import Answer, Call, Cluster, StandIns, Workplace, copy_of_scripts

OLD, NEW = f"registry.example/inroad@sha256:{'a' * 64}", f"registry.example/inroad@sha256:{'b' * 64}"
PASSWORD, KEY, TOKEN = "pw-of-the-database-1", "gsk_key-of-groq-2", "deploy-token-3"
VARIABLES = {"INROAD_URL": "https://inroad.example", "POSTGRES_PASSWORD": PASSWORD}

WORKER = (DEPLOY / "components" / "queue" / "worker.yaml").read_text(encoding="utf-8")


@pytest.fixture
def cluster() -> Cluster:
    """A cluster in which OLD runs."""
    cluster = Cluster()
    cluster.run(OLD)
    cluster.secrets["inroad"]["POSTGRES_PASSWORD"] = PASSWORD
    return cluster


@pytest.fixture
def place(tmp_path: Path, cluster: Cluster) -> Iterator[Workplace]:
    """The scripts, with kubectl, curl, the smoke test and the clock's patience stood in for."""
    groq = {"200": Answer("200"), "wrong": Answer("401")}

    def curl(call: Call) -> Answer:
        return groq["wrong" if "wrong" in call.said else "200"]

    answers = {
        "kubectl": cluster.kubectl,
        "curl": curl,
        "sleep": lambda _: Answer(),
        "smoke": cluster.smoke,
    }
    scripts = copy_of_scripts(tmp_path)
    with StandIns(tmp_path / "bin", answers) as stand_ins:
        stand_ins.put(scripts / "smoke.sh", "smoke")
        yield Workplace(scripts, stand_ins, VARIABLES)


def said_what_to_do(err: str) -> bool:
    """The last two lines are a sentence on what happened and one on what to do."""
    happened, todo = err.strip().splitlines()[-2:]
    return happened.startswith("deploy: ") and todo.startswith("deploy: ") and todo.endswith(".")


def changed(place: Workplace) -> list[Call]:
    """The calls that changed something in the cluster."""
    verbs = ("apply", "create", "replace", "delete", "undo", "scale")
    return [call for call in place.stand_ins.of("kubectl") if any(verb in call.words for verb in verbs)]


# --- all goes well -----------------------------------------------------------------------------------------


def test_a_deploy_backs_up_then_migrates_then_rolls_out_then_tries_it(
    place: Workplace, cluster: Cluster
) -> None:
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 0, outcome.stderr
    assert cluster.ran == [
        "delete inroad-backup-deploy",
        "create inroad-backup-deploy",
        "apply app.kubernetes.io/component=cluster",
        "secret inroad",
        "apply app.kubernetes.io/component notin (cluster, web, worker, migrate)",
        "delete inroad-migrate",
        "apply app.kubernetes.io/component=migrate",
        "apply app.kubernetes.io/component in (web, worker)",
        f"ready inroad {NEW}",
    ]
    assert cluster.image == NEW
    assert [call.words[-1] for call in place.stand_ins.of("smoke")] == ["https://inroad.example"]
    assert cluster.lease is not None
    assert cluster.lease.holder == ""
    assert outcome.stdout.endswith(f"deploy: {NEW} runs at https://inroad.example\n")


def test_the_first_deploy_makes_its_namespace_and_backs_nothing_up(
    place: Workplace, cluster: Cluster
) -> None:
    cluster.namespaces.clear()
    cluster.deployments.clear()
    cluster.secrets.clear()
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 0, outcome.stderr
    assert "create inroad-backup-deploy" not in cluster.ran
    assert cluster.secrets["inroad"] == {
        "DATABASE_URL": f"postgresql://inroad:{PASSWORD}@postgres:5432/inroad",
        "POSTGRES_PASSWORD": PASSWORD,
    }


def test_without_secrets_given_those_of_the_cluster_stay(place: Workplace, cluster: Cluster) -> None:
    before = dict(cluster.secrets["inroad"])
    assert place.run("deploy.sh", "ec2", NEW, POSTGRES_PASSWORD="").returncode == 0
    assert cluster.secrets == {"inroad": before}


def test_a_changed_secret_alone_is_rolled_out(place: Workplace, cluster: Cluster) -> None:
    assert place.run("deploy.sh", "ec2", OLD).returncode == 0
    first = cluster.deployments["inroad"].revision
    assert place.run("deploy.sh", "ec2", OLD).returncode == 0
    assert cluster.deployments["inroad"].revision == first
    assert place.run("deploy.sh", "ec2", OLD, GROQ_API_KEY=KEY).returncode == 0
    assert cluster.deployments["inroad"].revision == first + 1
    assert cluster.secrets["inroad"]["GROQ_API_KEY"] == KEY


def test_workers_are_rolled_out_beside_the_web(place: Workplace, cluster: Cluster) -> None:
    cluster.serves = ("inroad", "inroad-worker")
    assert place.run("deploy.sh", "ec2", NEW).returncode == 0
    assert cluster.deployments["inroad-worker"].image == NEW
    assert f"ready inroad-worker {NEW}" in cluster.ran


def test_no_secret_stands_on_a_command_line_or_in_the_output(place: Workplace, cluster: Cluster) -> None:
    # Every program is wrapped, so that its arguments are recorded before the real one runs.
    log = place.scripts / "argv.log"
    for name in ("awk", "base64", "basename", "cat", "cut", "date", "dirname", "grep", "head", "id", "mkdir"):
        wrapper = place.stand_ins.folder / name
        wrapper.write_text(
            f'#!/bin/bash\nprintf "%s\\n" {name} "$@" >>{log}\nPATH=${{PATH#*:}} exec {name} "$@"\n'
        )
        wrapper.chmod(0o755)
    given = {
        "GROQ_API_KEY": KEY,
        "METRICS_TOKEN": "metrics-4",
        "INROAD_REGISTRY": "registry.example",
        "INROAD_REGISTRY_USER": "puller",
        "INROAD_REGISTRY_PASSWORD": TOKEN,
    }
    outcome = place.run("deploy.sh", "ec2", NEW, **given)
    assert outcome.returncode == 0, outcome.stderr
    assert KEY in cluster.secrets["inroad"].values()
    assert "auths" in cluster.secrets["registry"][".dockerconfigjson"]
    public = log.read_text() + outcome.stdout + outcome.stderr + "\n".join(map(str, place.stand_ins.calls))
    assert "base64" in public
    for secret in (PASSWORD, KEY, TOKEN, "metrics-4"):
        assert secret not in public


@pytest.mark.parametrize("code", [0, 1])
def test_a_server_that_pulls_from_ecr_logs_a_new_namespace_in(
    place: Workplace, cluster: Cluster, code: int
) -> None:
    program = place.stand_ins.folder / "inroad-pull-secret"
    program.write_text(f"#!/bin/sh\necho pulled >>{place.scripts}/told\nexit {code}\n")
    program.chmod(0o755)
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert (place.scripts / "told").read_text() == "pulled\n"
    assert outcome.returncode == code
    assert ("The login to ECR cannot be made." in outcome.stderr) == bool(code)


def test_a_changed_password_is_there_for_the_backup(place: Workplace, cluster: Cluster) -> None:
    """The runbook has the Secret deleted for it."""
    del cluster.secrets["inroad"]
    assert place.run("deploy.sh", "ec2", NEW, POSTGRES_PASSWORD="another-password-5").returncode == 0
    assert cluster.ran.index("secret inroad") < cluster.ran.index("create inroad-backup-deploy")
    assert cluster.secrets["inroad"]["POSTGRES_PASSWORD"] == "another-password-5"


def test_a_secret_that_may_be_missing_keeps_nothing_from_being_deployed(
    place: Workplace, cluster: Cluster
) -> None:
    cluster.manifests = WORKER
    queue = "amqp://inroad:word@rabbitmq:5672/"
    assert place.run("deploy.sh", "ec2", NEW, QUEUE_URL=queue).returncode == 0
    assert cluster.secrets["inroad"]["QUEUE_URL"] == queue
    assert "GROQ_API_KEY" in WORKER
    assert "GROQ_API_KEY" not in cluster.secrets["inroad"]


# --- what is wrong before anything changes -----------------------------------------------------------------

EARLY: dict[str, tuple[dict[str, str], dict[str, object], str]] = {
    "no address": ({"INROAD_URL": ""}, {}, "INROAD_URL is not set"),
    "an address with a line more": (
        {"INROAD_URL": "https://a.example\n  - INROAD_ACCOUNTS=false"},
        {},
        "INROAD_URL is not set",
    ),
    "an address with a comment": ({"INROAD_URL": "https://a.example # mine"}, {}, "INROAD_URL is not set"),
    "an address with a name in it": (
        {"INROAD_URL": "https://me:word@a.example"},
        {},
        "INROAD_URL is not set",
    ),
    "a host that no Ingress takes": ({"INROAD_URL": "https://A.Example"}, {}, "in small letters"),
    "a namespace with a line more": ({"INROAD_NAMESPACE": "a\nresources: [x]"}, {}, "name of a namespace"),
    "a namespace as of a branch": ({"INROAD_NAMESPACE": "inroad-Feature/$(id)"}, {}, "name of a namespace"),
    "no secret": (
        {"POSTGRES_PASSWORD": ""},
        {"secrets": {}},
        "The Secret inroad in inroad has no DATABASE_URL.",
    ),
    "a secret that a pod of the overlay needs": (
        {"GROQ_API_KEY": KEY},
        {"manifests": WORKER},
        "QUEUE_URL is not set, and the overlay ec2 needs it.",
    ),
    "a secret that was never set": (
        {"POSTGRES_PASSWORD": ""},
        {"manifests": WORKER},
        "The Secret inroad in inroad has no QUEUE_URL.",
    ),
    "a short password": ({"POSTGRES_PASSWORD": "short"}, {}, "openssl rand -hex 24"),
    "a password that an address cannot hold": ({"POSTGRES_PASSWORD": "p@ss/word/long"}, {}, "signs that no"),
    "another password than the database's": (
        {"POSTGRES_PASSWORD": "another-password-5"},
        {},
        "not the one that the database was made with",
    ),
    "another kind of database": ({"DATABASE_URL": "mysql://a"}, {}, "postgresql://"),
    "a key with a line break": ({"GROQ_API_KEY": f"{KEY}\n"}, {}, "GROQ_API_KEY has a space or a line break"),
    "a wrong key": ({"GROQ_API_KEY": "wrong"}, {}, "Groq refuses GROQ_API_KEY (401)."),
    "a cluster that is off": ({}, {"answers": False}, "The cluster does not answer"),
    "a full disk": ({}, {"nodes": "server Ready DiskPressure\n"}, "The disk of server is full."),
    "no node that is ready": ({}, {"nodes": "server\n"}, "No node of the cluster is ready."),
}


@pytest.mark.parametrize(("given", "state", "sentence"), EARLY.values(), ids=EARLY)
def test_it_stops_before_anything_changes(
    place: Workplace, cluster: Cluster, given: dict[str, str], state: dict[str, object], sentence: str
) -> None:
    for name, value in state.items():
        setattr(cluster, name, value)
    outcome = place.run("deploy.sh", "ec2", NEW, **given)
    assert outcome.returncode == 1
    assert sentence in outcome.stderr
    assert said_what_to_do(outcome.stderr), outcome.stderr
    assert changed(place) == []


@pytest.mark.parametrize(
    ("overlay", "image", "sentence"),
    [
        ("moon", NEW, "Choose one of: ec2 kind review."),
        ("ec2", "registry.example/inroad", "names no image exactly"),
        ("ec2", "registry.example/inroad:latest", "latest does not say"),
        ("ec2", "registry.example/inroad@sha256:abc", "names no image exactly"),
        ("ec2", "inroad:$(id)", "names no image exactly"),
        ("review", NEW, "A review may not lie over production."),
    ],
)
def test_it_refuses_what_names_no_overlay_or_image(
    place: Workplace, overlay: str, image: str, sentence: str
) -> None:
    outcome = place.run("deploy.sh", overlay, image)
    assert outcome.returncode == 1
    assert sentence in outcome.stderr
    assert place.stand_ins.calls == []


@pytest.mark.parametrize("script", ["deploy.sh", "rollback.sh", "remote.sh", "render.sh"])
def test_a_call_without_words_shows_how_it_is_called(place: Workplace, script: str) -> None:
    outcome = place.run(script)
    assert outcome.returncode == 2
    assert outcome.stderr.startswith(script)


def test_groq_out_of_reach_is_no_reason_to_stop(place: Workplace, cluster: Cluster) -> None:
    (place.stand_ins.folder / "curl").write_text("#!/bin/bash\nprintf 000\nexit 28\n")
    outcome = place.run("deploy.sh", "ec2", NEW, GROQ_API_KEY=KEY)
    assert outcome.returncode == 0
    assert "until it does, the built-in writer writes" in outcome.stdout


# --- what goes wrong on the way ----------------------------------------------------------------------------


def test_without_a_backup_nothing_is_changed(place: Workplace, cluster: Cluster) -> None:
    cluster.jobs["inroad-backup-deploy"] = ["", " Failed "]
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 1
    assert "could not be backed up, so nothing was changed" in outcome.stderr
    assert not any("apply" in each for each in cluster.ran)
    assert place.run("deploy.sh", "ec2", NEW, INROAD_SKIP_BACKUP="true").returncode == 0


def test_a_database_that_comes_up_late_is_waited_for(place: Workplace, cluster: Cluster) -> None:
    cluster.jobs["inroad-migrate"] = [""] * 20 + [" Complete "]
    assert place.run("deploy.sh", "ec2", NEW).returncode == 0
    assert len(place.stand_ins.of("sleep")) == 20


def test_a_log_that_cannot_be_read_is_no_reason_to_stop(place: Workplace, cluster: Cluster) -> None:
    cluster.gives_logs = False
    assert place.run("deploy.sh", "ec2", NEW).returncode == 0


def test_a_slow_cluster_does_not_stretch_the_limit_of_a_job(place: Workplace, cluster: Cluster) -> None:
    # Each look takes a second here, so that 300 seconds are over long before 150 looks are.
    cluster.jobs["inroad-backup-deploy"] = [""]
    slow = place.scripts / "cluster.sh"
    slow.write_text(
        slow.read_text().replace(
            "        case $state in", "        SECONDS=$((SECONDS + 100))\n        case $state in"
        )
    )
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert "it was not done in 300 seconds" in outcome.stderr
    assert len(place.stand_ins.of("sleep")) == 3


def test_a_database_that_never_comes_up_stops_it(place: Workplace, cluster: Cluster) -> None:
    cluster.database_comes_up = False
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 1
    assert "The database does not come up, so nothing was rolled out." in outcome.stderr
    assert cluster.image == OLD


def test_nothing_is_rolled_out_after_a_failed_migration(place: Workplace, cluster: Cluster) -> None:
    cluster.jobs["inroad-migrate"] = ["", " Failed "]
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 1
    assert "The migration failed, so nothing was rolled out" in outcome.stderr
    assert "inroad: a line of the log" in outcome.stderr
    assert cluster.ran[-1] == "apply app.kubernetes.io/component=migrate"
    assert cluster.image == OLD
    assert place.stand_ins.of("smoke") == []
    assert cluster.lease is not None
    assert cluster.lease.holder == ""


def test_a_bad_image_tag_is_found_by_the_migration(place: Workplace, cluster: Cluster) -> None:
    cluster.jobs["inroad-migrate"] = [""]
    cluster.waiting = "ImagePullBackOff "
    outcome = place.run("deploy.sh", "ec2", "registry.example/inroad:no-such-tag")
    assert outcome.returncode == 1
    assert "its pod cannot start: ImagePullBackOff" in outcome.stderr
    assert "check its tag and the registry's password" in outcome.stderr
    assert len(place.stand_ins.of("sleep")) < 30  # long before the job's own end
    assert cluster.image == OLD


def test_a_job_that_never_ends_is_given_up(place: Workplace, cluster: Cluster) -> None:
    cluster.jobs["inroad-backup-deploy"] = [""]
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 1
    assert "it was not done in 300 seconds" in outcome.stderr


def test_what_never_gets_ready_is_taken_back_and_what_ran_is_proven(
    place: Workplace, cluster: Cluster
) -> None:
    cluster.never_ready = {NEW}
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 1
    assert (
        "The new version never became ready. It was taken back, and what ran before works." in outcome.stderr
    )
    assert cluster.ran[-2:] == ["undo inroad", f"ready inroad {OLD}"]
    assert f"all works with {OLD}" in outcome.stdout
    assert cluster.image == OLD
    assert cluster.deployed["after"] == "inroad 3"  # of the deploy before


def test_what_fails_its_smoke_test_is_taken_back(place: Workplace, cluster: Cluster) -> None:
    cluster.broken = {NEW}
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 1
    assert "FAILED at 'draft'" in outcome.stderr
    assert len(place.stand_ins.of("smoke")) == 2
    assert cluster.image == OLD


def test_what_the_cluster_refuses_half_way_is_taken_back(place: Workplace, cluster: Cluster) -> None:
    cluster.refused = {"app.kubernetes.io/component in (web, worker)"}
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 3  # nothing that serves has changed
    assert "exceeded quota" in outcome.stderr
    assert cluster.image == OLD


def test_workers_go_back_with_the_web(place: Workplace, cluster: Cluster) -> None:
    cluster.serves = ("inroad", "inroad-worker")
    cluster.run(OLD)
    cluster.secrets["inroad"]["POSTGRES_PASSWORD"] = PASSWORD
    cluster.broken = {NEW}
    assert place.run("deploy.sh", "ec2", NEW).returncode == 1
    assert {each.image for each in cluster.deployments.values()} == {OLD}


def test_a_rollback_that_does_not_work_is_said_apart(place: Workplace, cluster: Cluster) -> None:
    cluster.broken = {NEW, OLD}
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 3
    assert "What was taken back does not work either" in outcome.stderr


def test_a_first_deploy_that_fails_has_nothing_to_go_back_to(place: Workplace, cluster: Cluster) -> None:
    cluster.deployments.clear()
    cluster.broken = {NEW}
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 3
    assert "no earlier version to go back to" in outcome.stderr
    assert "undo inroad" not in cluster.ran


# --- two at once -------------------------------------------------------------------------------------------


def test_two_deploys_at_once_are_one_and_a_sentence(place: Workplace, cluster: Cluster) -> None:
    cluster.hangs = threading.Event()
    first = place.start("deploy.sh", "ec2", NEW, GITLAB_USER_LOGIN="ada")
    assert cluster.hangs.wait(20)
    cluster.hangs = None
    before = list(cluster.ran)
    second = place.run("deploy.sh", "ec2", NEW)
    assert second.returncode == 1
    assert "Another deploy runs, of ada@" in second.stderr
    assert "Wait until it ends" in second.stderr
    assert cluster.ran == before
    cluster.goes_on.set()
    first.communicate()
    assert first.returncode == 0


def test_a_lock_of_nobody_knows_whom_is_left_alone(place: Workplace, cluster: Cluster) -> None:
    place.run("deploy.sh", "ec2", NEW)
    cluster.tells_of_the_lease = False
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 1
    assert "by whom cannot be read: Unable to connect" in outcome.stderr
    assert "Try again in a minute." in outcome.stderr


def test_whoever_deploys_may_be_called_anything(place: Workplace, cluster: Cluster) -> None:
    assert place.run("deploy.sh", "ec2", NEW, GITLAB_USER_LOGIN='ada "the first"').returncode == 0


def test_a_deploy_that_is_stopped_gives_its_lock_back(place: Workplace, cluster: Cluster) -> None:
    cluster.hangs = threading.Event()
    process = place.start("deploy.sh", "ec2", NEW)
    assert cluster.hangs.wait(20)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 143
    assert "It was stopped while it is rolled out." in err
    assert cluster.lease is not None
    assert cluster.lease.holder == ""
    cluster.hangs = None
    assert place.run("deploy.sh", "ec2", NEW).returncode == 0


def test_the_lock_of_a_killed_deploy_ends_by_itself(place: Workplace, cluster: Cluster) -> None:
    cluster.hangs = threading.Event()
    process = place.start("deploy.sh", "ec2", NEW, GITLAB_USER_LOGIN="ada")
    assert cluster.hangs.wait(20)
    process.kill()
    cluster.goes_on.set()
    process.communicate()
    cluster.hangs = None
    assert cluster.lease is not None
    assert cluster.lease.holder.startswith("ada@")
    assert "Another deploy runs" in place.run("deploy.sh", "ec2", NEW).stderr
    cluster.lease.grow_old()
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 0, outcome.stderr
    assert "takes over the lock of ada@" in outcome.stdout


def test_a_deploy_whose_lock_was_taken_over_stops(place: Workplace, cluster: Cluster) -> None:
    def taken_over(call: Call) -> Answer:
        assert cluster.lease is not None
        cluster.lease.version += 1
        return Answer()

    cluster.jobs["inroad-migrate"] = ["", " Complete "]
    place.stand_ins._answers["sleep"] = taken_over
    outcome = place.run("deploy.sh", "ec2", NEW)
    assert outcome.returncode == 1
    assert "Another deploy has taken over the lock while it is rolled out." in outcome.stderr
    assert cluster.image == OLD


# --- taking back by hand -----------------------------------------------------------------------------------


def test_a_rollback_goes_to_what_ran_before_and_proves_it(place: Workplace, cluster: Cluster) -> None:
    assert place.run("deploy.sh", "ec2", NEW).returncode == 0
    outcome = place.run("rollback.sh", "ec2")
    assert outcome.returncode == 0, outcome.stderr
    assert cluster.image == OLD
    assert f"all works with {OLD}" in outcome.stdout


def test_a_second_rollback_does_not_bring_the_bad_one_back(place: Workplace, cluster: Cluster) -> None:
    assert place.run("deploy.sh", "ec2", NEW).returncode == 0
    assert place.run("rollback.sh", "ec2").returncode == 0
    outcome = place.run("rollback.sh", "ec2")
    assert outcome.returncode == 1
    assert "no longer what runs, or was taken back" in outcome.stderr
    assert cluster.image == OLD


def test_a_rollback_of_a_deploy_that_changed_nothing_changes_nothing(
    place: Workplace, cluster: Cluster
) -> None:
    for _ in range(2):
        assert place.run("deploy.sh", "ec2", NEW).returncode == 0
    outcome = place.run("rollback.sh", "ec2")
    assert outcome.returncode == 1
    assert "changed nothing that serves" in outcome.stderr
    assert cluster.image == NEW


def test_a_rollback_to_a_revision_takes_the_workers_to_the_same_image(
    place: Workplace, cluster: Cluster
) -> None:
    cluster.serves = ("inroad", "inroad-worker")
    cluster.run(OLD)
    cluster.deployments["inroad-worker"].images = {7: OLD}
    cluster.deployments["inroad-worker"].revision = 7
    cluster.secrets["inroad"]["POSTGRES_PASSWORD"] = PASSWORD
    assert place.run("deploy.sh", "ec2", NEW).returncode == 0
    outcome = place.run("rollback.sh", "ec2", "3")
    assert outcome.returncode == 0, outcome.stderr
    assert {each.image for each in cluster.deployments.values()} == {OLD}
    assert "There is no revision 99" in place.run("rollback.sh", "ec2", "99").stderr


def test_a_rollback_that_does_not_work_says_so(place: Workplace, cluster: Cluster) -> None:
    assert place.run("deploy.sh", "ec2", NEW).returncode == 0
    cluster.broken = {OLD}
    assert place.run("rollback.sh", "ec2").returncode == 3


def test_a_rollback_in_the_wrong_cluster_is_refused(place: Workplace, cluster: Cluster) -> None:
    outcome = place.run("rollback.sh", "kind")
    assert outcome.returncode == 1
    assert "This cluster runs the overlay ec2, not kind." in outcome.stderr


def test_only_a_review_is_removed(place: Workplace, cluster: Cluster) -> None:
    cluster.namespaces.add("inroad-review-7")
    assert place.run("remove.sh").returncode == 1
    assert place.run("remove.sh", INROAD_NAMESPACE="inroad-staging").returncode == 1
    assert place.run("remove.sh", INROAD_NAMESPACE="inroad-review-7").returncode == 0
    assert cluster.namespaces == {"inroad"}

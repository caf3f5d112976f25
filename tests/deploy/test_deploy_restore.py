"""restore.sh puts a backup in place of the database while the app stands still, and starts it again whatever
happened."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.programs_stand_in import Answer, Call, Cluster, StandIns, Workplace, copy_of_scripts

OLD = f"registry.example/inroad@sha256:{'a' * 64}"
BACKUP = "inroad-20260131T021700Z.dump"


@dataclass
class Restored(Cluster):
    """A cluster that also knows how many pods serve, and what Jobs were made of its CronJob."""

    sizes: dict[str, int] = field(default_factory=lambda: {"inroad": 3})
    stops: bool = True
    made: dict[str, Any] = field(default_factory=dict)

    def kubectl(self, call: Call) -> Answer:
        words = [word for word in call.words if word not in ("--namespace", "inroad")]
        match words:
            case ["patch", "--local", "--filename", path, "--type", "json", "--patch", patch, *_]:
                return Answer(json.dumps(patched(json.loads(Path(path).read_text()), json.loads(patch))))
            case ["create", "job", name, "--from", "cronjob/inroad-backup", "--dry-run=client", *_]:
                return Answer(json.dumps(_job(name))) if self.backs_up else Answer(err="not found\n", code=1)
            case ["create", "--filename", path] if path != "-":
                job = json.loads(Path(path).read_text())
                self.made[job["metadata"]["name"]] = job
                self.ran.append(f"create {job['metadata']['name']}")
                return Answer()
            case ["scale", "deployment", "--selector", _, "--replicas", "0"]:
                self.sizes = dict.fromkeys(self.sizes, 0)
                self.ran.append("stop")
                return Answer()
            case ["scale", target, "--replicas", count]:
                self.sizes[target.removeprefix("deployment/")] = int(count)
                self.ran.append(f"start {target} {count}")
                return Answer()
            case ["wait", "pods", *_]:
                return Answer(code=0 if self.stops else 1)
            case ["get", "deployments", *_] if self.answers and "spec.replicas" in words[-1]:
                return Answer("".join(f"{name} {count}\n" for name, count in self.sizes.items()))
        return super().kubectl(call)


def _job(name: str) -> dict[str, Any]:
    container = {"command": ["bash", "/scripts/backup.sh"], "env": [{"name": "PGHOST", "value": "postgres"}]}
    spec = {"backoffLimit": 2, "template": {"spec": {"containers": [container]}}}
    return {"kind": "Job", "metadata": {"name": name}, "spec": spec}


def patched(whole: Any, operations: list[dict[str, Any]]) -> Any:
    """As `kubectl patch --local --type json` does, with the two operations of the script."""
    for operation in operations:
        *above, last = operation["path"].strip("/").split("/")
        place = whole
        for step in above:
            place = place[int(step) if isinstance(place, list) else step]
        if operation["op"] == "add":
            assert last == "-"
            place.append(operation["value"])
        else:
            assert last in place
            place[last] = operation["value"]
    return whole


@pytest.fixture
def cluster() -> Restored:
    cluster = Restored()
    cluster.run(OLD)
    return cluster


@pytest.fixture
def place(tmp_path: Path, cluster: Restored) -> Iterator[Workplace]:
    scripts = copy_of_scripts(tmp_path)
    answers = {"kubectl": cluster.kubectl, "sleep": lambda _: Answer(), "smoke": cluster.smoke}
    with StandIns(tmp_path / "bin", answers) as stand_ins:
        stand_ins.put(scripts / "smoke.sh", "smoke")
        yield Workplace(scripts, stand_ins, {"INROAD_URL": "https://inroad.example"})


def test_the_app_stands_still_while_a_backup_is_restored(place: Workplace, cluster: Restored) -> None:
    outcome = place.run("restore.sh", BACKUP)
    assert outcome.returncode == 0, outcome.stderr
    assert [step for step in cluster.ran if not step.startswith("delete")] == [
        "create inroad-backup-restore",
        "stop",
        "create inroad-restore",
        "start deployment/inroad 3",
        f"ready inroad {OLD}",
    ]
    assert cluster.lease is not None
    assert cluster.lease.holder == ""
    assert len(place.stand_ins.of("smoke")) == 1


def test_the_job_is_that_of_a_backup_with_another_script(place: Workplace, cluster: Restored) -> None:
    place.run("restore.sh", BACKUP)
    job = cluster.made["inroad-restore"]
    [container] = job["spec"]["template"]["spec"]["containers"]
    assert container["command"] == ["bash", "/scripts/restore.sh"]
    assert container["env"] == [
        {"name": "PGHOST", "value": "postgres"},
        {"name": "BACKUP", "value": BACKUP},
    ]
    assert job["spec"]["backoffLimit"] == 0


def test_the_newest_is_restored_without_one_that_would_be_newer(place: Workplace, cluster: Restored) -> None:
    outcome = place.run("restore.sh")
    assert outcome.returncode == 0, outcome.stderr
    assert list(cluster.made) == ["inroad-restore"]
    [container] = cluster.made["inroad-restore"]["spec"]["template"]["spec"]["containers"]
    assert [variable["name"] for variable in container["env"]] == ["PGHOST"]


def test_what_serves_goes_on_where_a_restore_fails(place: Workplace, cluster: Restored) -> None:
    cluster.jobs["inroad-restore"] = [" Failed "]
    outcome = place.run("restore.sh", BACKUP)
    assert outcome.returncode == 1
    assert "restore: The backup was not restored: what was there runs on." in outcome.stderr
    assert cluster.sizes == {"inroad": 3}


def test_nothing_is_stopped_where_what_is_there_cannot_be_saved(place: Workplace, cluster: Restored) -> None:
    cluster.jobs["inroad-backup-restore"] = [" Failed "]
    outcome = place.run("restore.sh", BACKUP)
    assert outcome.returncode == 1
    assert "INROAD_SKIP_BACKUP=true" in outcome.stderr
    assert "stop" not in cluster.ran
    outcome = place.run("restore.sh", BACKUP, INROAD_SKIP_BACKUP="true")
    assert outcome.returncode == 0, outcome.stderr


def test_an_app_that_does_not_stop_is_started_again(place: Workplace, cluster: Restored) -> None:
    cluster.stops = False
    outcome = place.run("restore.sh", BACKUP)
    assert outcome.returncode == 1
    assert "so nothing was restored" in outcome.stderr
    assert "inroad-restore" not in cluster.made
    assert cluster.sizes == {"inroad": 3}


def test_an_app_that_does_not_come_back_is_said(place: Workplace, cluster: Restored) -> None:
    cluster.never_ready.add(OLD)
    outcome = place.run("restore.sh", BACKUP)
    assert outcome.returncode == 3
    assert "restore: The app does not run." in outcome.stderr


def test_a_namespace_without_backups_has_none_to_restore(place: Workplace, cluster: Restored) -> None:
    cluster.backs_up = False
    outcome = place.run("restore.sh")
    assert outcome.returncode == 1
    assert "There is no CronJob inroad-backup in inroad." in outcome.stderr
    assert "stop" not in cluster.ran


def test_a_cluster_that_is_away_is_said(place: Workplace, cluster: Restored) -> None:
    cluster.answers = False
    outcome = place.run("restore.sh")
    assert outcome.returncode == 1
    assert "The cluster does not answer." in outcome.stderr


@pytest.mark.parametrize("name", ["../etc/passwd", "newest", 'inroad-1.dump", "x": "', "a b"])
def test_what_is_no_name_of_a_backup_is_refused(place: Workplace, name: str) -> None:
    assert place.run("restore.sh", name).returncode == 2
    assert not place.stand_ins.of("kubectl")


def test_it_wants_to_know_what_to_try_afterwards(place: Workplace) -> None:
    outcome = place.run("restore.sh", INROAD_URL="")
    assert outcome.returncode == 1
    assert "INROAD_URL is not set" in outcome.stderr

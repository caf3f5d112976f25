"""Apply overlays to a cluster that does not run Inroad, and see that all their pods are admitted.

    python -m tests.deploy.admitted_check [OVERLAY ...]

What a schema cannot tell, an API server can: whether it takes each object whole, and whether the namespace's
security and quota admit each pod, as many as there may be at once. Nothing has to run, so a control plane
without nodes is enough. What was applied is deleted again.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import yaml

from tests.deploy.manifests import OVERLAYS, Object, Rendered, Workload, most_pods, with_kustomization

WAIT_S = 60
EVERYWHERE = ("PersistentVolume", "PriorityClass", "StorageClass")


def main(overlays: Sequence[str]) -> int:
    """Check overlays, by default all; return 0 where each is admitted."""
    if _kubectl("get", "namespace", "inroad", "--ignore-not-found", "--output", "name"):
        _say("This cluster runs Inroad: choose another one.")
        return 1
    faults = [fault for overlay in overlays or OVERLAYS for fault in _faults(overlay)]
    for fault in faults:
        _say(fault)
    return 1 if faults else 0


def _faults(overlay: str) -> list[str]:
    space = f"inroad-check-{overlay}"
    text = with_kustomization("kubectl", overlay, {"namespace": space})
    rendered = Rendered(text)
    with _applied(space, text, rendered):
        faults = [
            f"{overlay}: {workload.kind} {workload.name}: {count} of {wanted} pods are admitted. {why}"
            for workload in rendered.workloads
            if workload.kind != "CronJob"
            for wanted in [most_pods(rendered, workload)]
            for count, why in [_admitted(space, workload, wanted)]
            if count < wanted
        ]
    if not faults:
        _say(f"{overlay}: {len(rendered.objects)} objects are taken, and all their pods admitted.")
    return faults


@contextmanager
def _applied(space: str, text: str, rendered: Rendered) -> Iterator[None]:
    try:
        _kubectl("apply", "--filename", "-", said=yaml.safe_dump(rendered.of_kind("Namespace")[0]))
        for trial in (["--dry-run=server"], []):
            _kubectl("apply", "--server-side", "--force-conflicts", *trial, "--filename", "-", said=text)
        yield
    finally:
        _kubectl("delete", "namespace", space, "--wait=true", "--timeout=120s")
        for kind in EVERYWHERE:
            for one in rendered.of_kind(kind):
                _kubectl("delete", kind, one["metadata"]["name"], "--wait=false")


def _admitted(space: str, workload: Workload, wanted: int) -> tuple[int, str]:
    """How many pods of a workload there are once there should be as many, and what its maker says."""
    if workload.kind == "Deployment":
        _kubectl("--namespace", space, "scale", f"deployment/{workload.name}", f"--replicas={wanted}")
    chosen = ",".join(f"{key}={value}" for key, value in workload.labels.items())
    until = time.monotonic() + WAIT_S
    while True:
        count = len(_items(space, "pods", "--selector", chosen))
        if count >= wanted or time.monotonic() > until:
            break
        time.sleep(1)
    events = _items(space, "events", "--field-selector", "reason=FailedCreate")
    return count, " ".join(sorted({event["message"] for event in events}))


def _items(space: str, *what: str) -> list[Object]:
    found: list[Object] = json.loads(_kubectl("--namespace", space, "get", *what, "--output", "json"))[
        "items"
    ]
    return found


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _kubectl(*arguments: str, said: str | None = None) -> str:
    outcome = subprocess.run(["kubectl", *arguments], input=said, capture_output=True, text=True)
    if outcome.returncode != 0:
        _say(outcome.stderr.strip())
        sys.exit(1)
    return outcome.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

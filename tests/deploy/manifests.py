"""What a cluster is sent, as objects: overlays rendered by `kubectl kustomize`, and the pods in them."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.conftest import DEPLOY

Object = dict[str, Any]

OVERLAYS = tuple(sorted(path.parent.name for path in DEPLOY.glob("overlays/*/kustomization.yaml")))

# Components that stand in no overlay are rendered on top of the one that names them.
_IN_AN_OVERLAY = {"queue"}
OPTIONS = tuple(
    f"large+{path.parent.name}"
    for path in sorted(DEPLOY.glob("components/*/kustomization.yaml"))
    if path.parent.name not in _IN_AN_OVERLAY
)
RENDERINGS = OVERLAYS + OPTIONS

_SUFFIXES = {
    "m": Decimal("0.001"),
    "": Decimal(1),
    "Ki": Decimal(2**10),
    "Mi": Decimal(2**20),
    "Gi": Decimal(2**30),
}


@lru_cache
def text_of(kubectl: str, name: str) -> str:
    """An overlay, or `overlay+component`, as `kubectl apply -k` would send it."""
    overlay, _, component = name.partition("+")
    if not component:
        return _built(kubectl, DEPLOY / "overlays" / overlay)
    return with_kustomization(
        kubectl, overlay, {"namespace": "inroad", "components": [f"components/{component}"]}
    )


def with_kustomization(kubectl: str, overlay: str, more: Object) -> str:
    """An overlay with a kustomization of one's own on top, as deploy.sh makes one."""
    with tempfile.TemporaryDirectory() as folder:
        above = os.path.relpath(DEPLOY, Path(folder).resolve())
        whole = {**more, "resources": [f"{above}/overlays/{overlay}"]}
        whole["components"] = [f"{above}/{path}" for path in more.get("components", ())]
        (Path(folder) / "kustomization.yaml").write_text(yaml.safe_dump(whole), encoding="utf-8")
        return _built(kubectl, Path(folder))


def _built(kubectl: str, folder: Path) -> str:
    outcome = subprocess.run([kubectl, "kustomize", folder], capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stderr
    assert not outcome.stderr, outcome.stderr
    return outcome.stdout


@dataclass(frozen=True)
class Workload:
    """An object that makes pods, and the pods as it makes them."""

    kind: str
    name: str
    object: Object
    template: Object

    @property
    def labels(self) -> dict[str, str]:
        labels: dict[str, str] = self.template["metadata"]["labels"]
        return labels

    @property
    def pod(self) -> Object:
        pod: Object = self.template["spec"]
        return pod

    @property
    def containers(self) -> list[Object]:
        return [*self.pod.get("initContainers", ()), *self.pod["containers"]]

    @property
    def is_the_app(self) -> bool:
        return any(container["image"].startswith("inroad:") for container in self.containers)


class Rendered:
    """The objects of one overlay."""

    def __init__(self, text: str) -> None:
        self.objects: list[Object] = list(yaml.load_all(text, Loader=yaml.CSafeLoader))

    def of_kind(self, kind: str) -> list[Object]:
        return [one for one in self.objects if one["kind"] == kind]

    def one(self, kind: str, name: str = "inroad") -> Object:
        found = [one for one in self.of_kind(kind) if one["metadata"]["name"] == name]
        assert len(found) == 1, f"{len(found)} of {kind} {name}"
        return found[0]

    @property
    def workloads(self) -> list[Workload]:
        return list(self._workloads())

    def _workloads(self) -> Iterator[Workload]:
        for one in self.objects:
            spec = one.get("spec", {})
            template = spec["jobTemplate"]["spec"]["template"] if one["kind"] == "CronJob" else None
            template = template or spec.get("template")
            if template is not None:
                yield Workload(one["kind"], one["metadata"]["name"], one, template)

    def workload(self, kind: str, name: str) -> Workload:
        return next(one for one in self.workloads if (one.kind, one.name) == (kind, name))


@lru_cache
def rendering(kubectl: str, name: str) -> Rendered:
    """The objects of an overlay, which no test may change."""
    return Rendered(text_of(kubectl, name))


def most_pods(rendered: Rendered, workload: Workload) -> int:
    """As many as there may be at once: all, the extra one of a roll-out, and one or two that are ending."""
    for autoscaler in rendered.of_kind("HorizontalPodAutoscaler"):
        target = autoscaler["spec"]["scaleTargetRef"]
        if (target["kind"], target["name"]) == (workload.kind, workload.name):
            most: int = autoscaler["spec"]["maxReplicas"]
            surge: int = workload.object["spec"]["strategy"]["rollingUpdate"]["maxSurge"]
            return most + surge + (2 if workload.name == "inroad" else 1)
    if workload.kind == "Deployment" and workload.name == "inroad":
        return 3
    return 1


def amount(quantity: str | int) -> Decimal:
    """A quantity of Kubernetes as a number: `300Mi`, `200m`, `2`."""
    written = str(quantity)
    number = written.rstrip("mKMGi")
    return Decimal(number) * _SUFFIXES[written[len(number) :]]


def selects(selector: Object | None, labels: dict[str, str]) -> bool:
    """Whether a label selector chooses what has these labels; an empty one chooses all."""
    if selector is None:
        return False
    for key, value in selector.get("matchLabels", {}).items():
        if labels.get(key) != value:
            return False
    for wanted in selector.get("matchExpressions", ()):
        value, values = labels.get(wanted["key"]), wanted.get("values", ())
        fits = {
            "In": value in values,
            "NotIn": value not in values,
            "Exists": value is not None,
            "DoesNotExist": value is None,
        }[wanted["operator"]]
        if not fits:
            return False
    return True

"""What is applied is the overlay with its image, namespace, address and the Secret's version put in."""

import os
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from tests.deploy.conftest import DEPLOY

DIGEST = f"registry.example/g/inroad@sha256:{'a' * 64}"

Render = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def render(program: Callable[[str], str]) -> Render:
    program("kubectl")

    def run(overlay: str, image: str = DIGEST, **variables: str) -> list[dict[str, Any]]:
        command = [str(DEPLOY / "scripts" / "render.sh"), overlay, image]
        environment = os.environ | {"INROAD_SECRET_VERSION": "42"} | variables
        outcome = subprocess.run(command, capture_output=True, text=True, env=environment)
        assert outcome.returncode == 0, outcome.stderr
        assert not list((DEPLOY / "overlays").glob(".rendering-*"))
        return list(yaml.safe_load_all(outcome.stdout))

    return run


def of(found: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [each for each in found if each["kind"] == kind]


def images(found: list[dict[str, Any]]) -> set[str]:
    """The images of everything that runs the app."""
    pods = [each["spec"]["template"]["spec"] for each in of(found, "Deployment") + of(found, "Job")]
    return {one["image"] for pod in pods for one in pod["containers"] if "inroad" in one["image"]}


@pytest.mark.parametrize("overlay", ["kind", "ec2", "review", "large"])
def test_an_overlay_runs_the_image_and_carries_the_secrets_version(render: Render, overlay: str) -> None:
    found = render(overlay, INROAD_URL="https://inroad.example")
    assert images(found) == {DIGEST}
    served = [
        each
        for each in of(found, "Deployment")
        if each["metadata"]["labels"]["app.kubernetes.io/component"] in ("web", "worker")
    ]
    assert served
    for each in served:
        assert each["spec"]["template"]["metadata"]["annotations"]["inroad/secret-version"] == "42"
    (settings,) = [
        each
        for each in of(found, "ConfigMap")
        if each["metadata"]["name"].startswith("inroad-") and "INROAD_PUBLIC_URL" in each["data"]
    ]
    assert settings["data"]["INROAD_PUBLIC_URL"] == "https://inroad.example"


def test_a_name_becomes_the_host_and_a_number_does_not(render: Render) -> None:
    (ingress,) = of(render("ec2", INROAD_URL="https://mr-7.inroad.example:8443/x"), "Ingress")
    assert {rule.get("host") for rule in ingress["spec"]["rules"]} == {"mr-7.inroad.example"}
    assert ingress["spec"]["tls"][0]["hosts"] == ["mr-7.inroad.example"]
    for url in ("https://203.0.113.7", "http://localhost:8080"):
        (ingress,) = of(render("ec2", INROAD_URL=url), "Ingress")
        assert {rule.get("host") for rule in ingress["spec"]["rules"]} == {None}


def test_a_review_lies_in_a_namespace_of_its_own(render: Render) -> None:
    found = render("review", "registry.example/inroad:abc", INROAD_NAMESPACE="inroad-review-7")
    assert images(found) == {"registry.example/inroad:abc"}
    assert {each["metadata"]["name"] for each in of(found, "Namespace")} == {"inroad-review-7"}
    assert {each["metadata"].get("namespace", "inroad-review-7") for each in found} == {"inroad-review-7"}
    assert not of(found, "PersistentVolume")  # which would be shared by all namespaces

"""The network policies let through what the app needs, and nothing else: the second wall of the fetcher."""

from collections.abc import Callable
from ipaddress import ip_network

import pytest

from tests.deploy.manifests import RENDERINGS, Object, Rendered, rendering
from tests.deploy.reachability import Outside, Place, Pod, pods, reaches

DNS = Pod({"k8s-app": "kube-dns"}, "kube-system")
TRAEFIK = Pod({"app.kubernetes.io/name": "traefik"}, "kube-system")
PROMETHEUS = Pod({"app.kubernetes.io/name": "prometheus"}, "monitoring")
STRANGER = Pod({"app": "stranger"}, "default")
# A pod elsewhere that calls itself what one of ours is called.
PRETENDER = Pod({"app.kubernetes.io/name": "inroad", "app.kubernetes.io/component": "web"}, "default")
SITE, SITE_6 = Outside("93.184.215.14"), Outside("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
METADATA, API_SERVER = Outside("169.254.169.254"), Outside("10.43.0.1")

READERS = {"web", "worker"}


@pytest.fixture(params=RENDERINGS)
def rendered(request: pytest.FixtureRequest, program: Callable[[str], str]) -> Rendered:
    return rendering(program("kubectl"), request.param)


def test_the_app_reads_the_web(rendered: Rendered) -> None:
    for component, pod in pods(rendered).items():
        for port in (80, 443):
            assert reaches(pod, SITE, port) == (component in READERS), component
            assert reaches(pod, SITE_6, port) == (component in READERS), component
        assert not reaches(pod, SITE, 25)
        assert not reaches(pod, SITE, 443, "UDP")


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "169.254.170.2",
        "10.43.0.1",
        "10.42.3.7",
        "172.31.4.4",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.10",
        "127.0.0.1",
        "0.0.0.0",
        "192.0.0.192",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fd00:ec2::254",
        "fc00::1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "2001:0:a9fe:a9fe::1",
        "2001:db8::1",
        "ff02::1",
    ],
)
def test_no_pod_reaches_the_node_the_cluster_or_a_private_network(rendered: Rendered, address: str) -> None:
    for component, pod in pods(rendered).items():
        for port in (80, 443, 6443, 8080, 10250):
            assert not reaches(pod, Outside(address), port), f"{component} to {address}:{port}"


def test_whoever_asks_for_names_may(rendered: Rendered) -> None:
    askers = {"web", "worker", "migrate", "backup"}
    for component, pod in pods(rendered).items():
        for protocol in ("UDP", "TCP"):
            assert reaches(pod, DNS, 53, protocol) == (component in askers), component
        assert not reaches(pod, Pod({"k8s-app": "kube-dns"}, "default"), 53, "UDP")


def test_only_the_app_and_its_jobs_reach_the_database(rendered: Rendered) -> None:
    inside = pods(rendered)
    database = inside.get("database", Outside("10.20.3.3"))
    for component, pod in inside.items():
        asks = component in {"web", "worker", "migrate", "backup"}
        assert reaches(pod, database, 5432) == asks, component
        assert not reaches(pod, database, 22)
    if "database" in inside:
        for other in (STRANGER, PRETENDER, TRAEFIK, PROMETHEUS, SITE):
            assert not reaches(other, database, 5432)


def test_people_come_through_the_proxy(rendered: Rendered) -> None:
    web = pods(rendered)["web"]
    assert reaches(TRAEFIK, web, 7860)
    assert reaches(PROMETHEUS, web, 7860)
    assert not reaches(TRAEFIK, web, 22)
    has_a_port_of_the_node = rendered.one("Service")["spec"]["type"] == "NodePort"
    proxy_elsewhere = Pod(TRAEFIK.labels, "default")
    others: list[Place] = [STRANGER, PRETENDER, SITE, proxy_elsewhere, *_others(rendered, "web")]
    for other in others:
        assert reaches(other, web, 7860) == (has_a_port_of_the_node and not _is_shut_in(other))


def _is_shut_in(other: Place) -> bool:
    return isinstance(other, Pod) and bool(other.policies)


def _others(rendered: Rendered, component: str) -> list[Pod]:
    return [pod for name, pod in pods(rendered).items() if name != component]


def test_nothing_else_is_reached_by_anybody(rendered: Rendered) -> None:
    doors: dict[str, set[str]] = {"queue": READERS, "index": READERS}
    inside = pods(rendered)
    for component in set(inside) - {"web", "database"}:
        target = inside[component]
        for other in (STRANGER, PRETENDER, TRAEFIK, SITE):
            for port in (5672, 7860, 8000, 15672, 25672):
                assert not reaches(other, target, port), component
        for name, pod in inside.items():
            port = {"queue": 5672, "index": 8000}.get(component, 7860)
            assert reaches(pod, target, port) == (name in doors.get(component, ())), f"{name} to {component}"
        assert reaches(PROMETHEUS, target, 7860) == (component == "worker")


def test_what_is_left_out_of_a_network_lies_in_it(rendered: Rendered) -> None:
    """Else the API server refuses the policy."""
    for policy in rendered.of_kind("NetworkPolicy"):
        for block in _blocks(policy):
            network = ip_network(block["cidr"])
            for one in block.get("except", ()):
                inner = ip_network(one)
                assert inner.version == network.version
                assert inner != network
                assert inner.network_address in network
                assert inner.broadcast_address in network


def _blocks(policy: Object) -> list[Object]:
    spec = policy["spec"]
    peers = [peer for rule in spec.get("ingress", ()) for peer in rule["from"]]
    peers += [peer for rule in spec.get("egress", ()) for peer in rule["to"]]
    return [peer["ipBlock"] for peer in peers if "ipBlock" in peer]
